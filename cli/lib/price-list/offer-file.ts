// One file of the AWS Price List Bulk API, read as a stream: the file of EC2 is some 450 MB, so nothing of it is kept but the prices
// that a table asks for. In the CSV every row is one price with its product (in the JSON they lie far apart), under five rows of
// metadata and one of column names.
// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { PriceRow } from '../../../aws/prices/price-row.ts';
import { Refusal } from '../../../design/refusal.ts';
import { refusals } from './refusals.ts';

/** What the price list says of a row of a table. */
interface Offer {
  readonly item: string;
  readonly tiers: PriceRow['tiers'];
}

export interface OfferFile {
  /** As the file says it, e.g. `2026-11-20T00:00:00Z`; empty when it does not. */
  readonly published: string;
  readonly offers: readonly Offer[];
  /** Items that the file has no price for. */
  readonly absent: readonly string[];
  /** Items that several products of different prices fit, or whose tiers leave a gap. */
  readonly ambiguous: readonly { readonly item: string; readonly skus: readonly string[] }[];
}

/** Attributes of products by their JSON names, and the columns they are in the CSV. */
const columnsOf: Readonly<Record<string, string>> = {
  databaseEngine: 'Database Engine',
  cacheEngine: 'Cache Engine',
  operation: 'operation',
};

type Cells = readonly string[];
interface Range {
  readonly price: number;
  readonly start: number;
  readonly end: number;
}
/** By product. */
type Found = Map<string, Range[]>;

/**
 * Reads the prices of `rows`, which are all of one service and region.
 * A product belongs to a row when its usage type is the row's to the letter: `APN1-NodeUsage:…` has neighbours such as
 * `APN1-SyncDurability-NodeUsage:…` or `APN1-Outpost-NodeUsage:…`; and when its attributes are, since engines share usage types.
 * @throws Error when the stream is no such file
 */
export async function readOfferFile(stream: Readable, rows: readonly PriceRow[]): Promise<OfferFile> {
  const wanted = Map.groupBy(rows, ({ usageType }) => withoutHome(usageType));
  const found = new Map<string, Found>();
  let published = '';
  let columns: ReadonlyMap<string, number> | undefined;
  const records = stream.pipe(
    parse({ relax_column_count: true, skip_empty_lines: true, bom: true, max_record_size: longest }),
  );
  stream.on('error', (error) => records.destroy(error));
  for await (const record of records as AsyncIterable<Cells>) {
    if (columns === undefined) {
      if (record[0] === 'Publication Date' && /^\d{4}-\d{2}-\d{2}T/.test(record[1] ?? '')) published = record[1] ?? '';
      if (record[0] === 'SKU') columns = new Map(record.map((name, index) => [name, index]));
      continue;
    }
    const known = columns;
    take((name) => record[known.get(name) ?? -1] ?? '', wanted, found);
  }
  if (columns === undefined) throw new Refusal(refusals.noColumns);
  return { published, ...settle(rows, found) };
}

/** Characters of a row; a quote that is never closed would have the rest of the file kept. */
const longest = 2 ** 16;

/** us-east-1 has a prefix in some services and none in others. */
const withoutHome = (usageType: string) => usageType.replace(/^USE1-/, '');

type Cell = (column: string) => string;

function take(cell: Cell, wanted: ReadonlyMap<string, readonly PriceRow[]>, found: Map<string, Found>): void {
  const rows = wanted.get(withoutHome(cell('usageType')));
  if (rows === undefined || cell('TermType') !== 'OnDemand' || cell('Currency') !== 'USD') return;
  const price = numberIn(cell, 'PricePerUnit');
  // What is free stands in the list as a price of 0; allowances are the table's own.
  if (price === 0) return;
  for (const row of rows) {
    const fits = Object.entries(row.where ?? {}).every(([name, value]) => cell(columnsOf[name] ?? name) === value);
    if (!fits) continue;
    const products = found.get(row.item) ?? new Map();
    found.set(row.item, products);
    const tiers = products.get(cell('SKU')) ?? [];
    products.set(cell('SKU'), tiers);
    tiers.push({
      price,
      start: cell('StartingRange') === '' ? 0 : numberIn(cell, 'StartingRange'),
      end: ['', 'Inf'].includes(cell('EndingRange')) ? Infinity : numberIn(cell, 'EndingRange'),
    });
  }
}

/**
 * A number as the list writes it: digits, and no exponent but for a small one.
 * @throws Refusal naming the product, the column and what stands there
 */
function numberIn(cell: Cell, column: string): number {
  const text = cell(column);
  if (/^\d{1,15}(?:\.\d{1,20})?(?:e-\d{1,2})?$/i.test(text)) return Number(text);
  throw new Refusal(refusals.noNumber({ sku: cell('SKU'), column, found: JSON.stringify(text) }));
}

function settle(rows: readonly PriceRow[], found: ReadonlyMap<string, Found>): Omit<OfferFile, 'published'> {
  const offers: Offer[] = [];
  const absent: string[] = [];
  const ambiguous: { item: string; skus: readonly string[] }[] = [];
  for (const row of rows) {
    const products = found.get(row.item);
    if (products === undefined) {
      absent.push(row.item);
      continue;
    }
    const offered = [...products.values()].map((tiers) => tiersIn(tiers, row.per));
    const different = new Set(offered.map((tiers) => JSON.stringify(tiers)));
    const [tiers] = offered;
    const isWhole = [...products.values()].every(isSeamless);
    if (different.size === 1 && tiers !== undefined && isWhole) offers.push({ item: row.item, tiers });
    else ambiguous.push({ item: row.item, skus: [...products.keys()].sort() });
  }
  return { offers, absent, ambiguous };
}

/** Whether each tier begins where the one before it ends, and the last has no end. What is free before the first is not among them. */
const isSeamless = (tiers: readonly Range[]): boolean =>
  tiers
    .toSorted((one, other) => one.start - other.start)
    .every(({ end }, index, all) => end === (all[index + 1]?.start ?? Infinity));

/** Prices for the table's unit, in order; the list has them for single things. */
function tiersIn(tiers: readonly Range[], per: number): PriceRow['tiers'] {
  return tiers
    .toSorted((one, other) => one.start - other.start)
    .map(({ price, end }) => ({
      ...(end === Infinity ? {} : { upTo: exact(end / per) }),
      price: exact(price * per),
    }));
}

const exact = (value: number) => Number(value.toPrecision(12));
