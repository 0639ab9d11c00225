// Each pricer by a worked example: what is charged, and how much of it, reckoned by hand from AWS's pricing pages.
import { describe, expect, test } from 'vitest';
import type { TemplateNode } from '../../../assembly/scope.ts';
import { graphOf, type Resources, resource } from '../../../assembly/testing/graphs.ts';
import { freeTypes } from '../../../aws/free-types.ts';
import { CostError } from '../problem.ts';
import type { UsageOverrides } from '../usage/usage.ts';
import { usageOf } from '../usage/usage.ts';
import { pricers } from './index.ts';
import type { Site } from './site.ts';

const home = 'ap-northeast-1';
const away = 'us-west-2';
const edge = 'us-east-1';

const figures: UsageOverrides = {
  requests: 73e6,
  egressGb: 500,
  lcus: 10,
  natGb: 500,
  endpointGb: 50,
  functionInvocations: 3e6,
  functionMs: 200,
  databaseGb: 100,
  databaseIos: 4e6,
  databaseWrites: 1e6,
  databaseBackupGb: 60,
  snapshotGb: 80,
  cacheDataGb: 2,
  averageAcu: 2,
  objectGb: 100,
  objectPuts: 1e6,
  objectGets: 1e7,
  largeObjectGb: 10,
  replicatedGb: 30,
  replicatedLogGb: 5,
  replicatedLogFiles: 1000,
  restingAcu: 1,
  logBucketGb: 20,
  accessLogGb: 26,
  logsIngestedGb: 30,
  logsStoredGb: 90,
  customMetrics: 20,
  traces: 1e6,
  trailDataEvents: 1e6,
  secretCalls: 1e5,
  keyCalls: 1e6,
  queueRequests: 4e6,
  topicPublishes: 1e6,
  emails: 100,
  tableWrites: 2e6,
  tableReads: 3e6,
  tableGb: 1,
  stateTransitions: 100,
  dnsQueries: 5e6,
};

const inSubnet = { SubnetIds: ['subnet-1'] };

const replication = (rule: string, time: string) => ({
  Rules: [{ Status: rule, Destination: { ReplicationTime: { Status: time } } }],
});

/** Charges of one resource as `item` or `item purpose` or `item region`, and their quantities. */
function charges(
  byRegion: Readonly<Record<string, Resources>>,
  id: string,
  runningHours = 730,
): Record<string, number> {
  const graph = graphOf(byRegion);
  const regions = new Map(graph.stacks.map((stack) => [stack.id, stack.region]));
  const site: Site = {
    graph,
    home,
    usage: usageOf({ environment: 'production', stopsAtNight: false, overrides: figures }),
    regionOf: ({ stack }) => regions.get(stack) ?? home,
    runningHours,
  };
  const one = graph.resources.find(({ logicalId }) => logicalId === id);
  if (one === undefined) throw new Error(`no ${id}`);
  const found = pricers.get(one.type)?.price(one, site) ?? [];
  return Object.fromEntries(
    found
      .filter(({ quantity }) => quantity > 0)
      .map(({ item, quantity, purpose, region }) => [
        [item, ...(purpose === undefined ? [] : [purpose]), ...(region === undefined ? [] : [region])].join(' '),
        Math.round(quantity * 1e6) / 1e6,
      ]),
  );
}

const ref = (Ref: string): TemplateNode => ({ Ref });
const arn = (id: string): TemplateNode => ({ 'Fn::GetAtt': [id, 'Arn'] });

const service = (task: TemplateNode, scaling: TemplateNode = {}): Resources => ({
  Task: resource('AWS::ECS::TaskDefinition', { Cpu: '2048', Memory: '4096', ...task }),
  Service: resource('AWS::ECS::Service', {
    LaunchType: 'FARGATE',
    TaskDefinition: ref('Task'),
    DesiredCount: 2,
    ServiceName: 'api',
  }),
  Target: resource('AWS::ApplicationAutoScaling::ScalableTarget', {
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceId: 'service/cluster/api',
    MinCapacity: 2,
    MaxCapacity: 10,
    ...scaling,
  }),
  Policy: resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: ref('Target'),
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 1000,
      PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget' },
    },
  }),
});

