// How the benchmarks of whole processes measure: the cases in turn, round by round, so that a machine that slows down slows all of them;
// medians and ratios are to be quoted, single times are not.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
export const command = join(root, 'bin', 'hashira.js');

/** A process: Node's words, and what else is not as usual. */
export interface Started {
  readonly words: readonly string[];
  readonly cwd?: string;
  readonly variables?: NodeJS.ProcessEnv;
  /** Done before each run, and not measured. */
  readonly prepare?: () => void;
}

/** Seconds that each case took, in order of size, after a round that warms up. */
export function measured<C extends string>(
  cases: Readonly<Record<C, readonly string[] | Started>>,
  rounds: number,
): Readonly<Record<C, readonly number[]>> {
  const names = Object.keys(cases) as C[];
  const seconds = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<C, number[]>;
  for (const name of names) run(cases[name]);
  for (let round = 0; round < rounds; round++) {
    for (const name of names) seconds[name].push(run(cases[name]));
  }
  for (const name of names) seconds[name].sort((a, b) => a - b);
  return seconds;
}

/** Runs Node, in the project's folder unless said; seconds from start to exit. */
export function run(started: readonly string[] | Started): number {
  const { words, cwd = root, variables = {}, prepare }: Started = 'words' in started ? started : { words: started };
  prepare?.();
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, {
    cwd,
    maxBuffer: 1 << 28,
    env: { ...process.env, ...variables },
  });
  if (status !== 0) throw new Error(`node ${words.join(' ')} ended with ${status}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

export const median = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0;

export const machine = (rounds: number): string =>
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}; ${rounds} rounds after one warm-up`;

export const format = (seconds: number): string => `${seconds.toFixed(2)} s`;
