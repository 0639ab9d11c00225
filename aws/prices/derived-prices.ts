// Prices that follow from a row by a rule of AWS's own: within a family of machines a size costs in proportion to `large`, and an
// I/O-Optimized instance of Aurora costs 1.3 times the standard one. They carry the rule as their source and are never trusted fully.
import { timesLarge } from '../instance-classes.ts';
import type { PriceRow } from './price-row.ts';

const optimized = 'aurora.io-optimized.instance.';
const surcharge = 1.3;

/** The price of a machine by its family's `large`; `undefined` for everything else. */
export function derivedPrice(rows: readonly PriceRow[], item: string): PriceRow | undefined {
  const known = rows.find((row) => row.item === item);
  if (known !== undefined) return known;
  if (item.startsWith(optimized)) {
    const standard = derivedPrice(rows, item.replace(optimized, 'aurora.instance.'));
    return standard && scaled(standard, item, surcharge, optimizedUsage(standard.usageType));
  }
  const [, family, size] = /^(.+\.)([^.]+)$/.exec(item) ?? [];
  const times = size === 'large' ? undefined : timesLarge[size ?? ''];
  const large = rows.find((row) => row.item === `${family}large` && /-hour$/.test(row.unit));
  if (times === undefined || large === undefined || size === undefined) return undefined;
  return scaled(large, item, times, sizedUsage(large, size));
}

const optimizedUsage = (usageType: string) => usageType.replace('InstanceUsage:', 'InstanceUsageIOOptimized:');

/** `xlarge` is spelt `xl` in the usage types of RDS from 2xlarge on. */
const sizedUsage = ({ service, usageType }: PriceRow, size: string) =>
  usageType.replace(/\.large$/, `.${service === 'AmazonRDS' ? size.replace(/^(\d+)xlarge$/, '$1xl') : size}`);

function scaled(row: PriceRow, item: string, times: number, usageType: string): PriceRow {
  return {
    ...row,
    item,
    usageType,
    tiers: row.tiers.map((tier) => ({ ...tier, price: rounded(tier.price * times) })),
    source: `${times} × ${row.item}`,
    confidence: row.confidence === 'L' ? 'L' : 'M',
  };
}

const rounded = (price: number) => Number(price.toPrecision(12));
