import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../testing/wait.ts';
import { cleanUp, runningNotice, takeLedger } from './ledger.ts';

let folder: string;
let file: string;
let own: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-ledger-'));
  file = join(folder, 'ledger.json');
  own = join(folder, 'own');
  mkdirSync(own);
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A process in a group of its own that would go on for ever, deaf to all signals but the last one. */
async function stubborn(): Promise<ChildProcess & { pid: number }> {
  const code = "process.on('SIGQUIT', () => {}); setInterval(() => {}, 1000); console.log('up')";
  const child = spawn(process.execPath, ['-e', code], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child as ChildProcess & { pid: number };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
const untilEnded = (child: ChildProcess) => eventually('the end of a process', () => hasEnded(child), 5);

/** Makes the ledger one of a process that has ended. */
function orphan(): void {
  const content = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...content, owner: { ...content.owner, started: 'before' } }));
}

test('a second platform is refused while the first one lives, and told where that is', async () => {
  const ledger = await takeLedger(file, own);
  ledger.tell({ url: 'https://127.0.0.1:8443' });
  await expect(takeLedger(file, own)).rejects.toThrow(new RegExp(`process ${process.pid}, https://127.0.0.1:8443`));
  expect(runningNotice(file)).toEqual({ url: 'https://127.0.0.1:8443' });
  ledger.close();
  expect(runningNotice(file)).toBeUndefined();
  expect(existsSync(file)).toBe(false);
});

test('what a killed platform left is ended and removed before the next one starts', async () => {
  const ledger = await takeLedger(file, own);
  const child = await stubborn();
  ledger.add(child.pid, 'SIGKILL');
  orphan();
  const next = await takeLedger(file, join(folder, 'next'));
  await untilEnded(child);
  expect(existsSync(own)).toBe(false);
  next.close();
});

test('what does not heed its signal is ended all the same', async () => {
  const ledger = await takeLedger(file, own);
  const child = await stubborn();
  ledger.add(child.pid, 'SIGQUIT');
  orphan();
  await cleanUp(file);
  await untilEnded(child);
});

test('a number that was given to another process since is left alone', async () => {
  const ledger = await takeLedger(file, own);
  const child = await stubborn();
  ledger.add(child.pid, 'SIGKILL');
  orphan();
  const content = JSON.parse(readFileSync(file, 'utf8'));
  content.children[0].started = 'long ago';
  writeFileSync(file, JSON.stringify(content));
  await cleanUp(file);
  expect(hasEnded(child)).toBe(false);
});

test('a ledger that nobody can read is no obstacle', async () => {
  writeFileSync(file, '{"owner":');
  const ledger = await takeLedger(file, own);
  ledger.close();
});

test('who has closed the ledger writes nothing more', async () => {
  const ledger = await takeLedger(file, own);
  ledger.close();
  ledger.remove(1);
  expect(existsSync(file)).toBe(false);
});
