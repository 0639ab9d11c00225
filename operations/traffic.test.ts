// Customers who are not answered: how often they come back, and how they leave.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type Shop, startShop } from './testing/shop.ts';
import { startTraffic } from './traffic.ts';

let shop: Shop | undefined;
afterEach(async () => shop?.stop());

/** Orders of one second, placed again under one key for so long as nobody takes them. */
async function unanswered(longestPause?: number) {
  shop = await startShop({ writerAwayFor: 60_000 });
  await shop.target.faults.failDatabaseOver?.();
  const pauses = { pause: 50, longestPause };
  return startTraffic(shop.target, { rate: 20, seconds: 1, persistence: 60_000, ...pauses });
}

const failuresOf = async (longestPause?: number) => {
  const traffic = await unanswered(longestPause);
  await sleep(2_000);
  const failures = Math.max(...traffic.open().map((write) => write.failures));
  await traffic.stop({ giveUp: true });
  traffic.client.close();
  return failures;
};

test('customers who wait come back less and less often, where the pause may grow', async () => {
  // With 50 ms, doubling to 1.6 s, there are six tries in two seconds, or eight where each pause is but half as long.
  expect(await failuresOf(1_600)).toBeLessThanOrEqual(8);
  expect(await failuresOf()).toBeGreaterThan(8);
});

test('who gives up leaves at once, however long the pause has become', async () => {
  const traffic = await unanswered(60_000);
  await expect.poll(() => traffic.open().some(({ failures }) => failures >= 5), { timeout: 10_000 }).toBe(true);
  const since = performance.now();
  await traffic.stop({ giveUp: true });
  expect(performance.now() - since).toBeLessThan(1_000);
  expect(traffic.outcomes.filter(({ kind }) => kind === 'write').every(({ ok, failures }) => !ok && failures > 0)).toBe(
    true,
  );
  expect(traffic.open()).toEqual([]);
  traffic.client.close();
});
