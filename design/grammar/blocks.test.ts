import { expect, test } from 'vitest';
import type { LineLedger } from '../lines.ts';
import type { Section } from '../sections.ts';
import { readBlocks, readEach, readRows, refuseTheRest } from './blocks.ts';
import { readBlock } from './testing/read-block.ts';

const grammar = (section: Section, ledger: LineLedger) => {
  const nodes = readBlocks(section, ledger);
  const rows = readRows(nodes, section.line, ledger, ['自動バックアップ', '保持期間'], ['メモ']);
  for (const row of Object.values(rows)) ledger.mark(row.line, 'prose');
  refuseTheRest(nodes, ledger, '…');
};

test.each([
  ['a slip in a label is told once, where it is', '自動バックァップ: 有効\n保持期間: 7日', ['3 unknown-name']],
  ['what is below it is not told', '自動バックァップ: 有効\n  a: b\n  c: d\n保持期間: 7日', ['3 unknown-name']],
  [
    'a row that is missing is told, and so is a strange one',
    '自動バックアップ: 有効\n色: 青',
    ['1 row-missing', '4 unknown-line'],
  ],
  [
    'one problem tells of a part that is not understood',
    '自動バックアップ: 有効\n保持期間: 7日\n色:\n  - 青\n  - 赤',
    ['5 unknown-line'],
  ],
])('%s', (_, block, expected) => {
  const { problems, unaccounted } = readBlock(grammar, block);
  expect(problems).toEqual(expected);
  expect(unaccounted).toEqual([]);
});

const daysOf = (section: Section, ledger: LineLedger) => {
  const nodes = readBlocks(section, ledger);
  const [parent] = nodes;
  const values =
    parent &&
    readEach(parent, ledger, ({ value, line }) => {
      if (!/^\d+日$/.test(value)) return undefined;
      ledger.mark(line, 'prose');
      return value;
    });
  if (parent) ledger.mark(parent.line, 'heading');
  refuseTheRest(nodes, ledger, '…');
  return values;
};

test.each([
  [
    'a slip in an environment',
    '期間:\n  - 本番環境: 7日\n  - ステ一ジング環境: 3日\n  - 開発環境: 1日',
    ['5 unknown-name'],
  ],
  [
    'slips in two',
    '期間:\n  - 本蕃環境: 7日\n  - ステ一ジング: 3日\n  - 開発環境: 1日',
    ['4 unknown-name', '5 unknown-name'],
  ],
  ['one that is missing', '期間:\n  - 本番環境: 7日\n  - 開発環境: 1日', ['3 environment-missing']],
  [
    'one that is missing beside a strange line',
    '期間:\n  - 本番環境: 7日\n  - 色: 青\n  - 開発環境: 1日',
    ['3 environment-missing', '5 unknown-line'],
  ],
  ['none', '期間:\n  - 本番: 7日\n  - その他: 1日', []],
])('%s is told once, at its line', (_, block, expected) => {
  expect(readBlock(daysOf, block).problems).toEqual(expected);
});
