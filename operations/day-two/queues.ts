// What waits where it should not: messages that failed too often, looked at, sent back, or thrown away.
import {
  ChangeMessageVisibilityBatchCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Resource } from '../../assembly/graph.ts';
import { deadLetterOf } from '../../assembly/questions/queues.ts';
import { until } from '../../common/until.ts';
import { isNamed } from '../aws/clients.ts';
import type { DeployedEnvironment } from './environment.ts';
import { dayTwoProblem } from './problem.ts';

export interface FailedQueue {
  /** As a person types it: the queue's place in the app, e.g. `fulfilment`. */
  readonly name: string;
  /** Where messages are that failed. */
  readonly failed: Resource;
  /** Where they came from; absent where topics and functions leave what they cannot deliver, which AWS moves nowhere by itself. */
  readonly source?: Resource;
}

interface FailedMessage {
  readonly id: string;
  /** ISO time. */
  readonly sent?: string;
  readonly received: number;
  readonly body: string;
}

export interface Failed {
  readonly queue: string;
  /** As SQS counts, about. */
  readonly waiting: number;
  readonly messages: readonly FailedMessage[];
}

/** The queues of an environment, each with what fails of it. */
export function failedQueues({ all, environmentGraph }: DeployedEnvironment): readonly FailedQueue[] {
  const queues = all('AWS::SQS::Queue');
  const targets = new Map(queues.map((queue) => [queue, deadLetterOf(environmentGraph, queue)]));
  const deadLetters = new Set(targets.values());
  return queues.flatMap((queue) => {
    const failed = targets.get(queue);
    if (failed !== undefined) return [{ name: nameOf(queue), failed, source: queue }];
    return deadLetters.has(queue) ? [] : [{ name: nameOf(queue), failed: queue }];
  });
}

/** `AStack/Fulfilment/Queue/Resource` → `fulfilment`. */
function nameOf({ path }: Resource): string {
  const parts = path.split('/').slice(1);
  return parts
    .filter((part) => part !== 'Resource' && part !== 'Queue')
    .join('-')
    .toLowerCase();
}

/** @throws DayTwoProblem with the names there are */
export function findQueue(place: DeployedEnvironment, asked: string): FailedQueue {
  const queues = failedQueues(place);
  const found = queues.find(({ name }) => name === asked.toLowerCase());
  if (found === undefined) throw dayTwoProblem('noSuchQueue', { asked, queues: queues.map(({ name }) => name) });
  return found;
}

/** Seconds for which a message that is looked at is hidden, should nobody come to give it back. */
const hidden = 30;
/** Messages of one answer; SQS gives no more. */
const atOnce = 10;

/** Looks at up to `limit` messages and gives them back: they stay where they are, received once more. */
export async function lookAtFailed(
  place: DeployedEnvironment,
  { failed }: FailedQueue,
  limit: number,
): Promise<Failed> {
  const client = place.clients.queues(place.region);
  const QueueUrl = place.nameOf(failed);
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages'] }),
  );
  const seen = new Map<string, Message>();
  try {
    while (seen.size < limit) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(atOnce, limit - seen.size),
          VisibilityTimeout: hidden,
          // Long enough that all servers are asked: a short poll may find nothing where there is something.
          WaitTimeSeconds: 1,
          MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
        }),
      );
      const fresh = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
      for (const message of Messages) seen.set(message.MessageId ?? '', message);
      if (fresh.length === 0) break;
    }
  } finally {
    await giveBack(place, QueueUrl, [...seen.values()]);
  }
  return {
    queue: Attributes?.QueueArn ?? QueueUrl,
    waiting: Number(Attributes?.ApproximateNumberOfMessages ?? 0),
    messages: [...seen.values()].map(shown).sort((one, other) => (one.sent ?? '').localeCompare(other.sent ?? '')),
  };
}

async function giveBack(place: DeployedEnvironment, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  for (let first = 0; first < messages.length; first += atOnce) {
    const Entries = messages.slice(first, first + atOnce).map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await place.clients.queues(place.region).send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  }
}

function shown({ MessageId = '', Attributes = {}, Body = '' }: Message): FailedMessage {
  const { SentTimestamp, ApproximateReceiveCount = '0' } = Attributes;
  const sent = SentTimestamp === undefined ? {} : { sent: new Date(Number(SentTimestamp)).toISOString() };
  return { id: MessageId, ...sent, received: Number(ApproximateReceiveCount), body: Body };
}

export interface Moved {
  readonly queue: string;
  readonly moved: number;
  /** `RUNNING` when AWS goes on by itself after the command's time is over. */
  readonly status: string;
}

/** How often the move is looked at, and with how many milliseconds between: five minutes in all. */
const looks = { within: 5 * 60_000, every: 2_000 };

/**
 * Sends everything back to where it failed.
 * @param perSecond absent: as fast as SQS can
 * @throws DayTwoProblem when there is nowhere to send it, or a move is under way
 */
export async function retryFailed(
  place: DeployedEnvironment,
  queue: FailedQueue,
  perSecond: number | undefined,
): Promise<Moved> {
  if (queue.source === undefined) throw dayTwoProblem('nothingToRetryInto', { queue: queue.name });
  const client = place.clients.queues(place.region);
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: place.nameOf(queue.failed), AttributeNames: ['QueueArn'] }),
  );
  const SourceArn = Attributes?.QueueArn;
  const look = async () => {
    const { Results = [] } = await client.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }));
    return Results[0];
  };
  if ((await look())?.Status === 'RUNNING') throw dayTwoProblem('alreadyMoving', { queue: queue.name });
  const rate = perSecond === undefined ? {} : { MaxNumberOfMessagesPerSecond: perSecond };
  await client.send(new StartMessageMoveTaskCommand({ SourceArn, ...rate }));
  const { last } = await until(look, (task) => task?.Status !== 'RUNNING', { ...looks, clock: place.clock });
  if (last?.FailureReason !== undefined) {
    throw dayTwoProblem('failed', { what: SourceArn ?? queue.name, reason: last.FailureReason });
  }
  return {
    queue: SourceArn ?? queue.name,
    moved: Number(last?.ApproximateNumberOfMessagesMoved ?? 0),
    status: last?.Status ?? 'COMPLETED',
  };
}

/** Throws away everything that failed; SQS takes up to a minute over it. */
export async function purgeFailed(place: DeployedEnvironment, queue: FailedQueue): Promise<void> {
  const QueueUrl = place.nameOf(queue.failed);
  await place.clients
    .queues(place.region)
    .send(new PurgeQueueCommand({ QueueUrl }))
    .catch((error: unknown) => {
      if (isNamed(error, 'PurgeQueueInProgress', 'AWS.SimpleQueueService.PurgeQueueInProgress')) {
        throw dayTwoProblem('justPurged', { queue: queue.name });
      }
      throw error;
    });
}
