// Reads orders: one by its id, or a customer's in pages, newest first.
import type { Database } from '../clients/database.ts';
import type { Deadline } from '../clients/deadline.ts';
import { fromRow, type Order, type OrderRow, type OwnedOrder, orderColumns } from './order.ts';

export async function findOrder(database: Database, deadline: Deadline, id: string): Promise<OwnedOrder | undefined> {
  const [row] = await database.query<OrderRow>(deadline, `SELECT ${orderColumns} FROM orders WHERE id = $1`, [id]);
  return row === undefined ? undefined : fromRow(row);
}

/** A place in a customer's orders: the last one that was shown. */
export interface Cursor {
  readonly placedAt: string;
  readonly id: string;
}

export interface Page {
  readonly orders: readonly Order[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: Cursor;
}

/** A page of at most `limit` orders after the cursor; an index walk, however deep the page is. */
export async function listOrders(
  database: Database,
  deadline: Deadline,
  customer: string,
  limit: number,
  after?: Cursor,
): Promise<Page> {
  const place = after === undefined ? '' : 'AND (placed_at, id) < ($3::timestamptz, $4::uuid)';
  const rows = await database.query<OrderRow>(
    deadline,
    `SELECT ${orderColumns} FROM orders WHERE customer = $1 ${place} ORDER BY placed_at DESC, id DESC LIMIT $2`,
    [customer, limit + 1, ...(after === undefined ? [] : [after.placedAt, after.id])],
  );
  const orders = rows.slice(0, limit).map((row) => fromRow(row).order);
  const last = orders.at(-1);
  return rows.length > limit && last !== undefined
    ? { orders, next: { placedAt: last.placedAt, id: last.id } }
    : { orders };
}

/** A cursor as one opaque word. */
export function cursorToText({ placedAt, id }: Cursor): string {
  return Buffer.from(`${placedAt} ${id}`).toString('base64url');
}

/** The cursor that a word stands for; `undefined` for a word that we never gave out. */
export function cursorFromText(text: string): Cursor | undefined {
  const [, placedAt, id] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      Buffer.from(text, 'base64url').toString(),
    ) ?? [];
  return placedAt === undefined || id === undefined || !isMoment(placedAt) ? undefined : { placedAt, id };
}

/** Whether PostgreSQL knows the moment too: JavaScript takes 30 February for a day in March, and knows a year 0. */
function isMoment(text: string): boolean {
  const time = Date.parse(text);
  return text >= '0001' && !Number.isNaN(time) && new Date(time).toISOString() === text;
}
