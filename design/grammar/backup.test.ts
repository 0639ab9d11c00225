import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../fixtures/example-design.ts';
import { readBackup } from './backup.ts';
import { changed, form, readBlock, readFormSection } from './testing/read-block.ts';

const block = `
RDS Aurora:
  自動バックアップ: 有効
  バックアップ保持期間:
    - 本番環境: 35日
    - その他: 2日
  バックアップウィンドウ: 23:45-00:15 UTC
  スナップショット: 週次（水曜日 18:30 UTC）
  クロスリージョンバックアップ:
    - 本番環境: 有効（ap-northeast-3）
    - ステージング環境: 無効
    - 開発環境: 無効

S3:
  バージョニング: 有効
  ライフサイクルポリシー:
    - 45日後: One Zone-IA移行
    - 75日後: Glacier Deep Archive移行
  クロスリージョンレプリケーション:
    - その他: 無効

ElastiCache Redis:
  自動バックアップ: 有効
  バックアップ保持期間:
    - 本番環境: 5日
    - その他: 無効
  バックアップウィンドウ: 01:00-02:00 UTC (JST 10:00-11:00)
`;

test('BKP: every row is read, for each environment', () => {
  const { value, problems, unaccounted } = readBlock(readBackup, block);
  expect({ problems, unaccounted }).toEqual({ problems: [], unaccounted: [] });
  expect(value).toEqual({
    aurora: {
      automatic: true,
      retentionDays: { production: 35, staging: 2, development: 2 },
      window: { start: '23:45', end: '00:15' },
      weeklySnapshot: { weekday: 'WED', time: '18:30' },
      copyTo: { production: 'ap-northeast-3', staging: null, development: null },
    },
    s3: {
      versioning: true,
      transitions: [
        { afterDays: 45, storageClass: 'ONEZONE_IA' },
        { afterDays: 75, storageClass: 'DEEP_ARCHIVE' },
      ],
      replicateTo: { production: null, staging: null, development: null },
    },
    cache: {
      automatic: true,
      retentionDays: { production: 5, staging: null, development: null },
      window: { start: '01:00', end: '02:00', local: { text: 'JST 10:00-11:00', range: '10:00-11:00' } },
    },
  });
});

test('BKP: each line states the paths that it sets; the local time is a claim', () => {
  const { statements } = readBlock(readBackup, block);
  expect(statements.filter((words) => /^(7|8|9|16|17|21|27|28) /.test(words))).toEqual([
    '7 input backup.aurora.retentionDays.staging',
    '7 input backup.aurora.retentionDays.development',
    '8 input backup.aurora.window',
    '9 input backup.aurora.weeklySnapshot',
    '16 input backup.s3.versioning',
    '17 input backup.s3.transitions',
    '21 input backup.s3.replicateTo.production',
    '21 input backup.s3.replicateTo.staging',
    '21 input backup.s3.replicateTo.development',
    '27 input backup.cache.retentionDays.staging',
    '27 input backup.cache.retentionDays.development',
    '28 input backup.cache.window',
    '28 claim backup.cache.window.local',
  ]);
});

describe('BKP: parts that a document may leave out', () => {
  const without = (pattern: RegExp) => readBlock(readBackup, block.replace(pattern, ''));

  test('no cache', () => {
    expect(without(/ElastiCache[\s\S]*$/).value).not.toHaveProperty('cache');
    expect(without(/ElastiCache[\s\S]*$/).problems).toEqual([]);
  });
  test('no snapshot, no copies, no colder classes', () => {
    const { value, problems } = without(
      / {2}スナップショット.*\n[\s\S]*(?=\nS3)| {2}ライフサイクル[\s\S]*(?=\nElasti)/g,
    );
    expect(problems).toEqual([]);
    expect(value?.aurora).not.toHaveProperty('weeklySnapshot');
    expect(value?.aurora.copyTo.production).toBeNull();
    expect(value?.s3.transitions).toEqual([]);
  });
});

describe('BKP: what AWS does not take is refused at its line', () => {
  test.each([
    ['more than 35 days', '35日', '36日', ['6 out-of-range']],
    ['no day at all', '本番環境: 35日', '本番環境: 0日', ['6 out-of-range']],
    ['a cache kept longer than 35 days', '本番環境: 5日', '本番環境: 36日', ['26 out-of-range']],
    ['Aurora without backups', '自動バックアップ: 有効', '自動バックアップ: 無効', ['4 always-on']],
    ['a window of 29 minutes', '23:45-00:15', '23:45-00:14', ['8 window-short']],
    ['a window of no minutes', '23:45-00:15', '23:45-23:45', ['8 window-short']],
    ['a cache window of 59 minutes', '01:00-02:00', '01:00-01:59', ['28 window-short']],
    ['an hour that no day has', '23:45-00:15', '24:45-00:15', ['8 unknown-line']],
    ['another time zone', '23:45-00:15 UTC', '23:45-00:15 JST', ['8 unknown-line']],
    ['a region that AWS does not have', 'ap-northeast-3', 'ap-northeast-4', ['11 unknown-name']],
    ['a copy without a region', '有効（ap-northeast-3）', '有効', ['11 unknown-line']],
    [
      'an environment twice',
      '- ステージング環境: 無効',
      '- 本番環境: 無効',
      ['10 environment-missing', '12 row-twice'],
    ],
    ['a missing environment', '    - その他: 2日\n', '', ['5 environment-missing']],
    ['infrequent access before 30 days', '45日後', '29日後', ['18 transition-order']],
    ['less than 30 days of infrequent access', '75日後', '74日後', ['19 transition-order']],
    ['warmer again', 'One Zone-IA移行', 'Glacier Deep Archive移行', ['19 transition-order']],
    ['upwards', 'Glacier Deep Archive移行', 'Standard-IA移行', ['19 transition-order']],
    ['an unknown class', 'One Zone-IA移行', 'Two Zone-IA移行', ['18 unknown-name']],
    ['a day of the week that is none', '水曜日', '祝曜日', ['9 unknown-line']],
    ['a missing row', '  バージョニング: 有効\n', '', ['15 row-missing']],
    ['a row twice', '  バージョニング: 有効\n', '  バージョニング: 有効\n  バージョニング: 無効\n', ['17 row-twice']],
    ['an unknown row', '  バージョニング: 有効\n', '  バージョニング: 有効\n  暗号化: 有効\n', ['17 unknown-line']],
  ])('%s', (_, from, to, expected) => {
    const { problems, unaccounted } = readBlock(readBackup, changed(block, from, to));
    expect(problems).toEqual(expected);
    expect(unaccounted).toEqual([]);
  });

  test('BKP-6: a cache whose backups are off and kept at once', () => {
    const [, cache = ''] = block.split('ElastiCache');
    const off = block.replace(cache, changed(cache, '自動バックアップ: 有効', '自動バックアップ: 無効'));
    expect(readBlock(readBackup, off).problems).toEqual(['24 figures-disagree']);
  });

  test('BKP-1: half an hour is enough for Aurora, an hour for the cache', () => {
    const other = changed(changed(block, '23:45-00:15', '03:00-03:30'), '01:00-02:00', '23:30-00:30');
    expect(readBlock(readBackup, other).problems).toEqual([]);
  });
});

test.skipIf(form === undefined)('BKP-1…6: the form’s block is read whole', () => {
  const { value, problems, unaccounted } = readFormSection(readBackup, 'バックアップ戦略');
  expect({ value, problems, unaccounted }).toEqual({ value: exampleDesign.backup, problems: [], unaccounted: [] });
});
