// What a subnet is for, as data: `ECS Fargate` is the service, `RDS Aurora` the database.
import { z } from 'zod';

/** Parts of the platform that stand in subnets, with the words that name them. */
const parts = [
  ['nat-gateway', /NAT/i],
  ['load-balancer', /ALB|load balancer/i],
  ['service', /ECS|Fargate/i],
  ['function', /Lambda/i],
  ['cache', /ElastiCache|Redis|Valkey/i],
  ['aurora', /RDS|Aurora/i],
] as const satisfies readonly (readonly [string, RegExp])[];

export type PlacedPart = (typeof parts)[number][0];

export const subnetUseSchema = z.strictObject({
  /** As it stands in the document. */
  text: z.string(),
  /** What the words name; none: they are not understood. */
  parts: z.array(z.enum(parts.map(([part]) => part))),
});
export type SubnetUse = z.infer<typeof subnetUseSchema>;

export const readSubnetUse = (text: string): SubnetUse => ({
  text,
  parts: parts.flatMap(([part, words]) => (words.test(text) ? [part] : [])),
});
