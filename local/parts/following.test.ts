// A database that follows the one of another region, as far as the leader's sudden end and beyond.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDirectory } from '../blueprint/directory.ts';
import { openAuthority } from '../machine/certificates.ts';
import { type Machine, takeMachine } from '../machine/machine.ts';
import { openNetwork } from '../machine/network.ts';
import { compiled, remove } from '../testing/templates.ts';
import { eventually } from '../testing/wait.ts';
import { type DatabaseCluster, startDatabase } from './database.ts';
import { makeDatabaseFiles } from './postgres-files.ts';

let folder: string;
const machines: Machine[] = [];
let leader: DatabaseCluster;
let follower: DatabaseCluster;

async function open(name: string, from?: DatabaseCluster): Promise<DatabaseCluster> {
  const machine = await takeMachine(join(folder, `${name}.json`), compiled);
  machines.push(machine);
  const cluster = await startDatabase({
    plan: {
      key: 'Stack/Cluster',
      port: 0,
      name: 'orders',
      username: 'admin',
      password: 'a password',
      instances: from === undefined ? 2 : 1,
      extensions: [],
      parameters: {},
    },
    folder: machine.folder,
    directory: openDirectory(),
    network: openNetwork(),
    processes: machine.processes,
    authority: await openAuthority(machine.folder),
    from:
      from === undefined ? { files: makeDatabaseFiles(machine.folder, machine.processes) } : { leader: from.leader() },
  });
  machine.onRelease(cluster.stop);
  return cluster;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'following-'));
  leader = await open('leader');
  // The leader waits for its own standby with each write; who follows it from afar must not inherit that.
  await leader.addStandby();
  await leader.ask('CREATE TABLE orders (id int)');
  follower = await open('follower', leader);
});
afterAll(async () => {
  for (const machine of machines.reverse()) await machine.release();
  remove(folder);
});

const following = () => {
  if (follower.following === undefined) throw new Error('it follows nobody');
  return follower.following;
};

test('it is close behind, and takes no writes', async () => {
  expect(leader.following).toBeUndefined();
  await leader.ask('INSERT INTO orders VALUES (1)');
  await eventually('no lag', async () => (await following().lag()) === 0);
  expect(await following().lastWrite()).toBeInstanceOf(Date);
  await expect(follower.ask('SELECT 1')).rejects.toThrow();
});

test('it hears nothing of a leader that is gone', async () => {
  await machines[0]?.release();
  await eventually('no word', async () => (await following().lag()) === undefined);
  expect(following().isPromoted()).toBe(false);
});

test('DR-3: promoted, it has what was written and takes more; asked again, it stays as it is', async () => {
  await Promise.all([following().promote(), following().promote()]);
  expect(following().isPromoted()).toBe(true);
  await follower.ask('INSERT INTO orders VALUES (2)');
  await following().promote();
  expect(await follower.ask('SELECT id FROM orders ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
});
