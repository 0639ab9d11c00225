import { expect, test } from 'vitest';
import { readScope } from './scope.ts';

test.each([
  ['DB認証情報のみ', false, true],
  ['特定バケット/プレフィックスのみ', true, false],
  ['one table', false, false],
])('“%s” is below a prefix: %s, about the database: %s', (text, prefixed, database) => {
  expect(readScope(text)).toEqual({ text, prefixed, database });
});
