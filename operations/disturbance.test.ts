// What a machine must have done to a run for it to judge nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { disturbancesOf, limits, partsOf, pressureIn, ticksIn, undisturbed, watchMachine } from './disturbance.ts';
import { said } from './words.ts';

const calm = { eventLoopP99Ms: 30, eventLoopMaxMs: 90, stealPercent: 0, pressurePercent: 40 };

test('an event loop that stands still is seen, by a run that only waits', async () => {
  const { machine } = await watchMachine(async () => {
    await sleep(100);
    for (const end = performance.now() + 2_500; performance.now() < end; );
    await sleep(100);
  });
  expect(machine.eventLoopMaxMs).toBeGreaterThan(2_400);
  expect(disturbancesOf(machine)).toContainEqual(expect.objectContaining({ figure: 'eventLoopMaxMs', limit: 2_000 }));
});

test('what the work gives comes through, and what it throws', async () => {
  expect(await watchMachine(async () => 5)).toMatchObject({ done: 5 });
  await expect(watchMachine(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test.each(Object.entries(limits))('%s disturbs beyond its limit, and not at it', (figure, limit) => {
  expect(disturbancesOf({ ...calm, [figure]: limit })).toEqual([]);
  expect(disturbancesOf({ ...calm, [figure]: limit + 0.1 })).toEqual([{ figure, observed: limit + 0.1, limit }]);
});

test('what a machine does not say disturbs nobody', () => {
  expect(disturbancesOf({ ...calm, stealPercent: null, pressurePercent: null })).toEqual([]);
});

test('parts are of the time of the run', () => {
  const stat = (user: number, steal: number) =>
    `cpu  ${user} 0 100 500 0 0 0 ${steal} 7 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n`;
  const pressure = (total: number) =>
    `some avg10=0.00 avg60=0.00 avg300=0.00 total=${total}\nfull avg10=0.00 total=9\n`;
  const at = (user: number, steal: number, total: number, moment: number) => {
    const [ticks, waited] = [ticksIn(stat(user, steal)), pressureIn(pressure(total))];
    if (ticks === undefined || waited === undefined) throw new Error('unread');
    return { ticks, pressure: waited, at: moment };
  };
  expect(partsOf(at(1_000, 50, 1_000_000, 0), at(1_090, 60, 3_500_000, 10_000))).toEqual({
    stealPercent: 10,
    pressurePercent: 25,
  });
  expect(partsOf({ at: 0 }, { at: 10 })).toEqual({ stealPercent: null, pressurePercent: null });
  expect([ticksIn(''), pressureIn('')]).toEqual([undefined, undefined]);
});

test('a disturbed run keeps what was observed, and gives neither a pass nor a fail', () => {
  const criteria = (['pass', 'fail'] as const).map((verdict) => ({
    ...{
      id: 'AC-PERF-1',
      verdict,
      observed: said.percentileOf({ percent: 95, ms: 41 }),
      expected: said.percentileAtMost({ percent: 95, ms: 30 }),
    },
  })) as Parameters<typeof undisturbed>[0];
  expect(undisturbed(criteria, [])).toEqual(criteria);
  const disturbed = disturbancesOf({ ...calm, stealPercent: 9 });
  expect(undisturbed(criteria, disturbed).map(({ verdict, observed }) => [verdict, observed.en])).toEqual([
    ['not-judged', 'p95 41 ms'],
    ['not-judged', 'p95 41 ms'],
  ]);
});
