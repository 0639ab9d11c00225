// What Lambda does between a queue or topic and a function: polls, hands over a batch, deletes what did not fail.
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { BatchResponse, QueueEvent, TopicEvent } from '../clients/lambda.ts';

export interface Pump {
  stop(): Promise<void>;
}

/** A queue's messages to a function with partial batch responses; a batch whose function throws comes back whole. */
export function pumpQueue(sqs: SQSClient, url: string, handle: (event: QueueEvent) => Promise<BatchResponse>): Pump {
  return pump(sqs, url, async (messages) => {
    const Records = messages.map(({ MessageId = '', Body = '', MessageAttributes = {} }) => ({
      messageId: MessageId,
      body: Body,
      messageAttributes: Object.fromEntries(
        Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, { stringValue: StringValue }]),
      ),
    }));
    const { batchItemFailures } = await handle({ Records });
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    return messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
  });
}

const notification = z.object({
  Message: z.string(),
  MessageAttributes: z.record(z.string(), z.object({ Value: z.string() })).default({}),
});

/** A topic's news, by way of a queue that subscribes to it, to a function: one piece at a time, as SNS does. */
export function pumpTopic(sqs: SQSClient, url: string, handle: (event: TopicEvent) => Promise<void>): Pump {
  return pump(sqs, url, async (messages) => {
    const done = await Promise.allSettled(
      messages.map(({ Body = '' }) => handle({ Records: [{ Sns: notification.parse(JSON.parse(Body)) }] })),
    );
    return messages.filter((_, index) => done[index]?.status === 'fulfilled');
  });
}

/** Goes on until stopped; `work` answers with the messages to delete. */
function pump(sqs: SQSClient, url: string, work: (messages: Message[]) => Promise<Message[]>): Pump {
  const stopping = new AbortController();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const receive = new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
      });
      const { Messages = [] } = await sqs
        .send(receive, { abortSignal: stopping.signal })
        .catch((): { Messages?: Message[] } => ({}));
      if (Messages.length === 0) continue;
      const done = await work(Messages).catch((): Message[] => []);
      await Promise.all(
        done.map(({ ReceiptHandle }) => sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }))),
      );
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
