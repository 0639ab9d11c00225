// The loss of a region as a person would try it: two regions with databases, caches, queues and tasks of their own, the first one killed
// under traffic, the second one brought up by the state machine of the templates.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './lib/root.ts';

let place: string;
let out: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'hashira-region-'));
  out = join(place, 'out');
});
afterAll(() => rmSync(place, { recursive: true }));

/** Starts the drill; `heard` is told each thing that it says on its way. */
function drill(heard: (said: string, interrupt: () => void) => void = () => {}) {
  const document = join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md');
  // Into `out`, as by default: the parts of a region run in directories of their own, and must find it all the same.
  const words = [
    'drill',
    'region',
    document,
    '--speed',
    '20',
    '--rps',
    '60',
    '--lang',
    'en',
    '--judge-disturbed',
    '--json',
  ];
  const child = spawn(process.execPath, [join(root, 'bin', 'hashira.js'), ...words], { cwd: place });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
    heard(String(text), () => child.kill('SIGINT'));
  });
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
}

/** Processes that know of the directory, and ledgers that name any. */
function left(): readonly string[] {
  const ledgers = existsSync(join(out, 'local')) ? readdirSync(join(out, 'local')) : [];
  const running = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(out);
      } catch {
        return false;
      }
    });
  return [...ledgers, ...running];
}

test('DR-3, DR-4, DR-6: the second region takes over, and says what was lost and how long it took', async () => {
  const { code, stdout, stderr } = await drill();
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  const result = JSON.parse(stdout);
  expect(Object.keys(result)).toEqual(['rpoMs', 'lostOrders', 'rtoMs', 'steps']);
  // Of writes: what was answered in the last second before the loss may be missing, and nothing older.
  expect(result.rpoMs).toBeLessThan(1_000);
  const steps: readonly string[] = result.steps.map(({ name }: { name: string }) => name);
  const inOrder = ['Detect', 'Claim', 'PromoteDatabase', 'SwitchTraffic', 'AwaitTargets', 'AwaitTraffic'];
  expect(steps.filter((name) => inOrder.includes(name))).toEqual(inOrder);
  const kept = JSON.parse(readFileSync(join(out, 'runtime', 'production-drill-region.json'), 'utf8'));
  expect(kept).toMatchObject({ kind: 'drill-region', target: 'local', speed: 20, result });
  expect(kept.templateHash).toMatch(/^[0-9a-f]{64}$/);
  expect(kept.account.acceptedAfter).toBeGreaterThan(0);
  expect(kept.account.fulfilled).toBe(kept.account.accepted - result.lostOrders);
  expect(left()).toEqual([]);
}, 300_000);

test('a load that failed on the same templates does not stop it; interrupted while the region is down, it leaves nothing behind', async () => {
  const runtime = join(out, 'runtime');
  const { templateHash } = JSON.parse(readFileSync(join(runtime, 'production-drill-region.json'), 'utf8'));
  const result = { rps: 120, requests: 100, errors: 100, p50: 60_000, p95: 60_000, p99: 60_000 };
  const observed = { environment: 'production', target: 'local', templateHash, criteria: [] };
  writeFileSync(join(runtime, 'production-load.json'), JSON.stringify({ ...observed, kind: 'load', result }));
  const { code } = await drill((said, interrupt) => {
    if (said.includes('is lost …')) interrupt();
  });
  expect(code).toBe(130);
  const { criteria } = JSON.parse(readFileSync(join(out, 'build.json'), 'utf8'));
  expect(criteria).toContainEqual(expect.objectContaining({ id: 'AC-PERF-1', verdict: 'fail' }));
  expect(left()).toEqual([]);
}, 300_000);
