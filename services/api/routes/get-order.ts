// `GET /orders/:id`: an order of the caller's, from the cache or else from the database (ARC-4).
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { order } from '../../orders/order.ts';
import type { ReadOrder } from '../../orders/read-order.ts';
import { ProblemError } from '../problems.ts';
import { jsonSchema } from '../schemas.ts';
import { problems } from './answers.ts';

/** The path of one order. */
export const orderPath = z.object({ id: z.uuid() });

const query = z.strictObject({
  version: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/)
    .optional()
    .describe('A version that the caller has seen; the answer is never older'),
});

const schema = {
  summary: 'Show an order',
  params: jsonSchema(orderPath),
  querystring: jsonSchema(query),
  response: {
    200: {
      description: 'The order',
      headers: { 'x-cache': { type: 'string', enum: ['hit', 'miss'] }, etag: { type: 'string' } },
      ...jsonSchema(order),
    },
    ...problems(400, 401, 404, 429, 503),
  },
};

interface Route {
  Params: z.infer<typeof orderPath>;
  Querystring: z.infer<typeof query>;
}

export function getOrderRoute(app: FastifyInstance, readOrder: ReadOrder): void {
  app.get<Route>('/orders/:id', { schema }, async ({ deadline, customer, params, query }, reply) => {
    const { found, from } = await readOrder(deadline, params.id.toLowerCase(), Number(query.version ?? 1));
    reply.header('x-cache', from).header('cache-control', 'private, no-cache');
    // Another customer's order is answered as one that does not exist, so that nobody learns which ids there are.
    if (found === undefined || found.customer !== customer) throw noSuchOrder();
    return reply.header('etag', `"${found.order.version}"`).send(found.order);
  });
}

export function noSuchOrder(): ProblemError {
  return new ProblemError(404, 'no-such-order', 'This customer has no order with this id.');
}
