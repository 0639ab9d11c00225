// What Lambda does between a queue and a function: it receives, hands over a batch, and deletes what did not fail. The rest comes back
// after the visibility timeout, and after its last time goes to the dead-letter queue; both are the queue's own doing.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';

/** Works messages off, and answers with those that are done. */
type Work = (messages: readonly Message[]) => Promise<readonly Message[]>;

export interface Poller {
  /** Takes nothing more, and ends after what is in hand. */
  stop(): Promise<void>;
}

interface PollInput {
  readonly sqs: SQSClient;
  readonly url: string;
  /** Messages of one batch, at most. */
  readonly batchSize: number;
  /** Batches at once, at most. */
  readonly concurrency: number;
  /** Seconds that a batch is waited for. */
  readonly window?: number;
  readonly work: Work;
}

/** SQS hands out so many messages at once. */
const onceAtMost = 10;
/** Seconds of one long poll. */
const waitTime = 20;

export function pollQueue({ sqs, url, batchSize, concurrency, window = 0, work }: PollInput): Poller {
  const stopping = new AbortController();
  const { signal } = stopping;
  const inHand = new Set<Promise<void>>();

  async function receive(count: number, seconds: number): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: Math.min(count, onceAtMost),
      WaitTimeSeconds: seconds,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    return (await sqs.send(command, { abortSignal: signal })).Messages ?? [];
  }

  async function gather(): Promise<Message[]> {
    const batch = await receive(batchSize, waitTime);
    for (const end = performance.now() + window * 1000; batch.length > 0 && batch.length < batchSize; ) {
      const left = Math.ceil((end - performance.now()) / 1000);
      if (left <= 0 || signal.aborted) break;
      batch.push(...(await receive(batchSize - batch.length, left)));
    }
    return batch;
  }

  async function finish(batch: readonly Message[]): Promise<void> {
    const done = await work(batch).catch((): readonly Message[] => []);
    for (let start = 0; start < done.length; start += onceAtMost) {
      const Entries = done
        .slice(start, start + onceAtMost)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries })).catch(() => {});
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      if (inHand.size >= concurrency) await Promise.race(inHand);
      const batch = await gather().catch(async () => {
        await sleep(200, undefined, { signal }).catch(() => {});
        return [];
      });
      if (batch.length === 0) continue;
      const finishing = finish(batch).finally(() => inHand.delete(finishing));
      inHand.add(finishing);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
      await Promise.all(inHand);
    },
  };
}

/** A message in the shape in which functions get it. */
export function recordOf(message: Message, arn: string, region: string) {
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, attributeOf(value)]),
    ),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
}

const attributeOf = ({ StringValue, BinaryValue, DataType }: MessageAttributeValue) => ({
  dataType: DataType,
  stringValue: StringValue,
  ...(BinaryValue === undefined ? {} : { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
  stringListValues: [],
  binaryListValues: [],
});

const partialResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * The messages that a function's answer leaves as done. An answer that is not of the form, or names a message that was not in the
 * batch, counts as a failure of the whole batch, as it does on AWS.
 */
export function doneOf(messages: readonly Message[], answer: unknown, partial: boolean): readonly Message[] {
  if (!partial) return messages;
  const read = partialResponse.safeParse(answer);
  if (!read.success) return [];
  const failed = new Set(read.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
  const ids = new Set(messages.map(({ MessageId = '' }) => MessageId));
  if (![...failed].every((id) => ids.has(id))) return [];
  return messages.filter(({ MessageId = '' }) => !failed.has(MessageId));
}
