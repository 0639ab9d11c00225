// Claims about failed messages: looked at on a real queue, since what matters is that they are still there afterwards.
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refusal } from '../aws/testing/aws-stub.ts';
import { type DeployedEnvironment, dayTwoClients } from './environment.ts';
import { failedQueues, findQueue, lookAtFailed, purgeFailed, retryFailed } from './queues.ts';
import { environmentWith, play } from './testing/environment.ts';

const server = buildApp({ logger: false, defaultRegion: 'ap-northeast-1' });
let place: DeployedEnvironment;
let sqs: SQSClient;
let dead: string;
let round = 0;

beforeAll(async () => {
  const endpoint = await server.listen({ host: '127.0.0.1', port: 0 });
  const clients = dayTwoClients({ endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  sqs = clients.queues('ap-northeast-1');
  place = environmentWith(clients);
});
afterAll(() => server.close());

beforeEach(async () => {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `dead-${++round}` }));
  dead = QueueUrl;
  place = environmentWith(place.clients, { Dead: dead });
});

const send = async (...bodies: string[]) => {
  for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl: dead, MessageBody }));
};
const counted = async () => {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['All'] }));
  return [Attributes?.ApproximateNumberOfMessages, Attributes?.ApproximateNumberOfMessagesNotVisible];
};

describe('failed messages', () => {
  test('are shown with their bodies, and stay where anybody can take them', async () => {
    const bodies = Array.from({ length: 12 }, (_, index) => `order ${index}`);
    await send(...bodies);
    const { waiting, messages } = await lookAtFailed(place, findQueue(place, 'fulfilment'), 100);
    expect(waiting).toBe(12);
    expect(messages.map(({ body }) => body).sort()).toEqual(bodies.sort());
    expect(messages.every(({ sent }) => sent !== undefined)).toBe(true);
    expect(await counted()).toEqual(['12', '0']);
  });

  test('are no more than asked for', async () => {
    await send('one', 'two', 'three');
    expect((await lookAtFailed(place, findQueue(place, 'fulfilment'), 2)).messages).toHaveLength(2);
    expect(await counted()).toEqual(['3', '0']);
  });

  test('are gone after a purge', async () => {
    await send('one', 'two');
    await purgeFailed(place, findQueue(place, 'fulfilment'));
    expect(await counted()).toEqual(['0', '0']);
  });
});

describe('a queue', () => {
  test('is named as its place in the app, and its dead letters are no queue of their own', () => {
    expect(failedQueues(place).map(({ name, failed }) => [name, failed.logicalId])).toEqual([
      ['fulfilment', 'Dead'],
      ['undelivered', 'Undelivered'],
    ]);
  });

  test('that there is none of is answered with those there are', () => {
    expect(() => findQueue(place, 'work')).toThrow(/"queues":\["fulfilment","undelivered"\]/);
  });
});

const url = { Dead: 'http://127.0.0.1/111122223333/dead' };
const attributes = { 'sqs.GetQueueAttributes': { Attributes: { QueueArn: 'arn:aws:sqs:r:a:dead' } } };

describe('sending back', () => {
  test('starts one move, at the rate asked for, and waits for its end', async () => {
    const statuses = ['COMPLETED', 'RUNNING', 'RUNNING', 'COMPLETED'];
    const {
      place: there,
      changes,
      stub,
    } = await play({
      ...attributes,
      'sqs.ListMessageMoveTasks': () => ({
        Results: [{ Status: statuses.shift(), ApproximateNumberOfMessagesMoved: 7 }],
      }),
      'sqs.StartMessageMoveTask': { TaskHandle: 'task' },
    });
    const from = environmentWith(there.clients, url);
    const moved = await retryFailed(from, findQueue(from, 'fulfilment'), 5);
    await stub.stop();
    expect(moved).toEqual({ queue: 'arn:aws:sqs:r:a:dead', moved: 7, status: 'COMPLETED' });
    expect(changes()).toEqual([
      'StartMessageMoveTask {"SourceArn":"arn:aws:sqs:r:a:dead","MaxNumberOfMessagesPerSecond":5}',
    ]);
  });

  test.each([
    ['while another move is under way', { Status: 'RUNNING' }, /alreadyMoving/],
    ['what AWS refuses to move', undefined, /no dead letters/],
  ])('is not done %s', async (_, task, expected) => {
    const { place: there, stub } = await play({
      ...attributes,
      'sqs.ListMessageMoveTasks': { Results: task === undefined ? [] : [task] },
      'sqs.StartMessageMoveTask': refusal('InvalidParameterValue', 'no dead letters'),
    });
    const from = environmentWith(there.clients, url);
    await expect(retryFailed(from, findQueue(from, 'fulfilment'), undefined)).rejects.toThrow(expected);
    await stub.stop();
  });

  test('is refused where topics and functions leave what they cannot deliver', async () => {
    await expect(retryFailed(place, findQueue(place, 'undelivered'), undefined)).rejects.toThrow(/nothingToRetryInto/);
  });
});
