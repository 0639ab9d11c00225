// `npm run mutants`: the criteria under test. Builds the project's own document, judges it, spoils it in every way that a criterion must
// catch, and prints which were caught. Then spoils in the samples every property that a passing verdict shows, of lines and of criteria. Exit
// code 1 when a mutant got away, or when something fails that nobody has spoilt.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGraph } from '../assembly/build-graph.ts';
import { readSources } from '../assembly/read-assembly.ts';
import { print } from '../cli/lib/output.ts';
import { table } from '../cli/lib/print.ts';
import { environmentKeys, productionOf } from '../design/environments.ts';
import { readDesign } from '../design/read-design.ts';
import { createApp, synthesize } from '../infrastructure/lib/app.ts';
import { buildPlatform } from '../infrastructure/lib/platform.ts';
import { judgeCriteria } from '../proof/judges/judge-criteria.ts';
import { isNoticed, trials } from '../proof/judges/testing/challenge.ts';
import { criterionMutants } from '../proof/judges/testing/mutants/criteria/index.ts';
import { isCaught, judgeCriterionMutant } from '../proof/judges/testing/mutants/criteria/mutant.ts';

const document = join(import.meta.dirname, '..', 'specs', 'stories', 'WEB-001-web-platform', 'design.md');
const { design, lines } = readDesign(readFileSync(document, 'utf8'));
if (design === undefined) throw new Error(`${document} is refused`);

const outdir = mkdtempSync(join(tmpdir(), 'hashira-mutants-'));
const app = createApp({ outdir, validation: false });
buildPlatform(app, design);
synthesize(app);
const sources = readSources(outdir);
rmSync(outdir, { recursive: true });

const environments = environmentKeys(design);
const unspoilt = await judgeCriteria({ graph: buildGraph(sources), design, lines, environments });
const verdictOn = (id: string, environment: string) =>
  unspoilt.find((verdict) => verdict.id === id && verdict.environment === environment);

const escaped: string[] = [];
const rows: string[][] = [];
for (const { id } of design.criteria) {
  const own = criterionMutants.filter((mutant) => mutant.id === id);
  const caught: boolean[] = [];
  for (const mutant of own) {
    const environment = mutant.environment ?? productionOf(design);
    caught.push(isCaught(await judgeCriterionMutant(mutant, design, sources), verdictOn(id, environment)));
    if (caught.at(-1) === false) escaped.push(`${id}: ${mutant.name}`);
  }
  const count = (found: readonly boolean[]) => `${found.filter(Boolean).length} of ${found.length}`;
  rows.push([
    id,
    ...environments.map((environment) => verdictOn(id, environment)?.verdict ?? 'not-judged'),
    count(caught),
    count(caught.filter((_, index) => own[index]?.subtle)),
  ]);
}

print(...table(['criterion', ...environments, 'caught', 'of them subtle'], rows, [4, 5]));
const failing = unspoilt
  .filter(({ verdict }) => verdict === 'fail')
  .map(({ id, environment }) => `${id} in ${environment}`);
const made = await trials();
const unnoticed: string[] = [];
for (const trial of made) if (!(await isNoticed(trial))) unnoticed.push(`${trial.name}: ${trial.property}`);
print('', `${criterionMutants.length} mutants, ${escaped.length} not caught; ${failing.length} criteria fail unspoilt`);
print(`${made.length} properties that passing verdicts on the samples show, ${unnoticed.length} spoilt unnoticed`);
print(...[...escaped, ...failing, ...unnoticed].map((one) => `  ${one}`));
process.exitCode = escaped.length + failing.length + unnoticed.length > 0 ? 1 : 0;
