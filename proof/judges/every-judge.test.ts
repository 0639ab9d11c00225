// What holds for every judge there is, of lines and of criteria: it passes nothing that it has not seen.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../../assembly/build-graph.ts';
import type { StackSource } from '../../assembly/scope.ts';
import {
  everyVerdict,
  propertiesIn,
  type ResourceProperty,
  withOpenConditions,
  withProperty,
  withStrangeTypes,
  withUnknownProperties,
} from './testing/every-judge.ts';
import { criterionSources } from './testing/sample-criterion-templates.ts';
import { designWithCriteria } from './testing/sentences.ts';

const sources = criterionSources(designWithCriteria, 'production');
const graph = buildGraph(sources);
const places = propertiesIn(graph);

/** A judge's verdict on a property under a condition that nobody knows, beside those on it and on its absence. */
async function compared(place: ResourceProperty, base: readonly StackSource[]) {
  const [there, absent, wrapped] = await Promise.all(
    [base, withProperty(base, place, 'absent'), withProperty(base, place, 'wrapped')].map((each) =>
      everyVerdict(buildGraph(each)),
    ),
  );
  return [...(wrapped ?? [])].map(([name, verdict]) => ({
    name,
    passes: verdict === 'pass',
    bothPass: there?.get(name) === 'pass' && absent?.get(name) === 'pass',
  }));
}

const runs = Number(process.env.FUZZ_RUNS ?? 8);

test('a property under an unknown condition passes exactly where it passes and its absence passes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), async (place) => {
      const wrong = (await compared(place, sources)).filter(({ passes, bothPass }) => passes !== bothPass);
      expect(wrong).toEqual([]);
    }),
    { numRuns: runs },
  );
});

test('so it is when there are more conditions than can be looked at together', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), async (place) => {
      const wrong = (await compared(place, withOpenConditions(sources, 7))).filter(
        ({ passes, bothPass }) => passes && !bothPass,
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: runs },
  );
});

const keep = (verdicts: ReadonlyMap<string, string>, name: string) =>
  expect(`${[...verdicts].map(([judge, verdict]) => `${judge}: ${verdict}`).join('\n')}\n`).toMatchFileSnapshot(
    `kept/${name}.txt`,
  );

const passing = (verdicts: ReadonlyMap<string, string>, known: RegExp) =>
  [...verdicts]
    .filter(([name, verdict]) => (verdict === 'pass' || verdict === 'needs-runtime') && !known.test(name))
    .map(([name]) => name);

/** What the assembly says of its stacks, whatever is in them: names, descriptions, tags, order. */
const ofStacks = /^stacks\.\d+\.(name|purpose|dependsOn)$|^inputs\.(project|owner)$/;
/** That, of which types and in which region their resources are, and that there is none of a type: no interface endpoint. */
const ofTypes = new RegExp(
  `${ofStacks.source}|^region$|^stacks\\.\\d+\\.resources\\.\\d+$|^inputs\\.interfaceEndpoints$`,
);

test('nothing passes where there is nothing', async () => {
  const verdicts = await everyVerdict(buildGraph([]));
  expect(passing(verdicts, /^$/)).toEqual([]);
  await keep(verdicts, 'nothing');
});

test('where every property is unknown, nothing passes but what is said of stacks and types', async () => {
  const verdicts = await everyVerdict(
    buildGraph(sources.map((source) => ({ ...source, template: withUnknownProperties(source.template) }))),
  );
  expect(passing(verdicts, ofTypes)).toEqual([]);
  await keep(verdicts, 'unknown');
});

test('among resources of kinds that nobody knows, nothing passes but what is said of stacks', async () => {
  const verdicts = await everyVerdict(
    buildGraph(sources.map((source) => ({ ...source, template: withStrangeTypes(source.template) }))),
  );
  expect(passing(verdicts, ofStacks)).toEqual([]);
  await keep(verdicts, 'strangers');
});
