// Takes messages from the queue `work`, ten at a time, and deletes those whose work is done. The others come back after the queue's
// visibility timeout, and after five times go to the dead-letter queue.
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import type { FastifyBaseLogger } from 'fastify';
import { Consumer } from 'sqs-consumer';
import { continued, traceAttribute } from '../clients/tracing.ts';
import { doWork, type WorkParts } from '../orders/do-work.ts';
import { workMessage } from '../orders/messages.ts';

export interface WorkConsumer {
  /** Takes no more messages, and ends after those that it has. */
  stop(): Promise<void>;
}

/** For a queue that is not the platform's; seconds. */
export interface ConsumerTiming {
  readonly visibilityTimeout?: number;
  readonly waitTimeSeconds?: number;
}

/** Seconds for which the queue hides a message; long work asks for more in time. */
const visibilityTimeout = 60;
const heartbeatInterval = 20;
/** A task that stops waits so long (milliseconds) for work in hand. */
const lastWait = 15_000;

export function startWorkConsumer(
  client: SQSClient,
  queueUrl: string,
  parts: WorkParts,
  log: FastifyBaseLogger,
  timing: ConsumerTiming = {},
): WorkConsumer {
  async function handle(message: Message): Promise<Message | undefined> {
    try {
      await continued(message.MessageAttributes?.[traceAttribute]?.StringValue, 'work', async () =>
        doWork(parts, workMessage.parse(JSON.parse(message.Body ?? ''))),
      );
      return message;
    } catch (error) {
      // The body may hold a customer's data and stays out of the log.
      log.warn({ err: error, messageId: message.MessageId }, 'a message could not be worked off');
      return undefined;
    }
  }

  const consumer = Consumer.create({
    sqs: client,
    queueUrl,
    useQueueUrlAsEndpoint: false,
    batchSize: 10,
    messageAttributeNames: [traceAttribute],
    waitTimeSeconds: 20,
    visibilityTimeout,
    ...(timing.visibilityTimeout === undefined ? { heartbeatInterval } : {}),
    ...timing,
    pollingCompleteWaitTimeMs: lastWait,
    handleMessageBatch: async (messages) => {
      const done = await Promise.all(messages.map(handle));
      return done.filter((message) => message !== undefined);
    },
  });
  consumer.on('error', (error) => log.warn({ err: error }, 'the queue could not be asked'));
  consumer.start();

  return {
    stop: () =>
      new Promise((resolve) => {
        consumer.once('stopped', () => resolve());
        consumer.stop({ abort: true });
      }),
  };
}
