// The shape of a price table: what is known of one price.
import { z } from 'zod';

const priceRow = z.strictObject({
  /** Our own name, e.g. `fargate.x86.vcpu-hour`. */
  item: z.string().min(1),
  /** The Price List's service code, e.g. `AmazonECS`. */
  service: z.string().min(1),
  /** The Price List's usage type, with the region's prefix. */
  usageType: z.string().min(1),
  /** Attributes that tell apart products of one usage type, by the Price List's JSON names. */
  where: z.record(z.string(), z.string()).optional(),
  /** What one price is for, e.g. `1M requests`. */
  unit: z.string().min(1),
  /** How many single things (requests, hours, GB) a unit is. */
  per: z.number().positive(),
  /** From the first; `upTo` counts units a month from zero, and the last has none. */
  tiers: z.array(z.strictObject({ upTo: z.number().positive().optional(), price: z.number().positive() })).nonempty(),
  /** Units a month that an account has for nothing. Rows of one pool share the allowance, across regions. */
  free: z.strictObject({ pool: z.string(), amount: z.number().positive() }).optional(),
  source: z.string().min(1),
  /** The day it was looked up. */
  date: z.iso.date(),
  /** H: dated copy of the Price List; M: derived or secondary; L: recollection, to be verified first. */
  confidence: z.enum(['H', 'M', 'L']),
});

export const priceTable = z.strictObject({
  region: z.string(),
  currency: z.literal('USD'),
  prices: z.array(priceRow).nonempty(),
});

export type PriceRow = z.infer<typeof priceRow>;
export type PriceTable = z.infer<typeof priceTable>;
