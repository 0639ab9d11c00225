// What a document's cost line comes to when its own figures are multiplied, and the price and quantity in it.

import { readAmount } from '../../../design/grammar/values.ts';
import type { DocumentLine } from '../../../design/words/cost-lines.ts';
import { countsHours } from '../../../design/words/cost-words.ts';

/** Figures that are written in a smaller or larger unit than prices are in: ms for seconds, MB for GB. */
const inBase: Readonly<Record<string, number>> = { ms: 1 / 1000, MB: 1 / 1024, MiB: 1 / 1024, TB: 1024, TiB: 1024 };

export interface Reckoning {
  /** USD: the product of the line's figures. */
  readonly product: number;
  /** USD for a single thing: an hour, a GB, a request. */
  readonly unitPrice: number;
  /** Single things a month. */
  readonly quantity: number;
}

/**
 * Multiplies a line's figures; `undefined` when it has no price.
 * @param hourly whether the thing is sold by the hour: a price without hours in the line is then a month's
 */
export function reckon({ factors }: DocumentLine, hourly: boolean, monthHours: number): Reckoning | undefined {
  const price = factors.find(({ unit }) => unit.startsWith('$'));
  if (price === undefined || price.value === 0) return undefined;
  const unitPrice = price.value / divisorOf(price.unit);
  const count = factors
    .filter((factor) => factor !== price)
    .reduce((product, { value, unit }) => product * value * (inBase[unit] ?? 1), 1);
  const product = rounded(count * unitPrice);
  const isMonthly = hourly && !factors.some(countsHours);
  const hours = isMonthly ? monthHours : 1;
  return { product, unitPrice: unitPrice / hours, quantity: rounded(count * hours) };
}

/** `$/100万` is a price for a million, `$/GB` for one. */
function divisorOf(unit: string): number {
  const words = unit.replace(/^\$\/?/, '');
  return readAmount(words)?.value ?? 1;
}

const rounded = (value: number) => Number(value.toPrecision(12));

/**
 * How far a stated amount may be from the true one and still say the same: a step of its last digit, since amounts are rounded or cut
 * off, or one per cent.
 */
export function tolerance(stated: number, actual: number): number {
  return Math.max(stepOf(stated), Math.abs(actual) * 0.01);
}

/** A step of the last digit that an amount is written with: 0.1 for 31.4, 1 for 118. */
export function stepOf(stated: number): number {
  const decimals = String(stated).split('.')[1]?.length ?? 0;
  return 10 ** -decimals;
}
