// An API over real parts of this machine, asked without a network between.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type ApiParts, buildApp } from '../api/app.ts';
import { openBucket } from '../clients/bucket.ts';
import type { Order, OrderRequest } from '../orders/order.ts';
import type { Aws } from './aws.ts';
import type { Postgres } from './postgres.ts';

/** The prefix that tests give to the bucket's names. */
export const prefix = 'orders/';

/** Everybody is who they say they are. */
export async function startApi(postgres: Postgres, aws: Aws, parts: Partial<ApiParts> = {}): Promise<FastifyInstance> {
  return buildApp({
    database: postgres.database,
    bucket: openBucket(aws.clients.s3, aws.bucket, prefix),
    authenticate: async (_, customer = 'anne') => ({ customer }),
    ratePerMinute: 1_000_000,
    wakeRelay: () => {},
    logLevel: 'silent',
    ...parts,
  });
}

export const someOrder: OrderRequest = { items: [{ sku: 'tea', quantity: 2, unitPrice: 450 }] };

/** Places an order and answers with it. */
export async function place(
  app: FastifyInstance,
  {
    customer = 'anne',
    key = randomUUID(),
    payload = someOrder,
  }: { customer?: string; key?: string; payload?: object } = {},
): Promise<Order> {
  const response = await app.inject({
    method: 'POST',
    url: '/orders',
    headers: { 'x-customer': customer, 'idempotency-key': key },
    payload,
  });
  if (response.statusCode !== 202) throw new Error(`POST /orders answered ${response.statusCode}: ${response.body}`);
  return response.json();
}
