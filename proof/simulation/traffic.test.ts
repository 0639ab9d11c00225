import { describe, expect, test } from 'vitest';
import { simulate } from '../../aws/target-tracking.ts';
import { twoToTen } from '../../aws/testing/policies.ts';
import { traces } from './traffic.ts';

describe('traces', () => {
  const of = (name: string) => traces(100).find((trace) => trace.name === name)?.requestsPerSecond ?? [];

  test('the ramp goes from nothing to 300 and rests at 10', () => {
    expect([of('ramp')[0], Math.max(...of('ramp')), of('ramp').at(-1)]).toEqual([0, 300, 10]);
  });

  test('the day is 24 hours, with twice the expected at its most', () => {
    expect(of('day')).toHaveLength(1440);
    expect([Math.min(...of('day')), Math.max(...of('day')), of('day')[21 * 60]]).toEqual([10, 200, 200]);
  });

  test('after each, tasks are back at the least', () => {
    for (const name of ['ramp', 'spikes'] as const) {
      const tasks = simulate(twoToTen, of(name));
      expect([name, Math.max(...tasks) > 2, tasks.at(-1)]).toEqual([name, true, 2]);
    }
  });
});
