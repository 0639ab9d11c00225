// How old the committed prices are.
import type { PriceTable } from './price-row.ts';

/** Days after which prices are to be looked up again. */
const staleAfterDays = 60;

/** Whole days from one ISO date to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

export const isStale = (days: number): boolean => days > staleAfterDays;

export interface TableAge {
  readonly region: string;
  /** The oldest day in the table. */
  readonly oldest: string;
  /** Days from then to the day asked about. */
  readonly days: number;
  readonly stale: boolean;
  readonly prices: number;
  /** How many prices are trusted how far. */
  readonly confidence: Readonly<Record<'H' | 'M' | 'L', number>>;
}

/** @param day ISO date */
export function ageOf({ region, prices }: PriceTable, day: string): TableAge {
  const [oldest = day] = prices.map(({ date }) => date).sort();
  const days = daysBetween(oldest, day);
  const count = (confidence: string) => prices.filter((row) => row.confidence === confidence).length;
  return {
    region,
    oldest,
    days,
    stale: isStale(days),
    prices: prices.length,
    confidence: { H: count('H'), M: count('M'), L: count('L') },
  };
}
