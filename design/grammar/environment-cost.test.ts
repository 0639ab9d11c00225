import { describe, expect, test } from 'vitest';
import { multiAzOf, readEnvironmentCost } from './environment-cost.ts';
import { changed, form, readBlock, readFormSection } from './testing/read-block.ts';

const block = `
本番環境: $2,000/月
  - Multi-AZ、冗長構成

ステージング環境: $1,000.5/月
  - スペック2/3、マルチAZ

開発環境: $300/月
  - スペック20%、シングルAZ
  - 夜間自動停止（40%削減）

年間総コスト: ($2,000 + $1,000.5 + $300) × 12 = $39,606/年

コスト削減策適用後（Savings Plans）:
  - 本番環境: 20%削減 → $1,600/月
  - 年間総コスト: $34,806/年（12%削減）
`;

test('COST-4, SIZE: costs, and the rules that the other environments’ sizes follow from', () => {
  const { value, problems, unaccounted } = readBlock(readEnvironmentCost, block);
  expect({ problems, unaccounted }).toEqual({ problems: [], unaccounted: [] });
  expect(value).toEqual({
    environments: {
      production: { monthly: 2000, notes: ['Multi-AZ、冗長構成'] },
      staging: { monthly: 1000.5, notes: ['スペック2/3、マルチAZ'] },
      development: { monthly: 300, notes: ['スペック20%、シングルAZ', '夜間自動停止(40%削減)'] },
    },
    titles: [
      { key: 'production', title: '本番環境', isProduction: true, disposable: false },
      { key: 'staging', title: 'ステージング環境', isProduction: false, disposable: false },
      { key: 'development', title: '開発環境', isProduction: false, disposable: true },
    ],
    yearly: { terms: [2000, 1000.5, 300], months: 12, total: 39_606 },
    savings: [
      { label: '本番環境', percent: 20, total: 1600, unit: '/月' },
      { label: '年間総コスト', percent: 12, total: 34_806, unit: '/年' },
    ],
    rules: {
      production: { share: 1, zones: 'several' },
      staging: { share: 2 / 3, zones: 'several' },
      development: { share: 0.2, zones: 'one' },
    },
    workingHours: { production: false, staging: false, development: true },
  });
  expect(value && multiAzOf(value.rules)).toEqual({ production: true, staging: true, development: false });
});

test('DOC-8: sums are claims; size, zones and hours are inputs', () => {
  expect(readBlock(readEnvironmentCost, block).statements).toEqual([
    '3 claim cost.environments.production.monthly',
    '4 input multiAz.production',
    '4 claim cost.environments.production.notes.0',
    '6 claim cost.environments.staging.monthly',
    '7 input sizes.staging',
    '7 input multiAz.staging',
    '9 claim cost.environments.development.monthly',
    '10 input sizes.development',
    '10 input multiAz.development',
    '11 input workingHours',
    '11 claim cost.environments.development.notes.1',
    '13 claim cost.yearly',
    '16 claim cost.savings.0',
    '17 claim cost.savings.1',
  ]);
});

test('working hours and savings may be left out', () => {
  const { value, problems } = readBlock(readEnvironmentCost, block.replace(/ {2}- 夜間.*\n|コスト削減[\s\S]*/g, ''));
  expect(problems).toEqual([]);
  expect(value).toMatchObject({ workingHours: { development: false }, savings: [] });
});

describe('COST-4: what cannot be read, or cannot be, is refused at its line', () => {
  test.each([
    ['a year of other months', '$300) ×', '$301) ×', ['13 figures-disagree']],
    ['a year without an environment', ' + $300', '', ['13 figures-disagree']],
    ['a size in words of one’s own', 'スペック2/3', 'スペック少なめ', ['7 unknown-line']],
    ['more than the whole', 'スペック2/3', 'スペック3/2', ['7 out-of-range']],
    ['nothing of it', 'スペック20%', 'スペック0%', ['10 out-of-range']],
    ['a size of production', 'Multi-AZ、', 'スペック半分、Multi-AZ、', ['4 unknown-line']],
    ['no size', 'スペック2/3、', '', ['6 row-missing']],
    ['two sizes', 'スペック2/3、', 'スペック2/3、スペック半分、', ['7 row-twice']],
    ['zones in words of one’s own', 'シングルAZ', 'AZは1つ', ['10 unknown-line']],
    ['no zones', 'Multi-AZ、', '', ['3 row-missing']],
    ['production off at night', '冗長構成', '夜間自動停止', ['4 unknown-line']],
    ['a month by the year', '$300/月', '$300/年', ['9 unknown-line']],
    ['a missing environment', '開発環境: $300/月', '検証環境: $300/月', ['1 environment-missing', '9 unknown-line']],
    ['a year that is no sum', '× 12 =', '× 12か月 =', ['13 unknown-line']],
    ['a saving without a share', '20%削減 → ', '', ['16 unknown-line']],
  ])('%s', (_, from, to, expected) => {
    const { problems, unaccounted } = readBlock(readEnvironmentCost, changed(block, from, to));
    expect(problems.slice(0, expected.length)).toEqual(expected);
    expect(unaccounted).toEqual([]);
  });
});

test('production’s size is no share, so a row for it and another environment cannot be', () => {
  const other = changed(block, 'ステージング環境: $1,000.5/月\n  - スペック2/3、マルチAZ\n', '');
  expect(readBlock(readEnvironmentCost, changed(other, '本番環境: $2,000', 'その他: $2,000')).problems).toEqual([
    '3 row-missing',
  ]);
});

test.skipIf(form === undefined)('COST-2, SIZE: the form’s block is read whole', () => {
  const { value, problems, unaccounted } = readFormSection(readEnvironmentCost, '環境別コスト');
  expect({ problems, unaccounted }).toEqual({ problems: [], unaccounted: [] });
  expect(value?.rules).toEqual({
    production: { share: 1, zones: 'several' },
    staging: { share: 0.5, zones: 'one-allowed' },
    development: { share: 0.25, zones: 'one' },
  });
  expect(value?.workingHours).toEqual({ production: false, staging: false, development: true });
  expect(value?.yearly.total).toBe(30_486);
  expect(value?.savings.map(({ total }) => total)).toEqual([1016, 25_017]);
});

test('what costs are saved by is read to the last word', () => {
  const words = (by: string) => readBlock(readEnvironmentCost, block.replace('（Savings Plans）', by)).problems;
  expect(['', '（Reserved Instances、Savings Plans）', '（リザーブドインスタンス・スポット）'].flatMap(words)).toEqual(
    [],
  );
  expect(words('（Savings Plaжs）')).toEqual(['15 unknown-line']);
});
