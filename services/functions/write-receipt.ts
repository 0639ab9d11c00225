// Topic `order-events` → S3: writes the receipt of a fulfilled order. News that comes twice writes the same file twice.
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { s3Options } from '../clients/aws.ts';
import { type Bucket, openBucket } from '../clients/bucket.ts';
import { deadlineIn } from '../clients/deadline.ts';
import { bucketVariables, collectorOf, collectorVariables, readEnvironment } from '../clients/environment.ts';
import { logLine, type TopicEvent, topicEvent } from '../clients/lambda.ts';
import { startTracing, type Telemetry } from '../clients/start-tracing.ts';
import { continued, traceAttribute, traceOfLog } from '../clients/tracing.ts';
import { orderEvent } from '../orders/messages.ts';
import { receiptName, receiptOf } from '../orders/receipt.ts';

interface Dependencies {
  readonly bucket: Bucket;
}

/** Milliseconds for one receipt. */
const budget = 10_000;

/** Writes a receipt for each piece of news; an error makes Lambda try the news again, and set it aside after the third time. */
export async function writeReceipts({ bucket }: Dependencies, event: TopicEvent): Promise<void> {
  for (const { Sns } of topicEvent.parse(event).Records) {
    await continued(Sns.MessageAttributes[traceAttribute]?.Value, 'write-receipt', async () => {
      const receipt = receiptOf(orderEvent.parse(JSON.parse(Sns.Message)));
      const name = receiptName(receipt.orderId);
      await bucket.write(deadlineIn(budget), name, JSON.stringify(receipt), 'application/json');
      logLine('info', 'receipt written', { orderId: receipt.orderId, ...traceOfLog() });
    });
  }
}

let started: (Dependencies & { readonly tracing: Telemetry }) | undefined;

export async function handler(event: TopicEvent): Promise<void> {
  started ??= start();
  const { tracing, ...parts } = started;
  try {
    await writeReceipts(parts, event);
  } finally {
    await tracing.flush();
  }
}

function start() {
  const variables = readEnvironment(z.object({ ...bucketVariables, ...collectorVariables }), process.env);
  const client = new S3Client(s3Options());
  return {
    tracing: startTracing(collectorOf(variables, 'write-receipt')),
    bucket: openBucket(client, variables.DATA_BUCKET, variables.DATA_PREFIX),
  };
}
