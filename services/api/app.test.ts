import { randomUUID } from 'node:crypto';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBucket } from '../clients/bucket.ts';
import { deadlineIn } from '../clients/deadline.ts';
import { fulfilOrder } from '../orders/fulfil-order.ts';
import { receiptName } from '../orders/receipt.ts';
import { place, prefix, someOrder, startApi } from '../testing/api.ts';
import { type Aws, startAws } from '../testing/aws.ts';
import { type Postgres, startPostgres } from '../testing/postgres.ts';

let postgres: Postgres;
let aws: Aws;
let app: FastifyInstance;

beforeAll(async () => {
  [postgres, aws] = await Promise.all([startPostgres(), startAws()]);
  app = await startApi(postgres, aws);
});
afterAll(async () => {
  await app?.close();
  await Promise.all([postgres?.stop(), aws?.stop()]);
});

const post = (headers: Record<string, string>, payload: string | object = someOrder) =>
  app.inject({ method: 'POST', url: '/orders', headers, payload });
const get = (url: string, customer = 'anne') => app.inject({ method: 'GET', url, headers: { 'x-customer': customer } });

describe('POST /orders', () => {
  test('ARC-5: an order is answered at once, before anybody has fulfilled it', async () => {
    const response = await post(
      { 'idempotency-key': randomUUID() },
      { reference: "Robert'); DROP TABLE orders;--", ...someOrder },
    );
    expect(response.statusCode).toBe(202);
    const order = response.json();
    expect(order).toMatchObject({
      status: 'accepted',
      version: 1,
      total: 900,
      reference: "Robert'); DROP TABLE orders;--",
    });
    expect(response.headers.location).toBe(`/orders/${order.id}`);
    expect((await get(`/orders/${order.id}`)).json()).toEqual(order);
  });

  test('the same key gets the first answer, also after the order was fulfilled', async () => {
    const key = randomUUID();
    const first = await place(app, { key });
    await fulfilOrder(postgres.database, deadlineIn(5_000), first.id);
    expect(await place(app, { key })).toEqual(first);
  });

  test('twenty requests at once under one key place one order', async () => {
    const key = randomUUID();
    const orders = await Promise.all(Array.from({ length: 20 }, () => place(app, { key, customer: 'twenty' })));
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1);
    const [row] = await postgres.sql(
      "SELECT count(*)::int AS orders, count(outbox.id)::int AS notes FROM orders LEFT JOIN outbox ON order_id = orders.id WHERE customer = 'twenty'",
    );
    expect(row).toEqual({ orders: 1, notes: 1 });
  });

  test('a key of one customer is nothing to another', async () => {
    const key = randomUUID();
    const [hers, his] = [await place(app, { key, customer: 'anne' }), await place(app, { key, customer: 'bob' })];
    expect(hers.id).not.toBe(his.id);
  });

  test('a key that was used for another order is refused', async () => {
    const key = randomUUID();
    await place(app, { key });
    const other = await post({ 'idempotency-key': key }, { items: [{ sku: 'milk', quantity: 1, unitPrice: 200 }] });
    expect(other.statusCode).toBe(422);
    expect(other.json().type).toBe('urn:problem:orders:key-used-otherwise');
  });

  const key = { 'idempotency-key': 'k' };
  const item = { sku: 'tea', quantity: 1, unitPrice: 1 };
  test.each<[string, Record<string, string>, string | object, number]>([
    ['no key', {}, someOrder, 400],
    ['an empty key', { 'idempotency-key': '' }, someOrder, 400],
    ['JSON that ends early', { ...key, 'content-type': 'application/json' }, '{"items": [', 400],
    ['__proto__ in JSON', { ...key, 'content-type': 'application/json' }, '{"__proto__": {"x": 1}, "items": []}', 400],
    ['a body that is no JSON', { ...key, 'content-type': 'text/plain' }, 'tea', 415],
    [
      'a body over 16 kB',
      { ...key, 'content-type': 'application/json' },
      `{"reference": "${'x'.repeat(17_000)}"}`,
      413,
    ],
    ['no items', key, { items: [] }, 400],
    ['101 items', key, { items: Array.from({ length: 101 }, () => item) }, 400],
    ['a negative quantity', key, { items: [{ ...item, quantity: -1 }] }, 400],
    ['half a yen', key, { items: [{ ...item, unitPrice: 0.5 }] }, 400],
    ['a number as text', key, { items: [{ ...item, quantity: '1' }] }, 400],
    ['SQL as an article', key, { items: [{ ...item, sku: "tea' OR 1=1" }] }, 400],
    ['a NUL character', key, { reference: 'a\u0000b', items: [item] }, 400],
    ['a field that nobody knows', key, { items: [item], discount: 100 }, 400],
  ])('%s is a clear problem', async (_, headers, payload, status) => {
    const response = await post(headers, payload);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
    const problem = response.json();
    expect(problem).toMatchObject({
      status,
      title: expect.any(String),
      type: expect.stringMatching(/^urn:problem:orders:/),
    });
    expect(problem.detail).toEqual(expect.any(String));
  });
});