const aurora = (cluster: TemplateNode, instance: TemplateNode = {}): Resources => ({
  Cluster: resource('AWS::RDS::DBCluster', { Engine: 'aurora-postgresql', ...cluster }),
  Writer: resource('AWS::RDS::DBInstance', {
    DBClusterIdentifier: ref('Cluster'),
    DBInstanceClass: 'db.r6g.large',
    ...instance,
  }),
});

const lifecycle = (...moves: readonly (readonly [string, number])[]): TemplateNode => ({
  Rules: [
    {
      Status: 'Enabled',
      Transitions: moves.map(([StorageClass, TransitionInDays]) => ({ StorageClass, TransitionInDays })),
    },
  ],
});

const examples: readonly [
  what: string,
  byRegion: Readonly<Record<string, Resources>>,
  id: string,
  expected: Record<string, number>,
][] = [
  [
    'two tasks of 2 vCPU and 4 GB',
    { [home]: service({}) },
    'Service',
    { 'fargate.x86.vcpu-hour': 2 * 2 * 730, 'fargate.x86.gb-hour': 4 * 2 * 730 },
  ],
  [
    'as many tasks as the traffic keeps busy: 73M requests are 1,667 a minute, and a task takes 600',
    {
      [home]: {
        ...service({}),
        Policy: resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
          ScalingTargetId: ref('Target'),
          TargetTrackingScalingPolicyConfiguration: {
            TargetValue: 600,
            PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget' },
          },
        }),
      },
    },
    'Service',
    { 'fargate.x86.vcpu-hour': 2 * 3 * 730, 'fargate.x86.gb-hour': 4 * 3 * 730 },
  ],
  [
    'arm64, and a disk beyond the free 20 GB',
    { [home]: service({ RuntimePlatform: { CpuArchitecture: 'ARM64' }, EphemeralStorage: { SizeInGiB: 30 } }) },
    'Service',
    { 'fargate.arm.vcpu-hour': 2920, 'fargate.arm.gb-hour': 5840, 'fargate.disk.gb-hour': 10 * 2 * 730 },
  ],
  ['a standby region at zero tasks', { [home]: {}, [away]: service({}, { MinCapacity: 0 }) }, 'Service', {}],
  [
    'an image that CDK pushes',
    { [home]: service({ ContainerDefinitions: [{ Image: '1.dkr.ecr.ap-northeast-1.amazonaws.com/cdk:a' }] }) },
    'Task',
    { 'ecr.gb-month': 2 },
  ],
  ['target tracking, which has two alarms of its own', { [home]: service({}) }, 'Policy', { 'cloudwatch.alarm': 2 }],
  [
    'one of three functions',
    {
      [home]: {
        A: resource('AWS::Lambda::Function', { MemorySize: 512, VpcConfig: inSubnet }),
        B: resource('AWS::Lambda::Function', { MemorySize: 512, VpcConfig: inSubnet }),
        C: resource('AWS::Lambda::Function', { MemorySize: 512, VpcConfig: inSubnet }),
      },
    },
    'A',
    { 'lambda.request': 1e6, 'lambda.x86.gb-second': 1e6 * 0.2 * 0.5 },
  ],
  [
    'a function of the deployment, rarely called',
    { [home]: { A: resource('AWS::Lambda::Function', { Architectures: ['arm64'] }) } },
    'A',
    { 'lambda.request': 100, 'lambda.arm.gb-second': 100 * 0.2 * 0.125 },
  ],
  [
    'a function that a deployment alone calls, though it is in the network',
    {
      [home]: {
        A: resource('AWS::Lambda::Function', { VpcConfig: inSubnet }),
        B: resource('AWS::Lambda::Function', { VpcConfig: inSubnet }),
        Step: resource('Custom::Step', { ServiceToken: { 'Fn::GetAtt': ['A', 'Arn'] } }),
      },
    },
    'A',
    { 'lambda.request': 100, 'lambda.x86.gb-second': 100 * 0.2 * 0.125 },
  ],
  [
    'a function of the workload beside one that a deployment alone calls',
    {
      [home]: {
        A: resource('AWS::Lambda::Function', { MemorySize: 512, VpcConfig: inSubnet }),
        B: resource('AWS::Lambda::Function', { VpcConfig: inSubnet }),
        Step: resource('AWS::CloudFormation::CustomResource', { ServiceToken: { 'Fn::GetAtt': ['B', 'Arn'] } }),
      },
    },
    'A',
    { 'lambda.request': 3e6, 'lambda.x86.gb-second': 3e6 * 0.2 * 0.5 },
  ],
  ['an instance', { [home]: aurora({}) }, 'Writer', { 'aurora.instance.db.r6g.large': 730 }],
  [
    'enhanced monitoring four times a minute',
    { [home]: aurora({}, { MonitoringInterval: 15 }) },
    'Writer',
    { 'aurora.instance.db.r6g.large': 730, 'logs.ingest.gb enhancedMonitoring': 0.54 * 4 },
  ],
  [
    'a serverless instance in use',
    {
      [home]: aurora({ ServerlessV2ScalingConfiguration: { MinCapacity: 0.5 } }, { DBInstanceClass: 'db.serverless' }),
    },
    'Writer',
    { 'aurora.serverless.acu-hour': 2 * 730 },
  ],
  [
    'a serverless instance that stands by, at its least',
    {
      [home]: {},
      [away]: aurora({ ServerlessV2ScalingConfiguration: { MinCapacity: 0.5 } }, { DBInstanceClass: 'db.serverless' }),
    },
    'Writer',
    { 'aurora.serverless.acu-hour': 730 },
  ],
  [
    'a cluster',
    { [home]: aurora({}) },
    'Cluster',
    { 'aurora.storage.gb-month': 100, 'aurora.io': 4e6, 'aurora.backup.gb-month': 60 },
  ],
  [
    'an I/O-Optimized cluster: no I/O',
    { [home]: aurora({ StorageType: 'aurora-iopt1' }) },
    'Cluster',
    { 'aurora.io-optimized.storage.gb-month': 100, 'aurora.backup.gb-month': 60 },
  ],
  [
    'an instance of an I/O-Optimized cluster',
    { [home]: aurora({ StorageType: 'aurora-iopt1' }) },
    'Writer',
    { 'aurora.io-optimized.instance.db.r6g.large': 730 },
  ],
  [
    'a secondary of a global database: the writes it is sent',
    { [home]: {}, [away]: aurora({ GlobalClusterIdentifier: 'g' }) },
    'Cluster',
    {
      'aurora.storage.gb-month': 100,
      'aurora.replicated-write': 1e6,
      [`transfer.between-regions.gb database ${home}`]: 4,
    },
  ],
  [
    'a vault that a plan writes to',
    {
      [home]: {
        Vault: resource('AWS::Backup::BackupVault', { BackupVaultName: 'v' }),
        Plan: resource('AWS::Backup::BackupPlan', {
          BackupPlan: { BackupPlanRule: [{ TargetBackupVault: ref('Vault') }] },
        }),
      },
    },
    'Vault',
    { 'backup.aurora.gb-month': 80 },
  ],
  ['a vault that nothing writes to', { [home]: { Vault: resource('AWS::Backup::BackupVault') } }, 'Vault', {}],
  [
    'a cache of two nodes that keeps seven backups, the first free',
    {
      [home]: {
        Cache: resource('AWS::ElastiCache::ReplicationGroup', {
          CacheNodeType: 'cache.r6g.large',
          NumCacheClusters: 2,
          SnapshotRetentionLimit: 7,
        }),
      },
    },
    'Cache',
    { 'elasticache.redis.cache.r6g.large': 1460, 'elasticache.backup.gb-month': 12 },
  ],
  [
    'Valkey',
    {
      [home]: {
        Cache: resource('AWS::ElastiCache::ReplicationGroup', {
          Engine: 'valkey',
          CacheNodeType: 'cache.t4g.small',
          NumCacheClusters: 1,
        }),
      },
    },
    'Cache',
    { 'elasticache.valkey.cache.t4g.small': 730 },
  ],
  [
    'a global table with a replica',
    {
      [home]: {
        Table: resource('AWS::DynamoDB::GlobalTable', {
          BillingMode: 'PAY_PER_REQUEST',
          Replicas: [
            { Region: home, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
            { Region: away },
          ],
        }),
      },
    },
    'Table',
    {
      'dynamodb.write': 2e6,
      'dynamodb.read': 3e6,
      'dynamodb.storage.gb-month': 1,
      'dynamodb.recovery.gb-month': 1,
      [`dynamodb.replicated-write ${away}`]: 2e6,
      [`dynamodb.storage.gb-month ${away}`]: 1,
    },
  ],
  [
    'a load balancer before which nothing stands: what leaves it is paid for',
    { [home]: { Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: ['a', 'b'] }) } },
    'Balancer',
    { 'alb.hour': 730, 'alb.lcu-hour': 7300, 'ipv4.hour': 1460, 'egress.gb': 500 },
  ],
  [
    'a load balancer behind CloudFront',
    {
      [home]: { Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: ['a', 'b', 'c'] }) },
      [edge]: { Site: resource('AWS::CloudFront::Distribution') },
    },
    'Balancer',
    { 'alb.hour': 730, 'alb.lcu-hour': 7300, 'ipv4.hour': 2190 },
  ],
  [
    'one of two NAT gateways',
    { [home]: { A: resource('AWS::EC2::NatGateway'), B: resource('AWS::EC2::NatGateway') } },
    'A',
    { 'nat.hour': 730, 'nat.gb': 250 },
  ],
  [
    'an interface endpoint in two zones, one of two',
    {
      [home]: {
        A: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] }),
        B: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] }),
        S3: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }),
      },
    },
    'A',
    { 'endpoint.hour': 1460, 'endpoint.gb': 25 },
  ],
  [
    'a gateway endpoint',
    { [home]: { S3: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }) } },
    'S3',
    {},
  ],
  [
    'a distribution, at the prices of where its viewers are',
    { [home]: {}, [edge]: { Site: resource('AWS::CloudFront::Distribution') } },
    'Site',
    { [`cloudfront.japan.gb ${edge}`]: 500, [`cloudfront.japan.https-request ${edge}`]: 73e6 },
  ],
  [
    'a web ACL',
    { [home]: {}, [edge]: { Acl: resource('AWS::WAFv2::WebACL', { Rules: [{}, {}, {}] }) } },
    'Acl',
    { 'waf.web-acl': 1, 'waf.rule': 3, 'waf.request': 73e6 },
  ],
  [
    'a health check over TLS that reads the answer, every ten seconds',
    {
      [home]: {
        Check: resource('AWS::Route53::HealthCheck', {
          HealthCheckConfig: { Type: 'HTTPS_STR_MATCH', RequestInterval: 10 },
        }),
      },
    },
    'Check',
    { [`route53.health-check ${edge}`]: 1, [`route53.health-check-option ${edge}`]: 3 },
  ],
  [
    'a record that is no alias',
    {
      [home]: {
        Name: resource('AWS::Route53::RecordSet', { Type: 'CNAME' }),
        Alias: resource('AWS::Route53::RecordSet', { AliasTarget: {} }),
      },
    },
    'Name',
    { [`route53.query ${edge}`]: 2.5e6 },
  ],
  [
    'a bucket for data, with its lifecycle a year on',
    {
      [home]: {
        Data: resource('AWS::S3::Bucket', {
          LifecycleConfiguration: lifecycle(['STANDARD_IA', 30], ['GLACIER', 90], ['DEEP_ARCHIVE', 365]),
        }),
      },
    },
    'Data',
    {
      's3.standard.gb-month data': 100,
      's3.put data': 1e6,
      's3.get data': 1e7,
      's3.standard-ia.gb-month data': 19.726027,
      's3.glacier.gb-month data': 90.410959,
      's3.deep-archive.gb-month data': 120,
      's3.standard-ia.transition data': 10_000,
      's3.glacier.transition data': 10_000,
      's3.deep-archive.transition data': 10_000,
    },
  ],
  [
    'a bucket that a delivery writes to',
    {
      [home]: {
        Logs: resource('AWS::S3::Bucket'),
        Destination: resource('AWS::Logs::DeliveryDestination', { DestinationResourceArn: arn('Logs') }),
      },
    },
    'Logs',
    { 's3.standard.gb-month logs': 20 },
  ],
  [
    'a bucket of logs that is replicated: what is written, not what is stored',
    {
      [home]: {
        Logs: resource('AWS::S3::Bucket', {
          ReplicationConfiguration: replication('Enabled', 'Enabled'),
        }),
        Destination: resource('AWS::Logs::DeliveryDestination', { DestinationResourceArn: arn('Logs') }),
      },
    },
    'Logs',
    {
      's3.standard.gb-month logs': 20,
      'transfer.between-regions.gb logs': 5,
      's3.replication-time.gb logs': 5,
    },
  ],
  [
    'a replica bucket',
    { [home]: {}, [away]: { Replica: resource('AWS::S3::Bucket') } },
    'Replica',
    { 's3.standard.gb-month replica': 30, 's3.put replica': 1e6 },
  ],
  [
    'replication whose time is promised',
    {
      [home]: {
        Data: resource('AWS::S3::Bucket', {
          ReplicationConfiguration: replication('Enabled', 'Enabled'),
        }),
      },
    },
    'Data',
    {
      's3.standard.gb-month data': 100,
      's3.put data': 1e6,
      's3.get data': 1e7,
      'transfer.between-regions.gb data': 30,
      's3.replication-time.gb data': 30,
    },
  ],
  [
    'replication whose time is not promised',
    { [home]: { Data: resource('AWS::S3::Bucket', { ReplicationConfiguration: replication('Enabled', 'Disabled') }) } },
    'Data',
    {
      's3.standard.gb-month data': 100,
      's3.put data': 1e6,
      's3.get data': 1e7,
      'transfer.between-regions.gb data': 30,
    },
  ],
  [
    'replication that is switched off',
    { [home]: { Data: resource('AWS::S3::Bucket', { ReplicationConfiguration: replication('Disabled', 'Enabled') }) } },
    'Data',
    { 's3.standard.gb-month data': 100, 's3.put data': 1e6, 's3.get data': 1e7 },
  ],
  [
    'one of two queues',
    { [home]: { A: resource('AWS::SQS::Queue'), B: resource('AWS::SQS::Queue') } },
    'A',
    { 'sqs.request': 2e6 },
  ],
  ['a topic', { [home]: { A: resource('AWS::SNS::Topic') } }, 'A', { 'sns.publish': 1e6 }],
  [
    'a subscription by mail, and none by function',
    {
      [home]: {
        A: resource('AWS::SNS::Subscription', { Protocol: 'email' }),
        B: resource('AWS::SNS::Subscription', { Protocol: 'lambda' }),
      },
    },
    'A',
    { 'sns.email': 100 },
  ],
  [
    'a schedule of working days',
    { [home]: { A: resource('AWS::Scheduler::Schedule', { ScheduleExpression: 'cron(0 19 ? * MON-FRI *)' }) } },
    'A',
    { 'scheduler.invocation': 261 / 12 },
  ],
  [
    'a state machine',
    { [home]: {}, [away]: { A: resource('AWS::StepFunctions::StateMachine') } },
    'A',
    { 'states.transition': 100 },
  ],
  [
    'one of two log groups',
    { [home]: { A: resource('AWS::Logs::LogGroup'), B: resource('AWS::Logs::LogGroup') } },
    'A',
    { 'logs.ingest.gb': 15, 'logs.stored.gb-month': 45 },
  ],
  [
    'a log group that is read rarely',
    { [home]: { A: resource('AWS::Logs::LogGroup', { LogGroupClass: 'INFREQUENT_ACCESS' }) } },
    'A',
    { 'logs.ingest-infrequent.gb': 30, 'logs.stored.gb-month': 90 },
  ],
  [
    'an alarm on two metrics',
    {
      [home]: {
        A: resource('AWS::CloudWatch::Alarm', {
          Metrics: [{ MetricStat: {} }, { MetricStat: {} }, { Expression: 'a+b' }],
        }),
      },
    },
    'A',
    { 'cloudwatch.alarm': 2 },
  ],
  [
    'an alarm every ten seconds',
    { [home]: { A: resource('AWS::CloudWatch::Alarm', { Period: 10 }) } },
    'A',
    { 'cloudwatch.alarm-high-resolution': 1 },
  ],
  [
    'a trail of management events: the first copy is free',
    { [home]: { A: resource('AWS::CloudTrail::Trail', { EventSelectors: [{ IncludeManagementEvents: true }] }) } },
    'A',
    {},
  ],
  [
    'a trail of data events',
    {
      [home]: {
        A: resource('AWS::CloudTrail::Trail', {
          AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }],
        }),
      },
    },
    'A',
    { 'cloudtrail.data-event': 1e6 },
  ],
  [
    'a secret with a replica',
    { [home]: { A: resource('AWS::SecretsManager::Secret', { ReplicaRegions: [{ Region: away }] }) } },
    'A',
    { 'secrets.secret': 1, [`secrets.secret ${away}`]: 1, 'secrets.call': 1e5 },
  ],
  ['a key', { [home]: { A: resource('AWS::KMS::Key') } }, 'A', { 'kms.key': 1, 'kms.request': 1e6 }],
];

