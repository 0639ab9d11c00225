// `npm run bench`: how long `hashira build` takes as a whole process, with the project's own document.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, format, machine, measured, median } from './rounds.ts';

const rounds = 5;
const out = mkdtempSync(join(tmpdir(), 'hashira-bench-'));

const build = [command, 'build', '--json', '--out', out];
const one = ['--environment', 'production'];
const cases = {
  '1 environment, no validation': [...build, ...one, '--no-validation'],
  '3 environments, no validation': [...build, '--no-validation'],
  '1 environment': [...build, ...one],
  '3 environments': build,
} as const;
type Case = keyof typeof cases;

const seconds = (() => {
  try {
    return measured<Case>(cases, rounds);
  } finally {
    rmSync(out, { recursive: true, force: true });
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

function growth(from: Case, to: Case): number {
  return (median(seconds[to]) - median(seconds[from])) / 2;
}
