// Stand-ins for SQS, SNS, S3 (fauxqs) and DynamoDB (dynalite), on free ports of this machine, with the workload's own queues, topic,
// bucket and table in them.
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import dynalite from 'dynalite';
import { buildApp } from 'fauxqs';

/** Nobody checks these, but the clients want some. */
const account = { region: 'ap-northeast-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

export interface Aws {
  readonly endpoint: string;
  readonly clients: { readonly sqs: SQSClient; readonly sns: SNSClient; readonly s3: S3Client };
  readonly queues: Readonly<Record<QueueName, string>>;
  readonly topicArn: string;
  readonly bucket: string;
  /** Messages that wait in a queue or are being worked on. */
  depth(queue: QueueName): Promise<number>;
  purge(): Promise<void>;
  stop(): Promise<void>;
}

/** `receipts` stands for the way from the topic to a function. */
type QueueName = 'work' | 'fulfilment' | 'work-dead' | 'fulfilment-dead' | 'receipts';

export interface AwsSettings {
  /** Seconds after which an undone message comes back: short, so that tests need not wait a minute. */
  readonly visibilityTimeout?: number;
  readonly maxReceiveCount?: number;
}

export async function startAws({ visibilityTimeout = 1, maxReceiveCount = 3 }: AwsSettings = {}): Promise<Aws> {
  const server = buildApp({ logger: false, defaultRegion: account.region });
  const endpoint = await server.listen({ host: '127.0.0.1', port: 0 });
  const sqs = new SQSClient({ ...account, endpoint, useQueueUrlAsEndpoint: false });
  const sns = new SNSClient({ ...account, endpoint });
  const s3 = new S3Client({ ...account, endpoint, forcePathStyle: true });

  const queues: Partial<Record<QueueName, string>> = {};
  for (const name of ['work', 'fulfilment'] as const) {
    const dead = await createQueue(`${name}-dead`);
    queues[`${name}-dead`] = dead.url;
    const redrive = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount });
    queues[name] = (
      await createQueue(name, { VisibilityTimeout: String(visibilityTimeout), RedrivePolicy: redrive })
    ).url;
  }
  const receipts = await createQueue('receipts', { VisibilityTimeout: String(visibilityTimeout) });
  const { TopicArn: topicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'order-events' }));
  await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: receipts.arn }));
  await s3.send(new CreateBucketCommand({ Bucket: 'data' }));

  async function createQueue(name: string, attributes: Record<string, string> = {}) {
    const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    const read = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] });
    return { url, arn: (await sqs.send(read)).Attributes?.QueueArn ?? '' };
  }

  const urls = { ...queues, receipts: receipts.url } as Record<QueueName, string>;
  return {
    endpoint,
    clients: { sqs, sns, s3 },
    queues: urls,
    topicArn,
    bucket: 'data',
    async depth(queue) {
      const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const read = new GetQueueAttributesCommand({ QueueUrl: urls[queue], AttributeNames: [...names] });
      const { Attributes = {} } = await sqs.send(read);
      return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    },
    async purge() {
      for (const url of Object.values(urls)) await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    },
    async stop() {
      for (const client of [sqs, sns, s3]) client.destroy();
      await server.close();
    },
  };
}

export interface Dynamo {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly table: string;
  stop(): Promise<void>;
}

/** dynalite knows no TTL: nothing leaves its table by itself, as nothing does at once on AWS. */
export async function startDynamo(): Promise<Dynamo> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('dynalite listens on no port');
  const endpoint = `http://127.0.0.1:${address.port}`;
  const client = new DynamoDBClient({ ...account, endpoint, maxAttempts: 1 });
  await client.send(
    new CreateTableCommand({
      TableName: 'answers',
      AttributeDefinitions: [{ AttributeName: 'idempotencyKey', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'idempotencyKey', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  return {
    client,
    endpoint,
    table: 'answers',
    stop: async () => {
      client.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