describe('what is charged for', () => {
  test.each(examples)('%s', (_, byRegion, id, expected) => {
    expect(charges(byRegion, id)).toEqual(expected);
  });

  test('hours that are cut at night are cut for tasks and instances alone', () => {
    const cut = 730 * (50 / 168);
    expect(charges({ [home]: aurora({}) }, 'Writer', cut)['aurora.instance.db.r6g.large']).toBeCloseTo(cut, 5);
    expect(charges({ [home]: { A: resource('AWS::EC2::NatGateway') } }, 'A', cut)['nat.hour']).toBe(730);
  });
});

describe('what has no price', () => {
  test.each([
    ['a provisioned table', { A: resource('AWS::DynamoDB::Table') }, 'dynamodb.provisioned'],
    ['a FIFO queue', { A: resource('AWS::SQS::Queue', { FifoQueue: true }) }, 'sqs.fifo-request'],
    ['text messages', { A: resource('AWS::SNS::Subscription', { Protocol: 'sms' }) }, 'sns.sms'],
    [
      'an express state machine',
      { A: resource('AWS::StepFunctions::StateMachine', { StateMachineType: 'EXPRESS' }) },
      'states.express',
    ],
    [
      'a network load balancer',
      { A: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }) },
      'network-load-balancer.hour',
    ],
    [
      'PostgreSQL that is not Aurora',
      { A: resource('AWS::RDS::DBInstance', { Engine: 'postgres', DBInstanceClass: 'db.m5.large' }) },
      'rds.postgres',
    ],
  ])('%s is named, never left out', (_, resources, item) => {
    expect(() => charges({ [home]: resources }, 'A')).toThrow(CostError);
    expect(() => charges({ [home]: resources }, 'A')).toThrow(item);
  });

  test('a figure that the template does not settle is named with its property', () => {
    expect(() => charges({ [home]: { ...service({ Cpu: ref('AWS::NoValue') }) } }, 'Service')).toThrow(/Cpu/);
    const bucket = resource('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [{ Status: 'Enabled', Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: ref('Days') }] }],
      },
    });
    expect(() => charges({ [home]: { Data: bucket } }, 'Data')).toThrow(/Transitions\.0\.TransitionInDays/);
  });
});

test('no type is both priced and free', () => {
  expect(freeTypes.filter((type) => pricers.has(type))).toEqual([]);
});
