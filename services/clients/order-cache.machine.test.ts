// The cache over a real Redis, and what reads are like when it is slow, gone, or behind.
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doWork } from '../orders/do-work.ts';
import { findOrder } from '../orders/find-orders.ts';
import { fulfilOrder } from '../orders/fulfil-order.ts';
import type { OwnedOrder } from '../orders/order.ts';
import { orderReader } from '../orders/read-order.ts';
import { place, prefix, startApi } from '../testing/api.ts';
import { type Aws, startAws } from '../testing/aws.ts';
import { eventually } from '../testing/eventually.ts';
import { type Postgres, startPostgres } from '../testing/postgres.ts';
import { type RedisServer, startRedis } from '../testing/redis.ts';
import { openBucket } from './bucket.ts';
import type { Database } from './database.ts';
import { deadlineIn } from './deadline.ts';
import { type OrderCache, openOrderCache } from './order-cache.ts';
import { openTopic } from './topic.ts';

let postgres: Postgres;
let aws: Aws;
let redis: RedisServer;
let cache: OrderCache;
let app: FastifyInstance;
const reported: unknown[] = [];

beforeAll(async () => {
  [postgres, aws, redis] = await Promise.all([startPostgres(), startAws(), startRedis()]);
  cache = openOrderCache({ host: '127.0.0.1', port: redis.port, token: redis.token, tls: false }, (e) =>
    reported.push(e),
  );
  app = await startApi(postgres, aws, { cache });
  await connected();
});
afterAll(async () => {
  await app?.close();
  cache?.close();
  await Promise.all([postgres?.stop(), aws?.stop(), redis?.stop()]);
});

const soon = () => deadlineIn(5_000);
const get = (id: string, more = '') =>
  app.inject({ method: 'GET', url: `/orders/${id}${more}`, headers: { 'x-customer': 'anne' } });
const connected = () =>
  eventually('Redis to be asked again', async () => {
    const { id } = await place(app);
    await get(id);
    return (await get(id)).headers['x-cache'] === 'hit';
  });

/** An order of the database, as it is at two versions. */
async function twoVersions(): Promise<readonly [OwnedOrder, OwnedOrder]> {
  const { id } = await place(app);
  const first = await findOrder(postgres.database, soon(), id);
  if (first === undefined) throw new Error('the order is not there');
  return [first, await fulfilOrder(postgres.database, soon(), id)];
}

describe('ARC-4: a read', () => {
  test('misses, fills the cache and hits', async () => {
    const { id } = await place(app);
    const [first, second] = [await get(id), await get(id)];
    expect([first.headers['x-cache'], second.headers['x-cache']]).toEqual(['miss', 'hit']);
    expect(second.json()).toEqual(first.json());
  });

  test('a cached order is shown to its customer only', async () => {
    const { id } = await place(app, { customer: 'bob' });
    const ask = (customer: string) =>
      app.inject({ method: 'GET', url: `/orders/${id}`, headers: { 'x-customer': customer } });
    await ask('bob');
    expect((await ask('bob')).headers['x-cache']).toBe('hit');
    expect((await ask('anne')).statusCode).toBe(404);
  });

  test('by a hundred at once asks the database once', async () => {
    const { id } = await place(app);
    let asked = 0;
    const counting: Database = {
      ...postgres.database,
      query(deadline, text, values) {
        asked++;
        return postgres.database.query(deadline, text, values);
      },
    };
    const read = orderReader(counting, cache);
    const found = await Promise.all(Array.from({ length: 100 }, () => read(soon(), id, 1)));
    expect(new Set(found.map(({ found }) => found?.order.id))).toEqual(new Set([id]));
    expect(asked).toBe(1);
  });
});

describe('an order that changes', () => {
  test('is never put back by a reader who read it before the change', async () => {
    const [first, second] = await twoVersions();
    const { id } = first.order;
    expect(await cache.drop(id, second.order.version)).toBe(true);
    await cache.fill(first);
    expect(await cache.find(id)).toBeUndefined();
    await cache.fill(second);
    expect(await cache.find(id)).toEqual(second);
  });

  test('is not dropped again, nor made older, by a message that comes late', async () => {
    const [first, second] = await twoVersions();
    const { id } = first.order;
    await cache.fill(second);
    await cache.drop(id, 1);
    await cache.drop(id, 2);
    await cache.fill(first);
    expect(await cache.find(id)).toEqual(second);
  });

  test('is dropped before anybody is told of it', async () => {
    const [first, second] = await twoVersions();
    await cache.fill(first);
    let cachedWhenTold: OwnedOrder | undefined = first;
    const parts = {
      database: postgres.database,
      cache,
      topic: {
        async publish() {
          cachedWhenTold = await cache.find(first.order.id);
        },
      },
      bucket: openBucket(aws.clients.s3, aws.bucket, prefix),
      timeZone: 'Asia/Tokyo',
      wakeRelay: () => {},
    };
    await doWork(parts, { type: 'order-changed', orderId: second.order.id, version: second.order.version });
    expect(cachedWhenTold).toBeUndefined();
  });

  test('is read as it is by whoever has seen its new version, though the cache has the old one', async () => {
    const [first] = await twoVersions();
    await cache.fill(first);
    const { id } = first.order;
    expect((await get(id)).json()).toMatchObject({ version: 1 });
    const fresh = await get(id, '?version=2');
    expect([fresh.headers['x-cache'], fresh.json().version]).toEqual(['miss', 2]);
    await eventually('the new version to be cached', async () => (await get(id)).json().version === 2);
  });
});

describe('a Redis that', () => {
  test('stops makes reads slower, never wrong or failed, and is used again when it is back', async () => {
    const { id } = await place(app);
    await get(id);
    await redis.stop();
    reported.length = 0;
    const answers = await Promise.all(Array.from({ length: 20 }, () => get(id)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ headers }) => headers['x-cache']))).toEqual(new Set(['miss']));
    expect(reported).toHaveLength(1);
    await redis.start();
    await connected();
  });

  test('hangs costs one budget of 50 ms, and after five nobody waits', async () => {
    const { id } = await place(app);
    await get(id);
    redis.pause();
    const times: number[] = [];
    for (let count = 0; count < 12; count++) {
      const started = performance.now();
      const { statusCode } = await get(id);
      times.push(performance.now() - started);
      expect(statusCode).toBe(200);
    }
    redis.resume();
    expect(Math.max(...times)).toBeLessThan(250);
    // The reads that wait are those before the breaker opens; its rest is half a second, and the rest of the reads take less.
    expect(times.filter((time) => time > 45).length).toBeLessThanOrEqual(6);
    await connected();
  });

  test('refuses the token counts as no cache', async () => {
    const stranger = openOrderCache({ host: '127.0.0.1', port: redis.port, token: 'wrong', tls: false }, () => {});
    expect(await stranger.find('00000000-0000-4000-8000-000000000000')).toBeUndefined();
    stranger.close();
  });

  test('cannot be told of a change does not hold the news up', async () => {
    const [, second] = await twoVersions();
    await redis.stop();
    let told = 0;
    const parts = {
      database: postgres.database,
      cache,
      topic: { ...openTopic(aws.clients.sns, aws.topicArn), publish: async () => void told++ },
      bucket: openBucket(aws.clients.s3, aws.bucket, prefix),
      timeZone: 'Asia/Tokyo',
      wakeRelay: () => {},
    };
    await doWork(parts, { type: 'order-changed', orderId: second.order.id, version: 2 });
    expect(told).toBe(1);
    await redis.start();
    await connected();
  });
});
