// `npm run bench`: how long commands take that a person waits for, beside a bare start of Node on the same machine.
import { command, format, machine, measured, median } from './rounds.ts';

const rounds = 15;
const bare = 'node -e 0';
const seconds = measured(
  {
    [bare]: ['-e', '0'],
    'hashira --version': [command, '--version'],
    'hashira --help': [command, '--help'],
    'hashira deploy --help': [command, 'deploy', '--help'],
    'hashira read': [command, 'read'],
  },
  rounds,
);

console.log(machine(rounds));
const start = median(seconds[bare] ?? []);
for (const [name, sorted] of Object.entries(seconds)) {
  const ratio = (median(sorted) / start).toFixed(1);
  console.log(
    `${name.padEnd(22)} median ${format(median(sorted))}   ${ratio.padStart(5)} × ${bare}   min ${format(sorted[0] ?? 0)}   max ${format(sorted.at(-1) ?? 0)}`,
  );
}
