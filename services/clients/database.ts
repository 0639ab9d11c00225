// PostgreSQL as the workload wants it: bounded in time, and alive through a failover. A broken connection is thrown away, and the work
// is tried again on another one, with growing and random pauses, for as long as the caller still waits.

import pg from 'pg';
import { failureOf } from './database-failure.ts';
import type { Deadline } from './deadline.ts';
import { traced } from './tracing.ts';
import { until } from './until.ts';

/** Something that answers SQL: the database, or one transaction of it. */
interface Rows {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface Database {
  /** Runs one statement. It may run twice when its answer was lost, so it must be safe to repeat. */
  query<Row extends pg.QueryResultRow>(deadline: Deadline, text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs `work` in one transaction; the whole of it is repeated when the connection breaks or another transaction was faster. */
  transaction<T>(deadline: Deadline, work: (rows: Rows) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** No answer before the deadline; what went wrong last is the cause. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

export interface Credentials {
  /** The password to connect with; `refused` says that the last one was not accepted. */
  password(refused?: boolean): Promise<string>;
}

export interface DatabaseOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly credentials: Credentials;
  /** Certificates to trust, PEM; absent for a connection without TLS. */
  readonly trusted?: readonly string[];
  /** Connections at most. */
  readonly poolSize: number;
}

/** A connection that takes longer than this (milliseconds) is one to a host that is gone. */
const connectionTimeout = 1_500;
/** One statement's share of a request's time (milliseconds), so that a silent server leaves time for a second try. */
const statementTimeout = 3_000;
const firstPause = 50;
const longestPause = 800;
/** Grows with the tries and is random, so that tasks that lost the same connection do not come back at once. */
const pauseAfter = (tries: number): number => Math.random() * Math.min(longestPause, firstPause * 2 ** (tries - 1));

export function openDatabase(options: DatabaseOptions): Database {
  let pool = createPool(options);

  /** A new pool for a new writer; what the old one still does may end in peace. */
  function renew(old: pg.Pool): void {
    if (old !== pool) return;
    pool = createPool(options);
    old.end().catch(() => {});
  }

  async function attempt<T>(deadline: Deadline, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const used = pool;
    const client = await borrow(used, deadline);
    let broken = false;
    try {
      return await work(client);
    } catch (error) {
      const failure = failureOf(error);
      broken = failure === 'connection' || failure === 'read-only';
      if (failure === 'read-only') renew(used);
      throw error;
    } finally {
      client.release(broken || deadline.remaining() === 0);
    }
  }

  async function persist<T>(deadline: Deadline, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const tried = async (): Promise<{ readonly answer: T } | { readonly error: unknown }> => {
      if (deadline.remaining() === 0) throw new DatabaseUnavailable('no time is left to ask the database');
      try {
        return { answer: await attempt(deadline, work) };
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'other') throw error;
        if (failure === 'credentials') await options.credentials.password(true);
        return { error };
      }
    };
    const last = await until(tried, (seen) => 'answer' in seen, { within: deadline.remaining(), every: pauseAfter });
    if ('answer' in last) return last.answer;
    throw new DatabaseUnavailable('the database did not answer in time', { cause: last.error });
  }

  return {
    query: (deadline, text, values) =>
      traced('postgresql query', { 'db.system.name': 'postgresql', 'db.query.text': text }, () =>
        persist(deadline, (client) => ask(client, deadline, text, values)),
      ),
    transaction: (deadline, work) =>
      traced('postgresql transaction', { 'db.system.name': 'postgresql' }, () =>
        persist(deadline, (client) => inTransaction(client, deadline, work)),
      ),
    close: () => pool.end(),
  };
}

/** A connection, or an error at the deadline: the pool's own timeout is not the caller's. */
async function borrow(pool: pg.Pool, deadline: Deadline): Promise<pg.PoolClient> {
  const connecting = pool.connect();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), deadline.remaining());
  });
  const client = await Promise.race([connecting, late]).finally(() => clearTimeout(timer));
  if (client !== undefined) return client;
  // It may still come, and is then for others.
  connecting.then(
    (unneeded) => unneeded.release(),
    () => {},
  );
  throw new DatabaseUnavailable('no connection was free in time');
}

async function inTransaction<T>(
  client: pg.PoolClient,
  deadline: Deadline,
  work: (rows: Rows) => Promise<T>,
): Promise<T> {
  await ask(client, deadline, 'BEGIN');
  try {
    const result = await work({ query: (text, values) => ask(client, deadline, text, values) });
    await ask(client, deadline, 'COMMIT');
    return result;
  } catch (error) {
    // On a broken connection there is nothing to take back: the server has done so already.
    if (failureOf(error) !== 'connection') await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function ask<Row extends pg.QueryResultRow>(
  client: pg.PoolClient,
  deadline: Deadline,
  text: string,
  values?: readonly unknown[],
): Promise<Row[]> {
  const timeout = Math.max(1, Math.ceil(Math.min(statementTimeout, deadline.remaining())));
  // The driver honours a timeout for each query, which its types leave out.
  const query: pg.QueryConfig & { query_timeout: number } = {
    text,
    ...(values === undefined ? {} : { values: [...values] }),
    query_timeout: timeout,
  };
  const { rows } = await client.query<Row>(query);
  return rows;
}

function createPool(options: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    host: options.host,
    port: options.port,
    database: options.database,
    user: options.user,
    password: () => options.credentials.password(),
    max: options.poolSize,
    connectionTimeoutMillis: connectionTimeout,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementTimeout,
    keepAlive: true,
    application_name: 'orders',
    ...(options.trusted === undefined ? {} : { ssl: { ca: [...options.trusted], minVersion: 'TLSv1.2' as const } }),
  });
  // An error of an idle or a borrowed connection reaches whoever uses it next; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
