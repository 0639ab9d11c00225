import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../testing/wait.ts';
import { cleanUp, killHolder, runningNotice, takeLedger } from './ledger.ts';

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

/** A process that has started another one, which would outlive it. */
async function parent(): Promise<ChildProcess & { pid: number; grandchild: number }> {
  const code = `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    child.on('spawn', () => console.log(child.pid));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', code], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  const grandchild = await new Promise<number>((resolve) =>
    child.stdout?.once('data', (text) => resolve(Number(text))),
  );
  return Object.assign(child as ChildProcess & { pid: number }, { grandchild });
}

/** When a process started, as a ledger has it. */
async function startOf(pid: number): Promise<string> {
  const probe = join(folder, 'probe.json');
  const ledger = await takeLedger(probe, own);
  ledger.add(pid, 'SIGKILL');
  const { children } = JSON.parse(readFileSync(probe, 'utf8'));
  ledger.close();
  return children[0].started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
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

test('a region that is lost ends whole: who started it all, what was started, and what that started in turn', async () => {
  const child = await parent();
  // The holder is another process here, since nobody survives the end of its own.
  const holder = await stubborn();
  const ledger = await takeLedger(file, own);
  ledger.add(child.pid, 'SIGQUIT');
  const content = JSON.parse(readFileSync(file, 'utf8'));
  const [{ started: startedAt }] = content.children;
  const entry = { pid: holder.pid, started: await startOf(holder.pid), signal: 'SIGKILL' };
  writeFileSync(
    file,
    JSON.stringify({ ...content, owner: entry, children: [{ pid: child.pid, started: startedAt, signal: 'SIGQUIT' }] }),
  );
  killHolder(file);
  await Promise.all([untilEnded(child), untilEnded(holder)]);
  await eventually('the end of the grandchild', () => !isRunning(child.grandchild), 5);
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
