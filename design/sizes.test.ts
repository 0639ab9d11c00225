import { describe, expect, test } from 'vitest';
import { exampleDesign } from './fixtures/example-design.ts';
import { readMonthlyCost } from './grammar/cost.ts';
import { readEnvironmentCost, type SizeRule } from './grammar/environment-cost.ts';
import { form, readFormSection } from './grammar/testing/read-block.ts';
import { LineLedger } from './lines.ts';
import type { Alarm, Design } from './schema.ts';
import { deriveSizes, type SizeSources } from './sizes.ts';

const staging: SizeRule = { share: 0.5, zones: 'one-allowed' };
const development: SizeRule = { share: 0.25, zones: 'one' };
const sources: SizeSources = {
  production: {
    task: { cpu: 2048, memoryMiB: 4096, count: 2 },
    aurora: { instanceClass: 'db.r6g.large', instances: 2 },
    cache: { nodeType: 'cache.r6g.large', nodes: 2 },
    natGateways: 2,
    functions: { memoryMiB: 512 },
  },
  rules: { production: { share: 1, zones: 'several' }, staging, development },
  maxTasks: 10,
  alarms: exampleDesign.alarms,
  zones: 2,
};
const derive = (change: Partial<SizeSources> = {}) => deriveSizes({ ...sources, ...change }, new LineLedger(''));
const withProduction = (change: Partial<SizeSources['production']>) =>
  derive({ production: { ...sources.production, ...change } });
const withStaging = (rule: SizeRule) => derive({ rules: { ...sources.rules, staging: rule } }).staging;

test('SIZE-1…5: the form’s figures and rule give the table of every environment', () => {
  expect(derive()).toEqual(exampleDesign.sizes);
});

test.skipIf(form === undefined)('SIZE-1…5: read from the form itself, too', () => {
  const cost = readFormSection(readMonthlyCost, '月間コスト見積もり').value;
  const rules = readFormSection(readEnvironmentCost, '環境別コスト').value?.rules;
  expect(cost && rules && derive({ production: cost.production, rules })).toEqual(exampleDesign.sizes);
});

test('a document without cache or functions gives no environment any', () => {
  const { cache: _, functions: __, ...production } = sources.production;
  for (const sizes of Object.values(derive({ production }))) {
    expect(sizes).not.toHaveProperty('cache');
    expect(sizes).not.toHaveProperty('functions');
  }
});

describe('SIZE-1: tasks', () => {
  test.each([
    ['two of at most ten', 2, 10, [2, 10], [2, 4], [1, 2]],
    ['eight of at most forty', 8, 40, [8, 40], [8, 16], [2, 4]],
    ['one of at most one', 1, 1, [1, 1], [1, 1], [1, 1]],
    ['never more than production’s most', 2, 3, [2, 3], [2, 3], [1, 2]],
  ])('%s', (_, count, maxTasks, ...expected) => {
    const task = { cpu: 2048, memoryMiB: 4096, count };
    const sizes = derive({ production: { ...sources.production, task }, maxTasks });
    expect(Object.values(sizes).map(({ task: { minimum, maximum } }) => [minimum, maximum])).toEqual(expected);
  });

  test('the smallest task that Fargate offers with that share', () => {
    const small = withProduction({ task: { cpu: 256, memoryMiB: 512, count: 2 } });
    expect(small.development.task).toMatchObject({ cpu: 256, memoryMiB: 512 });
    const large = withProduction({ task: { cpu: 4096, memoryMiB: 30_720, count: 2 } });
    expect(large.staging.task).toMatchObject({ cpu: 2048, memoryMiB: 15_360 });
    expect(large.development.task).toMatchObject({ cpu: 1024, memoryMiB: 8192 });
  });
});

describe('SIZE-2, SIZE-3: machines', () => {
  test.each([
    ['db.r6g.2xlarge', 'db.r6g.xlarge', 'db.r6g.large'],
    ['db.r7i.large', 'db.t4g.large', 'db.t4g.medium'],
    ['db.t4g.medium', 'db.t4g.medium', 'db.t4g.medium'],
  ])('%s has %s for half and %s for a quarter', (instanceClass, half, quarter) => {
    const sizes = withProduction({ aurora: { instanceClass, instances: 3 } });
    expect(sizes.staging.aurora).toEqual({ instanceClass: half, instances: 3 });
    expect(sizes.development.aurora).toEqual({ instanceClass: quarter, instances: 1 });
  });

  test('a class that nobody knows is kept: its line is refused', () => {
    const sizes = withProduction({ aurora: { instanceClass: 'db.z9.large', instances: 1 } });
    expect(sizes.staging.aurora.instanceClass).toBe('db.z9.large');
  });
});

test('SIZE-4: a NAT gateway in each zone where an environment spans several, else one', () => {
  expect(withStaging({ share: 0.5, zones: 'several' }).natGateways).toBe(2);
  expect(
    derive({ zones: 3, rules: { ...sources.rules, staging: { share: 0.5, zones: 'several' } } }).staging.natGateways,
  ).toBe(3);
  expect(withStaging(staging).natGateways).toBe(1);
});

test('an environment of production’s size grows as far as production', () => {
  expect(withStaging({ share: 1, zones: 'several' })).toEqual(exampleDesign.sizes.production);
});

describe('SIZE-5: the timeout is the next round number above the threshold that MON-9 watches', () => {
  const duration = (critical: number | undefined, unit: 's' | 'ms' = 's'): Alarm[] => [
    {
      ...{ service: 'lambda', metric: 'Duration', periodSeconds: 300, evaluationPeriods: 1 },
      warning: { statistic: 'Average', comparison: '>', value: 4, unit: 's' },
      ...(critical !== undefined && { critical: { statistic: 'Average', comparison: '>', value: critical, unit } }),
    },
  ];
  test.each([
    ['28 s', duration(28), 30],
    ['30 s', duration(30), 45],
    ['59900 ms', duration(59_900, 'ms'), 60],
    ['a warning alone', duration(undefined), 5],
    ['more than Lambda takes', duration(1000), 900],
    ['nothing', [] satisfies Design['alarms'], 30],
  ])('%s', (_, alarms, expected) => {
    expect(derive({ alarms }).production.functions?.timeoutSeconds).toBe(expected);
  });

  test('and the alarm’s line states it for every environment', () => {
    const ledger = new LineLedger('---\nmax_tasks: 10\nDuration');
    ledger.state(2, 'input', 'inputs.maxTasks');
    const index = exampleDesign.alarms.findIndex(({ metric }) => metric === 'Duration');
    ledger.state(3, 'input', `alarms.${index}.critical`);
    deriveSizes(sources, ledger);
    expect(ledger.lines().map(({ statements }) => statements.slice(1).map(({ path }) => path))).toEqual([
      [],
      ['sizes.production.task.maximum'],
      ['production', 'staging', 'development'].map((name) => `sizes.${name}.functions.timeoutSeconds`),
    ]);
  });
});
