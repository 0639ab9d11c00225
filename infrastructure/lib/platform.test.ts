// Claims about the platform as a whole: its stacks, their order, what holds them together, and that it is built the same every time.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { stackNames } from '../../design/catalogue/stack-needs.ts';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { type Design, type FormEnvironment, formEnvironments } from '../../design/schema.ts';
import { stackId } from '../../design/stack-names.ts';
import { synthesize } from './app.ts';
import { filesOf, platformOf, scratch, stacksOf, templatesOf } from './testing/environment.ts';
import { recoveringDesign } from './testing/standby.ts';

const idsOf = (app: App) => stacksOf(app).map(({ node }) => node.id);

/** Besides those that the document lets a stack wait for: what it leaves out and the platform cannot do without (STK-6, STK-8, BKP-3, BKP-5). */
const further: Readonly<Record<string, readonly string[]>> = {
  DatabaseStack: ['BaseReferencesStack'],
  StorageStack: ['BaseReferencesStack'],
  ComputeStack: ['MessagingStack'],
  MonitoringStack: ['CacheStack', 'MessagingStack'],
};

const withoutCache: Design = {
  ...exampleDesign,
  stacks: exampleDesign.stacks.filter(({ name }) => name !== 'CacheStack'),
  securityGroups: exampleDesign.securityGroups
    .filter(({ key }) => key !== 'cache')
    .map((group) => ({
      ...group,
      egress: group.egress.filter(({ peer }) => peer.kind === 'cidr' || peer.group !== 'cache'),
    })),
  alarms: exampleDesign.alarms.filter(({ service }) => service !== 'cache'),
};

describe('the stacks', () => {
  /** What is in none of the document's stacks (ARC-6); the base of the recovery only where copies go to another region. */
  const homeless = (environment: FormEnvironment): readonly string[] => [
    'EdgeReferencesStack',
    'EdgeStack',
    'ReferencesStack',
    'GovernanceStack',
    ...(environment === 'production' ? ['RecoveryBaseStack', 'BaseReferencesStack'] : []),
  ];

  test.each(formEnvironments)(
    'of the document and those for the rest stand directly under the app in %s',
    (environment) => {
      const ids = idsOf(platformOf(exampleDesign, [environment]));
      const names = [...stackNames, ...homeless(environment)];
      expect(ids.sort()).toEqual(names.map((name) => stackId(environment, name)).sort());
    },
  );

  test('stand by in the other region too where one takes over, with the steps between them (DR-1)', () => {
    const ids = idsOf(platformOf(recoveringDesign, ['production']));
    const wanted = [
      ...[...stackNames, ...homeless('production')].map((name) => stackId('production', name)),
      ...[...stackNames, 'ReferencesStack'].map((name) => stackId('production', name, 'standby')),
      'ProductionRecoveryStack',
    ];
    expect(ids.sort()).toEqual(wanted.sort());
  });

  test('of all environments stand side by side, and only those asked for', () => {
    expect(idsOf(platformOf(exampleDesign))).toHaveLength(3 * (stackNames.length + 4) + 2);
    expect(idsOf(platformOf(exampleDesign, ['staging'])).every((id) => id.startsWith('Staging'))).toBe(true);
  });

  test('come after those that they wait for', () => {
    const app = platformOf(exampleDesign, ['production']);
    const ids = idsOf(app);
    for (const stack of stacksOf(app)) {
      for (const { node } of stack.dependencies) expect(ids.indexOf(node.id)).toBeLessThan(ids.indexOf(stack.node.id));
    }
  });

  test('wait for those of the document and no others (STK-1…8)', () => {
    const app = platformOf(exampleDesign, ['production']);
    app.synth();
    for (const { name, dependsOn } of exampleDesign.stacks) {
      const stack = stacksOf(app).find(({ node }) => node.id === stackId('production', name));
      const allowed = [...dependsOn, ...(further[name] ?? [])].map((other) => stackId('production', other));
      const found = stack?.dependencies.map(({ node }) => node.id) ?? [];
      expect({ name, surplus: found.filter((id) => !allowed.includes(id)) }).toEqual({ name, surplus: [] });
    }
  });

  test('wait for one more when the document says so, though they take nothing of it', () => {
    const stacks = exampleDesign.stacks.map((stack) =>
      stack.name === 'StorageStack' ? { ...stack, dependsOn: ['NetworkStack' as const] } : stack,
    );
    const app = platformOf({ ...exampleDesign, stacks }, ['production']);
    const storage = stacksOf(app).find(({ node }) => node.id === 'ProductionStorageStack');
    expect(storage?.dependencies.map(({ node }) => node.id)).toContain('ProductionNetworkStack');
  });

  test('have no cache when the document has none', () => {
    const app = platformOf(withoutCache, ['production']);
    app.synth();
    expect(idsOf(app)).not.toContain('ProductionCacheStack');
    expect(idsOf(app)).toContain('ProductionDatabaseStack');
  });

  test('have no functions, and so no queue for them, when the document has none', () => {
    const sizes = Object.fromEntries(
      Object.entries(exampleDesign.sizes).map(([environment, { functions: _, ...rest }]) => [environment, rest]),
    ) as Design['sizes'];
    const design = { ...exampleDesign, functions: [], sizes };
    const templates = templatesIn(platformOf(design, ['production']));
    expect(templates).not.toContain('-Fulfilment"');
    expect(templates).toContain('ProductionMessagingStack-Work"');
  });

  test('in another region hold no trace of the first', () => {
    const design = { ...exampleDesign, region: 'eu-central-1' };
    expect(templatesIn(platformOf(design, ['production']))).not.toContain('ap-northeast-1');
  });
});

