import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { committedPrices } from '../../../aws/prices/price-table.ts';
import { type Bounds, priceListEndpoint, refreshTable } from './refresh.ts';
import { type Files, offerHead, offerLine, serveOffers } from './testing/offer-server.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serve(files: Files): Promise<string> {
  const { endpoint, close } = await serveOffers(files);
  open.push(close);
  return endpoint;
}

/** A line at a time, for ever. */
const drip: RequestListener = (_, answer) => {
  const timer = setInterval(() => answer.write(offerHead), 20);
  answer.on('close', () => clearInterval(timer));
};

const [tokyo, , virginia] = committedPrices.tables;
if (tokyo === undefined || virginia === undefined) throw new Error('no tables');
const only = (...items: readonly string[]) => ({
  ...tokyo,
  prices: tokyo.prices.filter(({ item }) => items.includes(item)),
});

describe('a refresh', () => {
  test('says what changed, keeps what it did not find, and dates what it found', async () => {
    const endpoint = await serve((path) =>
      path === '/offers/v1.0/aws/AmazonEC2/current/ap-northeast-1/index.csv'
        ? [
            offerHead,
            offerLine({ SKU: 'A', usageType: 'APN1-NatGateway-Hours', PricePerUnit: '0.0630000000' }),
            offerLine({ SKU: 'B', usageType: 'APN1-NatGateway-Bytes', PricePerUnit: '0.0620000000' }),
          ]
        : undefined,
    );
    const result = await refreshTable(only('nat.hour', 'nat.gb', 'ebs.gp3.gb-month'), { endpoint, date: '2026-11-25' });
    expect(result.changes).toEqual([{ item: 'nat.hour', before: [{ price: 0.062 }], after: [{ price: 0.063 }] }]);
    expect(result).toMatchObject({ confirmed: ['nat.gb'], absent: ['ebs.gp3.gb-month'], ambiguous: [] });
    const found = { date: '2026-11-25', confidence: 'H', source: 'AWS Price List Bulk API, published 2026-11-20' };
    expect(result.table.prices).toMatchObject([
      { item: 'nat.hour', tiers: [{ price: 0.063 }], ...found },
      { item: 'nat.gb', tiers: [{ price: 0.062 }], ...found },
      { item: 'ebs.gp3.gb-month', date: '2026-11-01' },
    ]);
  });

  test('asks for one file a service, and for one of no region where the service has none', async () => {
    const asked: string[] = [];
    const endpoint = await serve((path) => {
      asked.push(path);
      return [offerHead];
    });
    await refreshTable(virginia, { endpoint, date: '2026-11-25' });
    expect(asked.length).toBe(new Set(virginia.prices.map(({ service }) => service)).size);
    expect(asked).toContain('/offers/v1.0/aws/AmazonCloudFront/current/index.csv');
    expect(asked).toContain('/offers/v1.0/aws/AWSELB/current/us-east-1/index.csv');
  });

  test('names the file that it could not have', async () => {
    const endpoint = await serve(() => undefined);
    await expect(refreshTable(only('nat.hour'), { endpoint, date: '2026-11-25' })).rejects.toThrow(
      /AmazonEC2\/current\/ap-northeast-1\/index\.csv: status 404/,
    );
  });

  const nat = (PricePerUnit: string, more = {}) => [
    offerHead,
    offerLine({ SKU: 'A', usageType: 'APN1-NatGateway-Hours', PricePerUnit, ...more }),
  ];
  const refreshed = async (parts: readonly string[]) =>
    refreshTable(only('nat.hour'), { endpoint: await serve(() => parts), date: '2026-11-25' });

  test.each(['1e999', 'NaN', '-1', '0x10', 'Infinity', '1,000', ''])('refuses %j for a price', async (price) => {
    await expect(refreshed(nat(price))).rejects.toThrow(`SKU A: PricePerUnit is ${JSON.stringify(price)}`);
  });

  test.each(['0.63', '0.0061', '99999'])('leaves a price that became %s for a person to look at', async (price) => {
    const { table, changes, implausible } = await refreshed(nat(price));
    expect({ table, changes }).toEqual({ table: only('nat.hour'), changes: [] });
    expect(implausible).toMatchObject([{ item: 'nat.hour', after: [{ price: Number(price) }] }]);
  });

  test('takes no tiers with a gap between them', async () => {
    const { ambiguous } = await refreshed([
      ...nat('0.062', { EndingRange: '100' }),
      offerLine({ SKU: 'A', usageType: 'APN1-NatGateway-Hours', PricePerUnit: '0.05', StartingRange: '200' }),
    ]);
    expect(ambiguous).toEqual([{ item: 'nat.hour', skus: ['A'] }]);
  });

  test('refuses a row without end', async () => {
    await expect(refreshed([offerHead, '"', 'x'.repeat(1 << 20)])).rejects.toThrow(/AmazonEC2.*record/is);
  });

  test.each<[string, RequestListener, Partial<Bounds>, RegExp]>([
    ['that does not answer', () => {}, { answerMs: 100 }, /no answer within 0\.1 s/],
    [
      'that stops in the middle',
      (_, answer) => void answer.write(offerHead),
      { silenceMs: 100 },
      /nothing came for 0\.1 s/,
    ],
    ['that never comes to an end', drip, { fileMs: 300 }, /not whole after 0\.3 s/],
    ['that is too large', (_, answer) => answer.end(offerHead.repeat(10)), { bytes: 1000 }, /larger than 1000 bytes/],
    [
      'that leads elsewhere',
      (_, answer) => answer.writeHead(302, { location: 'http://127.0.0.2:1/prices' }).end(),
      {},
      /status 302: leads to http:\/\/127\.0\.0\.2:1\/prices, which is not followed/,
    ],
  ])('gives up on a file %s', async (_, listener, bounds, reason) => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const refresh = refreshTable(only('nat.hour'), {
      endpoint: `http://127.0.0.1:${port}`,
      date: '2026-11-25',
      bounds,
    });
    await expect(refresh).rejects.toThrow(reason);
  });

  test.each([
    [{}, 'https://pricing.us-east-1.amazonaws.com'],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:1/' }, 'http://127.0.0.1:1'],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_PRICING: 'http://127.0.0.1:2' }, 'http://127.0.0.1:2'],
  ])('goes where %o says', (environment, endpoint) => {
    expect(priceListEndpoint(environment)).toBe(endpoint);
  });
});

