// Brings functions together with what calls them: queues by polling, topics by a queue of ours that hears everything the topic tells.
import { ChangeMessageVisibilityCommand, type Message, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { resourceOf } from '../../assembly/graph.ts';
import { reasonOf } from '../../common/reason.ts';
import type { Directory } from '../blueprint/directory.ts';
import type { QueueSource, TopicSource } from '../blueprint/functions.ts';
import type { Cloud } from '../parts/cloud.ts';
import { doneOf, type Poller, pollQueue, recordOf } from './poll-queue.ts';
import type { FunctionRuntime } from './runtime.ts';

/** Lambda waits a minute before the second try of an event, and two before the third; seconds. */
const retryWaits = [60, 120] as const;

/** Starts what calls a function. `speed` divides the time between tries. */
export async function connectFunction(
  runtime: FunctionRuntime,
  cloud: Cloud,
  directory: Directory,
  speed: number,
): Promise<readonly Poller[]> {
  const { plan } = runtime;
  return [
    ...plan.queues.map((source) => pollFor(runtime, source, cloud)),
    ...(await Promise.all(plan.topics.map((source) => listenFor(runtime, source, cloud, directory, speed)))),
  ];
}

function pollFor(runtime: FunctionRuntime, source: QueueSource, cloud: Cloud): Poller {
  const arn = cloud.arnOf(source.queue);
  return pollQueue({
    sqs: cloud.sqs,
    url: cloud.queueUrl(source.queue),
    batchSize: source.batchSize,
    window: source.window,
    concurrency: Math.min(source.concurrency ?? Number.POSITIVE_INFINITY, runtime.concurrency),
    async work(messages) {
      const Records = messages.map((message) => recordOf(message, arn, cloud.region));
      return doneOf(messages, await runtime.invoke({ Records }), source.partialResponses);
    },
  });
}

const notification = z.object({
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Subject: z.string().optional(),
  Timestamp: z.string(),
  MessageAttributes: z.record(z.string(), z.object({ Type: z.string(), Value: z.string() })).default({}),
});

async function listenFor(
  runtime: FunctionRuntime,
  source: TopicSource,
  cloud: Cloud,
  directory: Directory,
  speed: number,
): Promise<Poller> {
  const { plan } = runtime;
  // Longer than one try takes, so that no event is tried twice at once.
  const url = await cloud.listen(source.topic, `${plan.name}-events`, plan.timeout + 30);

  async function deliver(message: Message): Promise<Message | undefined> {
    const news = notification.parse(JSON.parse(message.Body ?? ''));
    const event = {
      Records: [
        { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: `${news.TopicArn}:local`, Sns: news },
      ],
    };
    try {
      await runtime.invoke(event);
      return message;
    } catch (error) {
      const tries = Number(message.Attributes?.ApproximateReceiveCount ?? 1);
      if (tries <= source.retries) {
        const wait = (retryWaits[Math.min(tries, retryWaits.length) - 1] ?? 60) / speed;
        await hide(cloud.sqs, url, message, Math.ceil(wait));
        return undefined;
      }
      const queue = directory.textIfKnown(source.failed) === undefined ? undefined : resourceOf(source.failed);
      if (queue !== undefined) await cloud.send(queue, JSON.stringify(failureOf(event, plan.name, tries, error)));
      return message;
    }
  }

  return pollQueue({
    sqs: cloud.sqs,
    url,
    batchSize: runtime.concurrency,
    concurrency: 1,
    work: async (messages) => (await Promise.all(messages.map(deliver))).filter((message) => message !== undefined),
  });
}

async function hide(sqs: SQSClient, url: string, { ReceiptHandle }: Message, seconds: number): Promise<void> {
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: seconds }));
}

/** What Lambda sends where failed events go. */
const failureOf = (event: object, name: string, tries: number, error: unknown) => ({
  version: '1.0',
  timestamp: new Date().toISOString(),
  requestContext: { functionArn: name, condition: 'RetriesExhausted', approximateInvokeCount: tries },
  requestPayload: event,
  responsePayload: { errorMessage: reasonOf(error) },
});
