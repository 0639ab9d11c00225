// Claims about the schema validator beside a build: it says what it says within synthesis, and of what it has seen it says the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { CfnSubnet, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { afterAll, describe, expect, test } from 'vitest';
import { createApp, type NagFinding, synthesize } from '../app.ts';
import { type SchemaValidation, type SeenTemplates, startSchemaValidator } from './validate-templates.ts';
import type { Violation } from './violation.ts';

const scratch = mkdtempSync(join(tmpdir(), 'hashira-schema-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let apps = 0;
function appOf(fill: (app: App) => void, schemaValidator = false): App {
  const app = createApp({ outdir: join(scratch, `app-${++apps}`), schemaValidator });
  fill(app);
  return app;
}

async function validated(fill: (app: App) => void, seen?: SeenTemplates): Promise<SchemaValidation> {
  const app = appOf(fill);
  const validator = startSchemaValidator(app, scratch, seen);
  try {
    return await validator.validate(synthesize(app).templates);
  } finally {
    validator.close();
  }
}

/** Remembers in memory. */
function memory(): SeenTemplates & { readonly kept: Map<string, readonly Violation[]> } {
  const kept = new Map<string, readonly Violation[]>();
  return {
    kept,
    get isEmpty() {
      return kept.size === 0;
    },
    find: (digest) => kept.get(digest),
    keep(entries) {
      for (const [digest, violations] of entries) kept.set(digest, violations);
    },
  };
}

const env = { region: 'ap-northeast-1' };
/** A warning in each stack, an error in one, and a stack without either. */
function rogue(app: App): void {
  const network = new Stack(app, 'Network', { env });
  const vpc = new CfnVPC(network, 'Vpc', { cidrBlock: '10.9.0.0/16' });
  new CfnSubnet(network, 'Subnet', { vpcId: vpc.ref, cidrBlock: '10.9.0.0/24', availabilityZone: 'ap-northeast-1a' });
  new CfnVPC(new Stack(app, 'Wrong', { env }), 'Vpc').addPropertyOverride('Cidr', '10.0.0.0/16');
  new CfnVPC(new Stack(app, 'Right', { env }), 'Vpc', { cidrBlock: '10.8.0.0/16' });
}
const acknowledge = (app: App) =>
  Validations.of(app.node.findChild('Network')).acknowledge({
    id: 'CloudFormation-Validate::W3010',
    reason: 'A test means this zone.',
  });

const ofTheValidator = (findings: readonly NagFinding[]) => findings.filter(({ rule }) => /^[EFW]\d{4}$/.test(rule));

describe('the validator in its own thread', () => {
  test('finds what it finds within synthesis, of the same constructs', async () => {
    const within = ofTheValidator(synthesize(appOf(rogue, true)).findings);
    const { findings, templates, seen } = await validated(rogue);
    expect(within.map(({ resource }) => resource)).toEqual(expect.arrayContaining(['Network/Subnet', 'Wrong/Vpc']));
    expect(findings.toSorted(byRule)).toEqual(within.toSorted(byRule));
    expect({ templates, seen }).toEqual({ templates: 3, seen: 0 });
  });

  test('leaves out what is acknowledged on a construct or on what it is in, and nothing else', async () => {
    const { findings } = await validated((app) => {
      rogue(app);
      acknowledge(app);
    });
    expect([...new Set(findings.map(({ resource }) => resource))]).toEqual(['Wrong/Vpc']);
  });

  test('that cannot run is an error, never an empty list of findings', async () => {
    const app = appOf(rogue);
    const validator = startSchemaValidator(app, join(scratch, 'nowhere'));
    await expect(validator.validate(synthesize(app).templates)).rejects.toThrow('nowhere');
  });
});

describe('a template that was seen', () => {
  test('is not looked at again; one that failed or has changed is', async () => {
    const seen = memory();
    const first = await validated(rogue, seen);
    expect(first.seen).toBe(0);
    expect(seen.kept.size).toBe(1);
    const again = await validated(rogue, seen);
    expect(again).toEqual({ ...first, seen: 1 });
    const changed = await validated((app) => {
      rogue(app);
      new CfnVPC(app.node.findChild('Right') as Stack, 'Second', { cidrBlock: '10.7.0.0/16' });
    }, seen);
    expect(changed.seen).toBe(0);
  });

  test('fails all the same when nobody acknowledges any more what it has', async () => {
    const seen = memory();
    const mild = (app: App) => {
      const network = new Stack(app, 'Network', { env });
      const vpc = new CfnVPC(network, 'Vpc', { cidrBlock: '10.9.0.0/16' });
      new CfnSubnet(network, 'Subnet', {
        vpcId: vpc.ref,
        cidrBlock: '10.9.0.0/24',
        availabilityZone: 'ap-northeast-1a',
      });
    };
    const meant = await validated((app) => {
      mild(app);
      acknowledge(app);
    }, seen);
    expect(meant.findings).toEqual([]);
    const { findings, seen: before } = await validated(mild, seen);
    expect(before).toBe(1);
    expect(findings.map(({ rule, resource }) => [rule, resource])).toEqual([['W3010', 'Network/Subnet']]);
  });
});

const byRule = (one: NagFinding, other: NagFinding) => JSON.stringify(one).localeCompare(JSON.stringify(other));
