import { expect, test } from 'vitest';
import { inJapanese } from './reasons.ts';

test.each([
  ['no judge reads this statement', 'この行を読む判定器がありません'],
  ['the claim does not hold: $17 stated, $1.67 computed', 'この主張は成り立ちません。設計書は $17、算出は $1.67 です'],
  [
    'hashira drill task has not been run on these templates',
    'このテンプレートに対して hashira drill task がまだ実行されていません',
  ],
  ['something that nobody has said before', undefined],
])('%s', (reason, said) => {
  expect(inJapanese(reason)).toBe(said);
});
