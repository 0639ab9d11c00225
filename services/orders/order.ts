// What an order is, as the API takes it, as Aurora keeps it and as everybody else is shown it. Amounts are whole yen.
import * as z from 'zod';

const item = z.strictObject({
  sku: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  quantity: z.int().min(1).max(10_000),
  unitPrice: z.int().min(0).max(100_000_000),
});

/** What a customer sends. The largest order there can be, 100 × 10,000 × 100,000,000 yen, is still exact in a JavaScript number. */
export const orderRequest = z.strictObject({
  // One line; PostgreSQL could not store the character NUL.
  reference: z
    .string()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u)
    .optional(),
  items: z.array(item).min(1).max(100),
});

export const order = z.strictObject({
  id: z.uuid(),
  reference: z.string().optional(),
  status: z.enum(['accepted', 'fulfilled']),
  /** 1 when accepted; one more with each change. */
  version: z.int(),
  items: z.array(item),
  total: z.int(),
  placedAt: z.iso.datetime(),
  fulfilledAt: z.iso.datetime().optional(),
});

export type OrderItem = z.infer<typeof item>;
export type OrderRequest = z.infer<typeof orderRequest>;
export type Order = z.infer<typeof order>;

/** An order with the customer whose it is; the customer is never part of an answer. */
export interface OwnedOrder {
  readonly customer: string;
  readonly order: Order;
}

/** A row of the table `orders`; `bigint` comes as text. */
export interface OrderRow {
  readonly id: string;
  readonly customer: string;
  readonly reference: string | null;
  readonly status: Order['status'];
  readonly version: number;
  readonly items: OrderItem[];
  readonly total: string;
  readonly placed_at: Date;
  readonly fulfilled_at: Date | null;
}

/** The columns of an `OrderRow`. */
export const orderColumns = 'id, customer, reference, status, version, items, total, placed_at, fulfilled_at';

export function fromRow(row: OrderRow): OwnedOrder {
  return {
    customer: row.customer,
    order: {
      id: row.id,
      ...(row.reference === null ? {} : { reference: row.reference }),
      status: row.status,
      version: row.version,
      items: row.items,
      total: Number(row.total),
      placedAt: row.placed_at.toISOString(),
      ...(row.fulfilled_at === null ? {} : { fulfilledAt: row.fulfilled_at.toISOString() }),
    },
  };
}

/** The order as it was when it was accepted: the first answer, which a repeated request gets again however much has happened since. */
export function asAccepted({ fulfilledAt: _, ...order }: Order): Order {
  return { ...order, status: 'accepted', version: 1 };
}

/** Yen. */
export function totalOf(items: readonly OrderItem[]): number {
  return items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
}
