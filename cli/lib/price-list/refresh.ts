// Looks the committed prices up again in the AWS Price List Bulk API, which needs no credentials, and says what has changed.
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { type PriceRow, type PriceTable, priceTable } from '../../../aws/prices/price-row.ts';
import type { Said } from '../../../design/messages/said.ts';
import { Refusal, reasonsOf } from '../../../design/refusal.ts';
import { type OfferFile, readOfferFile } from './offer-file.ts';
import { refusals } from './refusals.ts';

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
  /** More than ten times, or less than a tenth of, what it was: a person is to look at it first. */
  readonly implausible: readonly PriceChange[];
}

/** How long a file may take and how large it may be. */
export interface Bounds {
  /** Milliseconds until the server begins to answer. */
  readonly answerMs: number;
  /** Milliseconds without a byte. */
  readonly silenceMs: number;
  /** Milliseconds for the whole file. */
  readonly fileMs: number;
  readonly bytes: number;
}

/** The file of EC2 has some 450 MB: it may double, and take what it does on a slow line. */
const bounds: Bounds = { answerMs: 30_000, silenceMs: 60_000, fileMs: 30 * 60_000, bytes: 2 ** 30 };

interface RefreshOptions {
  readonly bounds?: Partial<Bounds>;
  readonly endpoint: string;
  /** The day, ISO, that goes into what was found. */
  readonly date: string;
}

/**
 * Looks up every price of a table, one service after the other.
 * @throws Error naming the file that could not be had or read
 */
export async function refreshTable(table: PriceTable, options: RefreshOptions): Promise<Refreshed> {
  const { endpoint, date } = options;
  const services = Map.groupBy(table.prices, ({ service }) => service);
  const found: { file: OfferFile; rows: readonly PriceRow[] }[] = [];
  for (const [service, rows] of services) {
    const where = global.has(service) ? '' : `${table.region}/`;
    const url = `${endpoint}/offers/v1.0/aws/${service}/current/${where}index.csv`;
    found.push({ rows, file: await readFrom(url, rows, { ...bounds, ...options.bounds }) });
  }
  const looked = new Map(
    found.flatMap(({ file }) => file.offers.map(({ item, tiers }) => [item, { tiers, published: file.published }])),
  );
  const implausible = table.prices.flatMap((row) => {
    const offer = looked.get(row.item);
    return offer === undefined || isPlausible(row.tiers, offer.tiers)
      ? []
      : [{ item: row.item, before: row.tiers, after: offer.tiers }];
  });
  const offers = new Map([...looked].filter(([item]) => !implausible.some((one) => one.item === item)));
  const isSame = (row: PriceRow, tiers: PriceRow['tiers']) => JSON.stringify(row.tiers) === JSON.stringify(tiers);
  return {
    table: priceTable.parse({
      ...table,
      prices: table.prices.map((row) => {
        const offer = offers.get(row.item);
        if (offer === undefined) return row;
        const day = offer.published.slice(0, 10);
        const source = `AWS Price List Bulk API${day === '' ? '' : `, published ${day}`}`;
        return { ...row, tiers: offer.tiers, source, date, confidence: 'H' };
      }),
    }),
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
    implausible,
  };
}

function isPlausible(before: PriceRow['tiers'], after: PriceRow['tiers']): boolean {
  const [low, high] = [Math.min(...before.map(({ price }) => price)), Math.max(...before.map(({ price }) => price))];
  return after.every(({ price }) => price >= low / 10 && price <= high * 10);
}

async function readFrom(url: string, rows: readonly PriceRow[], { answerMs, ...file }: Bounds): Promise<OfferFile> {
  const stopped = new AbortController();
  const answering = setTimeout(
    () => stopped.abort(new Refusal(refusals.noAnswer({ seconds: answerMs / 1_000 }))),
    answerMs,
  );
  try {
    // A price comes from the host that was asked, or from nowhere.
    const response = await fetch(url, { redirect: 'manual', signal: stopped.signal });
    clearTimeout(answering);
    const elsewhere = response.headers.get('location');
    if (elsewhere !== null) throw new Refusal(refusals.ledElsewhere({ status: response.status, place: elsewhere }));
    if (!response.ok || response.body === null) throw new Refusal(refusals.status({ status: response.status }));
    return await readBounded(Readable.fromWeb(response.body as ReadableStream), rows, file);
  } catch (error) {
    throw new Refusal(refusals.ofAddress({ url, reason: reasonsOf(error) }));
  } finally {
    clearTimeout(answering);
    stopped.abort();
  }
}

/** Reads a body that is as large and as slow as its bounds allow. */
async function readBounded(
  body: Readable,
  rows: readonly PriceRow[],
  { silenceMs, fileMs, bytes }: Omit<Bounds, 'answerMs'>,
): Promise<OfferFile> {
  const stop = (why: Said) => counted.destroy(new Refusal(why));
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      silence.refresh();
      done(size > bytes ? new Refusal(refusals.tooLarge({ bytes })) : null, chunk);
    },
  });
  const silence = setTimeout(() => stop(refusals.silent({ seconds: silenceMs / 1_000 })), silenceMs);
  const whole = setTimeout(() => stop(refusals.tooSlow({ seconds: fileMs / 1_000 })), fileMs);
  try {
    const [file] = await Promise.all([readOfferFile(counted, rows), pipeline(body, counted, { end: true })]);
    return file;
  } finally {
    clearTimeout(silence);
    clearTimeout(whole);
  }
}
