import { describe, expect, test } from 'vitest';
import { readRecovery } from './recovery.ts';
import { changed, form, readBlock, readFormSection } from './testing/read-block.ts';

const block = `
DR戦略: Pilot Light
RPO: 15分
RTO (Recovery Time Objective): 1時間30分

Primary Region: eu-central-1 (Frankfurt)
  - RDS Aurora: 2台

DR Region: eu-west-1
  - 複製: 常時
  - イメージ

フェイルオーバー手順:
  1. 検知
  2. 起動
      - データベース: 昇格
  3. 確認
`;

test('DR: strategy, objectives, both regions and the steps are read', () => {
  const { value, problems, unaccounted, statements } = readBlock(readRecovery, block);
  expect({ problems, unaccounted }).toEqual({ problems: [], unaccounted: [] });
  expect(value).toEqual({
    primaryRegion: 'eu-central-1',
    recovery: {
      strategy: 'Pilot Light',
      rpoSeconds: 900,
      rtoSeconds: 5400,
      region: 'eu-west-1',
      primary: [{ text: 'RDS Aurora: 2台', part: 'aurora' }],
      standby: [
        { text: '複製: 常時', part: 'unread' },
        { text: 'イメージ', part: 'image' },
      ],
      steps: [
        { title: '検知', action: 'detect', details: [] },
        { title: '起動', action: 'start', details: [{ text: 'データベース: 昇格', action: 'promote-database' }] },
        { title: '確認', action: 'verify', details: [] },
      ],
    },
  });
  expect(statements).toEqual([
    '3 input recovery.strategy',
    '4 input recovery.rpoSeconds',
    '5 input recovery.rtoSeconds',
    '7 input region',
    '8 claim recovery.primary.0',
    '10 input recovery.region',
    '11 claim recovery.standby.0',
    '12 claim recovery.standby.1',
    '15 procedure recovery.steps.0',
    '16 procedure recovery.steps.1',
    '17 procedure recovery.steps.1.details.0',
    '18 procedure recovery.steps.2',
  ]);
});

test('a document that wants no second region still names its own', () => {
  const { value, problems } = readBlock(readRecovery, 'DR戦略: なし\nPrimary Region: eu-central-1 (Frankfurt)');
  expect({ value, problems }).toEqual({ value: { primaryRegion: 'eu-central-1' }, problems: [] });
});

describe('DR: what cannot be is refused at its line', () => {
  test.each([
    ['another strategy', 'Pilot Light', 'Warm Standby', ['3 unknown-name']],
    [
      'rows of a recovery that is not wanted',
      'Pilot Light',
      'なし',
      ['4 unknown-line', '5 unknown-line', '10 unknown-line'],
    ],
    ['a region that AWS does not have', 'eu-west-1', 'eu-west-9', ['10 unknown-name']],
    ['a place in another region', '(Frankfurt)', '(Tokyo)', ['7 unknown-name']],
    ['no time', '15分', '0分', ['4 unknown-line']],
    ['steps out of order', '3. 確認', '4. 確認', ['18 step-order']],
    ['a step without a number', '3. 確認', '- 確認', ['18 unknown-line']],
    ['one thing twice', '- イメージ', '- 複製: 常時', ['12 row-twice']],
    ['a missing row', 'RPO: 15分\n', '', ['1 row-missing']],
    ['a row twice', 'RPO: 15分\n', 'RPO: 15分\nRPO: 5分\n', ['5 row-twice']],
  ])('%s', (_, from, to, expected) => {
    const { problems, unaccounted } = readBlock(readRecovery, changed(block, from, to));
    expect(problems.slice(0, expected.length)).toEqual(expected);
    expect(unaccounted).toEqual([]);
  });
});

test.skipIf(form === undefined)('DR-1…5: the form’s block is read whole', () => {
  const { value, problems, unaccounted } = readFormSection(readRecovery, 'ディザスタリカバリ');
  expect({ problems, unaccounted }).toEqual({ problems: [], unaccounted: [] });
  expect(value?.primaryRegion).toBe('ap-northeast-1');
  expect(value?.recovery).toMatchObject({ rpoSeconds: 3600, rtoSeconds: 14_400, region: 'us-west-2' });
  expect(value?.recovery?.steps.map(({ details }) => details.length)).toEqual([0, 3, 0, 0, 0]);
  expect([value?.recovery?.primary.length, value?.recovery?.standby.length]).toEqual([4, 4]);
});

test.each([
  ['eu-west-1 (Ireland)', []],
  ['eu-west-1 (アイルランド)', []],
  ['eu-west-1（アイルランドリージョン）', []],
  ['sa-east-1 (São Paulo)', []],
  ['eu-west-1 (アイルラソド)', ['unknown-name']],
  ['eu-west-1 (東京)', ['unknown-name']],
  ['eu-west-1 (Irelaжd)', ['unknown-name']],
])('the place of a region is read to the last letter: %s', (region, codes) => {
  const { problems } = readBlock(readRecovery, block.replace('eu-west-1', region));
  expect(problems.map((problem) => problem.replace(/^\d+ /, ''))).toEqual(codes);
});
