// The receipt of a fulfilled order, made from what the topic says of it. The same order always gives the same receipt, so that news
// which comes twice writes the same file twice.
import * as z from 'zod';
import type { OrderEvent } from './messages.ts';
import { order } from './order.ts';

export const receipt = z.object({
  orderId: z.uuid(),
  customer: z.string(),
  items: order.shape.items,
  /** Yen. */
  total: z.int(),
  placedAt: z.iso.datetime(),
  fulfilledAt: z.iso.datetime(),
});

/** Where the receipt of an order lies in the bucket, below the prefix. */
export function receiptName(orderId: string): string {
  return `receipts/${orderId}.json`;
}

export function receiptOf({ customer, order }: OrderEvent): z.infer<typeof receipt> {
  const { id, items, total, placedAt, fulfilledAt } = order;
  if (fulfilledAt === undefined) throw new Error(`order ${id} is not fulfilled`);
  return { orderId: id, customer, items, total, placedAt, fulfilledAt };
}
