// How much the drill of a region differs from run to run on this machine: `npm run bench:region [runs]`, ten when none is said. Prints the
// least, the median and the most of RTO, RPO and each step; runs that the machine disturbed are counted and left out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const shape = z.object({
  disturbed: z.array(z.object({ figure: z.string(), observed: z.number() })),
  machine: z.record(z.string(), z.number().nullable()),
  account: z.object({ accepted: z.number() }),
  result: z.object({
    rpoMs: z.number(),
    lostOrders: z.number(),
    rtoMs: z.number().nullable(),
    steps: z.array(z.object({ name: z.string(), ms: z.number() })),
  }),
});

const runs = Number(process.argv[2] ?? 10);
if (!Number.isInteger(runs) || runs < 1) throw new Error('expected a number of runs');
const folder = mkdtempSync(join(tmpdir(), 'hashira-bench-'));
const seen: z.infer<typeof shape>[] = [];
try {
  for (let run = 1; run <= runs; run++) {
    const words = ['drill', 'region', '--speed', '10', '--out', folder, '--lang', 'en', '--json'];
    const { status, stderr } = spawnSync(process.execPath, ['bin/hashira.js', ...words], { encoding: 'utf8' });
    // 0 and 1 are verdicts, 3 is none: each of them leaves a result.
    if (status === null || ![0, 1, 3].includes(status)) throw new Error(stderr);
    const kept = shape.parse(JSON.parse(readFileSync(join(folder, 'runtime', 'production-drill-region.json'), 'utf8')));
    seen.push(kept);
    const { rtoMs, lostOrders } = kept.result;
    console.log(
      `${run}: RTO ${rtoMs ?? 'none'} ms, ${kept.account.accepted} accepted, ${lostOrders} lost`,
      JSON.stringify(kept.machine),
      kept.disturbed.length === 0 ? '' : 'disturbed',
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}

const calm = seen.filter(({ disturbed }) => disturbed.length === 0);
console.log(`\n${calm.length} of ${runs} runs undisturbed; least, median and most, in ms`);
say('RTO', (each) => each.rtoMs);
say('RPO', (each) => each.rpoMs);
for (const { name } of calm[0]?.result.steps ?? [])
  say(name, ({ steps }) => steps.find((step) => step.name === name)?.ms ?? null);

function say(name: string, figureOf: (result: z.infer<typeof shape>['result']) => number | null): void {
  const values = calm.flatMap(({ result }) => figureOf(result) ?? []).sort((left, right) => left - right);
  const middle = [values[Math.floor((values.length - 1) / 2)], values[Math.ceil((values.length - 1) / 2)]];
  const median = ((middle[0] ?? 0) + (middle[1] ?? 0)) / 2;
  console.log(name.padEnd(18), values.length === 0 ? 'none' : [values[0], median, values.at(-1)].join('  '));
}
