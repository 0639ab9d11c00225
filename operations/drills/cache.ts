// The cache is gone for a while: reads may be slower, nothing else may change; and once it is back it must be used again.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Drill, easyRate, faultOf, mendedAt } from './drill.ts';

/** Seconds without a cache, and that the platform has to make use of it again. */
const outage = 5;
const limit = 60;

export const cacheDrill: Drill = {
  name: 'cache',
  needs: ['stopCache', 'startCache'],
  calmRate: easyRate,
  async run({ target, traffic, tell, momentWhen }) {
    tell('fault');
    const since = performance.now();
    await faultOf(target, 'stopCache')();
    try {
      await sleep(outage * 1000);
    } finally {
      await faultOf(target, 'startCache')();
    }
    tell('waiting');
    const hit = await momentWhen(limit, async () => {
      const [order] = traffic.accepted.values();
      if (order === undefined) return false;
      const { cache } = await traffic.client.ask({
        method: 'GET',
        path: `/orders/${order.id}`,
        customer: order.customer,
      });
      return cache === 'hit';
    });
    // Customers have recovered once their reads are answered from the database; that the cache is used again is a condition, not a time.
    return { since, ...mendedAt(hit === undefined ? undefined : since) };
  },
  judge: () => [],
};
