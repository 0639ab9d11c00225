import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { type Files, offerHead, offerLine, serveOffers } from '../testing/offer-server.ts';
import { committedPrices } from './price-table.ts';
import { priceListEndpoint, refreshTable } from './refresh.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serve(files: Files): Promise<string> {
  const { endpoint, close } = await serveOffers(files);
  open.push(close);
  return endpoint;
}

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

  test.each([
    [{}, 'https://pricing.us-east-1.amazonaws.com'],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:1/' }, 'http://127.0.0.1:1'],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_PRICING: 'http://127.0.0.1:2' }, 'http://127.0.0.1:2'],
  ])('goes where %o says', (environment, endpoint) => {
    expect(priceListEndpoint(environment)).toBe(endpoint);
  });
});

describe('a file as large as that of EC2', () => {
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
    const child = join(import.meta.dirname, '..', 'testing', 'refresh-child.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [child, endpoint]);
    const { confirmed, maxRssMb }: { confirmed: string[]; maxRssMb: number } = JSON.parse(stdout);
    expect(confirmed).toEqual(['nat.hour']);
    return maxRssMb;
  }

  test('is read in the memory that a small one takes', async () => {
    const [small, large] = [await peak(5), await peak(450)];
    // The garbage collector takes its time; a file that were kept would add all of its 450 MB.
    expect(large).toBeLessThan(small + 150);
    expect(large).toBeLessThan(300);
  });
});
