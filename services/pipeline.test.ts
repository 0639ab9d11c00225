// The ways of an order through queues, functions and tasks (ARC-2, ARC-5), over real parts, and what becomes of it when they fail.
import { randomUUID } from 'node:crypto';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import Fastify from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTask, type Task } from './api/start.ts';
import { startWorkConsumer } from './api/work-consumer.ts';
import { openBucket } from './clients/bucket.ts';
import { deadlineIn } from './clients/deadline.ts';
import { openQueue, type Queue } from './clients/queue.ts';
import { openTopic } from './clients/topic.ts';
import { importOrders } from './functions/import-orders.ts';
import { doWork, type WorkParts } from './orders/do-work.ts';
import { delayOf, longestDelay } from './orders/import-turns.ts';
import type { Order } from './orders/order.ts';
import { mostRows } from './orders/read-csv.ts';
import { relayOutbox } from './orders/relay-outbox.ts';
import { place, prefix, someOrder, startApi } from './testing/api.ts';
import { type Aws, startAws } from './testing/aws.ts';
import { eventually } from './testing/eventually.ts';
import { local, runFunctions, taskEnvironment } from './testing/platform.ts';
import { type Postgres, startPostgres } from './testing/postgres.ts';

let postgres: Postgres;
let aws: Aws;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {});
  [postgres, aws] = await Promise.all([startPostgres(), startAws()]);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((part) => part.stop()));
});
afterAll(async () => {
  await Promise.all([postgres?.stop(), aws?.stop()]);
});

function keep<Part extends { stop(): Promise<void> }>(part: Part): Part {
  running.push(part);
  return part;
}

async function startAll(): Promise<Task> {
  const task = keep(await startTask(taskEnvironment({ postgres, aws }), local));
  keep(runFunctions({ postgres, aws }));
  return task;
}

const bucket = () => openBucket(aws.clients.s3, aws.bucket, prefix);
const receiptOfOrder = (id: string) => bucket().read(deadlineIn(5_000), `receipts/${id}.json`);

async function timesFulfilled(id: string): Promise<number> {
  const [row] = await postgres.sql<{ count: number }>(
    "SELECT count(*)::int AS count FROM order_events WHERE order_id = $1 AND kind = 'fulfilled'",
    [id],
  );
  return row?.count ?? 0;
}

const consumer = (parts: Partial<WorkParts> = {}) =>
  keep(
    startWorkConsumer(
      aws.clients.sqs,
      aws.queues.work,
      {
        database: postgres.database,
        topic: openTopic(aws.clients.sns, aws.topicArn),
        bucket: bucket(),
        timeZone: 'Asia/Tokyo',
        wakeRelay: () => {},
        ...parts,
      },
      Fastify().log,
      local.timing,
    ),
  );

describe('an order on its way', () => {
  test('ARC-2, ARC-5: is accepted, fulfilled by the function, and has a receipt, in one trace', async () => {
    const task = await startAll();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const response = await task.app.inject({
      method: 'POST',
      url: '/orders',
      headers: { 'x-customer': 'anne', 'idempotency-key': randomUUID(), traceparent },
      payload: someOrder,
    });
    expect(response.statusCode).toBe(202);
    expect(response.headers['trace-id']).toBe('0af7651916cd43dd8448eb211c80319c');
    const { id } = response.json<Order>();

    const receipt = await eventually('a receipt', () => receiptOfOrder(id));
    expect(JSON.parse(receipt)).toMatchObject({ orderId: id, customer: 'anne', total: 900 });
    expect(await timesFulfilled(id)).toBe(1);
    const entries: { orderId?: string; msg: string; trace_id: string }[] = vi
      .mocked(console.info)
      .mock.calls.map(([entry]) => entry);
    const ofOrder = entries.filter(({ orderId }) => orderId === id);
    expect(ofOrder.map(({ msg }) => msg)).toEqual(['fulfilled', 'receipt written']);
    expect(new Set(ofOrder.map(({ trace_id }) => trace_id))).toEqual(new Set(['0af7651916cd43dd8448eb211c80319c']));
  });

  test('twenty orders leave an empty outbox and empty queues behind', async () => {
    const task = await startAll();
    const orders = await Promise.all(Array.from({ length: 20 }, () => place(task.app)));
    for (const { id } of orders) await eventually(`a receipt of ${id}`, () => receiptOfOrder(id));
    expect(await postgres.sql('SELECT id FROM outbox')).toEqual([]);
    for (const queue of ['fulfilment', 'work', 'fulfilment-dead', 'work-dead'] as const)
      await eventually(`${queue} to be empty`, async () => (await aws.depth(queue)) === 0);
  });

  test('a message delivered three times fulfils the order once', async () => {
    const app = await startApi(postgres, aws);
    const { id } = await place(app);
    await postgres.sql('DELETE FROM outbox');
    const MessageBody = JSON.stringify({ type: 'fulfil-order', orderId: id });
    for (let count = 0; count < 3; count++)
      await aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: aws.queues.fulfilment, MessageBody }));
    keep(runFunctions({ postgres, aws }));
    consumer();
    await eventually('a receipt', () => receiptOfOrder(id));
    await eventually(
      'all three to be done',
      async () => (await aws.depth('fulfilment')) + (await aws.depth('work')) === 0,
    );
    expect(await timesFulfilled(id)).toBe(1);
    const [row] = await postgres.sql('SELECT version FROM orders WHERE id = $1', [id]);
    expect(row).toEqual({ version: 2 });
  });
});

