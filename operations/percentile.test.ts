import { expect, test } from 'vitest';
import { percentile } from './percentile.ts';

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

test.each([
  [hundred, 50, 50],
  [hundred, 95, 95],
  [hundred, 99, 99],
  [hundred, 100, 100],
  [[7], 1, 7],
  [[1, 2, 3], 50, 2],
  [[1, 2, 3, 4], 95, 4],
  [[], 95, 0],
])('a percentile is the value that so many do not exceed, exactly', (sorted, percent, value) => {
  expect(percentile(sorted, percent)).toBe(value);
});
