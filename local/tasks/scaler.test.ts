import { describe, expect, test } from 'vitest';
import type { ScalingPlan } from '../blueprint/service.ts';
import { targetTracker } from './scaler.ts';

const plan: ScalingPlan = {
  targetGroup: 'tasks',
  minimum: 2,
  maximum: 10,
  requestsPerTask: 3_000,
  scaleOutCooldown: 60,
  scaleInCooldown: 300,
  scaleInDisabled: false,
};

/** The tasks after each minute of that many requests. */
function minutes(of: ScalingPlan, ...requests: readonly number[]): number[] {
  const tracker = targetTracker(of);
  let tasks = of.minimum;
  return requests.map((count, minute) => {
    tasks = tracker.decide(count, { at: minute * 60, tasks });
    return tasks;
  });
}

const times = (count: number, requests: number) => Array.from({ length: count }, () => requests);

describe('target tracking', () => {
  test('AC-PERF-2: three minutes over the target add as many tasks as the load needs', () => {
    expect(minutes(plan, ...times(3, 7_200))).toEqual([2, 2, 3]);
    expect(minutes(plan, ...times(3, 18_000))).toEqual([2, 2, 6]);
  });

  test('two minutes over the target, or exactly the target, add none', () => {
    expect(minutes(plan, 9_000, 9_000, 6_000, 9_000, 9_000)).toEqual([2, 2, 2, 2, 2]);
    expect(minutes(plan, ...times(10, 6_000)).at(-1)).toBe(2);
  });

  test('AC-PERF-3: fifteen quiet minutes bring the least number back, and none earlier', () => {
    const after = minutes(plan, ...times(3, 9_000), ...times(15, 1_200));
    expect(after.slice(0, 17)).not.toContain(1);
    expect([after[16], after[17]]).toEqual([3, 2]);
  });

  test('AC-REL-6: no load at all leaves the least number running', () => {
    expect(new Set(minutes(plan, ...times(60, 0)))).toEqual(new Set([2]));
  });

  test('the greatest number is never passed', () => {
    expect(Math.max(...minutes(plan, ...times(20, 1_000_000)))).toBe(10);
  });

  test('a cool-down must be over before tasks are added again', () => {
    const patient = { ...plan, scaleOutCooldown: 300 };
    expect(minutes(patient, ...times(3, 9_000), ...times(4, 30_000)).slice(3)).toEqual([3, 3, 3, 3]);
    expect(minutes(patient, ...times(3, 9_000), ...times(6, 30_000)).at(-1)).toBe(10);
  });

  test('where scaling in is off, tasks stay', () => {
    expect(minutes({ ...plan, scaleInDisabled: true }, ...times(3, 9_000), ...times(60, 0)).at(-1)).toBe(3);
  });
});
