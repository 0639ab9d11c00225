// The price of an item, or the problem that there is none.
import { findPrice, type Price, type PriceBook } from '../../aws/prices/price-table.ts';
import { nearest } from '../../design/grammar/nearest.ts';
import { refuse } from './problem.ts';

/**
 * The price of an item in a region.
 * @throws CostError naming the item and its nearest neighbours, or the regions there are tables for.
 */
export function priceOf(book: PriceBook, region: string, item: string): Price {
  const found = findPrice(book, region, item);
  if (found !== undefined) return found;
  const table = book.tables.find((candidate) => candidate.region === region);
  if (table === undefined) {
    return refuse('no-price-table', { region, known: book.tables.map((candidate) => candidate.region) });
  }
  const items = table.prices.map((row) => row.item);
  return refuse('missing-price', { item, region, nearest: nearest(item, items) });
}
