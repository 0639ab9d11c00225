// What the ports made of AWS ask of it where that is more than handing on (DR-3…6).
import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ECSClient } from '@aws-sdk/client-ecs';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from 'vitest';
import { NotYet } from '../errors.ts';
import { firstEntry } from '../ledger.ts';
import { type RecordedCall, scriptClients } from '../testing/scripted-clients.ts';
import { auroraCapacity } from './capacity.ts';
import { auroraDatabase } from './database.ts';
import { awsFiles } from './files.ts';
import { auroraFollowers } from './followers.ts';
import { dynamoLedger } from './ledger.ts';
import { awsMessages } from './messages.ts';
import { fargateOneOff } from './one-off.ts';
import { fargateService } from './service.ts';
import { resolvedTraffic } from './traffic.ts';
import { readVariables } from './variables.ts';

const place = (region: string) => ({
  region,
  cluster: 'cluster',
  service: 'api',
  targetGroup: `arn:aws:elasticloadbalancing:${region}:1:targetgroup/tasks/1`,
  loadBalancer: `alb.${region}.example`,
  database: `arn:aws:rds:${region}:1:cluster:orders`,
  workQueue: `https://sqs.${region}.amazonaws.com/1/work`,
  dataBucket: `data-${region}`,
  dataPrefix: 'orders/',
});
const environment = {
  ENVIRONMENT: 'production',
  LEDGER_TABLE: 'ledger',
  GLOBAL_CLUSTER: 'global',
  LATCH_NAMESPACE: 'Hashira/Recovery',
  LATCH_METRIC: 'Latch',
  ORIGIN: 'origin.example.com',
  TOPIC: 'arn:aws:sns:us-west-2:1:critical',
  REPORTS_BUCKET: 'logs',
  REPORTS_PREFIX: 'recovery/',
  PLACES: JSON.stringify({ primary: place('ap-northeast-1'), standby: place('us-west-2') }),
  SIZE: '{"minimum":2,"maximum":10}',
  CAPACITY: '{"resting":0.5,"working":8}',
};
const variables = readVariables(environment);
const standby = variables.PLACES.standby;

const clients = [
  ApplicationAutoScalingClient,
  CloudWatchClient,
  DynamoDBClient,
  ECSClient,
  RDSClient,
  S3Client,
  SQSClient,
];
let restore = () => {};
function script(answers: Readonly<Record<string, (input: RecordedCall['input']) => unknown>>): readonly RecordedCall[] {
  const scripted = scriptClients(clients, answers);
  ({ restore } = scripted);
  return scripted.asked;
}
afterEach(() => restore());

describe('the environment', () => {
  test.each([
    ['PLACES', '{'],
    ['SIZE', '{"minimum":0,"maximum":1}'],
    ['TOPIC', 'critical'],
  ])('is refused when %s is %s, by name and without its value', (name, value) => {
    expect(() => readVariables({ ...environment, [name]: value })).toThrow(new RegExp(`not complete\\.\\n${name}`));
  });
});

