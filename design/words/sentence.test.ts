import { expect, test } from 'vitest';
import { readSentence } from './sentence.ts';

test('a sentence keeps its words, what they speak of and their figures', () => {
  const text = 'RDSのバックアップを7日間保持する';
  expect(readSentence(text)).toMatchObject({ text, subjects: ['aurora', 'backup'], figures: { days: 7 } });
});

test.each([
  ['0.0.0.0/0はポート80/443のみ', ['anywhere']],
  ['S3 and DynamoDB by VPC endpoint', ['bucket', 'endpoint', 'table']],
  ['ECSタスクを置き換える', ['ecs', 'service', 'task']],
  ['開発環境を19時に止め、費用を抑える', ['cost', 'development']],
  ['速やかに', []],
])('“%s” speaks of %j', (text, subjects) => {
  expect(readSentence(text).subjects).toEqual(subjects);
});
