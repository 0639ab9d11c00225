// Messages on their way from one region's queue `work` to the other's.
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Messages } from '../ports.ts';
import { clientOptions, lazily } from './clients.ts';
import { type RecoveryVariables, resourcesOf } from './variables.ts';

/** As many as SQS takes at once. */
const batch = 10;
/** Batches of one call, so that it ends well within a function's time. */
const batches = 50;

export function awsMessages(variables: RecoveryVariables): Messages {
  const queues = lazily((region: string) => new SQSClient(clientOptions(region)));
  return {
    async move(from, to) {
      const [left, taken] = [resourcesOf(variables, from), resourcesOf(variables, to)];
      const [out, into] = [queues(left.region), queues(taken.region)];
      let moved = 0;
      for (let count = 0; count < batches; count++) {
        const { Messages: messages = [] } = await out.send(
          new ReceiveMessageCommand({
            QueueUrl: left.workQueue,
            MaxNumberOfMessages: batch,
            WaitTimeSeconds: 1,
            MessageAttributeNames: ['All'],
          }),
        );
        if (messages.length === 0) break;
        const { Failed: refused = [] } = await into.send(
          new SendMessageBatchCommand({
            QueueUrl: taken.workQueue,
            Entries: messages.map(({ Body, MessageAttributes }, index) => ({
              Id: String(index),
              MessageBody: Body ?? '',
              MessageAttributes,
            })),
          }),
        );
        // Gone from the one queue only after the other has taken it.
        const failed = new Set(refused.map(({ Id }) => Id));
        const gone = messages.flatMap(({ ReceiptHandle }, index) =>
          ReceiptHandle === undefined || failed.has(String(index)) ? [] : [{ Id: String(index), ReceiptHandle }],
        );
        if (gone.length === 0) throw new Error(`the queue of ${taken.region} takes no message`);
        await out.send(new DeleteMessageBatchCommand({ QueueUrl: left.workQueue, Entries: gone }));
        moved += gone.length;
      }
      return moved + (await waiting(out, left.workQueue));
    },
  };
}

/** Messages that are in a queue, or with a reader who may give them back. */
async function waiting(client: SQSClient, queue: string): Promise<number> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queue,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}
