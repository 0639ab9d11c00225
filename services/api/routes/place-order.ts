// `POST /orders`: takes an order and answers at once (ARC-5). The same key gets the first answer again, for a day from DynamoDB and for
// a week from Aurora.
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import type { Answers } from '../../clients/answers.ts';
import type { Database } from '../../clients/database.ts';
import { type Order, type OrderRequest, order, orderRequest } from '../../orders/order.ts';
import { fingerprintOf, placeOrder } from '../../orders/place-order.ts';
import { ProblemError } from '../problems.ts';
import { jsonSchema } from '../schemas.ts';
import { problems } from './answers.ts';

const headers = z.looseObject({ 'idempotency-key': z.string().min(1).max(255) });

const schema = {
  summary: 'Place an order',
  description: 'Ask again with the same key after any failure: the order is placed once.',
  headers: jsonSchema(headers),
  body: jsonSchema(orderRequest),
  response: {
    202: { description: 'The order is accepted and will be fulfilled', ...jsonSchema(order) },
    ...problems(400, 401, 413, 415, 422, 429, 503),
  },
};

interface Route {
  Headers: z.infer<typeof headers>;
  Body: OrderRequest;
}

export interface PlaceOrderParts {
  readonly database: Database;
  readonly answers?: Answers | undefined;
  readonly wakeRelay: () => void;
}

export function placeOrderRoute(app: FastifyInstance, { database, answers, wakeRelay }: PlaceOrderParts): void {
  app.post<Route>('/orders', { schema }, async (request, reply) => {
    const { deadline, customer, body } = request;
    const key = request.headers['idempotency-key'];
    const answer = async (first: Order) => reply.code(202).header('location', `/orders/${first.id}`).send(first);

    const kept = await answers?.find(deadline, customer, key);
    if (kept !== undefined) {
      if (kept.fingerprint !== fingerprintOf(body)) throw keyUsedOtherwise();
      void answers?.renew(customer, key);
      return answer(order.parse(JSON.parse(kept.body)));
    }

    const placed = await placeOrder(database, deadline, customer, key, body);
    if (placed.kind === 'key-used-otherwise') throw keyUsedOtherwise();
    if (placed.kind === 'placed') wakeRelay();
    void answers?.keep(customer, key, { fingerprint: fingerprintOf(body), body: JSON.stringify(placed.order) });
    return answer(placed.order);
  });
}

function keyUsedOtherwise(): ProblemError {
  return new ProblemError(
    422,
    'key-used-otherwise',
    'This idempotency key was used for another order; use a new key for a new order.',
  );
}
