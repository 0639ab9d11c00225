// What needs more than npm brings: a cache. And what takes two database instances, beside it.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Started, startFrom } from './testing/platform.ts';
import { remove, synthesized } from './testing/templates.ts';
import { eventually } from './testing/wait.ts';

let outdir: string;
let started: Started;
beforeAll(async () => {
  outdir = synthesized('production');
  started = await startFrom(outdir, 'production');
});
afterAll(async () => {
  await started?.machine.release();
  remove(outdir);
});

/** Places an order and waits for its receipt, trying again while there is no writer. */
async function throughAll(): Promise<string> {
  const order = started.platform.firstOrder();
  await eventually('an order to be taken', () =>
    order.place().then(
      () => true,
      () => false,
    ),
  );
  await order.untilFulfilled();
  // Once more, or twice where the first of these filled the cache: an order is fulfilled too fast to be read twice before.
  await order.untilFulfilled();
  await order.untilFulfilled();
  await order.untilReceipt();
  await order.close();
  return order.result().id;
}

test('two tasks run, and reads are answered by the cache', async () => {
  const { platform } = started;
  await throughAll();
  expect(platform.cache).toMatch(/redis|valkey/);
  expect(await platform.tasks()).toHaveLength(2);
  expect((await platform.source.counts()).cache.hits).toBeGreaterThan(0);
});

test('AC-REL-4: the standby takes over, twice in a row, and no confirmed order is lost', async () => {
  const { platform } = started;
  const placed = [await throughAll()];
  for (let times = 0; times < 2; times++) {
    await platform.faults.failDatabaseOver?.();
    placed.push(await throughAll());
    await eventually('a new standby', async () => (await platform.source.counts()).database.standby);
  }
  const known = (await platform.source.recentOrders()).map(({ id, status }) => [id, status]);
  expect(known).toEqual(expect.arrayContaining(placed.map((id) => [id, 'fulfilled'])));
});

test('a cache that is gone slows reads and fails none, and comes back empty', async () => {
  const { platform } = started;
  await platform.faults.stopCache?.();
  await throughAll();
  await platform.faults.startCache?.();
  const before = (await platform.source.counts()).cache.hits;
  // A client that has lost its cache asks it again only after a rest that grows to eight seconds, and a customer may not ask for ever.
  const hit = async () => {
    await sleep(1_000);
    await throughAll();
    return (await platform.source.counts()).cache.hits > before;
  };
  await eventually('a hit', hit, 60);
});
