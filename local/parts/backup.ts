// A physical backup of the database, and the proof of it: files copied while the server runs, the log that makes them whole up to one
// moment, a scratch server restored from nothing but these, and its rows held against what the source had at that moment.
import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type pg from 'pg';
import { until } from '../../common/until.ts';
import { localProblem, words } from '../problems.ts';
import { type Postgres, type PostgresInput, runPostgres } from './postgres.ts';
import { copyFile, copyTree, writeOwn } from './postgres-files.ts';

/** What a table holds: its rows, and a sum over their contents that does not depend on their order. */
interface TableState {
  readonly name: string;
  readonly rows: number;
  readonly checksum: string;
}

/** Milliseconds of one part of the work. */
interface BackupStep {
  readonly name: 'files' | 'log' | 'restore' | 'check' | 'write' | 'remove';
  readonly ms: number;
}

interface Backup {
  /** The moment that the log goes up to, by the source's clock. */
  readonly takenAt: string;
  readonly steps: readonly BackupStep[];
}

interface Restored {
  readonly steps: readonly BackupStep[];
  /** Of the orders asked for, those that are not there. */
  readonly missing: readonly string[];
  readonly tables: readonly (TableState & { readonly same: boolean })[];
  readonly acceptsWrites: boolean;
  /** Milliseconds from the moment of the backup until the restored server took writes. */
  readonly ageMs: number;
}

export interface PostgresBackups {
  /** Takes the place of the backup before. */
  backUp(): Promise<Backup>;
  /**
   * Restores the last backup into a scratch server, looks for these orders, and removes server and backup.
   * @throws LocalProblem when there is none, or it does not come up.
   */
  tryBackup(orders: readonly string[]): Promise<Restored>;
}

interface BackupsInput {
  /** Who has the data now. */
  source(): Postgres;
  /** The database that the workload's tables are in. */
  readonly database: string;
  readonly folder: string;
  /** For a server of its own. */
  scratch(): Promise<PostgresInput>;
}

interface Kept {
  readonly folder: string;
  readonly takenAt: number;
  readonly tables: readonly TableState[];
}

/** The name of the moment in the log that a backup is restored to. */
const moment = 'end_of_backup';
/** Milliseconds in which a scratch server must have worked off its log. */
const timeout = 60_000;

export function backupKeeper({ source, database, folder, scratch }: BackupsInput): PostgresBackups {
  let kept: Kept | undefined;
  let count = 0;

  return {
    async backUp() {
      if (kept !== undefined) rmSync(kept.folder, { recursive: true, force: true });
      count += 1;
      const target = join(folder, `backup-${count}`);
      mkdirSync(target, { mode: 0o755 });
      const server = source();
      const { timed, steps } = stopwatch();
      const first = await timed('files', () => copyFiles(server, join(target, 'data')));
      const { takenAt, tables } = await timed('log', async () => {
        const end = await markEnd(server, database);
        copyLog(server, join(target, 'log'), first, end.segment);
        return end;
      });
      kept = { folder: target, takenAt: takenAt.getTime(), tables };
      return { takenAt: takenAt.toISOString(), steps };
    },
    async tryBackup(orders) {
      if (kept === undefined) throw localProblem('partFailed', { part: 'PostgreSQL', reason: words.noBackup });
      const { folder: from, takenAt, tables } = kept;
      kept = undefined;
      const { timed, steps } = stopwatch();
      const input = await scratch();
      let server: Postgres | undefined;
      try {
        const restored = await timed('restore', () => restore(input, from));
        server = restored;
        const ageMs = Date.now() - takenAt;
        const found = await timed('check', async () => ({
          tables: await restored.session(tableStates, database),
          missing: await restored.session((client) => missingOrders(client, orders), database),
        }));
        const acceptsWrites = await timed('write', () => takesWrites(restored, database));
        await timed('remove', () => remove(restored, from));
        server = undefined;
        const same = ({ name, rows, checksum }: TableState) =>
          tables.some((each) => each.name === name && each.rows === rows && each.checksum === checksum);
        // A table that the source had and the copy has not is as wrong as one that differs.
        const lost = tables.filter(({ name }) => !found.tables.some((each) => each.name === name));
        return {
          steps,
          missing: found.missing,
          tables: [
            ...found.tables.map((table) => ({ ...table, same: same(table) })),
            ...lost.map((table) => ({ ...table, rows: 0, same: false })),
          ],
          acceptsWrites,
          ageMs,
        };
      } finally {
        if (server !== undefined) await remove(server, from);
        rmSync(from, { recursive: true, force: true });
        rmSync(join(input.folder, input.name), { recursive: true, force: true });
      }
    },
  };
}

