// Percentiles of what was measured, exact: every value is kept and sorted, none is put into a bucket.

/** The smallest value that at least this percentage of all values do not exceed (nearest rank). 0 of no values. */
export function percentile(sorted: readonly number[], percent: number): number {
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(0, rank - 1)] ?? 0;
}

/** To a tenth, as figures are shown. */
export const tenths = (value: number): number => Math.round(value * 10) / 10;
