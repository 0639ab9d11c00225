// `npm run bench`: how long `hashira build` takes as a whole process. The cases are run in turn, round by round, so that a machine
// that slows down slows all of them; medians and ratios are to be quoted, single times are not.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const rounds = 5;
const command = join(import.meta.dirname, '..', 'bin', 'hashira.js');
const out = mkdtempSync(join(tmpdir(), 'hashira-bench-'));

const one = ['--environment', 'production'];
const cases = {
  '1 environment, no validation': [...one, '--no-validation'],
  '3 environments, no validation': ['--no-validation'],
  '1 environment': one,
  '3 environments': [],
} as const;
type Case = keyof typeof cases;
const names = Object.keys(cases) as Case[];

const seconds = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Case, number[]>;
try {
  for (const name of names) run(name);
  for (let round = 0; round < rounds; round++) {
    for (const name of names) seconds[name].push(run(name));
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}

console.log(
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}; ${rounds} rounds after one warm-up`,
);
for (const name of names) {
  const sorted = seconds[name].toSorted((a, b) => a - b);
  console.log(
    `${name.padEnd(32)} median ${format(median(sorted))}   min ${format(sorted[0] ?? 0)}   max ${format(sorted.at(-1) ?? 0)}`,
  );
}
console.log(
  `each further environment         ${format(growth('1 environment', '3 environments'))} (without validation ${format(growth('1 environment, no validation', '3 environments, no validation'))})`,
);

/** Builds the project's own document once; seconds from start to exit. */
function run(name: Case): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [command, 'build', '--json', '--out', out, ...cases[name]], {
    cwd: join(import.meta.dirname, '..'),
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`hashira build ${cases[name].join(' ')} ended with ${status}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function growth(from: Case, to: Case): number {
  return (median(seconds[to].toSorted((a, b) => a - b)) - median(seconds[from].toSorted((a, b) => a - b))) / 2;
}

function format(value: number): string {
  return `${value.toFixed(2)} s`;
}
