// Every unit that a quantity is shown in has a Japanese name, or is said to be the same.
import { expect, test } from 'vitest';
import { committedPrices } from '../../aws/prices/price-table.ts';
import { hasUnit, unitIn } from '../../design/words/price-units.ts';
import { usageKeys } from './usage/keys.ts';

const used = [
  ...committedPrices.tables.flatMap(({ prices }) => prices.map(({ unit }) => unit)),
  ...Object.values(usageKeys).map(({ unit }) => unit),
];

test('a unit is known in both languages', () => {
  expect(used.length).toBeGreaterThan(100);
  expect(used.filter((unit) => !hasUnit(unit))).toEqual([]);
  expect(unitIn('GB-month', 'ja')).toBe('GB月');
  expect(unitIn('GB-month', 'en')).toBe('GB-month');
});
