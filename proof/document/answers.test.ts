// DOC-5: a point of the checklist is ticked when it has earned it, and says what was not judged.
import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { readSentence } from '../../design/words/sentence.ts';
import type { Verdict } from '../judges/judge.ts';
import {
  type ChecklistAnswer,
  decisions,
  defined,
  fulfilled,
  identity,
  type Known,
  references,
  sentences,
} from './answers.ts';

const verdictOn = (verdict: Verdict) =>
  ({ section: '', text: '', environment: 'production', verdict, evidence: [] }) as const;
const criterion = (id: string, verdict: Verdict): Known['criteria'][number] => ({
  ...verdictOn(verdict),
  ...{ id, line: 1, group: '', pattern: 'ubiquitous' },
});
const statement = (line: number, verdict: Verdict): Known['statements'][number] => ({
  ...verdictOn(verdict),
  ...{ line, kind: 'input', path: 'roles.0' },
});

const known = (part: Partial<Known>): Known => ({
  design: exampleDesign,
  lines: [],
  statements: [],
  criteria: [],
  records: [],
  fileExists: () => true,
  lang: 'en',
  estimate: undefined,
  ...part,
});

describe('a point that something be so', () => {
  const answer = (onCriterion: readonly Verdict[], onLines: readonly Verdict[]): ChecklistAnswer =>
    fulfilled(
      known({
        criteria: onCriterion.map((verdict) => criterion('AC-SEC-5', verdict)),
        statements: onLines.map((verdict, index) => statement(index, verdict)),
      }),
      /^AC-SEC-5$/,
      /^roles\./,
    );

  test.each<readonly [onCriterion: readonly Verdict[], onLines: readonly Verdict[], holds: boolean, text: string]>([
    [['pass', 'pass', 'pass'], ['pass', 'pass'], true, 'AC-SEC-5: passed 1; 2 lines: passed 2'],
    [
      ['pass', 'not-applicable'],
      ['pass', 'not-applicable'],
      true,
      'AC-SEC-5: passed 1; 2 lines: passed 1, not applicable 1',
    ],
    [['pass', 'fail'], ['pass'], false, 'AC-SEC-5: failed 1; 1 line: passed 1'],
    [['pass'], ['pass', 'not-judged'], false, 'AC-SEC-5: passed 1; 2 lines: passed 1, not judged 1'],
    [['pass'], ['unresolved'], false, 'AC-SEC-5: passed 1; 1 line: unresolved 1'],
    [['not-applicable'], ['pass'], false, 'AC-SEC-5: not applicable 1; 1 line: passed 1'],
    [[], ['pass'], false, 'no criterion is about this; 1 line: passed 1'],
  ])('criterion %j and lines %j tick it: %s', (onCriterion, onLines, holds, text) => {
    expect(answer(onCriterion, onLines)).toEqual({ holds, text });
  });

  test('is left open while a platform has to run for it, and says who reports that', () => {
    expect(answer(['needs-runtime'], ['pass'])).toMatchObject({
      holds: false,
      text: expect.stringMatching(/to be measured 1; .*hashira build/),
    });
  });
});

test.each<readonly [verdicts: readonly Verdict[], holds: boolean]>([
  [['pass', 'not-judged'], true],
  [['pass', 'fail'], false],
  [['pass', 'unresolved'], false],
  [['not-judged'], false],
  [[], false],
])('a point that something be stated: verdicts %j tick it: %s', (verdicts, holds) => {
  const statements = verdicts.map((verdict, index) => statement(index, verdict));
  expect(defined(known({ statements }), /^roles\./).holds).toBe(holds);
});

describe('what is not what it is called', () => {
  const criteria = (pattern: Known['design']['criteria'][number]['pattern'], text: string): Partial<Known> => ({
    design: { ...exampleDesign, criteria: [{ id: 'AC-1', group: '', pattern, ...readSentence(text) }] },
  });
  const sources = (...targets: readonly string[]): Partial<Known> => ({
    design: { ...exampleDesign, references: targets.map((target) => ({ title: target, target, notes: [] })) },
  });
  const listed = (...links: readonly string[]) => ({
    ...exampleDesign,
    relatedAdr: [],
    decisions: links.map((link) => ({ id: link, title: '', link, decision: '' })),
  });
  const good = 'https://docs.aws.amazon.com/cdk/v2/guide/best-practices.html';
  const old = 'https://docs.aws.amazon.com/cdk/latest/guide/best-practices.html';
  const unfilled: Known['lines'] = [
    { file: 'design.md', number: 1, text: '- [題名]: [URL]', section: '参考資料', kind: 'placeholder', statements: [] },
  ];

  test.each<
    readonly [
      what: string,
      answer: (known: Known) => ChecklistAnswer,
      part: Partial<Known>,
      holds: boolean,
      said: RegExp,
    ]
  >([
    [
      'a ubiquitous sentence',
      sentences,
      criteria('ubiquitous', 'システムは記録すること'),
      true,
      /^1 sentence in 1 pattern$/,
    ],
    ['one with a condition', sentences, criteria('ubiquitous', '止まったとき、システムは記録すること'), false, /AC-1/],
    ['an event without one', sentences, criteria('event-driven', 'システムは記録すること'), false, /AC-1/],
    [
      'a state',
      sentences,
      criteria('state-driven', '動いている間、システムは記録すること'),
      true,
      /^1 sentence in 1 pattern$/,
    ],
    ['an event in English', sentences, criteria('event-driven', 'When it stops, the system shall tell.'), true, /^1 /],
    ['a source', references, sources(good), true, /^1 source; the links were not opened$/],
    ['a guide out of support', references, sources(good, old), false, /CDK v1/],
    ['no source', references, sources(), false, /^0 sources/],
    ['a source not filled in', references, { ...sources(good), lines: unfilled }, false, /1 line not filled in/],
    ['a record', decisions, { design: listed('a.md') }, true, /^1 of 1/],
    ['no record at all', decisions, { design: listed() }, false, /^0 of 0/],
    ['a record that is not there', decisions, { design: listed('a.md'), fileExists: () => false }, false, /^0 of 1/],
    ['an id that nobody wrote', identity, {}, false, /stand-ins/],
  ])('%s', (_, answer, part, holds, said) => {
    const { holds: found, text } = answer(known(part));
    expect({ found, text }).toEqual({ found: holds, text: expect.stringMatching(said) });
  });
});
