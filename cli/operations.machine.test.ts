// Load and drills against the platform itself, with a cache and a standby: what the document demands of production's behaviour, observed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runningNotice } from '../local/machine/ledger.ts';
import { root } from './lib/root.ts';
import { ledgerOf } from './lib/up/run-platform.ts';
import { hashira } from './testing/hashira.ts';

const minutes = 60_000;
let out: string;
let platform: ChildProcess;

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'hashira-drills-'));
  const words = ['up', '--stay', '--out', out, '--environment', 'production', '--speed', '10', '--no-validation'];
  platform = spawn(process.execPath, [join(root, 'bin', 'hashira.js'), ...words], { stdio: 'ignore', cwd: root });
  await vi.waitFor(() => expect(runningNotice(ledgerOf(out))?.control).toBeDefined(), {
    timeout: minutes,
    interval: 200,
  });
}, 2 * minutes);

afterAll(async () => {
  const ended = once(platform, 'exit');
  platform.kill('SIGTERM');
  await ended;
  rmSync(out, { recursive: true });
}, minutes);

/** Runs a drill; what it printed, and the verdicts that it kept. */
function drill(name: string) {
  const { code, stdout, stderr } = hashira(['drill', name, '--out', out, '--judge-disturbed', '--json']);
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  const kept = JSON.parse(readFileSync(join(out, 'runtime', `production-drill-${name}.json`), 'utf8'));
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ drill: name, lost: 0, doubled: 0 });
  expect(result.fulfilled).toBe(result.accepted);
  expect(result.accepted).toBeGreaterThan(0);
  return {
    result,
    verdicts: kept.criteria.map(({ id, verdict }: { id: string; verdict: string }) => `${id} ${verdict}`),
  };
}

test(
  'AC-REL-3: a killed task is replaced',
  () => {
    const { verdicts } = drill('task');
    expect(verdicts).toEqual(['AC-REL-3 pass']);
  },
  5 * minutes,
);

test(
  'a backup taken under traffic comes back whole in a scratch server',
  () => {
    const { code, stdout, stderr } = hashira(['drill', 'restore', '--out', out, '--judge-disturbed', '--json']);
    expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ drill: 'restore', missing: 0, acceptsWrites: true });
    expect(result.orders).toBeGreaterThan(0);
    expect(result.tables.every(({ same }: { same: boolean }) => same)).toBe(true);
    // The document's hour.
    expect(result.rpoMs).toBe(3_600_000);
    expect(result.ageMs).toBeLessThan(result.rpoMs);
    expect(JSON.parse(readFileSync(join(out, 'runtime', 'production-drill-restore.json'), 'utf8')).result).toEqual(
      result,
    );
  },
  2 * minutes,
);

test(
  'AC-REL-4: the standby takes over within a minute, and what was accepted is there',
  () => {
    const { result, verdicts } = drill('database');
    expect(verdicts).toEqual(['AC-REL-4 pass']);
    expect(result.recoveryMs).toBeLessThan(60_000);
  },
  5 * minutes,
);

test(
  'a cache that is gone for five seconds costs no request',
  () => {
    expect(drill('cache').result.failedRequests).toBe(0);
  },
  5 * minutes,
);

test(
  'AC-PERF-2, AC-PERF-3: tasks come with three times the traffic and go with it',
  () => {
    const { verdicts } = drill('surge');
    expect(verdicts).toEqual(['AC-PERF-2 pass', 'AC-PERF-3 pass']);
  },
  10 * minutes,
);

test(
  'AC-PERF-1: a load is sent whole, and answered',
  () => {
    const { stdout } = hashira(['load', '--out', out, '--rps', '40', '--duration', '5s', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ rps: 40, requests: 200, errors: 0 });
  },
  2 * minutes,
);
