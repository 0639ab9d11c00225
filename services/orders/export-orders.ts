// A day's orders as CSV files, and the end of what is only kept for repeated requests.

import type { Bucket } from '../clients/bucket.ts';
import type { Database } from '../clients/database.ts';
import { deadlineIn } from '../clients/deadline.ts';
import type { OrderRow } from './order.ts';

/** Rows of one file: some 600 kB, far from what a task's memory or one upload would notice. */
const rowsPerFile = 5_000;
/** A repeated request after so many days is a new one; the answers' table forgets much earlier. */
const daysOfKeys = 7;
const columns = ['id', 'customer', 'reference', 'status', 'total', 'placed_at', 'fulfilled_at'] as const;
type ExportRow = Pick<OrderRow, (typeof columns)[number]>;

/** The calendar day before a moment, in a time zone, e.g. `2026-11-24`. */
export function dayBefore(time: Date, timeZone: string): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(time);
  return new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/**
 * Writes `exports/<day>/orders-<number>.csv`, always at least one file. A repeated export writes the same files again, with what has
 * been fulfilled since.
 */
export async function exportOrders(
  database: Database,
  bucket: Bucket,
  day: string,
  timeZone: string,
): Promise<{ readonly files: number; readonly orders: number }> {
  let after: ExportRow | undefined;
  let orders = 0;
  for (let files = 1; ; files++) {
    const rows: ExportRow[] = await database.query<ExportRow>(
      deadlineIn(30_000),
      `SELECT ${columns.join(', ')} FROM orders
       WHERE placed_at >= $1::timestamp AT TIME ZONE $2 AND placed_at < ($1::timestamp + interval '1 day') AT TIME ZONE $2
         AND ($3::timestamptz IS NULL OR (placed_at, id) > ($3, $4::uuid))
       ORDER BY placed_at, id LIMIT $5`,
      [day, timeZone, after?.placed_at ?? null, after?.id ?? null, rowsPerFile],
    );
    const name = `exports/${day}/orders-${String(files).padStart(5, '0')}.csv`;
    await bucket.write(deadlineIn(30_000), name, toCsv(rows), 'text/csv; charset=utf-8');
    orders += rows.length;
    after = rows.at(-1);
    if (rows.length < rowsPerFile) return { files, orders };
  }
}

/** Forgets old idempotency keys, some at a time, so that no statement runs long. */
export async function forgetOldKeys(database: Database): Promise<number> {
  for (let forgotten = 0; ; ) {
    const rows = await database.query(
      deadlineIn(30_000),
      `DELETE FROM idempotency_keys WHERE (customer, key) IN (
         SELECT customer, key FROM idempotency_keys WHERE created_at < now() - make_interval(days => $1) LIMIT 5000
       ) RETURNING 1`,
      [daysOfKeys],
    );
    forgotten += rows.length;
    if (rows.length === 0) return forgotten;
  }
}

function toCsv(rows: readonly ExportRow[]): string {
  return [columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
}

/** RFC 4180; what a spreadsheet would take for a formula gets an apostrophe in front. */
function cell(value: string | number | Date | null): string {
  if (value === null) return '';
  const text = value instanceof Date ? value.toISOString() : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
