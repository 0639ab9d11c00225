// What AWS hands to the functions, as far as they look at it, read at the edge like everything else.
import * as z from 'zod';

const messageAttributes = z.record(z.string(), z.object({ stringValue: z.string().optional() })).default({});

/** From a queue. */
export const queueEvent = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string(), messageAttributes })),
});

/** From a topic. */
export const topicEvent = z.object({
  Records: z.array(
    z.object({
      Sns: z.object({
        Message: z.string(),
        MessageAttributes: z.record(z.string(), z.object({ Value: z.string() })).default({}),
      }),
    }),
  ),
});

/** From a load balancer. Without multi-value headers, each name comes once, in small letters. */
export const balancerEvent = z.object({
  httpMethod: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

export type QueueEvent = z.input<typeof queueEvent>;
export type TopicEvent = z.input<typeof topicEvent>;
export type BalancerEvent = z.input<typeof balancerEvent>;

/** Those messages come back; the others are deleted. */
export interface BatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export interface BalancerResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: false;
}

/** An entry of the log. Lambda's JSON format takes an object as it is, and adds time, level and request. */
export function logLine(level: 'info' | 'warn' | 'error', msg: string, fields: Record<string, unknown>): void {
  console[level]({ msg, ...fields });
}
