import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secondsToAct, simulate, type TargetTracking, targetTracker } from './target-tracking.ts';
import { twoToTen as policy } from './testing/policies.ts';

const steady = (rate: number, minutes: number) => Array.from({ length: minutes }, () => rate);

describe('out (AC-PERF-2)', () => {
  test('after three minutes above, and a minute to start', () => {
    expect(simulate(policy, steady(101, 5))).toEqual([2, 2, 2, 3, 3]);
  });

  test('not at the target itself', () => {
    expect(Math.max(...simulate(policy, steady(100, 120)))).toBe(2);
  });

  test('not for a burst of two minutes', () => {
    expect(Math.max(...simulate(policy, [...steady(50, 5), ...steady(900, 2), ...steady(50, 30)]))).toBe(2);
  });

  test('by as many tasks as the load needs, at once', () => {
    expect(simulate(policy, steady(300, 5)).at(-1)).toBe(6);
  });

  test('never past the maximum', () => {
    expect(Math.max(...simulate(policy, steady(5000, 60)))).toBe(10);
  });
});

describe('in (AC-PERF-3)', () => {
  test('after fifteen minutes below 90 %, one task after another', () => {
    const tasks = simulate(policy, steady(19, 40), 4);
    expect(tasks.slice(0, 15)).toEqual(steady(4, 15));
    expect(tasks[15]).toBe(3);
    expect(tasks[20]).toBe(2);
  });

  test('from the most tasks to the least within an hour and a half', () => {
    expect(simulate(policy, steady(19, 90), 10).at(-1)).toBe(2);
  });

  test('not between the target and 90 % of it', () => {
    expect(Math.min(...simulate(policy, steady(140, 120), 3))).toBe(3);
  });

  test('not where the policy may not', () => {
    expect(Math.min(...simulate({ ...policy, scalesIn: false }, steady(1, 120), 5))).toBe(5);
  });
});

test('a service without tasks stays so: it has no metric', () => {
  expect(Math.max(...simulate({ ...policy, minimum: 0 }, steady(500, 60)))).toBe(0);
});

test('whatever comes in, there are never fewer tasks than the least nor more than the most (AC-REL-6)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 2000, noNaN: true }), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 10 }),
      (rates, minimum, room) => {
        const tasks = simulate({ ...policy, minimum, maximum: minimum + room }, rates);
        expect(Math.min(...tasks)).toBeGreaterThanOrEqual(minimum);
        expect(Math.max(...tasks)).toBeLessThanOrEqual(minimum + room);
      },
    ),
  );
});

describe('decided minute by minute', () => {
  const decided = (of: TargetTracking, requests: readonly number[]) => {
    const tracker = targetTracker(of);
    let tasks = of.minimum;
    return requests.map((count, minute) => {
      tasks = tracker.decide(count, minute * 60, tasks);
      return tasks;
    });
  };

  test('during the cool-down after tasks were added, only more are', () => {
    const slower = { ...policy, scaleOutCooldown: 300 };
    expect(decided(slower, [...steady(9_000, 3), ...steady(30_000, 1)]).slice(2)).toEqual([3, 10]);
  });

  test('bounds that the clock moves hold from the next minute on', () => {
    const moved = { ...policy };
    const tracker = targetTracker(moved);
    Object.assign(moved, { minimum: 0, maximum: 0 });
    expect(tracker.decide(9_000, 0, 3)).toBe(0);
    Object.assign(moved, { minimum: 2, maximum: 10 });
    expect(tracker.decide(0, 60, 0)).toBe(2);
  });
});

describe('seconds to act', () => {
  test('are at least those of the slowest course', () => {
    const within = secondsToAct(policy);
    const out = simulate(policy, steady(1000, 60)).findIndex((tasks) => tasks > policy.minimum);
    const back = simulate(policy, steady(1, 200), policy.maximum).indexOf(policy.minimum);
    expect(out * 60).toBeLessThanOrEqual(within.out);
    expect(back * 60).toBeLessThanOrEqual(within.in);
  });
});
