// AWS in two regions as far as a failover asks it: AWS's own clients are met at their `send`, every call is kept with its region, and a
// region can be dead. What a call changes shows in later answers, so that steps can be run again.
import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';

const clients = [
  ApplicationAutoScalingClient,
  CloudWatchClient,
  DynamoDBClient,
  ECSClient,
  ElasticLoadBalancingV2Client,
  RDSClient,
  S3Client,
  SFNClient,
  SNSClient,
  SQSClient,
];

interface Call {
  readonly region: string;
  /** E.g. `UpdateService`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface RegionState {
  /** ARN of its cluster. */
  readonly database: string;
  readonly queue: string;
  readonly bucket: string;
  readonly loadBalancer: string;
  tasks: number;
  readonly messages: string[];
  readonly files: Map<string, Date>;
}

export interface ScriptedAws {
  readonly calls: Call[];
  readonly regions: Readonly<Record<string, RegionState>>;
  /** Regions that do not answer. */
  readonly dead: Set<string>;
  /** Operations that fail in the living ones. */
  broken: RegExp | undefined;
  /** Region of the database that takes writes. */
  writer: string;
  capacity: number;
  /** Whether the database that does not write could take over. */
  follows: boolean;
  /** Whether writes of the first region arrive in the other. */
  replicates: boolean;
  /** The last value of the latch. */
  latch: number;
  running: string[];
  item: Record<string, { S?: string | undefined; N?: string | undefined }> | undefined;
  readonly reports: Map<string, string>;
  readonly subjects: string[];
  /** Puts the clients back as they were. */
  restore(): void;
}

const text = z.string();
const number = z.number();

/** Stands in for all clients until `restore`. */
export function scriptAws(
  regions: Readonly<Record<string, RegionState>>,
  writer: string,
  capacity: number,
): ScriptedAws {
  const aws: ScriptedAws = {
    calls: [],
    regions,
    dead: new Set(),
    broken: undefined,
    writer,
    capacity,
    follows: true,
    replicates: false,
    latch: 0,
    running: [],
    item: undefined,
    reports: new Map(),
    subjects: [],
    restore() {
      for (const client of clients) Reflect.deleteProperty(client.prototype, 'send');
    },
  };
  async function send(this: { config: { region(): Promise<string> } }, command: { input: Call['input'] }) {
    const call = {
      region: await this.config.region(),
      operation: command.constructor.name.replace(/Command$/, ''),
      input: command.input,
    };
    aws.calls.push(call);
    if (aws.dead.has(call.region)) throw new Error(`${call.region} does not answer`);
    if (aws.broken?.test(call.operation)) throw new Error(`${call.operation} is broken`);
    return answer(aws, call);
  }
  for (const client of clients) Object.defineProperty(client.prototype, 'send', { value: send, configurable: true });
  return aws;
}

function answer(aws: ScriptedAws, { region, operation, input }: Call): unknown {
  const here = aws.regions[region];
  if (here === undefined) throw new Error(`nothing of the platform is in ${region}`);
  const answers: Readonly<Record<string, () => unknown>> = {
    GetItem: () => ({ Item: aws.item }),
    PutItem: () => {
      const { revision } = aws.item ?? {};
      const read = z.object({ ':read': z.object({ N: text }) }).safeParse(input.ExpressionAttributeValues);
      if ((read.success ? read.data[':read'].N : undefined) !== revision?.N)
        throw new ConditionalCheckFailedException({ message: 'another was faster', $metadata: {} });
      aws.item = z.record(text, z.object({ S: text.optional(), N: text.optional() })).parse(input.Item);
    },
    ListExecutions: () => ({ executions: aws.running.map((executionArn) => ({ executionArn })) }),
    RegisterScalableTarget: () => {
      const [least, most] = [number.parse(input.MinCapacity), number.parse(input.MaxCapacity)];
      here.tasks = Math.min(Math.max(here.tasks, least), most);
    },
    DescribeServices: () => ({
      services: [{ desiredCount: here.tasks, runningCount: here.tasks, taskDefinition: `${region} api:7` }],
    }),
    UpdateService: () => {
      here.tasks = number.parse(input.desiredCount);
    },
    RunTask: () => ({ tasks: [{ taskArn: `task in ${region}` }] }),
    DescribeTasks: () => ({ tasks: [{ lastStatus: 'STOPPED', containers: [{ name: 'api', exitCode: 0 }] }] }),
    DescribeTargetHealth: () => ({
      TargetHealthDescriptions: Array.from({ length: here.tasks }, () => ({ TargetHealth: { State: 'healthy' } })),
    }),
    DescribeGlobalClusters: () => ({
      GlobalClusters: [
        {
          Status: 'available',
          GlobalClusterMembers: Object.entries(aws.regions).map(([name, { database }]) => ({
            DBClusterArn: database,
            IsWriter: name === aws.writer,
            SynchronizationStatus: aws.follows ? 'connected' : 'pending-resync',
          })),
        },
      ],
    }),
    FailoverGlobalCluster: () => promote(aws, input),
    SwitchoverGlobalCluster: () => promote(aws, input),
    DescribeDBClusters: () => ({
      DBClusters: [
        { Status: 'available', ServerlessV2ScalingConfiguration: { MinCapacity: aws.capacity, MaxCapacity: 8 } },
      ],
    }),
    ModifyDBCluster: () => {
      aws.capacity = z.object({ MinCapacity: number }).parse(input.ServerlessV2ScalingConfiguration).MinCapacity;
    },
    GetMetricStatistics: () => ({ Datapoints: aws.replicates ? [{ Timestamp: new Date(), Maximum: 250 }] : [] }),
    PutMetricData: () => {
      const [datum] = z.array(z.object({ Value: number })).parse(input.MetricData);
      aws.latch = datum?.Value ?? aws.latch;
    },
    ReceiveMessage: () => ({
      Messages: here.messages.slice(0, 10).map((Body, index) => ({ Body, ReceiptHandle: String(index) })),
    }),
    SendMessageBatch: () => {
      const sent = z.array(z.object({ MessageBody: text })).parse(input.Entries);
      here.messages.push(...sent.map(({ MessageBody }) => MessageBody));
    },
    DeleteMessageBatch: () => {
      here.messages.splice(0, z.array(z.unknown()).parse(input.Entries).length);
    },
    GetQueueAttributes: () => ({
      Attributes: {
        ApproximateNumberOfMessages: String(here.messages.length),
        ApproximateNumberOfMessagesNotVisible: '0',
      },
    }),
    ListObjectsV2: () => ({ Contents: [...here.files].map(([Key, LastModified]) => ({ Key, LastModified })) }),
    CopyObject: () => {
      here.files.set(text.parse(input.Key), new Date());
    },
    PutObject: () => {
      aws.reports.set(text.parse(input.Key), text.parse(input.Body));
    },
    Publish: () => {
      aws.subjects.push(text.parse(input.Subject));
    },
  };
  const found = answers[operation];
  if (found === undefined) throw new Error(`nobody expected ${operation}`);
  return found() ?? {};
}

function promote(aws: ScriptedAws, input: Call['input']): void {
  const [name] =
    Object.entries(aws.regions).find(([, { database }]) => database === input.TargetDbClusterIdentifier) ?? [];
  if (name === undefined) throw new Error(`${text.parse(input.TargetDbClusterIdentifier)} is no cluster of the two`);
  aws.writer = name;
}
