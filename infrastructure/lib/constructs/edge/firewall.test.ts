// Claims about the firewall: what it refuses, asked of the rules as AWS would, and what is told about it.

import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { describe, expect, test } from 'vitest';
import { toJSONSchema } from 'zod';
import { orderRequest } from '../../../../services/orders/order.ts';
import { createApp } from '../../app.ts';
import { only } from '../../testing/edge-stacks.ts';
import { scratch } from '../../testing/environment.ts';
import { Firewall } from './firewall.ts';
import { firewallRules, rateOfOneAddress } from './firewall-rules.ts';

interface Request {
  readonly path: string;
  readonly body: number;
  /** What the sender says; absent: nothing. */
  readonly said?: number;
}

/** Bytes of a body that CloudFront shows to its firewall. */
const shown = 16 * 1024;

/** Whether a request meets one of our own statements. */
function meets(request: Request, statement: unknown): boolean {
  const { andStatement, notStatement, byteMatchStatement, sizeConstraintStatement, regexMatchStatement } =
    statement as CfnWebACL.StatementProperty;
  if (andStatement !== undefined) {
    return (andStatement as { statements: unknown[] }).statements.every((one) => meets(request, one));
  }
  if (notStatement !== undefined) return !meets(request, (notStatement as { statement: unknown }).statement);
  if (byteMatchStatement !== undefined) {
    const { searchString, positionalConstraint } = byteMatchStatement as CfnWebACL.ByteMatchStatementProperty;
    return positionalConstraint === 'EXACTLY' && request.path === searchString;
  }
  if (sizeConstraintStatement !== undefined) {
    const { size, comparisonOperator } = sizeConstraintStatement as CfnWebACL.SizeConstraintStatementProperty;
    // MATCH: what is not shown whole meets the statement.
    return comparisonOperator === 'GT' && (request.body > shown || request.body > size);
  }
  const { regexString } = regexMatchStatement as CfnWebACL.RegexMatchStatementProperty;
  return request.said !== undefined && new RegExp(regexString).test(String(request.said));
}

/** Our own rules that refuse a request. */
const refusing = (request: Request) =>
  firewallRules(100)
    .filter(({ action, statement }) => action !== undefined && !('rateBasedStatement' in statement))
    .filter(({ statement }) => meets(request, statement))
    .map(({ name }) => name);

const KiB = 1024;
const MiB = 1024 * KiB;

describe('a body', () => {
  test.each([
    ['/orders', 16 * KiB, []],
    ['/orders', 16 * KiB + 1, ['BodySize']],
    ['/orders', 1 * MiB, ['BodySize']],
    ['/imports', 16 * KiB + 1, []],
    ['/imports', 1 * MiB, []],
    ['/imports', 1 * MiB + 1, ['FileSize']],
    ['/imports', 9 * MiB, ['FileSize']],
    ['/imports', 10 * MiB, ['FileSize']],
    ['/imports', 100 * MiB, ['FileSize']],
    ['/Imports', 17 * KiB, ['BodySize']],
    ['/imports/', 17 * KiB, ['BodySize']],
    ['/%69mports', 17 * KiB, ['BodySize']],
    ['/orders/imports', 17 * KiB, ['BodySize']],
  ] as const)('at %s of %i bytes is refused by %j', (path, body, rules) => {
    expect(refusing({ path, body, said: body })).toEqual(rules);
  });

  test('whose sender does not say how long it is is refused for its length all the same, but for a file', () => {
    expect(refusing({ path: '/orders', body: 17 * KiB })).toEqual(['BodySize']);
    expect(refusing({ path: '/imports', body: 9 * MiB })).toEqual([]);
  });

  test('of a file is too long from the first byte over 1 MiB on, whatever the number', () => {
    const around = [...Array(3_000).keys()].map((step) => MiB - 1_500 + step);
    const wide = [...Array(3_000).keys()].map((step) => step * 7_919);
    const refused = [...around, ...wide, 0, 1, 999_999, 9_999_999, 10_000_000].map((said) => ({
      said,
      refused: refusing({ path: '/imports', body: 0, said }).includes('FileSize'),
    }));
    expect(refused.filter(({ said, refused: found }) => found !== said > MiB)).toEqual([]);
  });
});

describe('the longest order that the API takes', () => {
  const longest = longestJson(toJSONSchema(orderRequest));

  test('is one that it takes', () => {
    expect(orderRequest.parse(JSON.parse(longest))).toBeDefined();
  });

  test('passes the firewall, also when it is written with escapes and spaces, as Python writes it', () => {
    expect(longest.length).toBeGreaterThan(14_000);
    expect(refusing({ path: '/orders', body: longest.length, said: longest.length })).toEqual([]);
  });
});