describe('the outbox relay', () => {
  const fulfilment = () => openQueue(aws.clients.sqs, aws.queues.fulfilment);

  test('that dies after sending and before it commits leaves the note, and the order is still fulfilled once', async () => {
    const app = await startApi(postgres, aws);
    const { id } = await place(app);
    let reached = false;
    const sendsThenDies: Queue = {
      async send(deadline, messages) {
        await fulfilment().send(deadline, messages);
        reached = true;
        // The process is gone: its connection breaks, and PostgreSQL takes the transaction back.
        await postgres.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'orders' AND state = 'idle in transaction'",
        );
        throw new Error('the relay is dead');
      },
    };
    const database = { ...postgres.database, transaction: oneTry(postgres) };
    await expect(relayOutbox(database, sendsThenDies)).rejects.toThrow();
    expect(reached).toBe(true);
    expect(await postgres.sql('SELECT order_id FROM outbox')).toEqual([{ order_id: id }]);

    expect(await relayOutbox(postgres.database, fulfilment())).toEqual({ found: 1, sent: 1 });
    expect(await postgres.sql('SELECT order_id FROM outbox')).toEqual([]);
    expect(await aws.depth('fulfilment')).toBe(2);
    keep(runFunctions({ postgres, aws }));
    await eventually('both to be done', async () => (await aws.depth('fulfilment')) === 0);
    expect(await timesFulfilled(id)).toBe(1);
    await aws.purge();
  });

  test('that is dead from the start is made up for by the next one', async () => {
    const app = await startApi(postgres, aws);
    const { id } = await place(app);
    const task = await startAll();
    await eventually('a receipt', () => receiptOfOrder(id));
    expect(task.port).toBeGreaterThan(0);
  });

  test('keeps what SQS refuses, and only that', async () => {
    const app = await startApi(postgres, aws);
    await postgres.sql('DELETE FROM outbox');
    await Promise.all(Array.from({ length: 12 }, () => place(app)));
    const refusesSecond: Queue = { send: async () => [1] };
    expect(await relayOutbox(postgres.database, refusesSecond)).toEqual({ found: 12, sent: 10 });
    expect(await postgres.sql('SELECT id FROM outbox')).toHaveLength(2);
    await postgres.sql('DELETE FROM outbox');
  });

  test('keeps everything while SQS is away', async () => {
    const app = await startApi(postgres, aws);
    await place(app);
    const away: Queue = { send: () => Promise.reject(new Error('SQS is away')) };
    expect(await relayOutbox(postgres.database, away)).toEqual({ found: 1, sent: 0 });
    expect(await postgres.sql('SELECT id FROM outbox')).toHaveLength(1);
    await postgres.sql('DELETE FROM outbox');
  });

  test('of two tasks never sends a note twice while both live', async () => {
    const app = await startApi(postgres, aws);
    await Promise.all(Array.from({ length: 100 }, () => place(app)));
    const sent: string[] = [];
    const slow: Queue = {
      async send(_, messages) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        sent.push(...messages.map(({ body }) => JSON.stringify(body)));
        return [];
      },
    };
    await Promise.all([relayOutbox(postgres.database, slow), relayOutbox(postgres.database, slow)]);
    expect(sent).toHaveLength(100);
    expect(new Set(sent).size).toBe(100);
  });
});

