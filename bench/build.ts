// `npm run bench`: how long `hashira build` takes as a whole process, with the project's own document: without validation, for the first
// time, and for the second time.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, format, machine, measured, median, run, type Started } from './rounds.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const scratch = mkdtempSync(join(tmpdir(), 'hashira-bench-'));

const out = ['--out', join(scratch, 'out')];
const one = ['--environment', 'production'];
const build = (...words: readonly string[]): Started => ({
  words: [command, 'build', '--json', ...out, ...words],
  variables: { HASHIRA_CACHE: '', XDG_CACHE_HOME: join(scratch, 'seen') },
});
/** With nothing known of any template. */
const first = (...words: readonly string[]): Started => ({
  ...build(...words),
  variables: { HASHIRA_CACHE: '', XDG_CACHE_HOME: join(scratch, 'fresh') },
  prepare: () => rmSync(join(scratch, 'fresh'), { recursive: true, force: true }),
});
const cases: Readonly<Record<string, Started>> = {
  '1 environment, no validation': build(...one, '--no-validation'),
  '3 environments, no validation': build('--no-validation'),
  '1 environment': first(...one),
  '3 environments': first(),
  '3 environments, second build': build(),
};

const seconds = (() => {
  try {
    run(build());
    return measured(cases, rounds);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
})();

console.log(machine(rounds));
for (const [name, sorted] of Object.entries(seconds)) {
  console.log(
    `${name.padEnd(32)} median ${format(median(sorted))}   min ${format(sorted[0] ?? 0)}   max ${format(sorted.at(-1) ?? 0)}`,
  );
}
console.log(
  `each further environment         ${format(growth('1 environment', '3 environments'))} (without validation ${format(growth('1 environment, no validation', '3 environments, no validation'))})`,
);
printRatio('second build / no validation', '3 environments, second build', '3 environments, no validation');

function medianOf(name: string): number {
  return median(seconds[name] ?? []);
}

function growth(from: string, to: string): number {
  return (medianOf(to) - medianOf(from)) / 2;
}

function printRatio(words: string, name: string, other: string): void {
  console.log(`${words.padEnd(32)} ${(medianOf(name) / medianOf(other)).toFixed(2)}`);
}
