import { expect, test } from 'vitest';
import { guesses, offered } from './nearest.ts';

const known = ['アーキテクチャ図', 'データフロー図', 'VPC設計', 'RPO', 'RTO'];

test.each([
  ['VPC設定', ['VPC設計']],
  ['データフロウ図', ['データフロー図']],
  ['RPQ', ['RPO']],
  ['Lambda', []],
  ['S3', []],
  ['', []],
])('“%s” may stand for %j: names within a third of the letters, and no other', (word, expected) => {
  expect(guesses(word, known)).toEqual(expected);
});

test('where no name is near, the first ones show what there is', () => {
  expect(offered('Lambda', known, 2)).toEqual(['アーキテクチャ図', 'データフロー図']);
  expect(offered('VPC設定', known, 2)).toEqual(['VPC設計']);
});
