// What a task does with a message of the queue `work`. Everything here may be done twice.
import type { Bucket } from '../clients/bucket.ts';
import type { Database } from '../clients/database.ts';
import { deadlineIn } from '../clients/deadline.ts';
import type { OrderCache } from '../clients/order-cache.ts';
import type { Topic } from '../clients/topic.ts';
import { dayBefore, exportOrders, forgetOldKeys } from './export-orders.ts';
import { findOrder } from './find-orders.ts';
import { fulfilOrder } from './fulfil-order.ts';
import { importRows } from './import-orders.ts';
import type { OrderEvent, WorkMessage } from './messages.ts';

export interface WorkParts {
  readonly database: Database;
  readonly cache?: OrderCache | undefined;
  readonly topic: Topic;
  readonly bucket: Bucket;
  /** Days are those of this time zone. */
  readonly timeZone: string;
  /** Called when there are new notes in the outbox. */
  readonly wakeRelay: () => void;
}

/** A message's work may take so long (milliseconds), an export apart; the queue hides it for a minute. */
const timeout = 20_000;

/** Does the work of one message; an error brings the message back. */
export async function doWork(parts: WorkParts, message: WorkMessage): Promise<void> {
  switch (message.type) {
    case 'order-changed':
      return announce(parts, message.orderId, message.version);
    case 'fulfil-order': {
      const { order } = await fulfilOrder(parts.database, deadlineIn(timeout), message.orderId);
      return announce(parts, order.id, order.version);
    }
    case 'import-rows':
      if ((await importRows(parts.database, deadlineIn(timeout), message)) > 0) parts.wakeRelay();
      return;
    case 'export':
      await exportOrders(
        parts.database,
        parts.bucket,
        dayBefore(new Date(message.time), parts.timeZone),
        parts.timeZone,
      );
      await forgetOldKeys(parts.database);
  }
}

/**
 * Drops the cached order before anybody is told of the new one, so that whoever is told of it and asks gets it. A cache that cannot be
 * told does not hold the news up: its entries end by themselves within a minute.
 */
async function announce({ cache, database, topic }: WorkParts, id: string, version: number): Promise<void> {
  await cache?.drop(id, version);
  const found = await findOrder(database, deadlineIn(timeout), id);
  if (found === undefined) throw new Error(`there is no order ${id} to tell of`);
  if (found.order.status !== 'fulfilled') return;
  await topic.publish(deadlineIn(timeout), { type: 'order-fulfilled', ...found } satisfies OrderEvent);
}
