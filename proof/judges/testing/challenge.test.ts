// Mutants made from evidence: where a verdict passes, the property that it shows is spoilt, and the verdict must notice.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../../../assembly/build-graph.ts';
import { judgeCriteria } from '../judge-criteria.ts';
import { judgeStatements } from '../judge-statements.ts';
import { spoiltBy } from './challenge.ts';
import { everyVerdict } from './every-judge.ts';
import { formLines } from './form-lines.ts';
import { criterionSources } from './sample-criterion-templates.ts';
import { designWithCriteria as design } from './sentences.ts';

const sources = criterionSources(design, 'production');
const input = { graph: buildGraph(sources), design, lines: formLines(design), environments: ['production'] as const };

const passes = (verdict: string | undefined) => verdict === 'pass' || verdict === 'needs-runtime';

/** Judges with properties that their passes show and do not hang on, each with the reason. Mutants by hand are on them. */
const restsOnMore: readonly (readonly [RegExp, reason: string])[] = [
  [/^(inputs\.(project|owner)|AC-OPS-4) .*\/Tags$/, 'the tags of the stack say it too'],
  [/^AC-SEC-4 .*\/SecurityGroup(In|E)gress\/\d+$/, 'a rule that is taken away opens nothing'],
  [/^AC-SEC-5 .*\/(Statement|Statement\/\d+|Principal)$/, 'a statement that is taken away allows nothing'],
  [/^securityGroups\.2\.ingress /, 'that there is no rule'],
  [/^securityGroups\.2\.name .*\/VpcConfig\//, 'another function wears the group too'],
  [/^logs\.production\.cloudTrailForever /, 'that no rule ends the life of what is logged'],
  [/^AC-SEC-3 .*\/HealthCheckConfig\/Type$/, 'a check that does not ask over HTTP is no hop'],
  [/^AC-REL-4 .*\/Environment$/, "that nobody is told the reader's address"],
  [/^AC-OPS-1 .*\/LoggingConfig$/, 'a function without a group of its own logs to the usual one'],
  [/^AC-OPS-2 .*\/AlarmActions$/, 'another alarm on the same series tells of it'],
];

const shown = [
  ...judgeStatements(input).map(({ path, ...judged }) => ({ ...judged, name: path })),
  ...(await judgeCriteria(input)).map(({ id, ...judged }) => ({ ...judged, name: id })),
]
  .filter(({ verdict }) => passes(verdict))
  .flatMap(({ name, evidence }) => evidence.map((one) => ({ name, ...one })))
  .filter(({ name, property }) => !restsOnMore.some(([known]) => known.test(`${name} ${property}`)))
  .map(({ name, stack, property }) => ({ name, stack, property, spoilt: spoiltBy({ stack, property }, sources) }))
  .filter(({ spoilt }) => spoilt.length > 0);

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
