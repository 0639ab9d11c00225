// Tables as they are drawn.
import { expect, test } from 'vitest';
import { table } from './print.ts';

test('full-width characters take two places, numbers end at the right, and a cell may have several lines', () => {
  const rows = [
    ['本番環境', '5', ['a', 'b']],
    ['x', '12', []],
  ];
  expect(table(['environment', 'stacks', 'text'], rows, [1])).toEqual([
    'environment  stacks  text',
    '本番環境          5  a',
    '                     b',
    'x                12',
  ]);
});

test('what moves a cursor or ends a line is shown by number', () => {
  expect(table(['text'], [['a\u001b[2Jb\nc']])).toEqual(['text', 'a\\u001b[2Jb\\nc']);
});
