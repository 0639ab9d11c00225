// Looks the committed prices up again in the AWS Price List Bulk API, which needs no credentials, and says what has changed.
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type OfferFile, readOfferFile } from './offer-file.ts';
import type { PriceRow, PriceTable } from './price-row.ts';

/** Where the Bulk API is; an endpoint of one's own goes before it, as for the AWS SDKs. */
export function priceListEndpoint(environment: Readonly<Record<string, string | undefined>>): string {
  const given = environment.AWS_ENDPOINT_URL_PRICING ?? environment.AWS_ENDPOINT_URL;
  return (given ?? 'https://pricing.us-east-1.amazonaws.com').replace(/\/$/, '');
}

/** Services that are sold in no region have one file. */
const global = new Set(['AmazonCloudFront', 'AmazonRoute53']);

interface PriceChange {
  readonly item: string;
  readonly before: PriceRow['tiers'];
  readonly after: PriceRow['tiers'];
}

export interface Refreshed {
  /** With what was found in place; what was not keeps its price and its date. */
  readonly table: PriceTable;
  readonly changes: readonly PriceChange[];
  /** Items whose price stood. */
  readonly confirmed: readonly string[];
  readonly absent: readonly string[];
  readonly ambiguous: OfferFile['ambiguous'];
}

interface RefreshOptions {
  readonly endpoint: string;
  /** The day, ISO, that goes into what was found. */
  readonly date: string;
}

/**
 * Looks up every price of a table, one service after the other.
 * @throws Error naming the file that could not be had or read
 */
export async function refreshTable(table: PriceTable, { endpoint, date }: RefreshOptions): Promise<Refreshed> {
  const services = Map.groupBy(table.prices, ({ service }) => service);
  const found: { file: OfferFile; rows: readonly PriceRow[] }[] = [];
  for (const [service, rows] of services) {
    const where = global.has(service) ? '' : `${table.region}/`;
    const url = `${endpoint}/offers/v1.0/aws/${service}/current/${where}index.csv`;
    found.push({ rows, file: await readFrom(url, rows) });
  }
  const offers = new Map(
    found.flatMap(({ file }) => file.offers.map(({ item, tiers }) => [item, { tiers, published: file.published }])),
  );
  const isSame = (row: PriceRow, tiers: PriceRow['tiers']) => JSON.stringify(row.tiers) === JSON.stringify(tiers);
  return {
    table: {
      ...table,
      prices: table.prices.map((row) => {
        const offer = offers.get(row.item);
        if (offer === undefined) return row;
        const day = offer.published.slice(0, 10);
        const source = `AWS Price List Bulk API${day === '' ? '' : `, published ${day}`}`;
        return { ...row, tiers: offer.tiers, source, date, confidence: 'H' };
      }),
    },
    changes: table.prices.flatMap((row) => {
      const offer = offers.get(row.item);
      return offer === undefined || isSame(row, offer.tiers)
        ? []
        : [{ item: row.item, before: row.tiers, after: offer.tiers }];
    }),
    confirmed: table.prices.flatMap((row) => {
      const offer = offers.get(row.item);
      return offer !== undefined && isSame(row, offer.tiers) ? [row.item] : [];
    }),
    absent: found.flatMap(({ file }) => file.absent),
    ambiguous: found.flatMap(({ file }) => file.ambiguous),
  };
}

async function readFrom(url: string, rows: readonly PriceRow[]): Promise<OfferFile> {
  try {
    const response = await fetch(url);
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
    return await readOfferFile(Readable.fromWeb(response.body as ReadableStream), rows);
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}`, { cause: error });
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
