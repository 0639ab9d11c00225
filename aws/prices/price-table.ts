// The committed prices, one table for each region. On-demand, USD, before tax. A price has its place in the AWS Price List (service
// code and usage type, so that it can be looked up again), the source it was taken from, the day, and how far it is to be trusted.
import tokyo from './ap-northeast-1.json' with { type: 'json' };
import { derivedPrice } from './derived-prices.ts';
import { type PriceRow, type PriceTable, priceTable } from './price-row.ts';
import virginia from './us-east-1.json' with { type: 'json' };
import oregon from './us-west-2.json' with { type: 'json' };

export interface Price extends PriceRow {
  readonly region: string;
}

/** The tables of several regions. */
export interface PriceBook {
  readonly tables: readonly PriceTable[];
}

/** The tables that are part of the project. */
export const committedPrices: PriceBook = { tables: [tokyo, oregon, virginia].map((table) => priceTable.parse(table)) };

/** CloudFront, Route 53 and WAF for CloudFront are sold in no region: their prices stand in the table of the region they are run from. */
export const globalRegion = 'us-east-1';

/** A price that a table has or that follows from one of its rows; `undefined` when there is neither, or no table. */
export function findPrice(book: PriceBook, region: string, item: string): Price | undefined {
  const table = book.tables.find((candidate) => candidate.region === region);
  if (table === undefined) return undefined;
  const row = table.prices.find((candidate) => candidate.item === item) ?? derivedPrice(table.prices, item);
  return row === undefined ? undefined : { ...row, region };
}

/** How units from `start` on fall into the tiers, in order; empty for none. */
export function bracketsOf(
  tiers: PriceRow['tiers'],
  start: number,
  units: number,
): readonly { readonly units: number; readonly price: number }[] {
  let floor = 0;
  return tiers.flatMap(({ upTo = Number.POSITIVE_INFINITY, price }) => {
    const from = Math.max(start, floor);
    floor = upTo;
    const within = Math.min(start + units, upTo) - from;
    return within > 0 ? [{ units: within, price }] : [];
  });
}
