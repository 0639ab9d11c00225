// Reads an order through the cache (ARC-4): Redis first, else Aurora, and Redis is filled for the next reader.
import type { Database } from '../clients/database.ts';
import type { Deadline } from '../clients/deadline.ts';
import type { OrderCache } from '../clients/order-cache.ts';
import { singleFlight } from '../clients/single-flight.ts';
import { findOrder } from './find-orders.ts';
import type { OwnedOrder } from './order.ts';

interface CachedRead {
  readonly found: OwnedOrder | undefined;
  readonly from: 'hit' | 'miss';
}

/** `atLeast`: a version that the caller has seen already; nothing older is good enough, so that nobody ever goes back in time. */
export type ReadOrder = (deadline: Deadline, id: string, atLeast: number) => Promise<CachedRead>;

/** Readers of one order at once share one question to the database. */
export function orderReader(database: Database, cache: OrderCache | undefined): ReadOrder {
  const once = singleFlight<OwnedOrder | undefined>();
  const isGoodEnough = (found: OwnedOrder | undefined, atLeast: number) =>
    found !== undefined && found.order.version >= atLeast;

  async function fromDatabase(deadline: Deadline, id: string): Promise<OwnedOrder | undefined> {
    const found = await findOrder(database, deadline, id);
    // Nobody waits for the cache to be filled, and it never fails.
    if (found !== undefined) void cache?.fill(found);
    return found;
  }

  return async (deadline, id, atLeast) => {
    const cached = await cache?.find(id);
    if (cached !== undefined && isGoodEnough(cached, atLeast)) return { found: cached, from: 'hit' };
    const shared = await once(id, () => fromDatabase(deadline, id));
    // The shared question may have been asked before the version that the caller knows of existed.
    const found = isGoodEnough(shared, atLeast) || atLeast <= 1 ? shared : await fromDatabase(deadline, id);
    return { found, from: 'miss' };
  };
}
