// What a region's process and the drill that started it say to each other.
import * as z from 'zod';
import { environmentKey } from '../../design/schema.ts';

const place = z.object({ host: z.string(), port: z.number() });
const role = z.enum(['primary', 'standby']);

/** What a region must know to start. */
const startShape = z.object({
  environment: environmentKey,
  role,
  /** The cloud assembly, the folder of compiled entry points, and the region's ledger. */
  assembly: z.string(),
  code: z.string(),
  ledger: z.string(),
  speed: z.number(),
  /** What tasks are told of whose tokens are good. */
  issuer: z.record(z.string(), z.string()),
  /** Of a standby: the database that it follows, and the secrets of the region that has it, by the keys of their resources. */
  follows: z
    .object({
      leader: z.object({ place, data: z.string(), password: z.string(), certificate: z.string() }),
      secrets: z.record(z.string(), z.object({ arn: z.string(), value: z.string() })),
    })
    .optional(),
});
export type RegionStart = z.infer<typeof startShape>;

/** What a region that has started says of itself. */
export const startedShape = z.object({
  loadBalancers: z.object({ encrypted: place.optional(), plain: place.optional() }),
  /** PEM of the authority that signed its load balancer's certificate. */
  certificate: z.string(),
  /** The headers without which its listeners send nobody on. */
  letsIn: z.record(z.string(), z.string()),
  /** For who follows it. */
  follows: startShape.shape.follows.unwrap(),
});
export type RegionStarted = z.infer<typeof startedShape>;

const failoverInput = z.object({
  action: z.enum(['failover', 'switchover', 'failback']),
  reason: z.string(),
});
export type FailoverInput = z.infer<typeof failoverInput>;

/** One state of the state machine as it was run; times in milliseconds since 1970. */
const stepRunShape = z.object({ name: z.string(), startedAt: z.number(), endedAt: z.number() });
export type StepRun = z.infer<typeof stepRunShape>;

export const failedOverShape = z.object({
  ok: z.boolean(),
  /** Of the state machine's, in the order in which they were entered. */
  steps: z.array(stepRunShape),
  /** What the last state gave. */
  output: z.unknown(),
  /** Why it stopped, where it did. */
  failure: z.union([z.string(), z.object({ en: z.string(), ja: z.string() })]).optional(),
});
export type FailedOver = z.infer<typeof failedOverShape>;

export const ordersShape = z.array(z.object({ id: z.string(), status: z.string() }));

/** From the drill to a region. `tell` is not answered. */
export const askedShape = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('start'), id: z.number(), about: startShape }),
  z.object({ ask: z.literal('failOver'), id: z.number(), about: failoverInput }),
  z.object({ ask: z.literal('orders'), id: z.number() }),
  z.object({ ask: z.literal('lag'), id: z.number() }),
  z.object({ ask: z.literal('traffic'), goesTo: z.enum([...role.options, 'by-hand']) }),
]);
export type RegionRequest = z.infer<typeof askedShape>;

/** From a region to the drill: answers, and what it was not asked for. */
export const saidShape = z.union([
  z.object({ id: z.number(), result: z.unknown() }),
  z.object({ id: z.number(), problem: z.object({ code: z.string().optional(), en: z.string(), ja: z.string() }) }),
  z.object({ alarm: z.string(), status: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) }),
  z.object({ entered: z.string() }),
]);
export type RegionMessage = z.infer<typeof saidShape>;
