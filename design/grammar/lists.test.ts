// The sections that are plain lists: tests, checklist, references, related documents; and the title.
import { describe, expect, test } from 'vitest';
import { LineLedger } from '../lines.ts';
import { readSections } from '../sections.ts';
import { readSentence } from '../words/sentence.ts';
import { readChecklist } from './checklist.ts';
import { readReferences, readRelated } from './references.ts';
import { complaints, sectionTitled } from './testing/sections.ts';
import { readTests } from './tests.ts';
import { readTitle } from './title.ts';

test('TST-1…5: every kind of test has its points; a heading without any is none', () => {
  const ledger = new LineLedger(
    '## テスト戦略\n\nFirst:\n\n### Unit\n- one: a\n- two\n\n### Load（before）\n- three\n',
  );
  expect(readTests(readSections(ledger, 1), ledger)).toEqual([
    { title: 'Unit', items: ['one: a', 'two'].map(readSentence) },
    { title: 'Load(before)', items: ['three'].map(readSentence) },
  ]);
  expect(complaints(ledger)).toEqual([]);
  expect(ledger.lineOf('tests.1.items.0')).toBe(10);
});

test('DOC-5: the points of the checklist are read, ticked or not', () => {
  const { section, ledger } = sectionTitled('品質', '## 品質チェックリスト\n\n- [ ] **one**\n- [x] two\n');
  expect(readChecklist(section, ledger)).toEqual(['one', 'two']);
  expect(ledger.lineOf('checklist.1')).toBe(4);
});

test.each([
  ['nothing', '', '1 row-missing'],
  ['a point that lost its bullet', '- [ ] one\n[ ] two\n', '4 unknown-line'],
])('DOC-5: a checklist with %s is refused', (_, lines, complaint) => {
  const { section, ledger } = sectionTitled('品質', `## 品質チェックリスト\n\n${lines}`);
  readChecklist(section, ledger);
  expect(complaints(ledger)).toEqual([complaint]);
});

describe('DOC-6: a reference is read', () => {
  test.each([
    ['- [EARS]: https://alistairmavin.com/ears/', { title: 'EARS', target: 'https://alistairmavin.com/ears/' }],
    ['- [EARS](https://alistairmavin.com/ears/)', { title: 'EARS', target: 'https://alistairmavin.com/ears/' }],
    ['- EARS: https://alistairmavin.com/ears/', { title: 'EARS', target: 'https://alistairmavin.com/ears/' }],
    [
      '- https://alistairmavin.com/ears/',
      { title: 'https://alistairmavin.com/ears/', target: 'https://alistairmavin.com/ears/' },
    ],
    ['- [要件]: specs/stories/A-1-b/requirements.md', { title: '要件', target: 'specs/stories/A-1-b/requirements.md' }],
  ])('%s', (line, expected) => {
    const { section, ledger } = sectionTitled('参考', `## 参考資料\n\n${line}\n  - chapter 2\n`);
    expect(readReferences(section, ledger)).toEqual([{ ...expected, notes: ['chapter 2'] }]);
    expect(readRelated(section, ledger)).toEqual([expected]);
    expect(complaints(ledger)).toEqual([]);
  });

  test('but not when it names no target', () => {
    const { section, ledger } = sectionTitled('参考', '## 参考資料\n\n- a good book\n');
    readReferences(section, ledger);
    expect(complaints(ledger)).toEqual(['3 unknown-line']);
  });
});

describe('DOC-2: the title', () => {
  const read = (title: string) => {
    const { section, ledger } = sectionTitled('', `# ${title}\n`);
    readTitle(section, 'Order Desk', ledger);
    return complaints(ledger);
  };
  test.each([['infra-WEB-7-Order Desk-design'], ['infra-WEB-7-order-desk-design']])('%s is read', (title) => {
    expect(read(title)).toEqual([]);
  });
  test.each([['infra-WEB-7-order-design'], ['Order Desk'], ['infra-Order Desk-design']])('%s is refused', (title) => {
    expect(read(title)).toEqual(['1 title-shape']);
  });
});
