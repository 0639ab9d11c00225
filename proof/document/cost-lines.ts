// A line of the estimate written anew: its price is the price list's, what the templates count is their count, its amount the product.
// Figures of use (requests, gigabytes) are the author's, and the estimate itself rests on them: they stay.

import { committedPrices, findPrice, type Price } from '../../aws/prices/price-table.ts';
import { monthHours } from '../../aws/schedule.ts';
import { readCostLine } from '../../design/grammar/cost-line.ts';
import { readAmount } from '../../design/grammar/values.ts';
import { plainText } from '../../design/lines.ts';
import { readOutline } from '../../design/outline.ts';
import { plain, put } from '../../design/parts/place.ts';
import { type DocumentLine, knownLine } from '../../design/words/cost-lines.ts';
import { countsHours } from '../../design/words/cost-words.ts';
import { reckon } from '../cost/document/arithmetic.ts';
import type { BesideLine } from '../cost/document/beside.ts';
import { cents } from '../cost/money.ts';

interface Written {
  readonly text: string;
  /** USD a month. */
  readonly total: number;
}

/**
 * The line as the estimate has it. One that nothing is known of, or that costs nothing, stays; so does one that nothing is charged for, if
 * the estimate of other lines rests on a figure of use that it states.
 * @param text the line as it reads so far: sizes that a template denies are the template's already
 * @param beside what the estimate has for it
 * @param used figures of use that lines state which something is charged for
 */
export function writeLine(
  text: string,
  service: string,
  old: DocumentLine,
  beside: BesideLine | undefined,
  region: string,
  used: ReadonlySet<string>,
): Written {
  const line = readAgain(text) ?? old;
  const known = knownLine(service, line.label);
  if (beside === undefined || known === undefined || known.items.length === 0) return { text, total: line.total };
  const [charged] = beside.lines;
  if (charged === undefined && usesOf(service, line).some((key) => used.has(key))) return { text, total: line.total };
  const price = findPrice(committedPrices, charged?.region ?? region, charged?.item ?? known.items[0] ?? '');
  const isHourly = price?.unit.endsWith('hour') ?? false;
  const figures = charged === undefined || price === undefined ? noneOf(line) : charges(line, service, beside, price);
  const fresh = [...figures].reduce((words, [index, figure]) => withFactor(words, index, figure), text);
  const read = readAgain(fresh) ?? line;
  const total = cents(reckon(read, isHourly, monthHours)?.product ?? (charged === undefined ? 0 : read.total));
  return { text: withMoney(fresh, total), total };
}

/** The figures of use that a line states, by their keys. */
export const usesOf = (service: string, { label }: DocumentLine): readonly string[] =>
  Object.keys(knownLine(service, label)?.usage ?? {});

/** Figures of a line by the places of its factors. */
type Figures = ReadonlyMap<number, number>;

/** Nothing that is built is charged for this: there are none of it. */
function noneOf(line: DocumentLine): Figures {
  const counted = line.factors.findIndex((factor) => !factor.unit.startsWith('$') && !countsHours(factor));
  return counted < 0 ? new Map() : new Map([[counted, 0]]);
}

/** The price, and the one count that is neither hours, nor use, nor a size that the platform is built from. */
function charges(line: DocumentLine, service: string, beside: BesideLine, price: Price): Figures {
  const figures = new Map<number, number>();
  const reckoning = reckon(line, price.unit.endsWith('hour'), monthHours);
  const priceAt = line.factors.findIndex(({ unit }) => unit.startsWith('$'));
  const stated = line.factors[priceAt]?.value;
  if (reckoning === undefined || stated === undefined) return figures;
  const listed = (price.tiers[0]?.price ?? 0) / price.per;
  if (!nearly(reckoning.unitPrice, listed)) figures.set(priceAt, (stated / reckoning.unitPrice) * listed);
  const [countAt, ...more] = countsIn(line, service);
  const count = countAt === undefined ? undefined : line.factors[countAt]?.value;
  const built = beside.lines.reduce((sum, { quantity }) => sum + quantity, 0) * price.per;
  if (countAt === undefined || !count || more.length > 0 || nearly(reckoning.quantity, built)) return figures;
  return figures.set(countAt, twoPlaces((count * built) / reckoning.quantity));
}

function countsIn(line: DocumentLine, service: string): readonly number[] {
  const isSized =
    /^(?:db|cache)\./.test(line.label) ||
    /NAT/.test(service) ||
    line.factors.some(({ unit }) => /^(?:vCPU|タスク)$/.test(unit));
  const uses = Object.values(knownLine(service, line.label)?.usage ?? {});
  return line.factors.flatMap(({ unit }, index) =>
    isSized || unit.startsWith('$') || unit.includes('時間') || uses.some((words) => words.test(unit)) ? [] : [index],
  );
}

/** How far a figure may be from the true one and still say the same. */
const closeEnough = 0.005;
const nearly = (one: number, other: number) => Math.abs(one - other) <= Math.abs(other) * closeEnough;

/** Counts are whole; gigabytes have at most two places. */
const twoPlaces = (figure: number): number => Math.round(figure * 100) / 100;

function readAgain(text: string): DocumentLine | undefined {
  const [node] = readOutline([{ number: 1, text, plain: plainText(text) }]);
  return node && readCostLine(node);
}

/** Puts a figure in the place of a factor's, in the factor's own words: of `100万リクエスト` the 100 is written. */
function withFactor(text: string, index: number, figure: number): string {
  const product = /[:：]\s(.*?)=[^=]*$/.exec(text) ?? /：(.*?)=[^=]*$/.exec(text);
  const words = product?.[1];
  if (words === undefined) return text;
  const factors = words.split('×');
  const factor = factors[index];
  if (factor === undefined) return text;
  const scale = factor.includes('$') ? 1 : scaleOf(factor);
  factors[index] = put(factor, /\$?\s*([\d,]+(?:\.\d+)?)/, plain(figure / scale)) ?? factor;
  return text.replace(words, () => factors.join('×'));
}

function scaleOf(factor: string): number {
  const words = plainText(factor).trim();
  const bare = Number(/^[\d,.]+/.exec(words)?.[0]?.replaceAll(',', ''));
  return (readAmount(words.replace(/\s*\([^()]*\)$/, ''))?.value ?? bare) / bare || 1;
}

/** Writes the last amount of a line, unless it says the same already. */
export function withMoney(text: string, amount: number): string {
  const last = /\$\s*([\d,]+(?:\.\d+)?)(?=[^$]*$)/;
  const stated = Number(last.exec(text)?.[1]?.replaceAll(',', ''));
  return equal(stated, amount) ? text : (put(text, last, dollars(amount).slice(1)) ?? text);
}

/** Whether two amounts are the same to the cent. */
export const equal = (stated: number, amount: number) => Math.abs(stated - amount) < 0.005;

/** `$1,451.7`, as the form writes amounts. */
export const dollars = (amount: number): string => `$${amount.toLocaleString('en-US', { maximumFractionDigits: 2 })}`;
