import { expect, test } from 'vitest';
import { graphOf } from '../../assembly/testing/graphs.ts';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { estimate } from './estimate.ts';
import { costOfHours } from './hours.ts';
import { samplePlatform } from './testing/graphs.ts';

const input = {
  graph: samplePlatform(exampleDesign, 'development'),
  environment: 'development',
  design: exampleDesign,
} as const;

test('some hours cost their share of a month in which nothing stops and nothing is free, to the cent', () => {
  const month = estimate({ ...input, overrides: { hoursPerWeek: 168, freeTierShare: 0 } }).estimate;
  const [four, month730] = [costOfHours(input, 4), costOfHours(input, 730)];
  if (!('cost' in four && 'cost' in month730) || month === undefined) throw new Error('no cost');
  expect(month730.cost.total).toBeCloseTo(month.monthly, 2);
  expect(four.cost.total).toBeCloseTo((month.monthly * 4) / 730, 2);
  expect(four.cost.hour).toBeCloseTo(month.monthly / 730, 2);
  expect(four.cost.total).toBeGreaterThan(0);
  expect(four.cost.groups.reduce((sum, { total }) => sum + total, 0)).toBeCloseTo(four.cost.total, 1);
  expect(four.cost.oldest).toBe(month.lines.map(({ date }) => date).sort()[0]);
  // An estimate of development as it is stops for the night and counts what is free.
  expect(month.monthly).toBeGreaterThan(estimate(input).estimate?.monthly ?? Number.POSITIVE_INFINITY);
});

test('what has no price is a problem, and no amount', () => {
  const unknown = graphOf({ 'ap-northeast-1': { Thing: { Type: 'AWS::Unheard::Of' } } });
  expect(costOfHours({ ...input, graph: unknown, environment: 'production' }, 4)).toMatchObject({
    problems: [{ code: 'unknown-type' }],
  });
});
