// Turns lines of an imported file into orders. A line's order has an id made from the import and the line's number, so that lines that
// come again change nothing.
import { createHash } from 'node:crypto';
import type { Database } from '../clients/database.ts';
import type { Deadline } from '../clients/deadline.ts';
import { currentTrace } from '../clients/tracing.ts';
import type { ImportRows } from './messages.ts';
import { totalOf } from './order.ts';

const insert = `
  WITH lines AS (
    SELECT * FROM unnest($2::uuid[], $3::jsonb[], $4::bigint[]) AS line (id, items, total)
  ), placed AS (
    INSERT INTO orders (id, customer, items, total) SELECT id, $1, items, total FROM lines
    ON CONFLICT (id) DO NOTHING RETURNING id, version, placed_at
  ), noted AS (
    INSERT INTO order_events (order_id, version, kind, at) SELECT id, version, 'accepted', placed_at FROM placed
  ), told AS (
    INSERT INTO outbox (order_id, traceparent) SELECT id, $5 FROM placed
  )
  SELECT id FROM placed`;

/** How many of the lines became orders just now. */
export async function importRows(
  database: Database,
  deadline: Deadline,
  { importId, customer, rows }: Omit<ImportRows, 'type'>,
): Promise<number> {
  const items = rows.map(({ sku, quantity, unitPrice }) => [{ sku, quantity, unitPrice }]);
  const placed = await database.query<{ id: string }>(deadline, insert, [
    customer,
    rows.map(({ row }) => orderIdOf(importId, row)),
    items.map((list) => JSON.stringify(list)),
    items.map(totalOf),
    currentTrace() ?? null,
  ]);
  return placed.length;
}

/** A UUID (version 8: made by a rule of our own, RFC 9562) for a line of an import. */
function orderIdOf(importId: string, row: number): string {
  const hex = createHash('sha256').update(`${importId} ${row}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
