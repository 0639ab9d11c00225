// After a failover: orders that were accepted and not fulfilled. Their notes had left the outbox, and the queue that took them lies in the
// region that was left. So each gets a note again, and the relays send it to their own region's queue; whoever reads it fulfils an order
// once, however often it is told.
import type { Database } from '../clients/database.ts';
import { deadlineIn } from '../clients/deadline.ts';

/** Orders of one statement, and its time (milliseconds). */
const atOnce = 1_000;
const timeout = 10_000;

const noteAgain = `
  WITH waiting AS (
    SELECT id FROM orders WHERE status = 'accepted' AND id > $1 ORDER BY id LIMIT $2
  ), noted AS (
    INSERT INTO outbox (order_id)
    SELECT id FROM waiting WHERE NOT EXISTS (SELECT FROM outbox WHERE order_id = waiting.id)
    RETURNING order_id
  )
  SELECT (SELECT count(*)::int FROM noted) AS noted, (SELECT max(id::text) FROM waiting) AS last`;

/** Notes them all; how many had no note. A second run finds those that are still not fulfilled. */
export async function resumeOrders(database: Database): Promise<number> {
  let noted = 0;
  let after: string | null = '00000000-0000-0000-0000-000000000000';
  while (after !== null) {
    const [page]: { noted: number; last: string | null }[] = await database.query(deadlineIn(timeout), noteAgain, [
      after,
      atOnce,
    ]);
    noted += page?.noted ?? 0;
    after = page?.last ?? null;
  }
  return noted;
}
