import { describe, expect, test } from 'vitest';
import { LineLedger } from '../lines.ts';
import { readSections } from '../sections.ts';
import { looksLikeCriterion, readCriteria } from './criteria.ts';
import { complaints } from './testing/sections.ts';

const read = (...lines: readonly string[]) => {
  const ledger = new LineLedger(`## 受入条件\n\n### 信頼性\n${lines.join('\n')}\n`);
  return { criteria: readCriteria(readSections(ledger, 1), ledger), ledger };
};

test.each([
  ['遍在型', 'ubiquitous'],
  ['契機型', 'event-driven'],
  ['状態型', 'state-driven'],
  ['選択型', 'optional'],
  ['不測型', 'unwanted'],
])('the EARS pattern %s is read as %s', (name, pattern) => {
  const { criteria, ledger } = read(`- [ ] **AC-REL-1** (${name}): it stands`);
  expect(complaints(ledger)).toEqual([]);
  expect(criteria).toMatchObject([{ id: 'AC-REL-1', group: '信頼性', pattern, text: 'it stands' }]);
  expect(ledger.lines()[3]?.statements).toMatchObject([{ kind: 'claim', path: 'criteria.0' }]);
});

describe('a criterion is read', () => {
  test.each([
    ['with its box ticked', '- [x] **AC-REL-1** (遍在型): it stands'],
    ['without a box', '- **AC-REL-1** (遍在型): it stands'],
    ['in full width', '- [ ] **AC-REL-１**（遍在型）：it stands'],
    ['with a tab', '-\t[ ] **AC-REL-1** (遍在型):\tit stands  '],
  ])('%s', (_, line) => {
    expect(read(line).criteria).toMatchObject([
      { id: 'AC-REL-1', group: '信頼性', pattern: 'ubiquitous', text: 'it stands' },
    ]);
  });

  test('with an id that is not of the form', () => {
    expect(read('- [ ] **OURS-12** (遍在型): it stands').criteria.map(({ id }) => id)).toEqual(['OURS-12']);
  });
});

describe('what is no criterion is refused', () => {
  const good = '- [ ] **AC-REL-1** (遍在型): it stands';
  test.each([
    ['an id twice', [good, good], ['5 row-twice']],
    ['an unknown pattern', [good.replace('遍在', '偏在')], ['4 unknown-name']],
    ['no pattern', ['- [ ] **AC-REL-1**: it stands'], ['4 unknown-line']],
    ['no id', ['- [ ] (遍在型): it stands'], ['4 unknown-line']],
    ['an id without a number', [good.replace('-1', '-A')], ['4 unknown-line']],
    ['no sentence', ['- [ ] **AC-REL-1** (遍在型):'], ['4 unknown-line']],
    ['a sentence in two lines', [good, '  and stays'], ['5 unknown-line']],
    ['a lost bullet', [good, '', 'x [ ] **AC-REL-2** (遍在型): it stands'], ['6 unknown-line']],
  ])('%s', (_, lines, expected) => {
    expect(complaints(read(...lines).ledger)).toEqual(expected);
  });

  test('with the patterns that there are', () => {
    expect(read(good.replace('遍在', '偏在')).ledger.problems[0]?.message.en).toContain('遍在型');
  });

  test('but a paragraph is prose', () => {
    expect(complaints(read('It shall hold that:', '', good).ledger)).toEqual([]);
  });
});

test('a criterion outside its chapter can be told from prose', () => {
  expect(looksLikeCriterion('- [ ] **AC-REL-1** (遍在型): it stands')).toBe(true);
  expect(looksLikeCriterion('**AC-REL-1** and AC-REL-2 (see above)')).toBe(false);
});
