// The functions as Lambda calls them: `handler` alone, everything else from the environment. What they do is told in pipeline.test.ts.
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openBucket } from '../clients/bucket.ts';
import { deadlineIn } from '../clients/deadline.ts';
import type { OrderEvent } from '../orders/messages.ts';
import { place, prefix, startApi } from '../testing/api.ts';
import { type Aws, startAws } from '../testing/aws.ts';
import { taskVariables } from '../testing/platform.ts';
import { type Postgres, startPostgres } from '../testing/postgres.ts';
import { handler as fulfilOrder } from './fulfil-order.ts';
import { handler as importOrders } from './import-orders.ts';
import { handler as writeReceipt } from './write-receipt.ts';

let postgres: Postgres;
let aws: Aws;
/** Stands for Secrets Manager: one secret, and how often it was asked for. */
let secrets: Server;
const asked: string[] = [];

beforeAll(async () => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  [postgres, aws] = await Promise.all([startPostgres(), startAws()]);
  secrets = createServer((request, response) => {
    asked.push(String(request.headers['x-amz-target']));
    const { user, password } = postgres;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ SecretString: JSON.stringify({ username: user, password }) }));
  });
  await new Promise<void>((resolve) => secrets.listen(0, '127.0.0.1', resolve));
  const { DATABASE_USERNAME: _, DATABASE_PASSWORD: __, ...variables } = taskVariables({ postgres, aws });
  Object.assign(process.env, variables, {
    DATABASE_SECRET: 'arn:aws:secretsmanager:ap-northeast-1:111122223333:secret:db',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(secrets.address() as AddressInfo).port}`,
  });
});
afterAll(async () => {
  secrets?.close();
  await Promise.all([postgres?.stop(), aws?.stop()]);
});

describe('a function', () => {
  test('fulfil-order reads its login once, and names only the message that failed', async () => {
    const app = await startApi(postgres, aws);
    const { id } = await place(app);
    const message = (messageId: string, orderId: string) => ({
      messageId,
      body: JSON.stringify({ type: 'fulfil-order', orderId }),
    });
    const event = { Records: [message('good', id), message('bad', randomUUID()), message('again', id)] };
    expect(await fulfilOrder(event)).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
    expect(await fulfilOrder(event)).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
    expect(asked).toEqual(['secretsmanager.GetSecretValue']);
    // Told once for each message, since nobody knows whether an earlier telling arrived.
    expect(await aws.depth('work')).toBe(4);
    await app.close();
  });

  test('write-receipt writes the same file for news that comes twice, and fails for what it cannot read', async () => {
    const event: OrderEvent = {
      type: 'order-fulfilled',
      customer: 'anne',
      order: {
        id: randomUUID(),
        status: 'fulfilled',
        version: 2,
        items: [{ sku: 'tea', quantity: 1, unitPrice: 450 }],
        total: 450,
        placedAt: '2026-01-01T00:00:00.000Z',
        fulfilledAt: '2026-01-01T00:00:01.000Z',
      },
    };
    const bucket = openBucket(aws.clients.s3, aws.bucket, prefix);
    const read = () => bucket.read(deadlineIn(5_000), `receipts/${event.order.id}.json`);
    const news = { Records: [{ Sns: { Message: JSON.stringify(event) } }] };
    await writeReceipt(news);
    const first = await read();
    await writeReceipt(news);
    expect(await read()).toBe(first);
    await expect(writeReceipt({ Records: [{ Sns: { Message: '{"type":"unheard-of"}' } }] })).rejects.toThrow();
  });

  test('import-orders answers the load balancer', async () => {
    const request = { httpMethod: 'POST', path: '/imports', body: 'sku,quantity,unit_price\ntea,1,450\n' };
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'idempotency-key': randomUUID(),
      'x-customer': 'anne',
    };
    expect(await importOrders({ ...request, headers })).toMatchObject({ statusCode: 202, isBase64Encoded: false });
    expect(await importOrders({ ...request, httpMethod: 'GET', headers })).toMatchObject({ statusCode: 405 });
    expect(await importOrders({ ...request, path: '/elsewhere', headers })).toMatchObject({ statusCode: 404 });
  });
});
