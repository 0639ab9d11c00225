// Drills on a shop that can be sick: each must see a healthy one recover, and must not be taken in by one that does not.
import { afterEach, describe, expect, test } from 'vitest';
import { type Shop, type Sickness, startShop, withSentence } from '../testing/shop.ts';
import { missingFaults, runDrill } from './drill.ts';
import type { DrillName } from './drill-names.ts';
import { drills } from './drills.ts';

/** A timer may fire a little before its time by the clock that the drill reads, in ms. */
const timerSlack = 20;
const pauses = { before: 0.5, after: 0.5, account: 2, most: 8 };
let shop: Shop | undefined;
afterEach(async () => {
  await shop?.stop();
  shop = undefined;
});

async function drill(name: DrillName, sick: Partial<Sickness> = {}) {
  shop = await startShop(sick);
  const most = Object.keys(sick).length === 0 ? 8 : 3;
  return runDrill(shop.target, drills[name], { pauses: { ...pauses, most } });
}

describe('a healthy platform', () => {
  test('AC-REL-3: a killed task is replaced, and nobody notices', async () => {
    const { result, criteria } = await drill('task');
    expect(result).toMatchObject({ drill: 'task', lost: 0, doubled: 0, failedRequests: 0 });
    expect(result.accepted).toBeGreaterThan(0);
    expect(result.fulfilled).toBe(result.accepted);
    expect(result.recoveryMs).toBeGreaterThan(300 - timerSlack);
    expect(criteria).toMatchObject([{ id: 'AC-REL-3', verdict: 'pass' }]);
  });

  test('AC-REL-4: writes that were refused during the failover are counted, and their orders are there in the end', async () => {
    const { result, criteria } = await drill('database');
    expect(result).toMatchObject({ lost: 0, doubled: 0 });
    expect(result.failedRequests).toBeGreaterThan(0);
    expect(result.recoveryMs).toBeGreaterThan(400 - timerSlack);
    expect(criteria).toMatchObject([
      { id: 'AC-REL-4', verdict: 'pass', expected: { en: '≤ 60000 ms, no order lost' } },
    ]);
  });

  test('a cache that goes and comes back costs no request', async () => {
    const { result } = await drill('cache');
    expect(result).toMatchObject({ lost: 0, failedRequests: 0, recoveryMs: 0 });
  });

  test('poison ends in the dead-letter queue, alone', async () => {
    const { result } = await drill('poison');
    expect(result).toMatchObject({ lost: 0, failedRequests: 0 });
    expect(result.recoveryMs).toBeGreaterThan(200 - timerSlack);
  });

  test('AC-PERF-2, AC-PERF-3: tasks come with the surge and go after it', async () => {
    const { criteria, tasks } = await drill('surge');
    expect(criteria).toMatchObject([
      { id: 'AC-PERF-2', verdict: 'pass', observed: { en: '2 → 3 tasks at 120 req/s' } },
      { id: 'AC-PERF-3', verdict: 'pass', observed: { en: '2 tasks at 15 req/s' } },
    ]);
    expect(Math.min(...tasks.map(([, count]) => count))).toBe(2);
  });
});

describe('a sick platform', () => {
  test('AC-REL-4: a writer that stays away longer than a document allows fails', async () => {
    shop = await startShop({ writerAwayFor: 1_000 });
    const target = withSentence(shop.target, 'AC-REL-4', '300 ms以内に切り替える');
    const report = await runDrill(target, drills.database, { pauses });
    expect(report.criteria).toMatchObject([{ id: 'AC-REL-4', verdict: 'fail' }]);
  });

  test('orders that are accepted and never fulfilled are lost', async () => {
    const { result, criteria } = await drill('database', { loseEvery: 5 });
    expect(result.lost).toBe(Math.floor(result.accepted / 5));
    expect(result.fulfilled + result.lost).toBe(result.accepted);
    expect(criteria).toMatchObject([{ verdict: 'fail' }]);
  });

  test('an order that is there twice is doubled', async () => {
    const { result } = await drill('task', { doubleEvery: 4 });
    expect(result.doubled).toBe(Math.floor(result.accepted / 4));
    expect(result.doubled).toBeGreaterThan(0);
  });

  test('AC-PERF-2: one that never adds a task fails', async () => {
    const { criteria, result } = await drill('surge', { scales: false });
    expect(criteria).toMatchObject([
      { id: 'AC-PERF-2', verdict: 'fail' },
      { id: 'AC-PERF-3', verdict: 'pass' },
    ]);
    expect(result.recoveryMs).toBeNull();
  });

  test('AC-REL-3: a task that nobody replaces fails', async () => {
    const { criteria, result } = await drill('task', { replaceAfter: Infinity });
    expect(criteria).toMatchObject([{ id: 'AC-REL-3', verdict: 'fail' }]);
    expect(result.recoveryMs).toBeNull();
  });

  test.each([
    ['poison', { buriesPoison: false }],
    ['cache', { cacheComesBack: false }],
  ] as const)('a drill whose end never comes says so: %s', async (name, sick) => {
    const { result } = await drill(name, sick);
    expect(result.recoveryMs).toBeNull();
  });
});

test('poison says beforehand how long it may take, by its queues', async () => {
  shop = await startShop();
  const queues = [
    { name: 'fulfilment', visibilityTimeout: 60, maxReceiveCount: 5 },
    { name: 'work', visibilityTimeout: 10, maxReceiveCount: 3 },
  ] as const;
  expect(drills.poison.lasts?.({ ...shop.target, queues })).toEqual({ seconds: 300, queues });
});

test('a drill that needs what the target cannot do says what', async () => {
  shop = await startShop();
  const target = { ...shop.target, faults: {} };
  expect(missingFaults(drills.cache, target)).toEqual(['stopCache', 'startCache']);
  expect(missingFaults(drills.surge, target)).toEqual([]);
});
