// Mutants made from evidence: where a verdict passes, the property that it shows is spoilt, and the verdict must notice.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../../assembly/build-graph.ts';
import { spoiltBy } from './challenge.ts';
import { judgeCriteria } from './judge-criteria.ts';
import { judgeStatements } from './judge-statements.ts';
import { everyVerdict } from './testing/every-judge.ts';
import { formLines } from './testing/form-lines.ts';
import { criterionSources } from './testing/sample-criterion-templates.ts';
import { designWithCriteria as design } from './testing/sentences.ts';

const sources = criterionSources(design, 'production');
const input = { graph: buildGraph(sources), design, lines: formLines(design), environments: ['production'] as const };

const passes = (verdict: string | undefined) => verdict === 'pass' || verdict === 'needs-runtime';

const shown = [
  ...judgeStatements(input).map(({ path, ...judged }) => ({ ...judged, name: path })),
  ...(await judgeCriteria(input)).map(({ id, ...judged }) => ({ ...judged, name: id })),
]
  .filter(({ verdict }) => passes(verdict))
  .flatMap(({ name, evidence }) => evidence.map((one) => ({ name, ...one })))
  .filter(({ name }) => !Object.keys(restsOnMore()).some((known) => new RegExp(known).test(name)))
  .map(({ name, stack, property }) => ({ name, stack, property, spoilt: spoiltBy({ stack, property }, sources) }))
  .filter(({ spoilt }) => spoilt.length > 0);

/** Judges of which a pass does not hang on each property that it shows, with the reason. Mutants by hand are on them. */
function restsOnMore(): Readonly<Record<string, string>> {
  return {
    '^inputs\\.(project|owner)$': 'the tags of the stack say it too',
    '^AC-OPS-4$': 'the tags of the stack say it too',
    '^AC-SEC-4$': 'that nothing is open: a rule that is taken away opens nothing',
    '^AC-SEC-5$': 'that nothing is allowed beyond what is needed: what is taken away allows nothing',
    '^roles\\.\\d+\\.statements\\.': 'that nothing is allowed beyond what is listed',
    '^securityGroups\\.2\\.ingress$': 'that there is no rule',
    '^securityGroups\\.2\\.name$': 'another function wears the group too',
    '^logs\\.production\\.cloudTrailForever$': 'that no rule ends the life of what is logged',
    '^AC-SEC-3$': 'that no hop is in the clear: one that is taken away is none',
    '^AC-REL-4$': "that nobody is told the reader's address",
    '^AC-OPS-1$': 'a function without a group of its own logs to the usual one',
    '^AC-OPS-2$': 'another alarm on the same series tells of it',
  };
}

test('most of what is shown can be spoilt', () => {
  expect(shown.length).toBeGreaterThan(450);
});

test('a pass does not outlive the property that it shows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...shown), async ({ name, property, spoilt }) => {
      const verdicts = await Promise.all(spoilt.map((one) => everyVerdict(buildGraph(one))));
      expect([name, property, verdicts.some((of) => !passes(of.get(name)))]).toEqual([name, property, true]);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 30) },
  );
});
