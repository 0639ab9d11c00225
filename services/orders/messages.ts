// What travels on the queues and the topic: one schema for each kind of message, read at the edge and trusted inside.
import * as z from 'zod';
import { order } from './order.ts';

/** On `fulfilment`: the relay tells of an accepted order. */
const fulfilOrder = z.object({ type: z.literal('fulfil-order'), orderId: z.uuid() });

/** On `work`: an order has a new version, so that a cached one must go and the world may be told. */
const orderChanged = z.object({ type: z.literal('order-changed'), orderId: z.uuid(), version: z.int() });

/** A line of an imported file; `row` counts from 1 and names the order for ever. */
export const importRow = z.object({
  row: z.int().min(1),
  sku: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  quantity: z.int().min(1).max(10_000),
  unitPrice: z.int().min(0).max(100_000_000),
});

/** On `work`: some lines of an imported file, each of which becomes an order. */
const importRows = z.object({
  type: z.literal('import-rows'),
  importId: z.string().regex(/^[0-9a-f]{32}$/),
  customer: z.string().min(1),
  rows: z.array(importRow).min(1),
});

/** On `work`, from the daily schedule; `time` is the moment it was due. */
const exportOrders = z.object({ type: z.literal('export'), time: z.iso.datetime() });

/** The queue `work`. A platform without functions sends `fulfil-order` there too. */
export const workMessage = z.discriminatedUnion('type', [fulfilOrder, orderChanged, importRows, exportOrders]);

/** The queue `fulfilment`. */
export const fulfilmentMessage = fulfilOrder;

/** The topic `order-events`. */
export const orderEvent = z.object({ type: z.literal('order-fulfilled'), customer: z.string(), order });

export type ImportRow = z.infer<typeof importRow>;
export type ImportRows = z.infer<typeof importRows>;
export type WorkMessage = z.infer<typeof workMessage>;
export type OrderChanged = z.infer<typeof orderChanged>;
export type FulfilOrder = z.infer<typeof fulfilOrder>;
export type OrderEvent = z.infer<typeof orderEvent>;