describe('the rules', () => {
  test('are in an order without gaps, each with a name and a metric of its own', () => {
    const rules = firewallRules(100);
    expect(rules.map(({ priority }) => priority)).toEqual([...rules.keys()]);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    expect(rules.map(({ visibilityConfig }) => (visibilityConfig as { metricName: string }).metricName)).toEqual(
      rules.map(({ name }) => name),
    );
  });

  test('block: neither a group nor a rule of ours only counts, but for the size rule that ours stand in for', () => {
    for (const { name, action, overrideAction } of firewallRules(100)) {
      expect([name, action ?? overrideAction]).toEqual([name, action === undefined ? { none: {} } : { block: {} }]);
    }
    const counting = JSON.stringify(firewallRules(100)).match(/"name":"\w+","actionToUse":\{"count":\{\}\}/g);
    expect(counting).toEqual(['"name":"SizeRestrictions_BODY","actionToUse":{"count":{}}']);
  });

  test.each([
    'AWSManagedRulesCommonRuleSet',
    'AWSManagedRulesKnownBadInputsRuleSet',
    'AWSManagedRulesAmazonIpReputationList',
    'AWSManagedRulesSQLiRuleSet',
  ])('hold %s of AWS', (group) => {
    expect(JSON.stringify(firewallRules(100))).toContain(`{"vendorName":"AWS","name":"${group}"`);
  });

  test.each([
    [100, 3_000],
    [250, 7_500],
    [0.1, 10],
  ])('let one address send a tenth of %d requests a second: %i in five minutes', (requestsPerSecond, limit) => {
    expect(rateOfOneAddress(requestsPerSecond)).toEqual({ limit, aggregateKeyType: 'IP', evaluationWindowSec: 300 });
  });
});

describe('the log', () => {
  const stack = new Stack(createApp({ outdir: scratch(), validation: false }), 'Edge', {
    env: { region: 'us-east-1' },
  });
  new Firewall(stack, 'Firewall', { requestsPerSecond: 100, logRetentionDays: 30, kept: true });
  const template = Template.fromStack(stack);
  const logging = only(template, 'AWS::WAFv2::LoggingConfiguration');

  test('holds what was refused or counted, and not what came through', () => {
    expect(logging.LoggingFilter.DefaultBehavior).toBe('DROP');
    expect(JSON.stringify(logging.LoggingFilter.Filters)).toContain(
      '"Conditions":[{"ActionCondition":{"Action":"BLOCK"}},{"ActionCondition":{"Action":"COUNT"}}]',
    );
  });

  test('and the samples hold nothing that lets somebody in', () => {
    const hidden = ['authorization', 'cookie'];
    expect(logging.RedactedFields).toEqual(hidden.map((Name) => ({ SingleHeader: { Name } })));
    const [protection] = only(template, 'AWS::WAFv2::WebACL').DataProtectionConfig.DataProtections;
    expect(protection).toEqual({ Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: hidden } });
  });

  test('has the name that AWS wants, and its ARN no star', () => {
    const [[id, group] = ['', { Properties: {} }]] = Object.entries(template.findResources('AWS::Logs::LogGroup'));
    expect(group.Properties).toMatchObject({ LogGroupName: 'aws-waf-logs-Edge', RetentionInDays: 30 });
    expect(logging.LogDestinationConfigs).toEqual([
      { 'Fn::Join': ['', ['arn:aws:logs:us-east-1:', { Ref: 'AWS::AccountId' }, ':log-group:', { Ref: id }]] },
    ]);
  });
});

interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly maximum?: number;
}

/** The longest text that a schema lets through, in ASCII and with a space after each comma and colon: bytes are letters. */
function longestJson(schema: unknown): string {
  const { type, properties = {}, items, maxItems, maxLength, pattern, maximum } = schema as Shape;
  switch (type) {
    case 'object': {
      const members = Object.entries(properties).map(([name, value]) => `"${name}": ${longestJson(value)}`);
      return `{${members.join(', ')}}`;
    }
    case 'array':
      return `[${Array.from({ length: bounded(maxItems) }, () => longestJson(items)).join(', ')}]`;
    case 'integer':
      return String(bounded(maximum));
    case 'string': {
      // A pattern of ASCII that says how long; or else the longest escape, of a character outside of the basic plane.
      const [, most] = /^\^\[[\x20-\x7e]+\]\{1,(\d+)\}\$$/.exec(pattern ?? '') ?? [];
      return most === undefined ? `"${'\\ud83d\\ude00'.repeat(bounded(maxLength))}"` : `"${'x'.repeat(Number(most))}"`;
    }
    default:
      throw new Error(`no longest text is known for ${JSON.stringify(schema)}`);
  }
}

function bounded(most: number | undefined): number {
  if (most === undefined) throw new Error('the schema has a part without a limit');
  return most;
}
