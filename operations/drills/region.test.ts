// The loss of a region, with regions that are only told of: what is lost is counted, what takes long is seen, and nobody is taken in by a
// second region that does not serve.
import { afterEach, describe, expect, test } from 'vitest';
import { type Shop, type Sickness, startShop } from '../testing/shop.ts';
import type { Outcome } from '../traffic.ts';
import { type FailedOver, measure, type Regions, runRegionDrill } from './region.ts';
import { servedAt, type Write } from './served.ts';

const lost = { clock: 10_000, calendar: 1_000_000 };
const order = (id: string, acceptedAt: number) => ({ id, acceptedAt, customer: 'anne', key: id });
const write = (due: number, ended: number, failures = 0, ok = true): Outcome => ({
  kind: 'write',
  due,
  ended,
  failures,
  ok,
});
const run = (...steps: readonly (readonly [string, number, number])[]): FailedOver => ({
  ok: true,
  steps: steps.map(([name, from, to]) => ({ name, startedAt: lost.calendar + from, endedAt: lost.calendar + to })),
});
const seen = {
  lost,
  detected: 12_000,
  served: 15_000,
  run: run(['Claim', 2_000, 2_100], ['PromoteDatabase', 2_100, 4_000]),
  outcomes: [write(9_000, 9_010), write(10_100, 15_000, 9), write(15_100, 15_110)],
  accepted: [order('old', 9_010)],
  present: new Set(['old']),
};

describe('RPO', () => {
  test.each([
    ['nothing is missing', [], 0, 0],
    ['the last order before the loss is missing', [order('a', 9_990)], 1, 10],
    ['the age of the oldest missing order counts', [order('a', 9_990), order('b', 9_400)], 2, 600],
    [
      'an order that the second region itself accepted and lost is lost, but no older than the loss',
      [order('a', 15_000)],
      1,
      0,
    ],
  ])('%s', (_, missing, lostOrders, rpoMs) => {
    const { result } = measure({ ...seen, accepted: [...seen.accepted, ...missing] });
    expect(result).toMatchObject({ lostOrders, rpoMs });
  });
});

describe('RTO', () => {
  test('ends when new orders are taken at once, however long others had been waiting', () => {
    const outcomes = [write(10_100, 18_000, 9), write(14_000, 17_000, 3), write(15_000, 15_010), write(18_100, 18_110)];
    const { result, timeline } = measure({ ...seen, outcomes, served: 15_010 });
    expect(result.rtoMs).toBe(5_010);
    expect(timeline.at(-1)).toEqual({ name: 'Waiting', fromMs: 5_010, toMs: 8_000 });
    expect(result.steps.at(-1)).toEqual({ name: 'Serve', ms: 1_010 });
  });

  test('does not change with what fails after customers were seen served, as the last of them leave', () => {
    const outcomes = [...seen.outcomes, write(18_200, 28_300, 1), write(18_250, 28_300, 1, false)];
    expect(measure({ ...seen, outcomes })).toMatchObject({ result: { rtoMs: 5_000 } });
  });

  test('is the sum of its steps, from the loss to the service', () => {
    const { steps, rtoMs } = measure(seen).result;
    expect(steps).toEqual([
      { name: 'Detect', ms: 2_000 },
      { name: 'Claim', ms: 100 },
      { name: 'PromoteDatabase', ms: 1_900 },
      { name: 'Serve', ms: 1_000 },
    ]);
    expect(steps.reduce((sum, { ms }) => sum + ms, 0)).toBe(rtoMs);
  });

  test.each<[string, Partial<Parameters<typeof measure>[0]>]>([
    ['the loss was not noticed', { detected: undefined }],
    ['the state machine stopped', { run: { ...seen.run, ok: false } }],
    ['customers were not seen served', { served: undefined }],
  ])('there is none when %s', (_, change) => {
    expect(measure({ ...seen, ...change }).result.rtoMs).toBeNull();
  });
});

describe('customers are served again', () => {
  const waiting = (due: number, failures: number): Write => ({ due, failures });
  /** An order each half a second, each accepted at once. */
  const calm = (from: number, until: number): Write[] =>
    Array.from({ length: (until - from) / 500 + 1 }, (_, index) => write(from + index * 500, from + index * 500 + 10));

  test.each<[string, Write[], number | undefined]>([
    [
      'from the last order on that had to be placed twice, though others still wait',
      [write(10_100, 15_000, 9), waiting(11_000, 4), ...calm(15_100, 18_600)],
      15_000,
    ],
    [
      'from the first order on that was accepted, where those before it were all given up',
      [write(10_100, 14_000, 3, false), ...calm(15_100, 18_600)],
      15_110,
    ],
    ['not while the calm is too short', calm(15_100, 17_600), undefined],
    [
      'not when an order of the calm failed, and is still placed',
      [...calm(15_100, 20_000), waiting(19_000, 1)],
      undefined,
    ],
    ['not when one of the calm has no answer yet', [...calm(15_100, 19_000), waiting(16_000, 0)], undefined],
    ['when one that came later has no answer yet', [...calm(15_100, 19_000), waiting(18_900, 0)], 15_110],
    ['not by orders that were begun before the loss', [write(9_900, 15_000, 3)], undefined],
    ['not while orders go on failing', [...calm(15_100, 18_600), write(18_500, 18_600, 1, false)], undefined],
    ['not when nobody was ever accepted', [write(10_100, 15_000, 9, false), waiting(16_000, 1)], undefined],
  ])('%s', (_, writes, at) => {
    expect(servedAt(writes, lost.clock, 3_000)).toBe(at);
  });
});

