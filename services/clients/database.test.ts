import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { selfSigned } from '../api/certificate.ts';
import { migrate } from '../api/migrate.ts';
import { place, someOrder, startApi } from '../testing/api.ts';
import { type Aws, startAws } from '../testing/aws.ts';
import { type Postgres, startPostgres } from '../testing/postgres.ts';
import { databaseOptions } from './connect-database.ts';
import { renewable } from './credentials.ts';
import { DatabaseUnavailable, openDatabase } from './database.ts';
import { failureOf } from './database-failure.ts';
import { deadlineIn } from './deadline.ts';

let postgres: Postgres;
let aws: Aws;
let app: FastifyInstance;
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  [postgres, aws] = await Promise.all([startPostgres(), startAws()]);
  app = await startApi(postgres, aws);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()));
});
afterAll(async () => {
  await app?.close();
  await Promise.all([postgres?.stop(), aws?.stop()]);
});

const keep = <Part extends { close(): Promise<void> }>(part: Part): Part => {
  open.push(part);
  return part;
};
const post = (key = randomUUID(), headers = {}) =>
  app.inject({ method: 'POST', url: '/orders', headers: { 'idempotency-key': key, ...headers }, payload: someOrder });

describe('a database that fails over', () => {
  test('AC-REL-4: requests that were under way when it crashed are answered once it is back, each order once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => place(app, { customer: 'crash' })));
    const underWay = Array.from({ length: 30 }, (_, index) =>
      sleep(index * 10).then(() => post(undefined, { 'x-customer': 'crash' })),
    );
    await sleep(100);
    await postgres.crash();
    await sleep(500);
    await postgres.start();
    const answers = await Promise.all(underWay);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(30).fill(202));
    const [row] = await postgres.sql("SELECT count(*)::int AS count FROM orders WHERE customer = 'crash'");
    expect(row).toEqual({ count: 40 });
  });

  test('a connection that breaks after the commit and before the answer still leaves one order', async () => {
    const breaksOnce = { left: 1 };
    const database = keep(openDatabase(postgres.options));
    const fragile = await startApi(postgres, aws, {
      database: {
        ...database,
        async query(deadline, text, values) {
          const rows = await database.query(deadline, text, values);
          // The statement is done and its answer lost: what a client sees when the writer dies at the worst moment.
          if (text.includes('INSERT INTO orders') && breaksOnce.left-- > 0)
            return database.query(deadline, text, values);
          return rows as never;
        },
      },
    });
    const key = randomUUID();
    const first = await place(fragile, { customer: 'lost-answer', key });
    expect(await place(fragile, { customer: 'lost-answer', key })).toEqual(first);
    const [row] = await postgres.sql("SELECT count(*)::int AS count FROM orders WHERE customer = 'lost-answer'");
    expect(row).toEqual({ count: 1 });
    await fragile.close();
  });

  test('while it is away, writes and reads end within 5 s as a problem, and only readiness suffers', async () => {
    const { id } = await place(app);
    await postgres.crash();
    const get = (url: string) => app.inject({ method: 'GET', url });
    const started = performance.now();
    const answers = await Promise.all([
      post(),
      get(`/orders/${id}`),
      get('/orders'),
      get('/health/ready'),
      get('/health/live'),
    ]);
    const elapsed = performance.now() - started;
    await postgres.start();
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([503, 503, 503, 503, 200]);
    expect(answers[0]?.headers['retry-after']).toBe('2');
    expect(answers[0]?.json().type).toBe('urn:problem:orders:database-unavailable');
    expect(elapsed).toBeLessThan(8_000);
    expect((await post()).statusCode).toBe(202);
    expect((await get('/health/ready')).statusCode).toBe(200);
  });

  test('a host that takes connections and says nothing holds no request past its 5 s', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const deaf = await startApi(postgres, aws, { database: keep(openDatabase({ ...postgres.options, port })) });
    const started = performance.now();
    const { statusCode } = await deaf.inject({ method: 'GET', url: '/orders' });
    expect(statusCode).toBe(503);
    expect(performance.now() - started).toBeLessThan(8_000);
    await deaf.close();
    silent.close();
  });

  test('a writer that has become a reader is left for the new one', async () => {
    const readOnly = (value: 'on' | 'off') =>
      postgres
        .sql(`ALTER SYSTEM SET default_transaction_read_only = ${value}`)
        .then(() => postgres.sql('SELECT pg_reload_conf()'));
    await place(app);
    await readOnly('on');
    await sleep(100);
    const answer = post();
    await sleep(700);
    await readOnly('off');
    expect((await answer).statusCode).toBe(202);
  });

  test('a mistake of ours is no reason to try again', async () => {
    await expect(postgres.database.query(deadlineIn(5_000), 'SELECT nothing FROM nowhere')).rejects.toThrow('nowhere');
    let tries = 0;
    await expect(
      postgres.database.transaction(deadlineIn(5_000), async () => {
        tries++;
        throw new Error('ours');
      }),
    ).rejects.toThrow('ours');
    expect(tries).toBe(1);
  });

  test.each([
    ['57P01', 'connection'],
    ['08006', 'connection'],
    ['ECONNRESET', 'connection'],
    ['EAI_AGAIN', 'connection'],
    ['25006', 'read-only'],
    ['40P01', 'conflict'],
    ['28P01', 'credentials'],
    ['23505', 'other'],
    ['42601', 'other'],
  ])('%s is a failure of kind %s', (code, failure) => {
    expect(failureOf(Object.assign(new Error('of a test'), { code }))).toBe(failure);
  });
});

