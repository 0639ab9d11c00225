// Tells the queue of accepted orders. A note leaves the outbox only after SQS has taken it, so a relay that stops at any point leaves it
// for the next; the order may then be told of twice, which its reader bears. Relays in several tasks never get in each other's way.
import type { Database } from '../clients/database.ts';
import { deadlineIn } from '../clients/deadline.ts';
import { batchSize, type Queue } from '../clients/queue.ts';
import type { FulfilOrder } from './messages.ts';

/** Notes that one transaction takes along. */
const atOnce = 5 * batchSize;
/** Sending may take so long (milliseconds) before others get the notes. */
const timeout = 10_000;

interface Note {
  readonly id: string;
  readonly order_id: string;
  readonly traceparent: string | null;
}

/** Sends the oldest notes that nobody else is sending; how many there were, and how many SQS took. */
export async function relayOutbox(
  database: Database,
  queue: Queue,
): Promise<{ readonly found: number; readonly sent: number }> {
  const deadline = deadlineIn(timeout);
  return database.transaction(deadline, async (rows) => {
    const notes = await rows.query<{ id: string; order_id: string; traceparent: string | null }>(
      'SELECT id, order_id, traceparent FROM outbox ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED',
      [atOnce],
    );
    const batches = Array.from({ length: Math.ceil(notes.length / batchSize) }, (_, index) =>
      notes.slice(index * batchSize, (index + 1) * batchSize),
    );
    const sent = (await Promise.all(batches.map((batch) => sendBatch(batch)))).flat();
    if (sent.length > 0) await rows.query('DELETE FROM outbox WHERE id = ANY ($1::bigint[])', [sent]);
    return { found: notes.length, sent: sent.length };
  });

  /** Ids of the notes that SQS took. */
  async function sendBatch(batch: readonly Note[]): Promise<string[]> {
    const messages = batch.map(({ order_id, traceparent }) => ({
      body: { type: 'fulfil-order', orderId: order_id } satisfies FulfilOrder,
      traceparent: traceparent ?? undefined,
    }));
    try {
      const refused = new Set(await queue.send(deadline, messages));
      return batch.filter((_, index) => !refused.has(index)).map(({ id }) => id);
    } catch {
      // The other batches' notes must leave the outbox all the same; these are tried again.
      return [];
    }
  }
}
