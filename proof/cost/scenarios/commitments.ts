// What a promise to pay for a year takes off: savings plans and reserved capacity of one year with nothing paid in advance.
import type { Price } from '../../../aws/prices/price-table.ts';

interface Commitment {
  /** Price items that it covers, by their beginning. */
  readonly items: string;
  /** Share of the on-demand price that is saved. */
  readonly saves: number;
  readonly source: string;
  readonly confidence: Price['confidence'];
}

const compute = 'Compute Savings Plans, one year, no upfront payment; recollection, to be verified';

/** The first that fits counts. A burstable or serverless database is not what these rates are for, and has none. */
const commitments: readonly Commitment[] = [
  { items: 'fargate.', saves: 0.15, source: compute, confidence: 'L' },
  { items: 'lambda.x86.gb-second', saves: 0.12, source: compute, confidence: 'L' },
  { items: 'lambda.arm.gb-second', saves: 0.12, source: compute, confidence: 'L' },
  {
    items: 'aurora.instance.',
    saves: 0.3,
    source: 'Aurora reserved instances, one year, no upfront payment: AWS names 30 % as the most',
    confidence: 'M',
  },
  {
    items: 'elasticache.redis.',
    saves: 0.31,
    source: 'ElastiCache reserved nodes, one year, no upfront payment; recollection, to be verified',
    confidence: 'L',
  },
  {
    items: 'elasticache.valkey.',
    saves: 0.31,
    source: 'ElastiCache reserved nodes, one year, no upfront payment; recollection, to be verified',
    confidence: 'L',
  },
  {
    items: 'cloudfront.',
    saves: 0.3,
    source: 'CloudFront Security Savings Bundle, one year: AWS names 30 % as the most',
    confidence: 'M',
  },
];

/** The share saved on an item; 0 for what nobody sells by the year. */
export const savedOn = (item: string): number => commitments.find(({ items }) => item.startsWith(items))?.saves ?? 0;
