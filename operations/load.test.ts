// Load on a real HTTP server: what it counts, and that a slow or failing platform cannot look like a fast one.
import { afterEach, expect, test } from 'vitest';
import { runLoad, usualRate } from './load.ts';
import { type Shop, type Sickness, startShop, withSentence } from './testing/shop.ts';

let shop: Shop | undefined;
afterEach(async () => {
  await shop?.stop();
  shop = undefined;
});

/** Two seconds of load, on a shop whose document may say another thing under AC-PERF-1. */
async function loadOn(sick: Partial<Sickness>, sentence?: string) {
  shop = await startShop(sick);
  const target = sentence === undefined ? shop.target : withSentence(shop.target, 'AC-PERF-1', sentence);
  return { ...(await runLoad(target, { rps: 50, seconds: 2 })), came: shop.requests() };
}

test('AC-PERF-1: all requests of the rate are sent, counted and answered in time', async () => {
  const { result, criteria, came } = await loadOn({});
  expect(result).toMatchObject({ rps: 50, requests: 100, errors: 0 });
  expect(came).toBe(100);
  expect(result.p50).toBeLessThanOrEqual(result.p95);
  expect(result.p95).toBeLessThanOrEqual(result.p99);
  expect(result.tasks[0]).toEqual([0, 2]);
  expect(criteria).toMatchObject([{ id: 'AC-PERF-1', verdict: 'pass', expected: { en: 'p95 ≤ 60000 ms' } }]);
});

test('a slow platform does not slow down those who ask: the rate holds and every wait is seen', async () => {
  // One customer after the other would send 2 in this time.
  const { result, criteria } = await loadOn({ delay: 1_500 }, '95パーセンタイルを1秒以内に');
  expect(result.requests).toBe(100);
  expect(result.p50).toBeGreaterThan(1_450);
  expect(criteria).toMatchObject([{ id: 'AC-PERF-1', verdict: 'fail' }]);
});

test('requests that fail are errors, and no quick ones', async () => {
  const { result, criteria } = await loadOn({ failEvery: 10 }, '95パーセンタイルを9秒以内に');
  expect(result.errors).toBe(10);
  expect(result.p95).toBeGreaterThanOrEqual(10_000);
  expect(criteria).toMatchObject([{ verdict: 'fail' }]);
});

test('a platform that is not there fails every request, and the run ends', async () => {
  const { target, stop } = await startShop();
  await stop();
  const { result } = await runLoad(target, { rps: 20, seconds: 1 });
  expect(result).toMatchObject({ requests: 20, errors: 20 });
});

test('without the sentence of AC-PERF-1 there is no verdict', async () => {
  shop = await startShop();
  const target = { ...shop.target, design: { ...shop.target.design, criteria: [] } };
  const { criteria } = await runLoad(target, { rps: 10, seconds: 0.5 });
  expect(criteria).toMatchObject([{ verdict: 'not-judged' }]);
});

test('TST-5: the usual rate is that of the document', async () => {
  shop = await startShop();
  expect(usualRate(shop.target)).toBe(120);
  expect(usualRate({ design: { ...shop.target.design, tests: [] } })).toBe(100);
});
