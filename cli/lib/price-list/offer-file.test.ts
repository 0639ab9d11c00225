import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { PriceRow } from '../../../aws/prices/price-row.ts';
import { committedPrices, findPrice } from '../../../aws/prices/price-table.ts';
import { readOfferFile } from './offer-file.ts';
import { type OfferRow, offerHead, offerLine } from './testing/offer-server.ts';

function row(item: string, region = 'ap-northeast-1'): PriceRow {
  const found = findPrice(committedPrices, region, item);
  if (found === undefined) throw new Error(`no ${item}`);
  return found;
}

const read = (rows: readonly PriceRow[], lines: readonly OfferRow[]) =>
  readOfferFile(Readable.from([offerHead, ...lines.map(offerLine)]), rows);

/** Each neighbour would be taken for the price by a reader that looks at a part of the usage type, or at that alone. */
describe('neighbours of a price in the list', () => {
  const redis = { 'Cache Engine': 'Redis', PricePerUnit: '0.247' };
  const postgres = { 'Database Engine': 'Aurora PostgreSQL', PricePerUnit: '0.313' };
  const traps: readonly [what: string, item: string, right: OfferRow, neighbour: OfferRow, price: number][] = [
    [
      'a node that waits for its replicas',
      'elasticache.redis.cache.r6g.large',
      { usageType: 'APN1-NodeUsage:cache.r6g.large', ...redis },
      { usageType: 'APN1-SyncDurability-NodeUsage:cache.r6g.large', ...redis, PricePerUnit: '0.3' },
      0.247,
    ],
    [
      'a node in extended support',
      'elasticache.redis.cache.r6g.large',
      { usageType: 'APN1-NodeUsage:cache.r6g.large', ...redis },
      { usageType: 'APN1-ExtendedSupport-NodeUsage:cache.r6g.large', ...redis, PricePerUnit: '0.1976' },
      0.247,
    ],
    [
      'a node on an outpost',
      'elasticache.redis.cache.r6g.large',
      { usageType: 'APN1-NodeUsage:cache.r6g.large', ...redis },
      { usageType: 'APN1-Outpost-NodeUsage:cache.r6g.large', ...redis, PricePerUnit: '0.2' },
      0.247,
    ],
    [
      'the same node with another engine',
      'elasticache.valkey.cache.r6g.large',
      { usageType: 'APN1-NodeUsage:cache.r6g.large', 'Cache Engine': 'Valkey', PricePerUnit: '0.1976' },
      { usageType: 'APN1-NodeUsage:cache.r6g.large', ...redis },
      0.1976,
    ],
    [
      'PostgreSQL that is not Aurora',
      'aurora.instance.db.r6g.large',
      { usageType: 'APN1-InstanceUsage:db.r6g.large', ...postgres },
      { usageType: 'APN1-InstanceUsage:db.r6g.large', 'Database Engine': 'PostgreSQL', PricePerUnit: '0.258' },
      0.313,
    ],
    [
      'an I/O-Optimized instance',
      'aurora.instance.db.r6g.large',
      { usageType: 'APN1-InstanceUsage:db.r6g.large', ...postgres },
      { usageType: 'APN1-InstanceUsageIOOptimized:db.r6g.large', ...postgres, PricePerUnit: '0.407' },
      0.313,
    ],
    [
      'a trust store of a load balancer',
      'alb.hour',
      { usageType: 'APN1-LoadBalancerUsage', operation: 'LoadBalancing:Application', PricePerUnit: '0.0243' },
      { usageType: 'APN1-TS-LoadBalancerUsage', operation: 'LoadBalancing:Application', PricePerUnit: '0.0056' },
      0.0243,
    ],
    [
      'a network load balancer',
      'alb.hour',
      { usageType: 'APN1-LoadBalancerUsage', operation: 'LoadBalancing:Application', PricePerUnit: '0.0243' },
      { usageType: 'APN1-LoadBalancerUsage', operation: 'LoadBalancing:Network', PricePerUnit: '0.0225' },
      0.0243,
    ],
    [
      'another region',
      'nat.hour',
      { usageType: 'APN1-NatGateway-Hours', PricePerUnit: '0.062' },
      { usageType: 'USW2-NatGateway-Hours', PricePerUnit: '0.045' },
      0.062,
    ],
    [
      'a reserved instance',
      'aurora.instance.db.r6g.large',
      { usageType: 'APN1-InstanceUsage:db.r6g.large', ...postgres },
      { usageType: 'APN1-InstanceUsage:db.r6g.large', ...postgres, TermType: 'Reserved', PricePerUnit: '0.2' },
      0.313,
    ],
  ];

  test.each(traps)('%s is not taken for %s', async (_, item, right, neighbour, price) => {
    for (const lines of [
      [
        { SKU: 'A', ...right },
        { SKU: 'B', ...neighbour },
      ],
      [
        { SKU: 'B', ...neighbour },
        { SKU: 'A', ...right },
      ],
    ]) {
      expect(await read([row(item)], lines)).toMatchObject({ offers: [{ item, tiers: [{ price }] }], ambiguous: [] });
    }
    expect(await read([row(item)], [{ SKU: 'B', ...neighbour }])).toMatchObject({ offers: [], absent: [item] });
  });

  test('two products that fit and differ are named, and neither is taken', async () => {
    const line = { usageType: 'APN1-NatGateway-Hours' };
    const result = await read(
      [row('nat.hour')],
      [
        { SKU: 'B', ...line, PricePerUnit: '0.062' },
        { SKU: 'A', ...line, PricePerUnit: '0.07' },
      ],
    );
    expect(result).toMatchObject({ offers: [], ambiguous: [{ item: 'nat.hour', skus: ['A', 'B'] }] });
  });

  test('us-east-1 has its prefix in some services and none in others', async () => {
    for (const usageType of ['USE1-DataProcessing-Bytes', 'DataProcessing-Bytes']) {
      const result = await read([row('logs.ingest.gb', 'us-east-1')], [{ SKU: 'A', usageType, PricePerUnit: '0.5' }]);
      expect(result.offers).toEqual([{ item: 'logs.ingest.gb', tiers: [{ price: 0.5 }] }]);
    }
  });
});

describe('a price in the list', () => {
  test('is turned into the table’s unit, its tiers in order and what is free left out', async () => {
    const line = { SKU: 'A', usageType: 'APN1-CW:MetricMonitorUsage' };
    const { offers } = await read(
      [{ ...row('cloudwatch.metric'), per: 10 }],
      [
        { ...line, StartingRange: '10000', EndingRange: 'Inf', PricePerUnit: '0.10' },
        { ...line, StartingRange: '0', EndingRange: '10000', PricePerUnit: '0.30' },
        { SKU: 'F', usageType: 'APN1-CW:MetricMonitorUsage', PricePerUnit: '0.0000000000' },
      ],
    );
    expect(offers).toEqual([{ item: 'cloudwatch.metric', tiers: [{ upTo: 1000, price: 3 }, { price: 1 }] }]);
  });

  test('is dated by the file', async () => {
    expect((await read([row('nat.hour')], [])).published).toBe('2026-11-20T10:00:00Z');
  });

  test('is not looked for in what is no price list', async () => {
    await expect(readOfferFile(Readable.from(['<html>\n', 'busy\n']), [row('nat.hour')])).rejects.toThrow(/SKU/);
  });
});
