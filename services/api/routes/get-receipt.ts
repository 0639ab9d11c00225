// `GET /orders/:id/receipt`: the receipt that a function wrote into the bucket when the order was fulfilled.
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Bucket } from '../../clients/bucket.ts';
import type { Database } from '../../clients/database.ts';
import { findOrder } from '../../orders/find-orders.ts';
import { receipt, receiptName } from '../../orders/receipt.ts';
import { ProblemError } from '../problems.ts';
import { jsonSchema } from '../schemas.ts';
import { problems } from './answers.ts';
import { noSuchOrder, orderPath } from './get-order.ts';

const schema = {
  summary: 'Show the receipt of a fulfilled order',
  params: jsonSchema(orderPath),
  response: { 200: { description: 'The receipt', ...jsonSchema(receipt) }, ...problems(400, 401, 404, 429, 503) },
};

export interface ReceiptParts {
  readonly database: Database;
  readonly bucket: Bucket;
}

export function getReceiptRoute(app: FastifyInstance, { database, bucket }: ReceiptParts): void {
  app.get<{ Params: z.infer<typeof orderPath> }>(
    '/orders/:id/receipt',
    { schema },
    async ({ deadline, customer, params, log }, reply) => {
      const found = await findOrder(database, deadline, params.id);
      if (found === undefined || found.customer !== customer) throw noSuchOrder();
      const text = found.order.status === 'fulfilled' ? await read(found.order.id) : undefined;
      if (text === undefined)
        throw new ProblemError(404, 'no-receipt-yet', 'The order has no receipt yet; ask again later.', {
          'retry-after': '2',
        });
      return reply.header('cache-control', 'private, max-age=3600').send(receipt.parse(JSON.parse(text)));

      async function read(id: string): Promise<string | undefined> {
        try {
          return await bucket.read(deadline, receiptName(id));
        } catch (error) {
          log.error({ err: error }, 'a receipt could not be read');
          throw new ProblemError(503, 'receipts-unavailable', 'Receipts cannot be reached now.', {
            'retry-after': '2',
          });
        }
      }
    },
  );
}