describe('a poison message', () => {
  test.each([
    ['fulfilment', 'not JSON'],
    ['fulfilment', JSON.stringify({ type: 'fulfil-order', orderId: randomUUID() })],
    ['work', JSON.stringify({ type: 'unheard-of' })],
    ['work', JSON.stringify({ type: 'order-changed', orderId: randomUUID(), version: 2 })],
  ] as const)('on %s goes to the dead-letter queue alone: %s', async (queue, MessageBody) => {
    await aws.purge();
    const app = await startApi(postgres, aws);
    const { id } = await place(app);
    await aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: aws.queues[queue], MessageBody }));
    await relayOutbox(postgres.database, openQueue(aws.clients.sqs, aws.queues.fulfilment));
    keep(runFunctions({ postgres, aws }));
    consumer();
    await eventually('a receipt of the good order', () => receiptOfOrder(id));
    await eventually('the poison to be set aside', async () => (await aws.depth(`${queue}-dead`)) === 1);
    expect(await aws.depth(queue)).toBe(0);
  });
});

describe('POST /imports', () => {
  const csv = 'sku,quantity,unit_price\ntea,2,450\n"milk",1,200\n';
  const parts = () => ({
    authenticate: async (_: string | undefined, customer = 'anne') => ({ customer }),
    bucket: bucket(),
    work: openQueue(aws.clients.sqs, aws.queues.work),
  });
  const send = (key: string, body: string, more: Record<string, string> = {}) =>
    importOrders(parts(), {
      httpMethod: 'POST',
      path: '/imports',
      headers: { 'content-type': 'text/csv', 'idempotency-key': key, 'x-customer': 'importer', ...more },
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
    });
  const orders = () =>
    postgres.sql("SELECT items->0->>'sku' AS sku FROM orders WHERE customer = 'importer' ORDER BY sku");

  test('a repeated import reads the stored file again, and its lines are orders once (Lambda ← S3)', async () => {
    const key = randomUUID();
    const first = await send(key, csv);
    expect(first).toMatchObject({ statusCode: 202, headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(first.body)).toMatchObject({ rows: 2 });
    expect(await send(key, csv)).toEqual(first);
    consumer();
    await eventually('the lines to be worked off', async () => (await aws.depth('work')) === 0);
    expect(await orders()).toEqual([{ sku: 'milk' }, { sku: 'tea' }]);
    expect(await postgres.sql('SELECT id FROM outbox')).toHaveLength(2);
    await postgres.sql('DELETE FROM outbox');

    const other = await send(key, `${csv}coffee,1,700\n`);
    expect(other.statusCode).toBe(422);
    expect(await aws.depth('work')).toBe(0);
  });

  test.each([
    ['no key', '', csv, {}, 400, 'invalid-request'],
    ['JSON', 'k', '{}', { 'content-type': 'application/json' }, 415, 'unsupported-media-type'],
    ['no lines', 'k', 'sku,quantity,unit_price\n', {}, 400, 'invalid-file'],
    ['a missing column', 'k', 'sku,quantity\ntea,1\n', {}, 400, 'invalid-file'],
    ['a line that is too long', 'k', 'sku,quantity,unit_price\ntea,1,2,3\n', {}, 400, 'invalid-file'],
    ['a quote that never ends', 'k', 'sku,quantity,unit_price\n"tea,1,2\n', {}, 400, 'invalid-file'],
    ['more than 1 MB', 'k', `sku,quantity,unit_price\n${'tea,1,1\n'.repeat(130_000)}`, {}, 413, 'body-too-large'],
  ])('%s is a clear problem, and nothing is stored', async (_, key, body, headers, status, slug) => {
    const response = await send(key, body, headers);
    expect(response.statusCode).toBe(status);
    expect(JSON.parse(response.body)).toMatchObject({ status, type: `urn:problem:orders:${slug}` });
    const { Contents = [] } = await aws.clients.s3.send(
      new ListObjectsV2Command({ Bucket: aws.bucket, Prefix: `${prefix}imports/` }),
    );
    expect(Contents).toHaveLength(1);
  });

  test.each([
    ['no-token', 401],
    ['bad-token', 401],
    ['keys-unavailable', 503],
  ] as const)('is refused to a caller with %s', async (refused, status) => {
    const stranger = { ...parts(), authenticate: async () => ({ refused, reason: 'of a test' }) };
    const request = { httpMethod: 'POST', path: '/imports', headers: { 'idempotency-key': 'k' }, body: csv };
    const response = await importOrders(stranger, request);
    expect([response.statusCode, response.headers['content-type']]).toEqual([status, 'application/problem+json']);
  });

  test('files of one customer, as long as they may be and one after the other, let in the lines of a few seconds', async () => {
    await aws.purge();
    const long = `sku,quantity,unit_price\n${'tea,1,1\n'.repeat(mostRows)}`;
    const greedy = { 'x-customer': 'greedy' };
    const began = performance.now();
    expect((await send(randomUUID(), long, greedy)).statusCode).toBe(202);
    const second = await send(randomUUID(), long, greedy);
    expect([second.statusCode, JSON.parse(second.body).type]).toEqual([429, 'urn:problem:orders:import-in-progress']);
    expect(Number(second.headers['retry-after'])).toBeGreaterThan(0);
    // 25 lines a second, 100 in a message: what anybody else's message waits behind.
    const waiting = await aws.depth('work');
    expect(waiting).toBeLessThanOrEqual(1 + (performance.now() - began) / 4_000);
    expect((await send(randomUUID(), csv, { 'x-customer': 'modest' })).statusCode).toBe(202);
    await aws.purge();
  });

  test('an import that comes again under its key is let through once in a minute', async () => {
    const key = randomUUID();
    const again = { 'x-customer': 'again' };
    const long = `sku,quantity,unit_price\n${'tea,1,1\n'.repeat(3_000)}`;
    const statuses = [];
    for (let count = 0; count < 4; count++) statuses.push((await send(key, long, again)).statusCode);
    expect(statuses.slice(0, 2)).toEqual([202, 202]);
    // The minute may end in between, and gives one more.
    expect(statuses.filter((status) => status === 202).length).toBeLessThanOrEqual(3);
    expect(statuses).toContain(429);
    await aws.purge();
  });

  test('the last line of the longest file is let in before SQS would have to', () => {
    expect(delayOf(mostRows - 1)).toBeLessThanOrEqual(longestDelay);
  });

  test('a wrong line is told by its number and its field', async () => {
    const response = await send('k', 'sku,quantity,unit_price\ntea,1,450\nmilk,many,200\n');
    expect(JSON.parse(response.body).errors).toEqual([
      { pointer: '/body/line 3', detail: 'quantity: is not a whole number' },
    ]);
  });
});

describe('the daily export', () => {
  test("writes yesterday's orders as of the time zone, the same however often it runs", async () => {
    await postgres.sql('TRUNCATE orders CASCADE');
    const app = await startApi(postgres, aws);
    const yesterday = await place(app, { payload: { ...someOrder, reference: '=HYPERLINK("x")' } });
    const [early, today] = [await place(app), await place(app)];
    for (const [id, at] of [
      [yesterday.id, '2026-11-24T14:59:59.999Z'],
      [early.id, '2026-11-23T14:59:59.999Z'],
      [today.id, '2026-11-24T15:00:00.000Z'],
    ])
      await postgres.sql('UPDATE orders SET placed_at = $2 WHERE id = $1', [id, at]);
    const parts: WorkParts = {
      database: postgres.database,
      topic: openTopic(aws.clients.sns, aws.topicArn),
      bucket: bucket(),
      timeZone: 'Asia/Tokyo',
      wakeRelay: () => {},
    };
    await postgres.sql("UPDATE idempotency_keys SET created_at = now() - interval '8 days' WHERE order_id = $1", [
      early.id,
    ]);
    for (let count = 0; count < 2; count++) await doWork(parts, { type: 'export', time: '2026-11-24T19:00:00Z' });

    const file = await bucket().read(deadlineIn(5_000), 'exports/2026-11-24/orders-00001.csv');
    expect(file?.split('\r\n')).toEqual([
      'id,customer,reference,status,total,placed_at,fulfilled_at',
      `${yesterday.id},anne,"'=HYPERLINK(""x"")",accepted,900,2026-11-24T14:59:59.999Z,`,
      '',
    ]);
    expect(await postgres.sql('SELECT 1 FROM idempotency_keys')).toHaveLength(2);
  });
});

/** A transaction as the database runs it, but without another try: the process that would try is dead. */
function oneTry({ database }: Postgres): Postgres['database']['transaction'] {
  return (deadline, work) => {
    let tries = 0;
    return database.transaction(deadline, async (rows) => {
      if (++tries > 1) throw new Error('no second try');
      return work(rows);
    });
  };
}