describe('GET /orders', () => {
  test('pages show every order once, newest first, also among equal times', async () => {
    const placed = await Promise.all(Array.from({ length: 25 }, () => place(app, { customer: 'pages' })));
    await postgres.sql(
      "UPDATE orders SET placed_at = '2026-01-01T00:00:00.123Z' WHERE customer = 'pages' AND id::text < '8'",
    );
    const seen: { id: string; placedAt: string }[] = [];
    let next: string | undefined;
    do {
      const page = (
        await get(`/orders?customer=pages&limit=7${next === undefined ? '' : `&cursor=${next}`}`, 'pages')
      ).json();
      expect(page.orders.length).toBeLessThanOrEqual(7);
      seen.push(...page.orders);
      next = page.next;
    } while (next !== undefined);
    expect(seen.map(({ id }) => id).toSorted()).toEqual(placed.map(({ id }) => id).toSorted());
    expect(seen.map(({ placedAt }) => placedAt)).toEqual(
      seen
        .map(({ placedAt }) => placedAt)
        .toSorted()
        .reverse(),
    );
  });

  test.each([
    ['/orders?customer=bob', 403],
    ['/orders?cursor=made-up', 400],
    [
      `/orders?cursor=${Buffer.from('2026-99-99T00:00:00.000Z 00000000-0000-4000-8000-000000000000').toString('base64url')}`,
      400,
    ],
    ['/orders?limit=101', 400],
    ['/orders?limit=1;DROP', 400],
    ['/orders?limit=1&limit=2', 400],
    ['/orders?colour=red', 400],
    ['/orders/not-a-uuid', 400],
    ["/orders/00000000-0000-4000-8000-00000000000'", 400],
    ['/orders/00000000-0000-4000-8000-000000000000', 404],
    ['/nowhere', 404],
  ])('%s is %i', async (url, status) => {
    const response = await get(url);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  test("another customer's order is answered with 404", async () => {
    const { id } = await place(app, { customer: 'anne' });
    expect((await get(`/orders/${id}`, 'bob')).statusCode).toBe(404);
    expect((await get(`/orders/${id}/receipt`, 'bob')).statusCode).toBe(404);
  });
});

describe('GET /orders/:id/receipt', () => {
  test('there is no receipt before the function has written it, and then it is shown', async () => {
    const { id } = await place(app);
    expect((await get(`/orders/${id}/receipt`)).json().type).toBe('urn:problem:orders:no-receipt-yet');
    const { order } = await fulfilOrder(postgres.database, deadlineIn(5_000), id);
    expect((await get(`/orders/${id}/receipt`)).statusCode).toBe(404);
    const receipt = {
      orderId: id,
      customer: 'anne',
      items: order.items,
      total: order.total,
      placedAt: order.placedAt,
      fulfilledAt: order.fulfilledAt,
    };
    const bucket = openBucket(aws.clients.s3, aws.bucket, prefix);
    await bucket.write(deadlineIn(5_000), receiptName(id), JSON.stringify(receipt), 'application/json');
    const shown = await get(`/orders/${id}/receipt`);
    expect(shown.statusCode).toBe(200);
    expect(shown.json()).toEqual(receipt);
  });
});

describe('the API as a whole', () => {
  test('its OpenAPI 3.1 document has every route, imports too, and the problems they answer with', async () => {
    const document = (await get('/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).toSorted()).toEqual([
      '/health/live',
      '/health/ready',
      '/imports',
      '/orders',
      '/orders/{id}',
      '/orders/{id}/receipt',
    ]);
    expect(Object.keys(document.paths['/orders'].post.responses)).toEqual(
      expect.arrayContaining(['202', '400', '401', '413', '422', '429', '503']),
    );
    expect(document.paths['/orders'].post.requestBody.content['application/json'].schema.required).toEqual(['items']);
  });

  test('one customer is bounded, and the others are not held up', async () => {
    const bounded = await startApi(postgres, aws, { ratePerMinute: 3 });
    const ask = (customer: string) =>
      bounded.inject({ method: 'GET', url: '/orders', headers: { 'x-customer': customer } });
    const statuses = [];
    for (let count = 0; count < 5; count++) statuses.push((await ask('eager')).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    const refused = await ask('eager');
    expect(refused.headers['retry-after']).toBeDefined();
    expect(refused.json().type).toBe('urn:problem:orders:too-many-requests');
    expect((await ask('patient')).statusCode).toBe(200);
    await bounded.close();
  });

  test('a path knows its methods, and tells them', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND', 'QUERY'] as const) {
      const response = await app.inject({ method: method as 'PUT', url: '/orders', payload: '{' });
      expect([response.statusCode, response.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
      expect(response.json().type).toBe('urn:problem:orders:method-not-allowed');
    }
  });
});

describe('what never becomes a request gets a problem, and hears nothing of what it sent', () => {
  let listening: FastifyInstance;
  beforeAll(async () => {
    listening = await startApi(postgres, aws);
    await listening.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => listening?.close());

  /** Sends bytes, and answers with everything that came back until the server was done. */
  const say = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const { port } = listening.addresses()[0] as AddressInfo;
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      let answer = '';
      socket.on('data', (data) => {
        answer += data;
        // An answer that leaves the connection open is whole once its body is.
        if (/\r\n\r\n\{.*\}$/s.test(answer)) socket.end();
      });
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });
  const request = (line: string, ...headers: string[]) => [line, ...headers, '', ''].join('\r\n');
  const host = 'Host: x';
  const json = ['Content-Type: application/json', 'Idempotency-Key: k'];

  test.each([
    ['headers over 8 kB', request('GET /orders HTTP/1.1', host, `X-Large: ${'secret'.repeat(2_000)}`), 431],
    ['bytes that are no HTTP', 'good secret\r\n\r\n', 400],
    ['a version that there is not', request('GET /secret HTTP/9.9', host), 400],
    ['a path that cannot be decoded', request('GET /secret%zz HTTP/1.1', host), 400],
    ['a name in a path that cannot be decoded', request('GET /orders/secret%E0%A4%A HTTP/1.1', host), 400],
    ['a path that is too long', request(`GET /orders/${'secret'.repeat(100)} HTTP/1.1`, host), 414],
    ['a path that there is not', request('GET /secret HTTP/1.1', host), 404],
    ['a method that the path does not know', request('PUT /orders?secret HTTP/1.1', host, 'Content-Length: 0'), 405],
    ['no Host', request('GET /secret HTTP/1.1'), 400],
    ['an expectation', request('POST /orders?secret HTTP/1.1', host, 'Expect: secret', 'Content-Length: 2'), 417],
    ['a length that is no number', request('POST /orders HTTP/1.1', host, 'Content-Length: secret'), 400],
    ['a negative length', request('POST /orders HTTP/1.1', host, 'Content-Length: -1'), 400],
    ['two lengths', request('POST /orders HTTP/1.1', host, 'Content-Length: 2', 'Content-Length: 3'), 400],
    ['an unknown encoding', request('POST /orders HTTP/1.1', host, 'Transfer-Encoding: secret'), 400],
    ['no body', request('POST /orders?secret HTTP/1.1', host, ...json, 'Content-Length: 0'), 400],
    ['no type', request('POST /orders?secret HTTP/1.1', host, 'Content-Type: ;secret', 'Content-Length: 0'), 415],
    ['too long a body', request('POST /orders?secret HTTP/1.1', host, ...json, 'Content-Length: 99999999'), 413],
    ['half a body', `${request('POST /orders HTTP/1.1', host, ...json, 'Content-Length: 40')}{"secret`, 408],
    ['half a chunk', `${request('POST /orders HTTP/1.1', host, ...json, 'Transfer-Encoding: chunked')}f\r\n{"se`, 408],
    ['half a head', 'GET /secret HTTP/1.1\r\nHost: x\r\n', 408],
  ])('%s', { timeout: 10_000 }, async (_, bytes, status) => {
    const [head = '', body = ''] = (await say(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head.toLowerCase()).toContain('content-type: application/problem+json');
    expect(JSON.parse(body)).toMatchObject({ status, type: expect.stringMatching(/^urn:problem:orders:/) });
    expect(head + body).not.toContain('secret');
  });
});

test('no word is a cursor that ends in an error of ours', async () => {
  const two = (n: number) => String(n).padStart(2, '0');
  const part = (max: number) => fc.integer({ min: 0, max }).map(two);
  const moment = fc
    .tuple(fc.integer({ min: 0, max: 9999 }), part(13), part(32), part(25), part(61), part(61))
    .map(([year, ...[month, day, hour, minute, second]]) => {
      return `${String(year).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
    });
  const shaped = fc.tuple(moment, fc.uuid()).map((parts) => Buffer.from(parts.join(' ')).toString('base64url'));
  const anything = fc.string({ minLength: 1, maxLength: 200, unit: 'binary' }).map(encodeURIComponent);
  await fc.assert(
    fc.asyncProperty(fc.oneof(shaped, anything), async (word) => {
      const { statusCode } = await get(`/orders?cursor=${word}`);
      expect([200, 400]).toContain(statusCode);
    }),
    {
      numRuns: 300,
      examples: ['2026-02-30T00:00:00.000Z', '0000-01-01T00:00:00.000Z', '2026-06-31T24:00:00.000Z'].map((text) => [
        Buffer.from(`${text} 00000000-0000-4000-8000-000000000000`).toString('base64url'),
      ]),
    },
  );
});
