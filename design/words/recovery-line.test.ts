import { expect, test } from 'vitest';
import { readPrimaryPart, readRecoveryStep, readStandbyPart } from './recovery-line.ts';

test.each([
  ['RDS Aurora (Writer + Reader)', 'aurora'],
  ['S3 Bucket', 'bucket'],
  ['Valkey', 'cache'],
  ['ECS Fargate', 'unread'],
])('the region that serves has “%s”: %s', (text, part) => {
  expect(readPrimaryPart(text)).toEqual({ text, part });
});

test.each([
  ['Aurora Global Database', 'aurora'],
  ['S3 Cross-Region Replication', 'bucket'],
  ['コンテナイメージ', 'image'],
  ['CDKスタック', 'stacks'],
  ['待機', 'unread'],
])('the region that takes over has “%s”: %s', (text, part) => {
  expect(readStandbyPart(text)).toEqual({ text, part });
});

test.each([
  ['障害検知', 'detect'],
  ['トラフィック切替', 'switch-traffic'],
  ['Switch traffic', 'switch-traffic'],
  ['フェールバックを確認', 'fail-back'],
  ['動作確認', 'verify'],
  ['DRリージョンの起動', 'start'],
  ['連絡', 'unread'],
])('the step “%s”: %s', (title, action) => {
  expect(readRecoveryStep(title, [])).toEqual({ title, action, details: [] });
});

test('the details of a step', () => {
  const details = ['Auroraの昇格', 'Fargateタスク', 'ALBの確認', '報告'];
  expect(readRecoveryStep('起動', details).details.map(({ action }) => action)).toEqual([
    'promote-database',
    'start-tasks',
    'open-load-balancer',
    'unread',
  ]);
});
