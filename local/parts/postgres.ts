// One PostgreSQL server: the binaries that npm brought, files of its own, reachable from this machine only.
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { until } from '../../common/until.ts';
import { reasonsOf } from '../../design/refusal.ts';
import type { Authority } from '../machine/certificates.ts';
import type { Address } from '../machine/network.ts';
import type { Processes, Running } from '../machine/processes.ts';
import { localProblem } from '../problems.ts';
import { copyTree, findBinaries, owner, serverUser, writeOwn } from './postgres-files.ts';

export interface PostgresInput {
  readonly name: string;
  readonly folder: string;
  readonly place: Address;
  /** The names that clients reach it by. */
  readonly names: readonly string[];
  readonly authority: Authority;
  readonly processes: Processes;
  /** Of who owns the server, as `rdsadmin` does on AWS. */
  readonly password: string;
  /** The parameters of the templates, by name. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Postgres {
  readonly place: Address;
  readonly data: string;
  /** Resolves when the server has ended. */
  readonly ended: Promise<unknown>;
  /** Ends every connection at once, as a crash does. */
  crash(): Promise<void>;
  /** Runs SQL as the owner, in one session. */
  sql<Row extends pg.QueryResultRow>(database: string, ...statements: readonly string[]): Promise<Row[]>;
  session<T>(work: (client: pg.Client) => Promise<T>, database?: string): Promise<T>;
  end(): Promise<void>;
}

/** Milliseconds. */
const starting = 30_000;

/** A server whose files and changes another one may have. */
export type Leader = Pick<Postgres, 'place' | 'data' | 'session'>;

/** What one must know of a server of another process to follow it. */
export interface LeaderAddress {
  readonly place: Address;
  readonly data: string;
  readonly password: string;
  /** PEM of who vouches for it. */
  readonly certificate: string;
}

export const leaderAt = ({ place, data, password, certificate }: LeaderAddress): Leader => ({
  place,
  data,
  session: (work) => inSession({ ...place, database: 'postgres', password, ssl: { ca: certificate } }, work),
});

/** Runs work in a session of the owner's. */
async function inSession<T>(options: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...options, user: owner });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A server that follows another one, from a copy of its files. */
export async function followPostgres(input: PostgresInput, leader: Leader): Promise<Postgres> {
  const data = join(input.folder, input.name);
  await leader.session(async (client) => {
    await client.query("SELECT pg_backup_start('standby', true)");
    copyTree(leader.data, data);
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    writeOwn(join(data, 'backup_label'), rows[0]?.labelfile ?? '');
  });
  writeOwn(join(data, 'standby.signal'), '');
  const { host, port } = leader.place;
  const from = `host=${host} port=${port} user=${owner} password=${input.password} sslmode=require application_name=${input.name}`;
  // Whom the leader waits for is not whom this one would wait for.
  appendFileSync(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${from}'\nsynchronous_standby_names = ''\n`);
  return runPostgres(input, data);
}

/** Starts a server on files that are there. */
export async function runPostgres(input: PostgresInput, data: string): Promise<Postgres> {
  const { name, place, processes, password, authority, parameters } = input;
  const binaries = findBinaries();
  const { cert, key } = await authority.issue([place.host, ...input.names]);
  writeOwn(join(data, 'server.crt'), cert);
  writeOwn(join(data, 'server.key'), key);
  const clear = parameters['rds.force_ssl'] === '1' ? '' : 'host all all 127.0.0.0/8 scram-sha-256\n';
  const rules = `hostssl all all 127.0.0.0/8 scram-sha-256\nhostssl replication ${owner} 127.0.0.0/8 scram-sha-256\n`;
  writeOwn(join(data, 'pg_hba.conf'), rules + clear);
  const settings = {
    ...known(parameters, binaries.postgres),
    listen_addresses: place.host,
    port: String(place.port),
    unix_socket_directories: '',
    ssl: 'on',
    // A killed process loses nothing that the kernel has, and nothing here outlives the machine.
    fsync: 'off',
    // What a standby has not yet taken over when it is cut off for a moment.
    wal_keep_size: '256MB',
  };
  const words = Object.entries(settings).flatMap(([setting, value]) => ['-c', `${setting}=${value}`]);
  const process = processes.start(name, binaries.postgres, ['-D', data, ...words], {
    env: { LC_ALL: 'C' },
    killSignal: 'SIGQUIT',
    ...serverUser(),
  });

  const session = <T>(work: (client: pg.Client) => Promise<T>, database = 'postgres'): Promise<T> =>
    inSession({ ...place, database, password, ssl: { ca: authority.certificate } }, work);

  await untilReady(process, session);
  return {
    place,
    data,
    ended: process.ended,
    crash: () => process.kill(),
    session,
    sql: (database, ...statements) =>
      session(async (client) => {
        let rows: pg.QueryResultRow[] = [];
        for (const statement of statements) rows = (await client.query(statement)).rows;
        return rows as never;
      }, database),
    // Fast shutdown: open connections are ended, nothing is lost.
    end: () => process.end('SIGINT', 5_000),
  };
}

async function untilReady(process: Running, session: (work: () => Promise<void>) => Promise<void>): Promise<void> {
  const { last: refusal } = await until(
    async () => {
      try {
        await session(async () => {});
        return undefined;
      } catch (error) {
        if (!process.isRunning()) throw localProblem('partFailed', { part: 'PostgreSQL', reason: process.lastLines() });
        return { reason: reasonsOf(error) };
      }
    },
    (refused) => refused === undefined,
    { within: starting, every: 25 },
  );
  if (refusal === undefined) return;
  await process.kill();
  throw localProblem('partFailed', { part: 'PostgreSQL', ...refusal });
}

/** Those parameters that PostgreSQL itself has; the others are Amazon's, or of libraries that are not here. */
function known(parameters: Readonly<Record<string, string>>, postgres: string): Record<string, string> {
  const user = serverUser();
  const listing = execFileSync(postgres, ['--describe-config'], { encoding: 'utf8', maxBuffer: 1 << 24, ...user });
  const names = new Set(listing.split('\n').map((line) => line.split('\t')[0]));
  return Object.fromEntries(
    Object.entries(parameters).filter(
      ([name, value]) => names.has(name) && name !== 'shared_preload_libraries' && !value.includes('{'),
    ),
  );
}
