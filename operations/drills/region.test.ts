// The loss of a region, with regions that are only told of: what is lost is counted, what takes long is seen, and nobody is taken in by a
// second region that does not serve.
import { afterEach, describe, expect, test } from 'vitest';
import { type Shop, startShop } from '../testing/shop.ts';
import type { Outcome } from '../traffic.ts';
import { type FailedOver, measure, type Regions, runRegionDrill } from './region.ts';

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
    const { result, timeline } = measure({ ...seen, outcomes });
    expect(result.rtoMs).toBe(5_010);
    expect(timeline.at(-1)).toEqual({ name: 'Waiting', fromMs: 5_010, toMs: 8_000 });
    expect(result.steps.at(-1)).toEqual({ name: 'Serve', ms: 1_010 });
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
    [
      'no order that was begun after the loss was accepted',
      { outcomes: [write(9_000, 9_010), write(10_100, 15_000, 9, false)] },
    ],
    ['orders went on failing to the end', { outcomes: [write(10_100, 10_200), write(10_300, 15_000, 9)] }],
  ])('there is none when %s', (_, change) => {
    expect(measure({ ...seen, ...change }).result.rtoMs).toBeNull();
  });

  test('a read that fails for ever, of an order that was lost, does not keep it open', () => {
    const reads: Outcome[] = [{ kind: 'read', due: 15_200, ended: 15_300, failures: 1, ok: false }];
    expect(measure({ ...seen, outcomes: [...seen.outcomes, ...reads] }).result.rtoMs).toBe(5_000);
  });
});

describe('under traffic', () => {
  const pauses = { before: 0.4, after: 0.6, detection: 2, served: 10, account: 2 };
  let shop: Shop | undefined;
  let losses = 0;
  afterEach(async () => shop?.stop());

  /** Regions that are one shop: what the second one has lost is what `forgets` says. */
  async function regions(more: { forgets?: number; ok?: boolean; lag?: number | undefined } = {}): Promise<Regions> {
    const { forgets = 0, ok = true } = more;
    const lag = 'lag' in more ? more.lag : 0;
    const opened = await startShop({ writerAwayFor: 500 });
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
        return { ok, steps: [{ name: 'Claim', startedAt: Date.now(), endedAt: Date.now() }], output: 'as told' };
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

  test('a platform that takes no orders has none to lose', async () => {
    const deaf = { ...(await regions()), url: 'http://127.0.0.1:9' };
    await expect(runRegionDrill(deaf, { rate: 30, pauses })).rejects.toMatchObject({ code: 'noOrders' });
  });

  test('a failover that stopped says why, and there is no RTO', async () => {
    const { result, failure } = await runRegionDrill(await regions({ ok: false }), { rate: 30, pauses });
    expect(failure).toBe('as told');
    expect(result.rtoMs).toBeNull();
  });
});
