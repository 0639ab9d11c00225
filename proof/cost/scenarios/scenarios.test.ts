import { describe, expect, test } from 'vitest';
import { type EstimateInput, estimate } from '../estimate.ts';
import { designWith } from '../testing/design.ts';
import { samplePlatform } from '../testing/graphs.ts';
import { ioOptimized, onArm, otherEndpoints, serverless } from './changes.ts';
import { type Failures, scenariosOf } from './scenarios.ts';

const design = designWith({});
const input: EstimateInput = { graph: samplePlatform(design, 'production'), design, environment: 'production' };
const found = await scenariosOf(input);
const scenario = (name: string, from = found) => {
  const one = from.find((candidate) => candidate.name === name);
  if (one === undefined) throw new Error(`no scenario ${name}`);
  return one;
};
const monthly = (some: EstimateInput) => {
  const { estimate: made, problems } = estimate(some);
  if (made === undefined) throw new Error(problems[0]?.message.en);
  return made.monthly;
};
const designed = monthly(input);
const numberIn = (text = '') => Number(/[\d,.]*\d/.exec(text)?.[0].replaceAll(',', '') ?? Number.NaN);

describe('a scenario', () => {
  test('is the platform priced again with the change, nothing else', () => {
    expect(scenario('arm64').difference).toBeCloseTo(monthly(onArm(input)) - designed, 4);
    for (const { monthly: amount, difference } of found) expect(amount - difference).toBeCloseTo(designed, 3);
  });

  test.each(['arm64', 'valkey'])('%s saves', (name) => {
    expect(scenario(name).difference).toBeLessThan(0);
  });

  test('is not offered where the platform has it already', async () => {
    const names = (await scenariosOf(onArm(input))).map(({ name }) => name);
    expect(names).not.toContain('arm64');
    expect(names).toContain('valkey');
  });

  test('takes a year’s promise off what is sold by the year, and not off traffic', () => {
    const { lines } = estimate(input).estimate ?? { lines: [] };
    const machines = lines.filter(({ item }) => /^(fargate|aurora\.instance|elasticache\.redis)\./.test(item));
    const most = machines.reduce((sum, line) => sum + line.monthly, 0) * 0.31;
    const saved = -scenario('commitment-published').difference;
    expect(saved).toBeGreaterThan(0);
    expect(saved).toBeLessThan(
      most +
        lines.filter(({ item }) => /^(cloudfront|lambda)/.test(item)).reduce((sum, line) => sum + line.monthly, 0) *
          0.31,
    );
  });
});

describe('a break-even is where both cost the same', () => {
  test('Aurora I/O-Optimized, in I/Os a month', () => {
    const databaseIos = numberIn(scenario('io-optimized').breakEven?.en);
    expect(databaseIos).toBeGreaterThan(1e8);
    const at = { ...input, overrides: { databaseIos, databaseWrites: 0 } };
    expect(monthly(ioOptimized(at)) - monthly(at)).toBeCloseTo(0, 2);
  });

  test('Serverless v2, in average ACU', () => {
    const averageAcu = numberIn(scenario('serverless').breakEven?.en);
    const at = { ...input, overrides: { averageAcu } };
    // The point is told to a hundredth of an ACU, which is $1.10 a month for each of two instances.
    expect(Math.abs(monthly(serverless(at)) - designed)).toBeLessThan(2.2);
  });

  test('interface endpoints, in GB that would pass the NAT gateways', () => {
    const gigabytes = numberIn(scenario('interface-endpoints').breakEven?.en);
    expect(gigabytes).toBeGreaterThan(100);
    const natGb = 2 * gigabytes;
    const at = { ...input, overrides: { natGb, endpointGb: gigabytes } };
    expect(Math.abs(monthly(otherEndpoints(natGb, gigabytes)(at)) - monthly(at))).toBeLessThan(0.1);
  });
});

describe('the lean platform', () => {
  const failing =
    (when: (changed: EstimateInput) => boolean): Failures =>
    async (changed) =>
      new Set(when(changed) ? ['7 inputs.architecture', '9 was.wrong.before'] : ['9 was.wrong.before']);
  const isArm = ({ design: changed }: EstimateInput) => changed?.inputs.architecture === 'arm64';

  test('is cheaper than any one change that is not assumed', () => {
    const others = found.filter(({ name }) => name !== 'lean' && name !== 'serverless');
    expect(scenario('lean').monthly).toBeLessThan(Math.min(...others.map((one) => one.monthly)));
  });

  test('leaves out what breaks a statement or criterion, and names it', async () => {
    const judged = await scenariosOf(input, failing(isArm));
    expect(scenario('arm64', judged).lost).toEqual(['7 inputs.architecture']);
    expect(scenario('valkey', judged).lost).toEqual([]);
    expect(scenario('lean', judged).lost).toEqual([]);
    const all = await scenariosOf(
      input,
      failing(() => false),
    );
    expect(scenario('lean', judged).monthly).toBeGreaterThan(scenario('lean', all).monthly);
  });

  test('does not rest on a figure that nobody measured', async () => {
    const measured = await scenariosOf({ ...input, overrides: { averageAcu: 0.5 } });
    expect(scenario('lean', measured).monthly).toBeLessThan(scenario('lean').monthly);
  });
});

test('what cannot be priced has no scenarios', async () => {
  expect(
    await scenariosOf({
      ...input,
      design: { ...design, region: 'eu-west-1' },
      graph: { ...input.graph, stacks: input.graph.stacks.map((stack) => ({ ...stack, region: 'eu-west-1' })) },
    }),
  ).toEqual([]);
});