describe('AC-SEC-6: a password that is replaced while the task runs', () => {
  test('is read again when it is refused, and requests do not notice', async () => {
    await postgres.sql("CREATE ROLE rotated LOGIN PASSWORD 'old' IN ROLE pg_read_all_data");
    let reads = 0;
    let secret = 'old';
    const database = keep(
      openDatabase({
        ...postgres.options,
        user: 'rotated',
        credentials: renewable('old', async () => {
          reads++;
          return secret;
        }),
      }),
    );
    await database.query(deadlineIn(5_000), 'SELECT 1');
    expect(reads).toBe(0);
    secret = 'new';
    await postgres.sql("ALTER ROLE rotated PASSWORD 'new'");
    await postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'rotated'");
    await Promise.all(Array.from({ length: 10 }, () => database.query(deadlineIn(5_000), 'SELECT 1')));
    expect(reads).toBe(1);
  });

  test('without a secret to read, a refused password is an error in time', async () => {
    const database = keep(openDatabase({ ...postgres.options, credentials: renewable('wrong') }));
    await expect(database.query(deadlineIn(500), 'SELECT 1')).rejects.toThrow(DatabaseUnavailable);
  });
});

describe('AC-SEC-3: TLS to the database', () => {
  test('is verified: the right authority is trusted, another is not, and plain text is refused', async () => {
    const tls = selfSigned('localhost');
    const secured = await startPostgres({ tls });
    const folder = mkdtempSync(join(tmpdir(), 'orders-ca-'));
    const file = join(folder, 'ca.pem');
    writeFileSync(file, tls.cert);
    const variables = {
      DATABASE_HOST: 'localhost',
      DATABASE_PORT: secured.port,
      DATABASE_NAME: 'postgres',
      DATABASE_USERNAME: secured.user,
      DATABASE_PASSWORD: secured.password,
    };
    const ask = async (more: { DATABASE_TLS: 'verify' | 'off'; DATABASE_CA_FILE?: string }) => {
      const database = keep(openDatabase(await databaseOptions({ ...variables, ...more }, undefined, 1)));
      const text = 'SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
      return database.query<{ version: string }>(deadlineIn(1_000), text);
    };
    const [row] = await ask({ DATABASE_TLS: 'verify', DATABASE_CA_FILE: file });
    expect(row?.version).toMatch(/^TLSv1\.[23]$/);
    await expect(ask({ DATABASE_TLS: 'verify' })).rejects.toThrow('self-signed certificate');
    await expect(ask({ DATABASE_TLS: 'off' })).rejects.toMatchObject({
      cause: { message: expect.stringContaining('no encryption') },
    });
    await Promise.all(open.splice(0).map((database) => database.close()));
    await secured.stop();
    rmSync(folder, { recursive: true });
  });
});

describe('migrations', () => {
  test('from two tasks at once run once, and a second time do nothing', async () => {
    const fresh = await startPostgres({ migrated: false });
    const names = await Promise.all([migrate(fresh.options), migrate(fresh.options)]);
    expect(names.map((done) => done.length).toSorted()).toEqual([0, 2]);
    expect(await migrate(fresh.options)).toEqual([]);
    expect(await fresh.sql('SELECT name FROM migrations ORDER BY id')).toEqual([
      { name: '0001_orders' },
      { name: '0002_accepted_orders' },
    ]);
    await fresh.stop();
  });
});
