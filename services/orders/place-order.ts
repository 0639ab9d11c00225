// Takes an order: the order itself, the key under which it was asked for, and the note to tell others come into being together or not
// at all. One statement is one transaction, and one journey to the database.
import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '../clients/database.ts';
import type { Deadline } from '../clients/deadline.ts';
import { currentTrace } from '../clients/tracing.ts';
import { asAccepted, fromRow, type Order, type OrderRequest, type OrderRow, orderColumns, totalOf } from './order.ts';

/** The first answer, or that the key was used before for something else. */
export type Placed =
  | { readonly kind: 'placed' | 'repeated'; readonly order: Order }
  | { readonly kind: 'key-used-otherwise' };

const place = `
  WITH claimed AS (
    INSERT INTO idempotency_keys (customer, key, fingerprint, order_id) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING order_id
  ), placed AS (
    INSERT INTO orders (id, customer, reference, items, total)
    SELECT order_id, $1, $5, $6, $7 FROM claimed RETURNING ${orderColumns}
  ), noted AS (
    INSERT INTO order_events (order_id, version, kind, at) SELECT id, version, 'accepted', placed_at FROM placed
  ), told AS (
    INSERT INTO outbox (order_id, traceparent) SELECT id, $8 FROM placed
  )
  SELECT * FROM placed`;

const first = `
  SELECT fingerprint, ${orderColumns} FROM idempotency_keys
  JOIN orders USING (customer) WHERE customer = $1 AND key = $2 AND orders.id = idempotency_keys.order_id`;

/** Places an order once, however often it is asked under the same key. */
export async function placeOrder(
  database: Database,
  deadline: Deadline,
  customer: string,
  key: string,
  request: OrderRequest,
): Promise<Placed> {
  const fingerprint = fingerprintOf(request);
  const { items, reference } = request;
  const [row] = await database.query<OrderRow>(deadline, place, [
    customer,
    key,
    fingerprint,
    randomUUID(),
    reference ?? null,
    JSON.stringify(items),
    totalOf(items),
    currentTrace() ?? null,
  ]);
  if (row !== undefined) return { kind: 'placed', order: fromRow(row).order };

  const [earlier] = await database.query<OrderRow & { fingerprint: string }>(deadline, first, [customer, key]);
  if (earlier === undefined) throw new Error('an idempotency key was taken but names no order');
  return earlier.fingerprint === fingerprint
    ? { kind: 'repeated', order: asAccepted(fromRow(earlier).order) }
    : { kind: 'key-used-otherwise' };
}

/** The same for two requests that ask for the same, however their fields were ordered. */
export function fingerprintOf({ reference, items }: OrderRequest): string {
  const canonical = [reference ?? null, items.map(({ sku, quantity, unitPrice }) => [sku, quantity, unitPrice])];
  return createHash('sha256').update(JSON.stringify(canonical)).digest('base64url');
}
