// A price list server on this machine: files of the Bulk API, made as they are asked for.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

/** Parts of the file at a path of the Bulk API; `undefined` where there is none. */
export type Files = (path: string) => Iterable<string> | undefined;

export async function serveOffers(
  files: Files,
): Promise<{ readonly endpoint: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const parts = files(request.url ?? '');
    if (parts === undefined) response.writeHead(404).end();
    else Readable.from(parts).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

const columns = [
  'SKU',
  'OfferTermCode',
  'TermType',
  'PriceDescription',
  'StartingRange',
  'EndingRange',
  'Unit',
  'PricePerUnit',
  'Currency',
  'usageType',
  'operation',
  'Database Engine',
  'Cache Engine',
] as const;

/** The lines before the products of a file, as AWS writes them. */
export const offerHead = [
  ['FormatVersion', 'v1.0'],
  ['Disclaimer', 'This pricing list is for informational purposes only, "as is"'],
  ['Publication Date', '2026-11-20T10:00:00Z'],
  ['Version', '20261120100000'],
  ['OfferCode', 'AmazonRDS'],
  columns,
]
  .map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`)
  .join('');

export type OfferRow = Partial<Readonly<Record<(typeof columns)[number], string>>>;

/** A price as a line of the file: on demand, without tiers, unless told otherwise. */
export function offerLine(row: OfferRow): string {
  const whole = { TermType: 'OnDemand', StartingRange: '0', EndingRange: 'Inf', Currency: 'USD', ...row };
  const cells: Readonly<Record<string, string>> = whole;
  return `${columns.map((column) => `"${cells[column] ?? ''}"`).join(',')}\n`;
}
