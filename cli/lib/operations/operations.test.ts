// `hashira load` and `hashira drill` as people type them, against a small shop that stands where the platform would.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeLedger } from '../../../local/machine/ledger.ts';
import { makeOwnFolder } from '../../../local/machine/own-folder.ts';
import { startStatus } from '../../../local/status/server.ts';
import { sampleSource } from '../../../local/status/testing/source.ts';
import { serveTarget } from '../../../operations/remote-target.ts';
import { localRunLock } from '../../../operations/run-lock.ts';
import type { Target } from '../../../operations/target.ts';
import { type Sickness, startShop, withSentence } from '../../../operations/testing/shop.ts';
import type { CommandResult } from '../../testing/hashira.ts';
import { root } from '../root.ts';
import { ledgerOf } from '../up/run-platform.ts';
import { operationsCatalogues } from './messages.ts';

let out: string;
const closers: (() => unknown)[] = [];
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'hashira-operations-'));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(out, { recursive: true });
});

/** The command, while this process goes on answering it. What a busy machine does to a run is tried by itself. */
const hashira = (...words: string[]): Promise<CommandResult> =>
  hashiraWatched(() => {}, ...words, ...(words.length > 1 ? ['--judge-disturbed'] : []));

async function hashiraWatched(watch: (child: ChildProcess) => unknown, ...words: string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(root, 'bin', 'hashira.js'), ...words, '--out', out], { cwd: root });
  closers.push(() => child.kill('SIGKILL'));
  watch(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    said.stdout += text;
  });
  child.stderr.on('data', (text) => {
    said.stderr += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...said };
}

/** A shop that says of itself, where a platform would, that it is running. */
async function shopIsRunning(sick: Partial<Sickness> = {}, change: (target: Target) => Target = (target) => target) {
  const shop = await startShop(sick);
  closers.push(shop.stop);
  const control = { token: 'secret', answer: serveTarget(change(shop.target)) };
  const status = await startStatus({ source: sampleSource(), alarms: [], language: 'en', control });
  closers.push(status.stop);
  const ledger = await takeLedger(ledgerOf(out), makeOwnFolder(out, 'platform-'));
  closers.push(ledger.close);
  ledger.tell({ url: shop.target.url, control: status.controlUrl, token: 'secret' });
  return shop;
}

const resultOf = (name: string) => JSON.parse(readFileSync(join(out, 'runtime', `production-${name}.json`), 'utf8'));

describe('hashira load', () => {
  test('AC-PERF-1: prints what was measured, and keeps it with the hash of the templates', async () => {
    await shopIsRunning();
    const { code, stdout } = await hashira('load', '--rps', '40', '--duration', '1s', '--json');
    const result = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(Object.keys(result)).toEqual(['rps', 'requests', 'errors', 'p50', 'p95', 'p99', 'tasks']);
    expect(result).toMatchObject({ rps: 40, requests: 40, errors: 0 });
    expect(resultOf('load')).toEqual({
      environment: 'production',
      target: 'local',
      templateHash: 'of-the-shop',
      kind: 'load',
      criteria: [expect.objectContaining({ id: 'AC-PERF-1', verdict: 'pass' })],
      machine: expect.objectContaining({ eventLoopMaxMs: expect.any(Number) }),
      disturbed: [],
      result,
    });
  });

  test('ends with 1 when customers wait longer than the document allows', async () => {
    await shopIsRunning({ delay: 1_200 }, (target) => withSentence(target, 'AC-PERF-1', '95パーセンタイルを1秒以内に'));
    const { code, stdout } = await hashira('load', '--rps', '10', '--duration', '1s', '--lang', 'en');
    expect(code).toBe(1);
    expect(stdout).toContain('AC-PERF-1  fail');
  });
});

