// Waiting until something is so.
import { expect, test } from 'vitest';
import type { Clock } from './clock.ts';
import { until } from './until.ts';

function scriptedClock(): Clock & { readonly slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

test('what is so at once is not waited for', async () => {
  const clock = scriptedClock();
  expect(
    await until(
      () => 5,
      (seen) => seen === 5,
      { within: 100, every: 10, clock },
    ),
  ).toEqual({ last: 5, isSo: true });
  expect(clock.slept).toEqual([]);
});

test('looks are made until it is so', async () => {
  const clock = scriptedClock();
  let looks = 0;
  const seen = await until(
    () => ++looks,
    (count) => count === 3,
    { within: 100, every: 10, clock },
  );
  expect([seen, clock.slept]).toEqual([{ last: 3, isSo: true }, [10, 10]]);
});

test('when time is up, the last look is told, and that it was not so', async () => {
  const clock = scriptedClock();
  let looks = 0;
  const seen = await until(
    () => ++looks,
    () => false,
    { within: 25, every: 10, clock },
  );
  expect(seen).toEqual({ last: 4, isSo: false });
});

test('who says stop is not waited past', async () => {
  const halt = new AbortController();
  const seen = await until(
    () => halt.abort(),
    () => false,
    { within: 60_000, every: 60_000, signal: halt.signal },
  );
  expect(seen.isSo).toBe(false);
});

test('what a look throws is thrown', async () => {
  const look = () => Promise.reject(new Error('gone'));
  await expect(until(look, () => true, { within: 100, every: 10 })).rejects.toThrow('gone');
});
