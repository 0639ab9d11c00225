import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import { readSentence } from '../../../design/words/sentence.ts';
import { runJudge } from './run-judge.ts';

const place = join(process.env.TEST_SCRATCH ?? '', 'run-judge');
const empty = { stacks: [], resources: [] };
const criterion = { id: 'AC-SEC-8', group: '', pattern: 'ubiquitous' as const, ...readSentence('x') };

function run(name: string, judge: string, limitMs: number) {
  mkdirSync(place, { recursive: true });
  const file = join(place, `${name}.mjs`);
  writeFileSync(file, judge);
  const places = { graph: empty, everywhere: empty, whole: empty };
  const rest = { design: exampleDesign, environment: 'production', criterion, documented: true, runtime: [] } as const;
  return runJudge(file, { ...places, ...rest }, limitMs);
}

test.each([
  ['never settles', 'export default () => new Promise(() => {});'],
  ['never ends', 'export default () => { for (;;); };'],
  ['never loads', 'await new Promise(() => {}); export default () => [];'],
])('a judge that %s is given up', async (name, judge) => {
  expect(await run(name, judge, 1_000)).toMatchObject({ fault: { en: 'gave no answer within 1 s' }, printed: '' });
});

test('what a judge prints comes beside its answer, and not all of it', async () => {
  const talks = "export default () => { console.log('a'); console.error('b'.repeat(20_000)); return []; };";
  const { answer, printed } = await run('talks', talks, 20_000);
  expect(answer).toEqual([]);
  expect(printed).toHaveLength(10_000);
  expect(printed).toMatch(/^a\nb|^b/);
});

test('a judge has the whole case', async () => {
  const names = 'export default (given, tools) => [Object.keys(given).sort().join(), Object.keys(tools).length > 5];';
  expect((await run('names', names, 20_000)).answer).toEqual([
    'criterion,design,documented,environment,everywhere,graph,runtime,whole',
    true,
  ]);
});