describe('the service', () => {
  test.each([
    // What scaling made of it stays: a step that is done again must not take tasks from people.
    ['of 5 tasks stays at 5 when started again', 5, { minimum: 2, maximum: 10 }, undefined],
    ['at rest comes to its least', 0, { minimum: 2, maximum: 10 }, 2],
    ['that is stopped goes to nought', 5, { minimum: 0, maximum: 0 }, 0],
  ])('%s', async (_, desiredCount, size, wanted) => {
    const asked = script({
      RegisterScalableTarget: () => {},
      DescribeServices: () => ({ services: [{ desiredCount }] }),
      UpdateService: () => {},
    });
    await fargateService(standby).scale(size);
    expect(asked.map(({ operation }) => operation).slice(0, 2)).toEqual(['RegisterScalableTarget', 'DescribeServices']);
    expect(asked.find(({ operation }) => operation === 'UpdateService')?.input.desiredCount).toBe(wanted);
  });

  test('a one-off task runs as the service does, once for a token', async () => {
    const network = { awsvpcConfiguration: { subnets: ['a'] } };
    const asked = script({
      DescribeServices: () => ({ services: [{ taskDefinition: 'api:7', networkConfiguration: network }] }),
      RunTask: () => ({ tasks: [{ taskArn: 'task' }] }),
    });
    const oneOff = fargateOneOff(standby);
    await oneOff.start('resume-orders.mjs', 'a');
    await oneOff.start('resume-orders.mjs', 'a');
    await oneOff.start('resume-orders.mjs', 'b');
    const runs = asked.filter(({ operation }) => operation === 'RunTask').map(({ input }) => input);
    expect(runs[0]).toMatchObject({ taskDefinition: 'api:7', networkConfiguration: network });
    expect(runs.map(({ clientToken }) => clientToken === runs[0]?.clientToken)).toEqual([true, true, false]);
  });

  test('a one-off task that finds no capacity is asked for again', async () => {
    script({
      DescribeServices: () => ({ services: [{ taskDefinition: 'api:7' }] }),
      RunTask: () => ({ tasks: [], failures: [{ reason: 'Capacity is unavailable at this time' }] }),
    });
    await expect(fargateOneOff(standby).start('resume-orders.mjs', 'a')).rejects.toThrow(NotYet);
  });

  test.each([
    [{ lastStatus: 'RUNNING' }, 'running'],
    [{ lastStatus: 'STOPPED', containers: [{ name: 'api', exitCode: 0 }] }, 'succeeded'],
    [{ lastStatus: 'STOPPED', containers: [{ name: 'api', exitCode: 1 }] }, 'failed'],
    [{ lastStatus: 'STOPPED', containers: [{ name: 'collector', exitCode: 0 }, { name: 'api' }] }, 'failed'],
    [undefined, 'failed'],
  ])('a one-off task that is %j has %s', async (task, outcome) => {
    script({ DescribeTasks: () => ({ tasks: task === undefined ? [] : [task] }) });
    expect(await fargateOneOff(standby).outcome('task')).toBe(outcome);
  });
});

