// A backup of a server that is being written to, and what comes back from it.
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAuthority } from '../machine/certificates.ts';
import { type Machine, takeMachine } from '../machine/machine.ts';
import { openNetwork } from '../machine/network.ts';
import { compiled, remove } from '../testing/templates.ts';
import { backupKeeper } from './backup.ts';
import { type Postgres, type PostgresInput, runPostgres } from './postgres.ts';
import { makeDatabaseFiles } from './postgres-files.ts';

let folder: string;
let machine: Machine;
let server: Postgres;
let inputFor: (name: string) => Promise<PostgresInput>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backup-'));
  machine = await takeMachine(join(folder, 'ledger.json'), compiled);
  const { processes } = machine;
  const [files, authority, network] = [
    await makeDatabaseFiles(machine.folder, processes),
    await openAuthority(machine.folder),
    openNetwork(),
  ];
  inputFor = async (name) => ({
    name,
    folder: machine.folder,
    place: await network.place(0),
    names: [],
    authority,
    processes,
    password: files.password,
    parameters: {},
  });
  server = await runPostgres(await inputFor('source'), files.data);
  await server.sql('postgres', 'CREATE TABLE orders (id text PRIMARY KEY)', 'CREATE TABLE empty (id int)');
});
afterAll(async () => {
  await machine.release();
  remove(folder);
});

const keeper = () =>
  backupKeeper({
    source: () => server,
    database: 'postgres',
    folder: machine.folder,
    scratch: () => inputFor('scratch'),
  });
const insert = (id: string) => server.sql('postgres', `INSERT INTO orders VALUES ('${id}')`);

test('holds everything up to its end and nothing after it, whoever was writing meanwhile', async () => {
  await insert('before');
  let writing = true;
  const writer = (async () => {
    for (let number = 0; writing; number++) await insert(`meanwhile-${number}`);
  })();
  const backups = keeper();
  const { takenAt } = await backups.backUp();
  await insert('after');
  writing = false;
  await writer;
  const { tables, missing, acceptsWrites, ageMs } = await backups.tryBackup(['before', 'after', 'never']);
  expect(missing).toEqual(['after', 'never']);
  expect(tables.map(({ name, same }) => [name, same])).toEqual([
    ['public.empty', true],
    ['public.orders', true],
  ]);
  expect(acceptsWrites).toBe(true);
  expect(ageMs).toBeGreaterThan(0);
  expect(Date.parse(takenAt)).toBeLessThan(Date.now());
  // The scratch server wrote into a copy of its own.
  expect(await server.sql('postgres', "SELECT to_regclass('restore_test') AS found")).toEqual([{ found: null }]);
});

test('leaves nothing behind', () => {
  expect(readdirSync(machine.folder).filter((name) => /^(scratch|backup)/.test(name))).toEqual([]);
});

test('a backup whose log has a gap does not come up, and is removed', async () => {
  const backups = keeper();
  await backups.backUp();
  const [name = ''] = readdirSync(machine.folder).filter((each) => each.startsWith('backup'));
  const log = join(machine.folder, name, 'log');
  expect(existsSync(log)).toBe(true);
  remove(log);
  await expect(backups.tryBackup([])).rejects.toThrow(/PostgreSQL did not come up/);
  expect(existsSync(join(machine.folder, name))).toBe(false);
  await expect(backups.tryBackup([])).rejects.toThrow(/no backup was taken/);
});
