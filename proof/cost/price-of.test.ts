import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auroraClasses, cacheNodeTypes } from '../../aws/instance-classes.ts';
import { ageOf } from '../../aws/prices/age.ts';
import { bracketsOf, committedPrices, findPrice, type Price } from '../../aws/prices/price-table.ts';
import { hasGroup } from './groups.ts';
import { priceOf } from './price-of.ts';
import { CostError } from './problem.ts';

const tables = committedPrices.tables.map((table) => [table.region, table] as const);
/** USD for a month's quantity of single things, through the tiers. */
const amountOf = ({ tiers, per }: Pick<Price, 'tiers' | 'per'>, quantity: number) =>
  bracketsOf(tiers, 0, quantity / per).reduce((sum, { units, price: unit }) => sum + units * unit, 0);
const price = (region: string, item: string) => findPrice(committedPrices, region, item)?.tiers[0]?.price;

describe('the committed prices', () => {
  test('are those of Tokyo, Oregon and Virginia', () => {
    expect(tables.map(([region]) => region)).toEqual(['ap-northeast-1', 'us-west-2', 'us-east-1']);
  });

  test.each(tables)('of %s have each item once, with a group of the estimate and rising tiers', (_, { prices }) => {
    const items = prices.map(({ item }) => item);
    expect(items.filter((item, index) => items.indexOf(item) !== index)).toEqual([]);
    expect(items.filter((item) => !hasGroup(item))).toEqual([]);
    for (const { item, tiers } of prices) {
      const bounds = tiers.map(({ upTo = Infinity }) => upTo);
      expect(bounds, item).toEqual([...new Set(bounds)].sort((one, other) => one - other));
      expect(bounds.at(-1), item).toBe(Infinity);
      // A further unit never costs more than the one before.
      const amounts = tiers.map((tier) => tier.price);
      expect(amounts, item).toEqual(amounts.toSorted((one, other) => other - one));
    }
  });

  test('have in every region what has a region, so that a second region never lacks a price the first one has', () => {
    const sold = tables.map(([, { prices }]) =>
      prices.map(({ item }) => item).filter((item) => !/^(cloudfront|route53)\./.test(item)),
    );
    expect(sold[1]).toEqual(sold[0]);
    expect(sold[2]).toEqual(sold[0]);
  });

  test('carry the usage types of their own region', () => {
    const foreign = tables.flatMap(([region, { prices }]) =>
      prices.filter(({ usageType }) => {
        const prefix = /^(APN1|USW2|USE1)-/.exec(usageType)?.[1];
        return (
          prefix !== undefined &&
          prefix !== { 'ap-northeast-1': 'APN1', 'us-west-2': 'USW2', 'us-east-1': 'USE1' }[region]
        );
      }),
    );
    expect(foreign).toEqual([]);
  });

  test.each([
    ['fargate.x86.vcpu-hour', 0.05056, 0.04048],
    ['aurora.instance.db.r6g.large', 0.313, 0.26],
    ['elasticache.valkey.cache.r6g.large', 0.1976, 0.1648],
    ['alb.hour', 0.0243, 0.0225],
    ['nat.gb', 0.062, 0.045],
    ['logs.ingest.gb', 0.76, 0.5],
  ])('%s is $%d in Tokyo and $%d in Oregon', (item, here, there) => {
    expect([price('ap-northeast-1', item), price('us-west-2', item)]).toEqual([here, there]);
  });
});

describe('a price that no row has', () => {
  test('follows for a larger machine from its family, under the name that its usage type has', () => {
    const larger = findPrice(committedPrices, 'ap-northeast-1', 'aurora.instance.db.r6g.2xlarge');
    expect(larger).toMatchObject({
      tiers: [{ price: 1.252 }],
      usageType: 'APN1-InstanceUsage:db.r6g.2xl',
      source: '4 × aurora.instance.db.r6g.large',
      confidence: 'M',
    });
    expect(findPrice(committedPrices, 'us-west-2', 'elasticache.redis.cache.r6g.xlarge')).toMatchObject({
      tiers: [{ price: 0.412 }],
      usageType: 'USW2-NodeUsage:cache.r6g.xlarge',
    });
  });

  test('is 1.3 times the standard for an I/O-Optimized instance', () => {
    expect(price('ap-northeast-1', 'aurora.io-optimized.instance.db.t4g.medium')).toBeCloseTo(0.113 * 1.3);
  });

  test('is refused with the item and its nearest neighbours', () => {
    expect(() => priceOf(committedPrices, 'ap-northeast-1', 'fargate.x86.vcpu-hours')).toThrow(
      /fargate\.x86\.vcpu-hours in ap-northeast-1; nearest known: fargate\.x86\.vcpu-hour,/,
    );
  });

  test('is refused with the known regions where there is no table', () => {
    expect(() => priceOf(committedPrices, 'eu-west-1', 'alb.hour')).toThrow(CostError);
    expect(() => priceOf(committedPrices, 'eu-west-1', 'alb.hour')).toThrow(/eu-west-1.*ap-northeast-1, us-west-2/);
  });

  test('is found for some machine of each kind that a document can ask for, and never 0', () => {
    const machines = [
      ...auroraClasses.map(({ name }) => `aurora.instance.${name}`),
      ...cacheNodeTypes.map(({ name }) => `elasticache.redis.${name}`),
    ];
    const found = machines.map((item) => price('ap-northeast-1', item)).filter((one) => one !== undefined);
    expect(found.length).toBeGreaterThan(30);
    expect(Math.min(...found)).toBeGreaterThan(0);
  });
});

describe('tiers', () => {
  const egress = priceOf(committedPrices, 'ap-northeast-1', 'egress.gb');

  test.each([
    [0, 0],
    [10240, 10240 * 0.114],
    [10241, 10240 * 0.114 + 0.089],
    [60_000, 10240 * 0.114 + 40_960 * 0.089 + 8800 * 0.086],
  ])('%d GB to the internet come to $%d', (quantity, amount) => {
    expect(amountOf(egress, quantity)).toBeCloseTo(amount);
  });

  test('are continuous, and more never costs less', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (one, more) => {
          const [before, after] = [amountOf(egress, one), amountOf(egress, one + more)];
          expect(after).toBeGreaterThanOrEqual(before - 1e-6);
          expect(after - before).toBeLessThanOrEqual(more * 0.114 + 1e-6);
        },
      ),
    );
  });

  test('can be entered in the middle: parts make the whole', () => {
    fc.assert(
      fc.property(fc.nat(200_000), fc.nat(200_000), (first, second) => {
        const sum = (start: number, units: number) =>
          bracketsOf(egress.tiers, start, units).reduce(
            (total, { units: some, price: each }) => total + some * each,
            0,
          );
        expect(sum(0, first) + sum(first, second)).toBeCloseTo(sum(0, first + second), 4);
      }),
    );
  });
});

describe('the age of a table', () => {
  const [, table] = tables[0] ?? [];
  test.each([
    ['2026-12-31', 60, false],
    ['2027-01-01', 61, true],
  ])('on %s is %d days', (day, days, stale) => {
    if (table === undefined) throw new Error('no table');
    const aged = { ...table, prices: table.prices.map((row) => ({ ...row, date: '2026-11-01' })) };
    expect(ageOf(aged, day)).toMatchObject({ oldest: '2026-11-01', days, stale });
  });
});