describe('a file of 200 MB', () => {
  const megabyte = offerLine({
    SKU: 'ABCDEFGHIJKLMNOP',
    PriceDescription: `$0.1 per On Demand Linux m5.large Instance Hour ${'x'.repeat(800)}`,
    usageType: 'APN1-BoxUsage:m5.large',
    PricePerUnit: '0.1240000000',
  });
  const block = megabyte.repeat(Math.ceil(2 ** 20 / megabyte.length));

  /** Nothing of the file is on disk or in memory: the same block is sent again and again, and the price asked for comes last. */
  function* file(megabytes: number): Iterable<string> {
    yield offerHead;
    for (let sent = 0; sent < megabytes; sent++) yield block;
    yield offerLine({ SKU: 'Z', usageType: 'APN1-NatGateway-Hours', PricePerUnit: '0.0620000000' });
  }

  async function peak(megabytes: number): Promise<number> {
    const endpoint = await serve(() => file(megabytes));
    const child = join(import.meta.dirname, 'testing', 'refresh-child.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [child, endpoint]);
    const { confirmed, maxRssMb }: { confirmed: string[]; maxRssMb: number } = JSON.parse(stdout);
    expect(confirmed).toEqual(['nat.hour']);
    return maxRssMb;
  }

  test('is read in the memory that a small one takes', async () => {
    const [small, large] = [await peak(5), await peak(200)];
    // The garbage collector takes its time; a file that were kept would add all of its 200 MB.
    expect(large).toBeLessThan(small + 100);
    expect(large).toBeLessThan(300);
  });
});