/** Copies the files, and answers with the segment of the log that they need first. */
function copyFiles(server: Postgres, to: string): Promise<string> {
  return server.session(async (client) => {
    const { rows } = await client.query<{ segment: string }>(
      "SELECT pg_walfile_name(pg_backup_start('restore test', true)) AS segment",
    );
    copyTree(server.data, to, ['pg_wal']);
    const { rows: ended } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    writeOwn(join(to, 'backup_label'), ended[0]?.labelfile ?? '');
    return rows[0]?.segment ?? '';
  });
}

/**
 * Names a moment in the log at which nobody was writing, and says what the tables held then. Writers wait for as long as the tables are
 * read; readers do not.
 */
function markEnd(server: Postgres, database: string) {
  return server.session(async (client) => {
    await client.query('BEGIN');
    const names = await tableNames(client);
    if (names.length > 0) await client.query(`LOCK TABLE ${names.join(', ')} IN SHARE MODE`);
    const tables = await tableStates(client);
    const { rows } = await client.query<{ at: Date; segment: string }>(
      `SELECT clock_timestamp() AS at, pg_walfile_name(pg_create_restore_point('${moment}')) AS segment`,
    );
    await client.query('COMMIT');
    // The segment is whole once the next one has begun.
    await client.query('SELECT pg_switch_wal()');
    const [end] = rows;
    if (end === undefined) throw localProblem('partFailed', { part: 'PostgreSQL', reason: words.noEndOfBackup });
    return { takenAt: end.at, segment: end.segment, tables };
  }, database);
}

function copyLog(server: Postgres, to: string, first: string, last: string): void {
  const log = join(server.data, 'pg_wal');
  mkdirSync(to, { mode: 0o755 });
  const isNeeded = (name: string) => name.endsWith('.history') || (name.length === 24 && name >= first && name <= last);
  for (const name of readdirSync(log).filter(isNeeded)) copyFile(join(log, name), join(to, name));
}

/** A server from the files and the log alone, worked off up to the named moment; resolves once it takes writes. */
async function restore(input: PostgresInput, from: string): Promise<Postgres> {
  const data = join(input.folder, input.name);
  copyTree(join(from, 'data'), data);
  copyFile(join(from, 'data', 'backup_label'), join(data, 'backup_label'));
  writeOwn(join(data, 'recovery.signal'), '');
  const settings = {
    // The server works in its own folder; no name that a shell or the server could misread is in the way from there.
    restore_command: `cp ${relative(data, join(from, 'log'))}/%f "%p"`,
    recovery_target_name: moment,
    recovery_target_action: 'promote',
    synchronous_standby_names: '',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  appendFileSync(join(data, 'postgresql.auto.conf'), lines.join(''));
  const server = await runPostgres(input, data);
  const { isSo } = await until(
    () => server.sql<{ recovering: boolean }>('postgres', 'SELECT pg_is_in_recovery() AS recovering'),
    ([state]) => state?.recovering === false,
    { within: timeout, every: 20 },
  );
  if (isSo) return server;
  await server.crash();
  throw localProblem('partFailed', { part: 'PostgreSQL', reason: words.notRestored(timeout / 1000) });
}

async function remove(server: Postgres, from: string): Promise<void> {
  await server.end();
  rmSync(server.data, { recursive: true, force: true, maxRetries: 5 });
  rmSync(from, { recursive: true, force: true });
}

async function tableNames(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
  );
  return rows.map(({ name }) => name);
}

async function tableStates(client: pg.Client): Promise<readonly TableState[]> {
  const states: TableState[] = [];
  for (const name of await tableNames(client)) {
    const { rows } = await client.query<{ rows: string; checksum: string }>(
      `SELECT count(*) AS rows, coalesce(sum(hashtextextended(each::text, 0)::numeric), 0)::text AS checksum FROM ${name} AS each`,
    );
    states.push({ name, rows: Number(rows[0]?.rows ?? 0), checksum: rows[0]?.checksum ?? '' });
  }
  return states;
}

async function missingOrders(client: pg.Client, orders: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT wanted.id FROM unnest($1::text[]) AS wanted(id) WHERE NOT EXISTS (SELECT 1 FROM orders WHERE orders.id::text = wanted.id)',
    [orders],
  );
  return rows.map(({ id }) => id);
}

async function takesWrites(server: Postgres, database: string): Promise<boolean> {
  const rows = await server.sql<{ written: number }>(
    database,
    'CREATE TABLE restore_test (written int)',
    'INSERT INTO restore_test VALUES (1)',
    'SELECT written FROM restore_test',
  );
  return rows[0]?.written === 1;
}

function stopwatch() {
  const steps: BackupStep[] = [];
  return {
    steps,
    async timed<T>(name: BackupStep['name'], work: () => Promise<T>): Promise<T> {
      const begin = performance.now();
      const result = await work();
      steps.push({ name, ms: Math.round(performance.now() - begin) });
      return result;
    },
  };
}