describe('references between stacks', () => {
  test('are weak: no stack is held by an export', () => {
    const templates = templatesIn(platformOf(exampleDesign, ['production']));
    expect(templates).toContain('"Fn::GetStackOutput"');
    expect(templates).not.toMatch(/"Fn::ImportValue"|"Export"/);
  });

  test('can be strong by one line of context, within a region: an export ends at its border', () => {
    const context = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };
    const { stacks } = platformOf(recoveringDesign, ['production'], { context }).synth();
    const home = stacks.filter(({ environment }) => environment.region === exampleDesign.region);
    const templates = home.map(({ template }) => JSON.stringify(template)).join('\n');
    expect(templates).toContain('"Fn::ImportValue"');
    const weak = [...templates.matchAll(/"Fn::GetStackOutput":\{"StackName":"\w+","Region":"([\w-]+)"/g)];
    expect(new Set(weak.map(([, region]) => region))).toEqual(new Set(['ap-northeast-1', 'us-east-1', 'us-west-2']));
    expect(templates).not.toMatch(/Custom::CrossRegionExport/);
  });
});

/** Designs in whose platforms some regions are the same, or more than two. */
const places: readonly (readonly [string, Design])[] = [
  ['a region that takes over', recoveringDesign],
  ['copies alone in another region', exampleDesign],
  ["the edge's region for its own", { ...recoveringDesign, region: 'us-east-1' }],
  ['a failover that starts by itself, and a zone', automatic(recoveringDesign)],
];

const apps = new Map<Design, App>();

/** The whole platform of a design, built once for all claims about it. */
function builtOf(design: Design): App {
  const app = apps.get(design) ?? platformOf(design);
  apps.set(design, app);
  return app;
}