test('a run that the machine disturbed says how, keeps what it saw, and is neither a pass nor a fail', async () => {
  const shop = await shopIsRunning();
  // Stands still once it is at work, as a process does that somebody else keeps from its processor.
  const halt = async (child: ChildProcess) => {
    while (shop.requests() === 0) await sleep(10);
    child.kill('SIGSTOP');
    await sleep(2_500);
    child.kill('SIGCONT');
  };
  const words = ['load', '--rps', '5', '--duration', '4s', '--json', '--lang', 'en'];
  const { code, stdout, stderr } = await hashiraWatched(halt, ...words);
  expect([code, JSON.parse(stdout).requests]).toEqual([3, 20]);
  expect(stderr).toMatch(/no verdict: the machine disturbed this run \(.*timers \d+ ms late/);
  const { criteria, disturbed } = resultOf('load');
  expect(criteria).toMatchObject([{ id: 'AC-PERF-1', verdict: 'not-judged', observed: { $said: 'percentileOf' } }]);
  expect(disturbed).toContainEqual(expect.objectContaining({ figure: 'eventLoopMaxMs', limit: 2_000 }));
});

describe('hashira drill', () => {
  test('AC-REL-3: prints the account, and keeps it', async () => {
    await shopIsRunning();
    const { code, stdout } = await hashira('drill', 'task', '--json');
    const result = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(Object.keys(result).sort()).toEqual(
      ['drill', 'accepted', 'fulfilled', 'lost', 'doubled', 'failedRequests', 'recoveryMs'].sort(),
    );
    expect(result).toMatchObject({ drill: 'task', lost: 0, doubled: 0 });
    expect(resultOf('drill-task')).toMatchObject({ kind: 'drill-task', templateHash: 'of-the-shop', result });
  });

  test('poison says beforehand how long it takes and why', async () => {
    await shopIsRunning();
    const { code, stderr } = await hashira('drill', 'poison', '--json', '--lang', 'en');
    expect(code).toBe(0);
    expect(stderr.split('\n')[0]).toMatch(
      /^this takes up to \d+ s: fulfilment delivers a message \d+ times, [\d.]+ s apart/,
    );
  });

  test('one that the platform cannot do is refused with what to do', async () => {
    await shopIsRunning({}, (target) => ({ ...target, faults: {} }));
    const { code, stderr } = await hashira('drill', 'database', '--lang', 'en');
    expect(code).toBe(2);
    expect(stderr).toContain('--environment production');
  });
});

test.each([
  [['load', '--rps', 'many'], '--rps many'],
  [['load', '--rps', '0'], '--rps 0'],
  [['load', '--duration', '1h'], '--duration 1h'],
  [['load', '--duration', '-5s'], '--duration -5s'],
  [['drill', 'earthquake', '--lang', 'en'], 'unknown drill: earthquake'],
  [['drill'], "missing required argument 'name'"],
])('%j is refused, and nothing is started', async (words, message) => {
  const { code, stdout, stderr } = await hashira(...words);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
});

test.each([[['drill', 'task']], [['load', '--duration', '1s']], [['drill', 'poison']]])(
  '%j is refused beside another run, with what to do, and may begin after it',
  async (words) => {
    const turn = localRunLock();
    await shopIsRunning({}, (target) => ({ ...target, turn }));
    const taken = turn.take('drill surge', process.pid);
    const { code, stdout, stderr } = await hashira(...words, '--lang', 'en');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/hashira drill surge is running against this platform.*wait until it has ended/);
    if ('ticket' in taken) turn.giveBack(taken.ticket);
    expect((await hashira(...words)).code).toBe(0);
    expect(turn.holder()).toBeUndefined();
  },
);

test('a load that would be a flood is refused', async () => {
  await shopIsRunning();
  const { code, stderr } = await hashira('load', '--rps', '10000', '--duration', '10m', '--lang', 'en');
  expect(code).toBe(2);
  expect(stderr).toContain('6000000 requests');
});

test('what load and drill say is said in both languages', () => {
  const names = (catalogue: object): string[] =>
    Object.entries(catalogue).flatMap(([name, text]) => (typeof text === 'object' ? [name, ...names(text)] : [name]));
  expect(names(operationsCatalogues.ja)).toEqual(names(operationsCatalogues.en));
});
