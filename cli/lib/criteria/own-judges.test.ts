import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import { readSentence } from '../../../design/words/sentence.ts';
import { judgementOf } from '../../../proof/judges/judge.ts';
import { ownJudges } from './own-judges.ts';

const criterion = { id: 'AC-SEC-8', group: '', pattern: 'ubiquitous' as const, ...readSentence('x') };
const design = { ...exampleDesign, criteria: [criterion] };
const empty = { stacks: [], resources: [] };
const places = { graph: empty, everywhere: empty, whole: empty };
const criterionCase = {
  ...places,
  design,
  environment: 'production',
  criterion,
  documented: true,
  runtime: [],
} as const;

/** The judgement of a judge in a project of its own, and that project. */
async function judgement(name: string, source: string, allowCode = true) {
  const project = join(process.env.TEST_SCRATCH ?? '', 'own-judges', name.replaceAll(' ', '-'));
  mkdirSync(join(project, 'judges'), { recursive: true });
  writeFileSync(join(project, 'judges', 'ac-sec-8.ts'), source);
  const { judges, notRun } = ownJudges(design, project, allowCode);
  const [judge, ...others] = judges;
  if (judge === undefined || others.length > 0) throw new Error('not one judge');
  return { ...judgementOf(await judge.judge(criterionCase)), notRun };
}

test('a judge is found and not run unless somebody says so', async () => {
  const found = await judgement('unasked', 'process.exit(0);', false);
  expect(found).toMatchObject({ verdict: 'not-judged', notRun: ['judges/ac-sec-8.ts'] });
  expect(found).toMatchObject({ reason: { en: 'judges/ac-sec-8.ts was found and not run: --allow-code runs it' } });
});

describe('a judge that is allowed', () => {
  test('is taken at its word where that is a finding', async () => {
    const source = 'export default ({ design }: { design: { id: string } }) => ({ notApplicable: design.id });';
    expect(await judgement('typed', source)).toEqual({
      verdict: 'not-applicable',
      evidence: [],
      reason: exampleDesign.id,
      notRun: [],
    });
  });

  test('may be an object with a function', async () => {
    const source = "export default { why: 'so', judge() { return { notJudged: this.why }; } };";
    expect(await judgement('object', source)).toMatchObject({ verdict: 'not-judged', reason: 'so' });
  });

  test('has no verdict when it answers nothing, and the run no error', async () => {
    const found = await judgement('silent', 'export default () => [];');
    expect(found).toMatchObject({ verdict: 'not-judged', reason: { $said: 'noEvidence' } });
    expect(found.judgeFailed).toBeUndefined();
  });

  test.each([
    [
      'answers nonsense',
      "export default () => ({ verdict: 'pass' });",
      /ts: answers with something that is no finding$/,
    ],
    [
      'has a verdict that there is none of',
      "export default () => [{ resource: '', logicalId: '', stack: '', template: '', property: '', observed: 1, expected: 1, verdict: 'passed' }];",
      /no finding$/,
    ],
    ['answers with what cannot be sent', 'export default () => [() => 1];', /could not be cloned/],
    ['throws', "export default () => {\n  throw new Error('oh');\n};", /^judges\/ac-sec-8\.ts:2:9: oh$/],
    [
      'throws later',
      "export default () => { setTimeout(() => { throw new Error('oh'); }); return new Promise(() => {}); };",
      /ended its process with exit code 1$/,
    ],
    ['ends the process', 'export default () => process.exit(0);', /ended its process with exit code 0$/],
    ['ends the process when it is loaded', 'process.exit(0);', /ended its process with exit code 0$/],
    [
      'kills its process',
      "export default () => process.kill(process.pid, 'SIGKILL');",
      /ended its process with SIGKILL$/,
    ],
    ['answers by itself', 'process.send({ fine: true }); export default () => [];', /sent a message of its own$/],
    [
      'starts a program',
      "import { execFileSync } from 'node:child_process'; export default () => execFileSync('true');",
      /restricted/,
    ],
    [
      'writes a file',
      "import { writeFileSync } from 'node:fs'; export default () => writeFileSync('ran', '');",
      /restricted/,
    ],
    [
      'reads a variable of the command',
      'export default () => { throw new Error(String(process.env.PATH)); };',
      /: undefined$/,
    ],
    ['exports none', 'export const judge = 1;', /exports no judge/],
    ['does not parse', 'export default (', /judges\/ac-sec-8\.ts.*: /],
  ])('that %s has no verdict, and the run an error', async (name, source, reason) => {
    expect(await judgement(name, source)).toMatchObject({
      verdict: 'not-judged',
      judgeFailed: true,
      reason: { en: expect.stringMatching(reason), ja: expect.stringContaining('judges/ac-sec-8.ts') },
    });
  });
});
