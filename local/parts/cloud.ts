// What stands in for SQS, SNS, S3 and DynamoDB here, with the queues, topics, buckets and tables of the templates in it. Nothing of it
// outlives the platform.
import { once } from 'node:events';
import { join } from 'node:path';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { account, type Directory } from '../blueprint/directory.ts';
import type { QueuePlan } from '../blueprint/stores.ts';
import type { Network } from '../machine/network.ts';
import type { Processes } from '../machine/processes.ts';
import { localProblem, words } from '../problems.ts';
import type { Credentials } from './credentials.ts';

export interface Cloud {
  /** Where the AWS clients of tasks and functions find it. */
  readonly variables: Readonly<Record<string, string>>;
  readonly region: string;
  readonly sqs: SQSClient;
  /** URL of a queue, by its key in the templates. */
  queueUrl(key: string): string;
  arnOf(key: string): string;
  /** Messages that wait in a queue, and that somebody has in hand. */
  depth(key: string): Promise<{ readonly waiting: number; readonly inHand: number }>;
  send(key: string, body: string): Promise<void>;
  publish(key: string, message: string): Promise<void>;
  /** A queue beside those of the templates that gets all that a topic tells; answers with its URL. */
  listen(topic: string, name: string, visibilityTimeout: number): Promise<string>;
  stop(): void;
}

interface CloudInput {
  readonly blueprint: Blueprint;
  readonly directory: Directory;
  readonly network: Network;
  readonly processes: Processes;
  readonly credentials: Credentials;
  /** Folder of this room's compiled entry points. */
  readonly code: string;
  /** Seconds for which a queue hides a message that somebody has in hand. */
  visibilityTimeout(queue: QueuePlan): number;
}

export async function startCloud(input: CloudInput): Promise<Cloud> {
  const { blueprint, directory, network, processes, code, credentials } = input;
  const { region } = blueprint;
  const [aws, dynamo] = [await network.place(0), await network.place(0)];
  const host = processes.start(
    'queues',
    process.execPath,
    [join(code, 'cloud-host.js'), region, `${aws.host}:${aws.port}`, `${dynamo.host}:${dynamo.port}`],
    { env: { AWS_ACCESS_KEY_ID: credentials.accessKeyId }, messages: true },
  );
  await Promise.race([
    once(host.child, 'message'),
    host.ended.then(() => Promise.reject(localProblem('partFailed', { part: 'SQS', reason: host.lastLines() }))),
  ]);

  const endpoint = `http://${aws.host}:${aws.port}`;
  const client = { region, credentials, endpoint, maxAttempts: 2 };
  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
  const sns = new SNSClient(client);
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const urls = new Map<string, string>();
  const arns = new Map<string, string>();
  const find = (map: ReadonlyMap<string, string>, key: string) => {
    const found = map.get(key);
    if (found === undefined) throw localProblem('noCounterpart', { where: words.platform, what: key });
    return found;
  };

  const cloud: Cloud = {
    region,
    sqs,
    variables: {
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: `http://${dynamo.host}:${dynamo.port}`,
    },
    queueUrl: (key) => find(urls, key),
    arnOf: (key) => find(arns, key),
    async depth(key) {
      const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const read = new GetQueueAttributesCommand({ QueueUrl: find(urls, key), AttributeNames: [...names] });
      const { Attributes = {} } = await sqs.send(read);
      const [waiting = 0, inHand = 0] = names.map((name) => Number(Attributes[name] ?? 0));
      return { waiting, inHand };
    },
    send: async (key, body) =>
      void (await sqs.send(new SendMessageCommand({ QueueUrl: find(urls, key), MessageBody: body }))),
    publish: async (key, message) =>
      void (await sns.send(new PublishCommand({ TopicArn: find(arns, key), Message: message }))),
    async listen(topic, name, visibilityTimeout) {
      const { url, arn } = await createQueue(sqs, name, { VisibilityTimeout: String(visibilityTimeout) });
      await sns.send(new SubscribeCommand({ TopicArn: find(arns, topic), Protocol: 'sqs', Endpoint: arn }));
      return url;
    },
    stop() {
      for (const each of [sqs, sns, s3]) each.destroy();
    },
  };

  // Queues before those whose dead letters they take.
  for (const queue of blueprint.queues.toSorted((a, b) => Number(hasDead(a)) - Number(hasDead(b)))) {
    const { url, arn } = await createQueue(sqs, queue.name, {
      VisibilityTimeout: String(input.visibilityTimeout(queue)),
      ReceiveMessageWaitTimeSeconds: String(queue.waitTime),
      MessageRetentionPeriod: String(queue.retention),
      DelaySeconds: String(queue.delay),
      ...(queue.deadLetters === undefined
        ? {}
        : {
            RedrivePolicy: JSON.stringify({
              deadLetterTargetArn: find(arns, queue.deadLetters.queue),
              maxReceiveCount: queue.deadLetters.maxReceiveCount,
            }),
          }),
    });
    urls.set(queue.key, url);
    arns.set(queue.key, arn);
    directory.enter(queue.key, { '': url, Arn: arn, QueueUrl: url, QueueName: queue.name });
  }
  for (const { key, name } of blueprint.topics) {
    const { TopicArn: arn = '' } = await sns.send(new CreateTopicCommand({ Name: name }));
    arns.set(key, arn);
    directory.enter(key, { '': arn, TopicArn: arn, TopicName: name });
  }
  for (const { key, name } of blueprint.buckets) {
    await s3.send(new CreateBucketCommand({ Bucket: name }));
    directory.enter(key, { '': name, Arn: `arn:aws:s3:::${name}` });
  }
  const tables = new DynamoDBClient({ ...client, endpoint: `http://${dynamo.host}:${dynamo.port}` });
  for (const { key, name, definition } of blueprint.tables) {
    // The template's words are those of the API.
    const command = { ...definition, TableName: name } as unknown as CreateTableCommandInput;
    await tables.send(new CreateTableCommand(command));
    directory.enter(key, { '': name, Arn: `arn:aws:dynamodb:${region}:${account}:table/${name}` });
  }
  tables.destroy();
  return cloud;
}

const hasDead = ({ deadLetters }: QueuePlan): boolean => deadLetters !== undefined;

async function createQueue(sqs: SQSClient, name: string, attributes: Record<string, string>) {
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  const read = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] });
  return { url, arn: (await sqs.send(read)).Attributes?.QueueArn ?? '' };
}