describe('under traffic', () => {
  const pauses = { before: 1, after: 0.6, detection: 2, served: 10, waiting: 3, account: 2 };
  let shop: Shop | undefined;
  let losses = 0;
  afterEach(async () => shop?.stop());

  /** Regions that are one shop: what the second one has lost is what `forgets` says. */
  async function regions(
    more: { forgets?: number; ok?: boolean; lag?: number | undefined; sick?: Partial<Sickness> } = {},
  ): Promise<Regions> {
    const { forgets = 0, ok = true } = more;
    const lag = 'lag' in more ? more.lag : 0;
    const opened = await startShop({ writerAwayFor: 500, ...more.sick });
    shop = opened;
    let gone = false;
    const ids: string[] = [];
    return {
      ...opened.target,
      isPrimaryLost: () => gone,
      lagMs: async () => lag,
      losePrimary: async () => {
        losses += 1;
        gone = true;
        ids.push(...opened.orders().map(({ id }) => id));
        await opened.target.faults.failDatabaseOver?.();
      },
      failOver: async (_, entered) => {
        entered('Claim');
        return { ok, steps: [{ name: 'Claim', startedAt: Date.now(), endedAt: Date.now() }], failure: 'as told' };
      },
      orders: async () => opened.orders().filter(({ id }) => !ids.slice(ids.length - forgets).includes(id)),
    };
  }

  test('DR: an outage is seen, and orders that did not make it are counted one by one', async () => {
    const told: string[] = [];
    const { result, account } = await runRegionDrill(await regions({ forgets: 3 }), {
      rate: 60,
      pauses,
      tell: (step, state) => told.push(state ?? step),
    });
    expect(result.lostOrders).toBe(3);
    expect(result.rpoMs).toBeGreaterThan(0);
    // A timer may fire a little before its time.
    expect(result.rtoMs).toBeGreaterThan(450);
    expect(account.fulfilled).toBe(account.accepted - 3);
    expect(account.acceptedAfter).toBeGreaterThan(0);
    expect(told).toEqual(['calm', 'loss', 'detected', 'Claim', 'served', 'account']);
  });

  test.each<[string, { lag: number | undefined }, number, string]>([
    ['does not follow the first', { lag: undefined }, 30, 'notFollowing'],
    ['is further behind than may be lost', { lag: 61_000 }, 30, 'tooOld'],
  ])('no region is taken away while the second one %s', async (_, more, rate, code) => {
    losses = 0;
    const drill = runRegionDrill(await regions(more), { rate, pauses, mostLagMs: 60_000 });
    await expect(drill).rejects.toMatchObject({ code });
    expect(losses).toBe(0);
  });

  test.each<[string, { failEvery?: number; writerAwayFor?: number }, object]>([
    ['new orders that go on failing', { failEvery: 2 }, { why: 'not-steady', failedLately: expect.any(Number) }],
    ['no order that is accepted', { writerAwayFor: 60_000 }, { why: 'none-accepted', waitedMs: expect.any(Number) }],
  ])('a second region with %s has no RTO, and the reason says so', async (_, sick, noRto) => {
    const report = await runRegionDrill(await regions({ sick }), {
      rate: 60,
      pauses: { ...pauses, served: 2, waiting: 0 },
    });
    expect(report).toMatchObject({ result: { rtoMs: null }, noRto });
  });

  test('a loss that nobody noticed has no RTO, and the reason says so', async () => {
    const blind = { ...(await regions()), isPrimaryLost: () => false };
    const report = await runRegionDrill(blind, { rate: 60, pauses });
    expect(report).toMatchObject({ result: { rtoMs: null }, noRto: { why: 'undetected' } });
  });

  test('a platform that takes no orders has none to lose', async () => {
    const deaf = { ...(await regions()), url: 'http://127.0.0.1:9' };
    await expect(runRegionDrill(deaf, { rate: 30, pauses })).rejects.toMatchObject({ code: 'noOrders' });
  });

  test('a failover that stopped says why, and there is no RTO', async () => {
    const { result, failure, noRto } = await runRegionDrill(await regions({ ok: false }), { rate: 30, pauses });
    expect([failure, noRto]).toEqual(['as told', { why: 'stopped' }]);
    expect(result.rtoMs).toBeNull();
  });
});
