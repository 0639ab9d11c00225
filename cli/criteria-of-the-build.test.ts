// The criteria under test: mutants of proof/judges/testing/mutants/criteria turn hand-written samples red; here they spoil the templates of the project's
// own document. A mutant is caught when its criterion fails for a reason that was not there before.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../assembly/build-graph.ts';
import { readSources } from '../assembly/read-assembly.ts';
import { readDesign } from '../design/read-design.ts';
import { formEnvironments } from '../design/schema.ts';
import { createApp, synthesize } from '../infrastructure/lib/app.ts';
import { buildPlatform } from '../infrastructure/lib/platform.ts';
import { criterionJudges } from '../proof/judges/criterion-judges.ts';
import { judgeCriteria } from '../proof/judges/judge-criteria.ts';
import { criterionMutants } from '../proof/judges/testing/mutants/criteria/index.ts';
import { isCaught, judgeCriterionMutant } from '../proof/judges/testing/mutants/criteria/mutant.ts';
import { root } from './lib/root.ts';

const { design, lines } = ownDocument();
const sources = builtSources();
const unspoilt = await judgeCriteria({ graph: buildGraph(sources), design, lines, environments: formEnvironments });

function ownDocument() {
  const document = readFileSync(join(root, 'specs', 'stories', 'WEB-001-web-platform', 'design.md'), 'utf8');
  const { design, lines, problems } = readDesign(document);
  if (design === undefined) throw new Error(`the project's own document is refused: ${JSON.stringify(problems)}`);
  return { design, lines };
}

function builtSources() {
  const outdir = mkdtempSync(join(tmpdir(), 'hashira-criteria-'));
  try {
    const app = createApp({ outdir, validation: false });
    buildPlatform(app, design);
    synthesize(app);
    return readSources(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

describe('what was built', () => {
  test.each(criterionJudges.map(({ id }) => id))('%s does not fail, nor is it left without a verdict', (id) => {
    const own = unspoilt.filter((verdict) => verdict.id === id);
    expect(own).toHaveLength(formEnvironments.length);
    const wrong = own.filter(({ verdict }) => !['pass', 'needs-runtime', 'not-applicable'].includes(verdict));
    expect(
      wrong.map(({ environment, verdict, evidence }) => [
        environment,
        verdict,
        evidence.filter((one) => one.verdict !== 'pass'),
      ]),
    ).toEqual([]);
  });

  test('meets what only a running platform can add to', () => {
    const waiting = unspoilt.filter(({ verdict }) => verdict === 'needs-runtime').map(({ id }) => id);
    expect([...new Set(waiting)].sort()).toEqual(['AC-PERF-1', 'AC-PERF-2', 'AC-PERF-3', 'AC-REL-3', 'AC-REL-4']);
  });
});

describe('a spoilt template of the build fails its criterion', () => {
  test.each(criterionMutants.map((mutant) => ({ ...mutant, mutant })))(
    '$id: $name',
    async ({ id, environment = 'production', mutant }) => {
      const before = unspoilt.find((verdict) => verdict.id === id && verdict.environment === environment);
      expect(isCaught(await judgeCriterionMutant(mutant, design, sources), before)).toBe(true);
    },
  );
});