describe('the database', () => {
  const members = (status: string, writer: string) => ({
    GlobalClusters: [
      {
        Status: status,
        GlobalClusterMembers: ['ap-northeast-1', 'us-west-2'].map((region) => ({
          DBClusterArn: place(region).database,
          IsWriter: region === writer,
        })),
      },
    ],
  });

  test.each([
    ['available', 'us-west-2', 'standby'],
    ['available', 'ap-northeast-1', 'primary'],
  ])('that is %s with its writer in %s has %s', async (status, region, writer) => {
    const asked = script({ DescribeGlobalClusters: () => members(status, region) });
    expect(await auroraDatabase(variables).writer()).toBe(writer);
    expect(asked.map(({ region }) => region)).toEqual(['us-west-2']);
  });

  test.each([
    // A global database may wait for the lost region for hours after the other takes writes.
    ['failing-over', 'available', true, 'standby'],
    ['failing-over', 'available', false, undefined],
    ['failing-over', 'promoting', true, undefined],
    ['switching-over', 'modifying', false, undefined],
  ])(
    'that is %s, its cluster here %s and a writer: %s, has %s (DR-6)',
    async (status, own, IsClusterWriter, writer) => {
      const asked = script({
        DescribeGlobalClusters: () => members(status, 'ap-northeast-1'),
        DescribeDBClusters: () => ({ DBClusters: [{ Status: own, DBClusterMembers: [{ IsClusterWriter }] }] }),
      });
      expect(await auroraDatabase(variables).writer()).toBe(writer);
      expect(new Set(asked.map(({ region }) => region))).toEqual(new Set(['us-west-2']));
      expect(asked.at(-1)?.input).toEqual({ DBClusterIdentifier: standby.database });
    },
  );

  test.each([
    ['available', 'connected', 'primary', true],
    ['available', 'connected', 'standby', true],
    ['available', 'pending-resync', 'primary', false],
    ['switching-over', 'connected', 'primary', false],
  ] as const)('that is %s, its follower %s, could be switched over to %s: %s', async (status, state, region, could) => {
    const [cluster] = members(status, 'us-west-2').GlobalClusters;
    const [follower, writer] = cluster?.GlobalClusterMembers ?? [];
    const synchronized = { ...cluster, GlobalClusterMembers: [{ ...follower, SynchronizationStatus: state }, writer] };
    script({ DescribeGlobalClusters: () => ({ GlobalClusters: [synchronized] }) });
    expect(await auroraFollowers(variables).couldTakeOver(region)).toBe(could);
  });

  test('whose standby was taken out of the global cluster by hand writes there, whatever has become of the rest', async () => {
    const [cluster] = members('switching-over', 'ap-northeast-1').GlobalClusters;
    const left = { ...cluster, GlobalClusterMembers: cluster?.GlobalClusterMembers.slice(0, 1) };
    script({ DescribeGlobalClusters: () => ({ GlobalClusters: [left] }) });
    expect(await auroraDatabase(variables).writer()).toBe('standby');
  });

  test.each([
    [{ name: 'InvalidGlobalClusterStateFault', $fault: 'client' }, true],
    [{ name: 'InvalidDBClusterStateFault', $fault: 'client' }, true],
    [{ name: 'Throttling', $fault: 'client' }, true],
    [{ name: 'InternalFailure', $fault: 'server' }, true],
    [{ name: 'TimeoutError' }, true],
    [{ name: 'Error', code: 'ECONNRESET' }, true],
    // A refusal: a failover may be forced on it.
    [{ name: 'InvalidParameterValue', $fault: 'client', Code: 'InvalidParameterValue', code: 400 }, false],
    [{ name: 'GlobalClusterNotFoundFault', $fault: 'client' }, false],
  ])('that answers %j is asked again: %s', async (error, again) => {
    script({
      SwitchoverGlobalCluster: () => {
        throw Object.assign(new Error('no'), error);
      },
    });
    const promoted = auroraDatabase(variables).promote('standby', 'switchover', 'standby');
    await expect(promoted).rejects.toThrow(again ? NotYet : 'no');
    await expect(promoted).rejects.toHaveProperty('name', again ? 'NotYet' : error.name);
  });

  test.each([
    [[], undefined],
    [
      [
        { Timestamp: new Date('2026-11-25T00:01:00Z'), Maximum: 300 },
        { Timestamp: new Date('2026-11-25T00:03:00Z'), Maximum: 500 },
        { Timestamp: new Date('2026-11-25T00:02:00Z'), Maximum: 400 },
      ],
      { measuredAt: '2026-11-25T00:03:00.000Z', lagMs: 500 },
    ],
  ])('of %j tells the last measurement', async (Datapoints, replication) => {
    const asked = script({ GetMetricStatistics: () => ({ Datapoints }) });
    expect(await auroraDatabase(variables).replication()).toEqual(replication);
    expect(asked[0]).toMatchObject({
      region: 'us-west-2',
      input: {
        MetricName: 'AuroraGlobalDBReplicationLag',
        Dimensions: [{ Name: 'DBClusterIdentifier', Value: 'orders' }],
      },
    });
  });

  test('is given capacity without losing its most', async () => {
    const asked = script({
      DescribeDBClusters: () => ({
        DBClusters: [{ Status: 'available', ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 16 } }],
      }),
      ModifyDBCluster: () => {},
    });
    await auroraCapacity(variables).set('working');
    expect(asked.at(-1)?.input).toMatchObject({
      DBClusterIdentifier: 'orders',
      ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 16 },
    });
  });
});

