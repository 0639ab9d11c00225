// What becomes of orders whose messages stayed in a region that was left (DR-3), on a real PostgreSQL.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deadlineIn } from '../clients/deadline.ts';
import { place, startApi } from '../testing/api.ts';
import { type Aws, startAws } from '../testing/aws.ts';
import { eventually } from '../testing/eventually.ts';
import { type Postgres, startPostgres } from '../testing/postgres.ts';
import { fulfilOrder } from './fulfil-order.ts';
import { resumeOrders } from './resume-orders.ts';

let postgres: Postgres;
let aws: Aws;
let app: FastifyInstance;

beforeAll(async () => {
  [postgres, aws] = await Promise.all([startPostgres(), startAws()]);
  app = await startApi(postgres, aws);
});
beforeEach(() => postgres.sql('TRUNCATE orders CASCADE'));
afterAll(async () => {
  await app?.close();
  await Promise.all([postgres?.stop(), aws?.stop()]);
});

const notes = async () =>
  (await postgres.sql<{ order_id: string }>('SELECT order_id FROM outbox')).map((row) => row.order_id);

test('DR-3: exactly the orders that were accepted and not fulfilled are noted, however often it runs', async () => {
  const orders = await Promise.all(Array.from({ length: 3 }, () => place(app, { key: randomUUID() })));
  const [fulfilled, ...waiting] = orders.map(({ id }) => id);
  await fulfilOrder(postgres.database, deadlineIn(5_000), fulfilled ?? '');
  // As a relay leaves it: the queue has taken all of them, and lies in the region that was lost.
  await postgres.sql('TRUNCATE outbox');
  expect(await resumeOrders(postgres.database)).toBe(2);
  expect(await resumeOrders(postgres.database)).toBe(0);
  expect((await notes()).toSorted()).toEqual(waiting.toSorted());
});

test('more than one page of them are all noted', async () => {
  await postgres.sql(
    "INSERT INTO orders (id, customer, items, total) SELECT gen_random_uuid(), 'many', '[]', 0 FROM generate_series(1, 2500)",
  );
  expect(await resumeOrders(postgres.database)).toBe(2_500);
  expect(new Set(await notes()).size).toBe(2_500);
});

test('an order that is sent twice is fulfilled once', async () => {
  const { id } = await place(app, { key: randomUUID() });
  await resumeOrders(postgres.database);
  await fulfilOrder(postgres.database, deadlineIn(5_000), id);
  const again = await fulfilOrder(postgres.database, deadlineIn(5_000), id);
  expect(again.order.version).toBe(2);
  expect(await postgres.sql("SELECT FROM order_events WHERE kind = 'fulfilled'")).toHaveLength(1);
});

test('DR-8: a database that takes no writes is not ready, and is found again when it does', async () => {
  const ready = async () => (await app.inject('/health/ready')).statusCode;
  const readOnly = async (value: 'on' | 'off') => {
    await postgres.sql(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
    await postgres.sql('SELECT pg_reload_conf()');
  };
  expect(await ready()).toBe(200);
  await readOnly('on');
  try {
    await eventually('not ready', async () => (await ready()) === 503);
    expect((await app.inject('/health/live')).statusCode).toBe(200);
  } finally {
    await readOnly('off');
  }
  await eventually('ready', async () => (await ready()) === 200);
});
