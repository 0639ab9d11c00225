import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphOf, resource, tokyo } from '../../assembly/testing/graphs.ts';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { formEnvironments } from '../../design/schema.ts';
import { type UsageKey, usageKeyNames } from '../../design/words/usage-keys.ts';
import { type EstimateInput, estimate } from './estimate.ts';
import { costReport } from './report.ts';
import { samplePlatform } from './testing/graphs.ts';
import { usageKeys } from './usage/keys.ts';

const platforms = formEnvironments.map((environment) => samplePlatform(exampleDesign, environment));
const platform: EstimateInput['graph'] = {
  stacks: platforms.flatMap(({ stacks }) => stacks),
  resources: platforms.flatMap(({ resources }) => resources),
};
const whole: EstimateInput = { graph: platform, design: exampleDesign, environment: 'production' };

function made(input: EstimateInput) {
  const { estimate: found, problems } = estimate(input);
  if (found === undefined) throw new Error(problems.map(({ message }) => message.en).join('\n'));
  return found;
}

const priced = (overrides: EstimateInput['overrides'], graph = platform) =>
  made({ ...whole, graph, ...(overrides && { overrides }) });

describe('an estimate', () => {
  test.each(formEnvironments)('prices every resource of %s or says why it is free', (environment) => {
    const { lines, free } = made({ ...whole, environment });
    expect(lines.length).toBeGreaterThan(30);
    expect(free.every(({ reason }) => reason.en !== '' && reason.ja !== '')).toBe(true);
  });

  test('has lines that are quantity × unit price, groups that are sums of lines, and a total of groups', () => {
    const { lines, groups, monthly, yearly } = priced({});
    for (const line of lines) expect(line.quantity * line.unitPrice, line.item).toBeCloseTo(line.monthly, 4);
    for (const { group, monthly: amount } of groups) {
      expect(lines.filter((line) => line.group === group).reduce((sum, line) => sum + line.monthly, 0)).toBeCloseTo(
        amount,
        4,
      );
    }
    expect(groups.reduce((sum, { monthly: amount }) => sum + amount, 0)).toBeCloseTo(monthly, 4);
    expect(yearly).toBeCloseTo(12 * monthly, 4);
  });

  test('says of each line what it is sold as, by whom it is said and when', () => {
    for (const { usageType, service, source, date, resource: name } of priced({}).lines) {
      expect([usageType, service, source, name]).not.toContain('');
      expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  test('never costs less for more use (tiers and free allowances included)', () => {
    const base = Object.fromEntries(priced({}).usage.map(({ key, value }) => [key, value]));
    // Using an account's allowance more is no use of the platform.
    const counted = usageKeyNames.filter(
      (key) => key in base && key !== 'freeTierShare' && usageKeys[key].most === undefined,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...counted),
        fc.double({ min: 0, max: 1000, noNaN: true }),
        (key: UsageKey, scale) => {
          const at = (times: number) => priced({ ...base, [key]: (base[key] ?? 0) * times }).monthly;
          expect(at(scale * 2)).toBeGreaterThanOrEqual(at(scale) - 1e-6);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('takes what an account has for nothing off in lines of its own, at most once for all regions', () => {
    const functions = { A: resource('AWS::Lambda::Function', { MemorySize: 1024 }) };
    const graph = graphOf({ 'ap-northeast-1': functions, 'us-west-2': functions });
    const { lines } = priced({ helperInvocations: 1.5e6, functionMs: 200 }, graph);
    const free = lines.filter(({ freeTier }) => freeTier);
    // 2 × 300,000 GB-seconds and 2 × 1.5M requests, of which 400,000 and 1M are free.
    expect(free.map(({ item, quantity }) => [item, quantity])).toEqual([
      ['lambda.request', -1],
      ['lambda.x86.gb-second', -300_000],
      ['lambda.x86.gb-second', -100_000],
    ]);
    expect(lines.reduce((sum, { monthly }) => sum + monthly, 0)).toBeCloseTo(2 * 0.2 + 200_000 * 0.0000166667, 4);
  });

  test('runs what can be stopped for the hours that templates and document both give', () => {
    const design = exampleDesign;
    const platformOf = samplePlatform(design, 'development');
    const [any] = platformOf.resources;
    if (any === undefined) throw new Error('no resource');
    const awake = platformOf.resources.filter(
      ({ type }) => !/^AWS::(Scheduler::Schedule|ApplicationAutoScaling)/.test(type),
    );
    const properties = {
      ScheduleExpression: 'cron(0 19 ? * MON-FRI *)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      Target: { Arn: 'arn:aws:scheduler:::aws-sdk:rds:stopDBCluster', Input: '{}' },
    };
    const night = { ...any, type: 'AWS::Scheduler::Schedule', properties };
    const hours = (resources: readonly (typeof any)[]) => {
      const { lines } = made({ graph: { ...platformOf, resources }, design, environment: 'development' });
      return lines.find(({ item }) => item.startsWith('aurora.instance.'))?.quantity;
    };
    expect(hours(awake)).toBe(730);
    expect(hours([...awake, night])).toBeCloseTo(730 * (50 / 168), 3);
  });
});

describe('what has no price is a problem, never $0', () => {
  const problems = (input: Partial<EstimateInput>) =>
    estimate({ ...whole, ...input }).problems.map(({ message }) => message.en);

  test('a type that nobody knows, with the nearest that somebody does', () => {
    const [message, ...others] = problems({ graph: tokyo({ A: resource('AWS::SQS::Queu') }) });
    expect(others).toEqual([]);
    expect(message).toMatch(/AWS::SQS::Queu \(ProductionStack0\/A\).*nearest known: AWS::SQS::Queue,/);
  });

  test('every price that is missing, not just the first, and each once', () => {
    const node = (type: string) =>
      resource('AWS::ElastiCache::ReplicationGroup', { CacheNodeType: type, NumCacheClusters: 1 });
    const found = problems({
      graph: tokyo({ A: node('cache.x9.large'), B: node('cache.x9.large'), C: node('cache.y9.large') }),
    });
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(
      /elasticache\.redis\.cache\.x9\.large in ap-northeast-1; nearest known: elasticache\.redis\.cache\./,
    );
    expect(found[1]).toContain('cache.y9.large');
  });

  test('a region without a table, with those that have one', () => {
    const [message] = problems({
      graph: graphOf({ 'eu-west-1': { A: resource('AWS::SQS::Queue') } }),
      design: { ...exampleDesign, region: 'eu-west-1' },
    });
    expect(message).toMatch(/eu-west-1; there are tables for ap-northeast-1, us-west-2, us-east-1/);
  });

  test('and no estimate is made', () => {
    expect(estimate({ ...whole, graph: tokyo({ A: resource('AWS::No::Thing') }) }).estimate).toBeUndefined();
  });
});

describe('where what has no price may be left out', () => {
  const node = resource('AWS::ElastiCache::ReplicationGroup', { CacheNodeType: 'cache.x9.large', NumCacheClusters: 1 });
  const graph = tokyo({
    A: resource('AWS::EC2::EIP'),
    B: resource('AWS::Unheard::Of'),
    C: resource('AWS::Unheard::Of'),
    D: node,
  });

  test('the rest is estimated, and each kind is listed with the reason', () => {
    const { monthly, lines, unpriced } = made({ ...whole, graph, partial: true });
    expect(monthly).toBe(3.65);
    expect(lines.map(({ resource: path }) => path)).toEqual(['ProductionStack0/A']);
    expect(unpriced).toMatchObject([
      { type: 'AWS::Unheard::Of', resources: ['ProductionStack0/B', 'ProductionStack0/C'] },
      { type: 'AWS::ElastiCache::ReplicationGroup', resources: ['ProductionStack0/D'] },
    ]);
    expect(unpriced[1]?.reason.en).toContain('no price for elasticache.redis.cache.x9.large');
  });

  test('what is in a nested template that nobody has read is not taken for free', () => {
    const nested = tokyo({ A: resource('AWS::CloudFormation::Stack', { TemplateURL: 'https://example.com/a.yaml' }) });
    expect(made({ ...whole, graph: nested, partial: true })).toMatchObject({
      monthly: 0,
      unpriced: [{ type: 'AWS::CloudFormation::Stack', resources: ['ProductionStack0/A'] }],
    });
    const [one] = nested.resources;
    if (one === undefined) throw new Error('there is no stack');
    const opened = { ...nested, resources: [{ ...one, isOpened: true as const }] };
    expect(made({ ...whole, graph: opened, partial: true }).unpriced).toEqual([]);
  });

  test('a use that nobody knows is asked for all the same', () => {
    const { estimate: none, problems } = estimate({
      environment: 'production',
      partial: true,
      graph: tokyo({ A: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'application' }) }),
    });
    expect(none).toBeUndefined();
    expect(problems[0]?.code).toBe('missing-usage');
  });

  test('nothing is held against the document', () => {
    const report = { environments: ['production'], design: exampleDesign, partial: true } as const;
    const [entry] = costReport({ ...report, graph }).cost;
    expect(entry?.unpriced).toHaveLength(2);
    expect(entry).toMatchObject({ budget: undefined });
    expect(entry?.document).toBeUndefined();
    const [all] = costReport({ ...report, graph: platform }).cost;
    expect(all).toMatchObject({ unpriced: [], budget: {}, document: {} });
  });
});

test('stacks of which nobody says the region are where the caller says', () => {
  const { stacks, resources } = tokyo({ A: resource('AWS::EC2::EIP') });
  const nowhere = { stacks: stacks.map((stack) => ({ ...stack, region: 'unknown-region' })), resources };
  const regionOf = (region?: string) => made({ graph: nowhere, environment: 'production', region }).lines[0]?.region;
  expect(regionOf('us-west-2')).toBe('us-west-2');
  expect(() => regionOf()).toThrow(/unknown-region/);
});

test('an assembly of somebody else is taken whole, its busiest region the one with the traffic', () => {
  const { stacks, resources } = graphOf({
    'us-west-2': { A: resource('AWS::SQS::Queue'), B: resource('AWS::SQS::Queue') },
  });
  const renamed = {
    stacks: stacks.map((stack) => ({ ...stack, id: 'Shop' })),
    resources: resources.map((one) => ({ ...one, stack: 'Shop' })),
  };
  const { estimate: found } = estimate({
    graph: renamed,
    environment: 'production',
    overrides: { queueRequests: 3e6 },
  });
  expect(found?.lines.map(({ region, monthly }) => [region, monthly])).toEqual([
    ['us-west-2', 1.2],
    ['us-west-2', -0.4],
  ]);
});
