// `GET /orders?customer=…`: the caller's own orders, newest first, a page at a time.
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { Database } from '../../clients/database.ts';
import { cursorFromText, cursorToText, listOrders } from '../../orders/find-orders.ts';
import { order } from '../../orders/order.ts';
import { ProblemError } from '../problems.ts';
import { jsonSchema } from '../schemas.ts';
import { problems } from './answers.ts';

const query = z.strictObject({
  customer: z.string().min(1).max(255).optional().describe("The caller's own name; nobody sees another's orders"),
  cursor: z.string().min(1).max(200).optional().describe('`next` of the page before'),
  limit: z
    .string()
    .regex(/^([1-9][0-9]?|100)$/)
    .optional()
    .describe('Orders of a page, 1 to 100; 20 unless told'),
});

const page = z.object({ orders: z.array(order), next: z.string().optional() });

const schema = {
  summary: 'List orders',
  querystring: jsonSchema(query),
  response: { 200: { description: 'A page of orders', ...jsonSchema(page) }, ...problems(400, 401, 403, 429, 503) },
};

export function listOrdersRoute(app: FastifyInstance, { database }: { readonly database: Database }): void {
  app.get<{ Querystring: z.infer<typeof query> }>('/orders', { schema }, async ({ deadline, customer, query }) => {
    if (query.customer !== undefined && query.customer !== customer)
      throw new ProblemError(403, 'not-your-orders', 'The token is for another customer than the one asked for.');
    const cursor = query.cursor === undefined ? undefined : cursorFromText(query.cursor);
    if (query.cursor !== undefined && cursor === undefined)
      throw new ProblemError(400, 'invalid-cursor', 'The cursor is not one that a page before gave out.');
    const { orders, next } = await listOrders(database, deadline, customer, Number(query.limit ?? 20), cursor);
    return { orders, ...(next === undefined ? {} : { next: cursorToText(next) }) };
  });
}
