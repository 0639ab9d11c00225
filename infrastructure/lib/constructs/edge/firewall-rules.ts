// The rules of the firewall, in the order in which it asks: what is cheap to refuse first. All of them block.
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { importPath } from '../../edge.ts';

type Rule = CfnWebACL.RuleProperty;
type Statement = CfnWebACL.StatementProperty;

/**
 * Bytes that a body may have elsewhere: all that CloudFront shows to a firewall, so that no part of it goes unseen, and more than the
 * longest order has. https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html
 */
const bodyLimit = 16 * 1024;
/** More than 1 MiB in decimal digits: a load balancer hands on no more to a function, so no more can be sent to `/imports`. */
const moreThanOneMiB =
  '^0*([1-9][0-9]{7,}|[2-9][0-9]{6}|1[1-9][0-9]{5}|10[5-9][0-9]{4}|1049[0-9]{3}|1048[6-9][0-9]{2}|10485[89][0-9]|104857[7-9])$';

/** Part of the expected traffic of everybody that one address may send. */
const shareOfOneAddress = 0.1;
const rateSeconds = 300;
/** The lowest limit that AWS takes. */
const lowestRate = 10;

/**
 * @param requestsPerSecond expected traffic of everybody
 */
export function firewallRules(requestsPerSecond: number): Rule[] {
  return [
    blocking('Rate', { rateBasedStatement: rateOfOneAddress(requestsPerSecond) }),
    managed('Reputation', 'AWSManagedRulesAmazonIpReputationList'),
    blocking('BodySize', bodyTooLarge),
    blocking('FileSize', fileTooLarge),
    // Its own size rule counts and does not block: it knows no path that may be sent more. The two above stand in its place.
    managed('Common', 'AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']),
    managed('KnownBadInputs', 'AWSManagedRulesKnownBadInputsRuleSet'),
    managed('Sql', 'AWSManagedRulesSQLiRuleSet'),
  ].map((rule, priority) => ({ ...rule, priority }));
}

/** Requests that one address may send in five minutes: 3,000 where 100 a second are expected. */
export function rateOfOneAddress(requestsPerSecond: number): CfnWebACL.RateBasedStatementProperty {
  const limit = Math.max(lowestRate, Math.round(requestsPerSecond * rateSeconds * shareOfOneAddress));
  return { limit, aggregateKeyType: 'IP', evaluationWindowSec: rateSeconds };
}

const asItIs = [{ priority: 0, type: 'NONE' }];

/** The path to the letter, as the load balancer takes it: written in any other way it is another path, and the lower limit holds. */
const isImport: Statement = {
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'EXACTLY',
    searchString: importPath,
    textTransformations: asItIs,
  },
};

/** A body that goes on after what is shown meets the rule by `MATCH`. */
const bodyTooLarge: Statement = {
  andStatement: {
    statements: [
      {
        sizeConstraintStatement: {
          fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
          comparisonOperator: 'GT',
          size: bodyLimit,
          textTransformations: asItIs,
        },
      },
      { notStatement: { statement: isImport } },
    ],
  },
};

/**
 * No firewall sees so much of a body, so it goes by what the sender says. One who says nothing is stopped by the load balancer, which
 * takes no more for a function, or by the tasks.
 */
const fileTooLarge: Statement = {
  andStatement: {
    statements: [
      isImport,
      {
        regexMatchStatement: {
          fieldToMatch: { singleHeader: { Name: 'content-length' } },
          regexString: moreThanOneMiB,
          textTransformations: asItIs,
        },
      },
    ],
  },
};

type Unordered = Omit<Rule, 'priority'>;

function blocking(name: string, statement: Statement): Unordered {
  return { name, statement, action: { block: {} }, visibilityConfig: visible(name) };
}

/** One of AWS's groups, as AWS keeps it up to date, with the named rules of it only counting. */
function managed(name: string, group: string, counting: readonly string[] = []): Unordered {
  const ruleActionOverrides = counting.map((rule) => ({ name: rule, actionToUse: { count: {} } }));
  return {
    name,
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: group,
        ...(counting.length === 0 ? {} : { ruleActionOverrides }),
      },
    },
    // The group's own actions hold.
    overrideAction: { none: {} },
    visibilityConfig: visible(name),
  };
}

function visible(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
