import { describe, expect, test } from 'vitest';
import { breaker } from './breaker.ts';

function make() {
  const clock = { now: 0 };
  const reported: unknown[] = [];
  const guard = breaker({ failures: 3, rest: 100, longestRest: 300, now: () => clock.now }, (error) =>
    reported.push(error),
  );
  const calls = { count: 0 };
  const fail = () =>
    guard.attempt(async () => {
      calls.count++;
      throw new Error('no');
    });
  const succeed = () =>
    guard.attempt(async () => {
      calls.count++;
      return 'yes';
    });
  return { clock, reported, guard, calls, fail, succeed };
}

describe('a circuit breaker', () => {
  test('asks nobody after three failures in a row, and says so once', async () => {
    const { guard, calls, fail, succeed, reported } = make();
    for (let count = 0; count < 5; count++) expect(await fail()).toBeUndefined();
    expect(await succeed()).toBeUndefined();
    expect([calls.count, guard.open, reported.length]).toEqual([3, true, 1]);
  });

  test('counts failures in a row only', async () => {
    const { guard, fail, succeed } = make();
    for (let count = 0; count < 4; count++) {
      await fail();
      await fail();
      expect(await succeed()).toBe('yes');
    }
    expect(guard.open).toBe(false);
  });

  test('lets one try after its rest: success lets all in, failure rests twice as long, up to its bound', async () => {
    const { clock, guard, calls, fail, succeed } = make();
    for (let count = 0; count < 3; count++) await fail();
    const rests = [100, 200, 300, 300];
    for (const rest of rests) {
      clock.now += rest - 1;
      expect(await succeed()).toBeUndefined();
      clock.now += 1;
      const before = calls.count;
      const both = await Promise.all([fail(), fail()]);
      expect([both, calls.count - before]).toEqual([[undefined, undefined], 1]);
    }
    clock.now += 300;
    expect(await succeed()).toBe('yes');
    expect(guard.open).toBe(false);
  });
});
