import { expect, test } from 'vitest';
import { reasons } from './assumptions.ts';
import { readDesign } from './read-design.ts';
import { edit, ownDocument } from './testing/documents.ts';
import { valueAt } from './testing/figures.ts';

const own = readDesign(ownDocument);

/** The document without a section and what stands below it. */
function without(title: string): string {
  const lines = ownDocument.split('\n');
  const from = lines.indexOf(title);
  const depth = /^#+/.exec(title)?.[0].length ?? 0;
  const isNext = (line: string) => (/^#+(?= )/.exec(line)?.[0].length ?? Number.POSITIVE_INFINITY) <= depth;
  let fenced = false;
  const length = lines.slice(from + 1).findIndex((line) => {
    if (/^\s*```/.test(line)) fenced = !fenced;
    return !fenced && isNext(line);
  });
  if (from < 0) throw new Error(`no ${title}`);
  return lines.toSpliced(from, length < 0 ? lines.length : length + 1).join('\n');
}

test('the project’s own document assumes nothing', () => {
  expect(own.assumptions).toEqual([]);
});

test.each<[string, string, string, string, unknown]>([
  ['the data flow', without('### データフロー図'), 'diagrams.dataFlow', 'データフロー図', ''],
  ['dashboards', without('### CloudWatch Dashboard'), 'dashboards', 'CloudWatch Dashboard', []],
  ['tests', without('## テスト戦略'), 'tests', 'テスト戦略', []],
  ['the checklist', without('## 品質チェックリスト'), 'checklist', '品質チェックリスト', []],
  ['references', without('## 参考資料'), 'references', '参考資料', []],
  ['related documents', without('## 関連情報'), 'related', '関連情報', []],
  ['the purpose', edit(ownDocument, /^\*\*目的\*\*.*\n/m, ''), 'overview.purpose', '概要', ''],
  [
    'the gist of a decision',
    edit(ownDocument, /^ {2}- 決定内容.*\n/m, ''),
    'decisions.0.decision',
    '前提となるADR',
    '',
  ],
  [
    'what a stack is for',
    edit(ownDocument, /^ {6}目的: .*\n/m, ''),
    'stacks.0.purpose',
    'CDKスタック構成',
    'NetworkStack',
  ],
  [
    'the file of a stack',
    edit(ownDocument, /^ {6}ファイル: .*\n/m, ''),
    'stacks.0.file',
    'CDKスタック構成',
    'lib/stacks/network-stack.ts',
  ],
])('%s may be left out, and what holds then is said', (_, text, attribute, section, value) => {
  const { design, problems, assumptions } = readDesign(text);
  expect(problems.map(({ line, message }) => `${line} ${message.en}`)).toEqual([]);
  expect(assumptions).toEqual([expect.objectContaining({ attribute, section, value })]);
  expect(valueAt(design, attribute)).toEqual(value);
  for (const { why } of assumptions) expect(reasons[why].ja).not.toBe('');
  // Nothing else differs.
  const place = attribute.split('.')[0] ?? '';
  expect({ ...design, [place]: undefined }).toEqual({ ...own.design, [place]: undefined });
});

test('what is said with a slip is not assumed away', () => {
  const { design, problems } = readDesign(edit(ownDocument, '## 品質チェックリスト', '## 品質チェクリスト'));
  expect(design).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual(['section-missing']);
});

test.each(['### ログ保持期間', '### VPC設計', '### バックアップ戦略', '## 受入条件（EARS記法）'])(
  '%s is not assumed',
  (title) => {
    expect(readDesign(without(title)).design).toBeUndefined();
  },
);
