import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../../../assembly/build-graph.ts';
import { exampleDesign } from '../../../../design/fixtures/example-design.ts';
import { formEnvironments } from '../../../../design/schema.ts';
import { judgeStatements } from '../../judge-statements.ts';
import { formLines } from '../form-lines.ts';
import { sampleSources } from '../sample-templates.ts';
import { mutants } from './lines/index.ts';
import { judgeMutant } from './mutant.ts';

const lines = formLines(exampleDesign);

test('templates written by hand in another style pass every line that has a judge', () => {
  const graph = buildGraph(formEnvironments.flatMap((environment) => sampleSources(exampleDesign, environment)));
  const verdicts = judgeStatements({ graph, design: exampleDesign, lines, environments: formEnvironments });
  const wrong = verdicts.filter(({ verdict }) => verdict === 'fail' || verdict === 'unresolved');
  expect(wrong.map(({ environment, path }) => `${environment} ${path}`)).toEqual([]);
  expect(verdicts.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(700);
});

/** Requirements of the judged parts that a property can offend. */
const offended = [
  ...[1, 2, 3, 4, 5, 6].map((number) => `NET-${number}`),
  ...[1, 2, 3, 4, 5].flatMap((number) => [`SG-${number}`, `IAM-${number}`, `SIZE-${number}`]),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `STK-${number}`),
  ...Array.from({ length: 16 }, (_, index) => `MON-${index + 1}`),
  ...[1, 2, 3, 4].map((number) => `LOG-${number}`),
  ...[1, 2, 3].map((number) => `DSH-${number}`),
  ...['INP-1', 'BKP-1', 'BKP-2', 'BKP-3', 'BKP-4', 'BKP-5', 'BKP-6', 'AC-REL-1', 'AC-REL-2', 'AC-PERF-2'],
  ...['AC-COST-1', 'AC-COST-2', 'AC-COST-4'],
];

test('no mutant is content with turning nothing red', () => {
  expect(mutants.filter(({ reddens }) => reddens(exampleDesign).length === 0).map(({ name }) => name)).toEqual([]);
});

test('each requirement that has a property has a mutant', () => {
  const known = new Set(mutants.map(({ id }) => id));
  expect(offended.filter((id) => !known.has(id))).toEqual([]);
});

describe('a spoilt template turns its own lines red and no other', () => {
  test.each(mutants.map((mutant) => ({ ...mutant, mutant })))('$id: $name', ({ mutant }) => {
    const sources = sampleSources(exampleDesign, mutant.environment ?? 'production');
    const verdicts = judgeMutant(mutant, exampleDesign, sources, lines);
    const red = verdicts.filter(({ verdict }) => verdict === 'fail').map(({ path }) => path);
    expect(red.sort()).toEqual([...mutant.reddens(exampleDesign)].sort());
  });
});
