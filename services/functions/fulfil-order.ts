// Queue `fulfilment` → Aurora → queue `work`: fulfils accepted orders, each once however often its message comes, and tells the tasks,
// who can reach the cache and the topic as this function cannot (SG-5, IAM-3). What fails comes back alone (ARC-5).
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { clientOptions, sqsOptions } from '../clients/aws.ts';
import { connectDatabase } from '../clients/connect-database.ts';
import type { Database } from '../clients/database.ts';
import { deadlineIn } from '../clients/deadline.ts';
import {
  checkLogin,
  collectorOf,
  collectorVariables,
  databaseVariables,
  readEnvironment,
} from '../clients/environment.ts';
import { type BatchResponse, logLine, type QueueEvent, queueEvent } from '../clients/lambda.ts';
import { openQueue, type Queue, sendAll } from '../clients/queue.ts';
import { startTracing, type Telemetry } from '../clients/start-tracing.ts';
import { continued, traceAttribute, traceOfLog } from '../clients/tracing.ts';
import { fulfilOrder } from '../orders/fulfil-order.ts';
import { fulfilmentMessage, type OrderChanged } from '../orders/messages.ts';

interface Dependencies {
  readonly database: Database;
  readonly work: Queue;
}

/** A batch must end within the function's 30 s (MON-9 warns at 25 s); milliseconds. */
const batchBudget = 20_000;

/** Fulfils the orders of a batch one after the other; names the messages that must come again. */
export async function fulfilOrders({ database, work }: Dependencies, event: QueueEvent): Promise<BatchResponse> {
  const deadline = deadlineIn(batchBudget);
  const failed: string[] = [];
  for (const { messageId, body, messageAttributes } of queueEvent.parse(event).Records) {
    await continued(messageAttributes[traceAttribute]?.stringValue, 'fulfil-order', async () => {
      try {
        const { orderId } = fulfilmentMessage.parse(JSON.parse(body));
        const { order } = await fulfilOrder(database, deadline, orderId);
        // Told again when the message comes again: the first telling may be what failed.
        const changed: OrderChanged = { type: 'order-changed', orderId, version: order.version };
        await sendAll(work, deadline, [{ body: changed }]);
        logLine('info', 'fulfilled', { orderId, ...traceOfLog() });
      } catch (error) {
        failed.push(messageId);
        logLine('warn', 'an order could not be fulfilled', { messageId, error: String(error), ...traceOfLog() });
      }
    });
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

let starting: Promise<Dependencies & { readonly tracing: Telemetry }> | undefined;

export async function handler(event: QueueEvent): Promise<BatchResponse> {
  starting ??= start().catch((error: unknown) => {
    // The next invocation begins anew; a remembered failure would last as long as the instance.
    starting = undefined;
    throw error;
  });
  const { tracing, ...parts } = await starting;
  try {
    return await fulfilOrders(parts, event);
  } finally {
    await tracing.flush();
  }
}

async function start() {
  const variables = readEnvironment(
    z.object({ ...databaseVariables, ...collectorVariables, WORK_QUEUE: z.url() }),
    process.env,
    checkLogin,
  );
  return {
    tracing: startTracing(collectorOf(variables, 'fulfil-order')),
    // An instance does one batch at a time.
    database: await connectDatabase(variables, new SecretsManagerClient(clientOptions), 1),
    work: openQueue(new SQSClient(sqsOptions()), variables.WORK_QUEUE),
  };
}