describe('a region that is away holds nobody up in another (ADR-049)', () => {
  test.each(places)('only a references stack asks another region: %s', (_, design) => {
    const { stacks } = builtOf(design).synth();
    const reads = stacks.flatMap(({ stackName, environment: { region }, template }) =>
      readsIn(template).map((read) => ({ stackName, isOther: read.region !== region })),
    );
    const others = reads.filter(({ isOther }) => isOther).map(({ stackName }) => stackName);
    expect(others.length).toBeGreaterThan(4);
    expect([...new Set(others)].filter((name) => !name.endsWith('ReferencesStack'))).toEqual([]);
  });

  test.each(places)('what repeats the others holds nothing that anybody would have to change: %s', (_, design) => {
    const { stacks } = builtOf(design).synth();
    const found = stacks.filter(({ stackName }) => stackName.endsWith('ReferencesStack'));
    expect(found.length).toBeGreaterThan(3);
    for (const { template } of found) expect(Object.keys(template.Resources)).toEqual(['LastReading']);
  });

  test.each(places)('a stack waits for every stack that it reads, or for one that does: %s', (_, design) => {
    const app = builtOf(design);
    const { stacks } = app.synth();
    const waits = new Map(
      stacksOf(app).map(({ stackName, dependencies }) => [stackName, dependencies.map((one) => one.stackName)]),
    );
    const all = (name: string): string[] => (waits.get(name) ?? []).flatMap((one) => [one, ...all(one)]);
    const missing = stacks.flatMap(({ stackName, template }) => {
      const before = new Set(all(stackName));
      return readsIn(template).flatMap(({ stack }) => (before.has(stack) ? [] : [`${stackName} reads ${stack}`]));
    });
    expect(missing).toEqual([]);
  });

  test('every value that is repeated is one that exists, and is read', () => {
    const { stacks } = platformOf(recoveringDesign, ['production']).synth();
    const read = new Set(
      stacks.flatMap(({ template }) => readsIn(template)).map(({ stack, output }) => `${stack} ${output}`),
    );
    const there = stacks.flatMap(({ stackName, template }) =>
      Object.keys(template.Outputs ?? {}).map((output) => `${stackName} ${output}`),
    );
    expect([...read].filter((one) => !there.includes(one))).toEqual([]);
    const repeated = there.filter((one) => one.includes('ReferencesStack '));
    expect(repeated.length).toBeGreaterThan(40);
    expect(repeated.filter((one) => !read.has(one))).toEqual([]);
  });

  test('a stack that would ask another region is refused', () => {
    const app = platformOf(exampleDesign, ['production']);
    const stacks = stacksOf(app);
    const [edge, cache] = ['ProductionEdgeStack', 'ProductionCacheStack'].map((name) =>
      stacks.find(({ stackName }) => stackName === name),
    );
    if (edge === undefined || cache === undefined) throw new Error('The platform has both');
    edge.addStackDependency(cache);
    expect(() => app.synth()).toThrow(/ProductionEdgeStack reads ProductionCacheStack, which is in another region/);
  });
});

describe('policies of several stacks on one role', () => {
  test.each(formEnvironments)(
    'have names of their own, or the last one deployed would replace the others, in %s',
    (environment) => {
      const names = templatesOf(exampleDesign, environment).flatMap((template) =>
        Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
          (Properties.Roles as unknown[]).map(
            (role) => `${JSON.stringify(role)} ${JSON.stringify(Properties.PolicyName)}`,
          ),
        ),
      );
      expect(names.length).toBeGreaterThan(5);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    },
  );
});

describe('a build', () => {
  test('of the same document gives the same bytes, wherever it lies', () => {
    const [first, second] = [scratch(), scratch()].map((outdir) => {
      synthesize(platformOf(exampleDesign, undefined, { outdir, validation: true }));
      return filesOf(outdir);
    });
    expect(Object.keys(first ?? {}).length).toBeGreaterThan(3 * stackNames.length);
    expect(second).toEqual(first);
  });

  test('asks no account for anything', () => {
    const outdir = scratch();
    platformOf(exampleDesign, undefined, { outdir }).synth();
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    expect(Object.keys(manifest.artifacts).length).toBeGreaterThan(stackNames.length);
    expect(manifest.missing).toBeUndefined();
  });
});

function automatic(design: Design): Design {
  return { ...design, inputs: { ...design.inputs, failover: 'automatic', hostedZoneId: 'Z0123456789ABCDEFGHIJ' } };
}

/** What a template reads of other stacks. */
function readsIn(template: unknown): { readonly stack: string; readonly region: string; readonly output: string }[] {
  const pattern = /"Fn::GetStackOutput":\{"StackName":"(\w+)","Region":"([\w-]+)","OutputName":"(\w+)"\}/g;
  const text = JSON.stringify(template);
  const found = [...text.matchAll(pattern)].map(([, stack = '', region = '', output = '']) => ({
    stack,
    region,
    output,
  }));
  // Whatever is written in another way is not overlooked.
  expect(found).toHaveLength(text.split('"Fn::GetStackOutput"').length - 1);
  return found;
}

/** All templates of an app as one text. */
function templatesIn(app: App): string {
  return app
    .synth()
    .stacks.map(({ template }) => JSON.stringify(template))
    .join('\n');
}
