// Where the tasks scale out and in: the document's figures, and AWS's rules for a target that is tracked, worked out by hand.
import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../../../design/fixtures/example-design.ts';
import { requestsPerTask } from './request-scaling.ts';

const { task } = exampleDesign.sizes.production;
const target = requestsPerTask(exampleDesign.requestsPerSecond, task);

/** Tasks that target tracking asks for when so many requests a second meet so many tasks. It goes only when 90 % of the target is left. */
function wanted(requestsPerSecond: number, tasks: number): number {
  const metric = (requestsPerSecond * 60) / tasks;
  if (metric <= target && metric >= 0.9 * target) return tasks;
  const needed = Math.ceil((tasks * metric) / target);
  return Math.min(Math.max(needed, task.minimum), task.maximum);
}

test('the target is the expected traffic divided among the least tasks, in requests a minute', () => {
  expect(target).toBe(3_000);
  expect(requestsPerTask(500, { minimum: 4 })).toBe(7_500);
});

describe('two tasks', () => {
  test.each([
    [100, 2],
    [101, 3],
    [151, 4],
    [10_000, 10],
  ])('at %i req/s become %i (AC-PERF-2)', (requestsPerSecond, expected) => {
    expect(wanted(requestsPerSecond, 2)).toBe(expected);
  });
});

test.each([3, 5, 10])('%i tasks at less than 20 req/s become two, and never fewer (AC-PERF-3, AC-REL-6)', (tasks) => {
  expect(wanted(19.9, tasks)).toBe(2);
  expect(wanted(0, tasks)).toBe(2);
});
