// `npm run bench`: how long `hashira build` takes as a whole process, with the project's own document: without validation, for the first
// time, for the second time, and as it was before validation ran beside the rest.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, format, machine, measured, median, root, run, type Started } from './rounds.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
/** The last commit whose builds validated within synthesis, and each time. */
const before = '8a16620';
const scratch = mkdtempSync(join(tmpdir(), 'hashira-bench-'));
const earlier = checkOut();

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
  ...(earlier !== undefined && {
    [`3 environments at ${before}`]: {
      words: [join(earlier, 'bin', 'hashira.js'), 'build', '--json', ...out],
      cwd: earlier,
    },
  }),
};

const seconds = (() => {
  try {
    run(build());
    return measured(cases, rounds);
  } finally {
    if (earlier !== undefined) git('worktree', 'remove', '--force', earlier);
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
if (earlier !== undefined) printRatio(`first build / at ${before}`, '3 environments', `3 environments at ${before}`);
else console.log(`first build / at ${before}: not measured, the repository does not have that commit`);

/** The earlier commit beside this one, with the same packages; `undefined` where the repository does not have it. */
function checkOut(): string | undefined {
  const folder = join(scratch, 'earlier');
  if (!git('worktree', 'add', '--detach', folder, before)) return undefined;
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function git(...words: readonly string[]): boolean {
  return spawnSync('git', words, { cwd: root }).status === 0;
}

function medianOf(name: string): number {
  return median(seconds[name] ?? []);
}

function growth(from: string, to: string): number {
  return (medianOf(to) - medianOf(from)) / 2;
}

function printRatio(words: string, name: string, other: string): void {
  console.log(`${words.padEnd(32)} ${(medianOf(name) / medianOf(other)).toFixed(2)}`);
}