describe('the ledger', () => {
  test('is written under the condition of the revision that was read', async () => {
    const asked = script({ PutItem: () => {} });
    const ledger = dynamoLedger(new DynamoDBClient({ region: 'us-west-2' }), 'ledger', 'production');
    await ledger.replace({ ...firstEntry, revision: 1 });
    await ledger.replace({ ...firstEntry, revision: 8 });
    expect(asked.map(({ input }) => [input.ConditionExpression, input.ExpressionAttributeValues])).toEqual([
      ['attribute_not_exists(revision)', undefined],
      ['revision = :read', { ':read': { N: '7' } }],
    ]);
  });

  test('that another was faster with is not written', async () => {
    script({
      PutItem: () => {
        throw new ConditionalCheckFailedException({ message: 'faster', $metadata: {} });
      },
    });
    const ledger = dynamoLedger(new DynamoDBClient({ region: 'us-west-2' }), 'ledger', 'production');
    expect(await ledger.replace({ ...firstEntry, revision: 1 })).toBe(false);
  });
});

describe('traffic', () => {
  test.each([
    [['1.1.1.1', '2.2.2.2'], 'standby'],
    [['9.9.9.9'], 'primary'],
    [['1.1.1.1', '9.9.9.9'], undefined],
  ])('to %j goes to %s, and the primary’s name is not looked up (DR-6)', async (addresses, region) => {
    const names: string[] = [];
    const traffic = resolvedTraffic(variables, async (name) => {
      names.push(name);
      return name === 'origin.example.com' ? addresses : ['1.1.1.1', '2.2.2.2', '3.3.3.3'];
    });
    expect(await traffic.goesTo()).toBe(region);
    expect(names).toEqual(['origin.example.com', 'alb.us-west-2.example']);
  });
});

test('a name that is not answered for now leads nowhere, and the step asks again', async () => {
  const traffic = resolvedTraffic(variables, () => Promise.reject(new Error('queryA ESERVFAIL')));
  expect(await traffic.goesTo()).toBeUndefined();
});

describe('what is carried', () => {
  test('a message leaves the one queue after the other has taken it, and only then', async () => {
    const received = [['a', 'b', 'c'], []];
    const asked = script({
      ReceiveMessage: () => ({
        Messages: received.shift()?.map((Body) => ({ Body, ReceiptHandle: `receipt of ${Body}` })),
      }),
      SendMessageBatch: () => ({ Failed: [{ Id: '1' }] }),
      DeleteMessageBatch: () => {},
      GetQueueAttributes: () => ({
        Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '1' },
      }),
    });
    // Two were moved, and one is still there.
    expect(await awsMessages(variables).move('standby', 'primary')).toBe(3);
    const gone = asked.find(({ operation }) => operation === 'DeleteMessageBatch')?.input.Entries;
    expect(gone).toEqual([
      { Id: '0', ReceiptHandle: 'receipt of a' },
      { Id: '2', ReceiptHandle: 'receipt of c' },
    ]);
    expect(asked.filter(({ operation }) => operation === 'SendMessageBatch').map(({ region }) => region)).toEqual([
      'ap-northeast-1',
    ]);
  });

  test('files are copied page by page, the new ones alone, and gone on with by name', async () => {
    const since = '2026-11-25T00:00:00.000Z';
    const [older, newer] = [new Date(Date.parse(since) - 1), new Date(Date.parse(since) + 1)];
    const copied: unknown[] = [];
    const asked = script({
      ListObjectsV2: ({ StartAfter }) =>
        StartAfter === 'orders/p5 q'
          ? { Contents: [{ Key: 'orders/z', LastModified: newer }] }
          : {
              Contents: [
                { Key: 'orders/old', LastModified: older },
                { Key: 'orders/p5 q', LastModified: newer },
              ],
              NextContinuationToken: 'more',
            },
      CopyObject: ({ CopySource }) => void copied.push(CopySource),
    });
    expect(await awsFiles(variables).copy('standby', 'primary', since, undefined)).toBeUndefined();
    expect(copied).toEqual(['data-us-west-2/orders/p5%20q', 'data-us-west-2/orders/z']);
    const copies = asked.filter(({ operation }) => operation === 'CopyObject');
    expect(copies.map(({ region, input }) => [region, input.Bucket])).toEqual(
      Array(2).fill(['ap-northeast-1', 'data-ap-northeast-1']),
    );
  });
});
