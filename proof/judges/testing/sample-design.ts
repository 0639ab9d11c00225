// A design to judge by: the form's own figures, with the parts that no judge reads left empty.
import { type Design, designSchema, type SecurityGroupRule, type Threshold } from '../../../design/schema.ts';

type Peer = SecurityGroupRule['peer'];
const world: Peer = { kind: 'cidr', cidr: '0.0.0.0/0' };
const group = (key: string): Peer => ({ kind: 'group', group: key });
const tcp = (port: number, peer: Peer, description: string): SecurityGroupRule => ({
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  peer,
  description,
});

const subnet = (tier: 'public' | 'private' | 'data', zone: string, third: number) => ({
  tier,
  zone,
  cidr: `10.0.${third}.0/24`,
  uses: {
    public: ['ALB', 'NAT Gateway'],
    private: ['ECS Fargate', 'Lambda'],
    data: ['RDS Aurora', 'ElastiCache'],
  }[tier],
  defaultRoute: ({ public: 'internet-gateway', private: 'nat-gateway', data: 'none' } as const)[tier],
});

type Statistic = Threshold['statistic'];
type Unit = Threshold['unit'];
const threshold = (
  statistic: Statistic,
  comparison: Threshold['comparison'],
  value: number,
  unit: Unit,
): Threshold => ({
  statistic,
  comparison,
  value,
  unit,
});

/** `warning` and `critical` are values above which (below which, for Minimum) the alarm goes off. */
function alarm(
  service: Design['alarms'][number]['service'],
  metric: string,
  [statistic, unit]: readonly [Statistic, Unit],
  [warning, critical]: readonly [number | undefined, number | undefined],
  [minutes, evaluationPeriods]: readonly [number, number],
): Design['alarms'][number] {
  const comparison = statistic === 'Minimum' ? '<' : '>';
  return {
    service,
    metric,
    ...(warning === undefined ? {} : { warning: threshold(statistic, comparison, warning, unit) }),
    ...(critical === undefined ? {} : { critical: threshold(statistic, comparison, critical, unit) }),
    periodSeconds: minutes * 60,
    evaluationPeriods,
  };
}

const sized = (
  [cpu, memoryMiB, minimum, maximum]: readonly [number, number, number, number],
  [instanceClass, instances]: readonly [string, number],
  [nodeType, nodes]: readonly [string, number],
  natGateways: number,
) => ({
  task: { cpu, memoryMiB, minimum, maximum },
  aurora: { instanceClass, instances },
  cache: { nodeType, nodes },
  natGateways,
  functions: { memoryMiB: 512, timeoutSeconds: 30 },
});

const region = 'ap-northeast-1';

export const sampleDesign: Design = designSchema.parse({
  id: 'WEB-001',
  feature: 'web-platform',
  version: '1.0.0',
  created: '2026-11-24',
  basedOn: 'specs/stories/WEB-001-web-platform/requirements.md',
  relatedAdr: [],
  title: 'infra-WEB-001-web-platform-design',
  inputs: {
    project: 'web-platform',
    owner: 'platform',
    alertEmail: 'alerts@example.com',
    domain: 'example.com',
    accounts: 'each',
    failover: 'manual',
    interfaceEndpoints: false,
    architecture: 'arm64',
    cacheEngine: 'redis',
    maxTasks: 10,
    standbyCidr: '10.1.0.0/16',
    workingHours: { start: '09:00', stop: '19:00', timeZone: 'Asia/Tokyo' },
    publicHolidays: [],
  },
  overview: { summary: '', purpose: '', included: '', excluded: '', preconditions: [] },
  decisions: [],
  diagrams: { architecture: '', dataFlow: '' },
  region,
  stacks: [
    {
      order: 1,
      name: 'NetworkStack',
      purpose: 'The network',
      resources: [
        'VPC (10.0.0.0/16)',
        'Public Subnet x2 (Multi-AZ)',
        'Private Subnet x2 (Multi-AZ)',
        'Data Subnet x2 (Multi-AZ)',
        'Internet Gateway',
        'NAT Gateway x2',
        'Route Tables',
      ],
      outputs: [{ name: 'vpc', type: 'IVpc' }],
      dependsOn: [],
      file: 'lib/stacks/network-stack.ts',
    },
    {
      order: 2,
      name: 'SecurityStack',
      purpose: 'Groups and roles',
      resources: [
        'ALB Security Group',
        'ECS Security Group',
        'RDS Security Group',
        'Lambda Security Group',
        'IAM Roles (ECS Task, Lambda Execution)',
      ],
      outputs: [{ name: 'albSecurityGroup', type: 'ISecurityGroup' }],
      dependsOn: ['NetworkStack'],
      file: 'lib/stacks/security-stack.ts',
    },
    {
      order: 3,
      name: 'DatabaseStack',
      purpose: 'The database',
      resources: [
        'RDS Aurora Cluster (Multi-AZ)',
        'Secrets Manager (DB認証情報)',
        'Backup Policy',
        'Parameter Group',
        'Subnet Group',
      ],
      outputs: [{ name: 'cluster', type: 'IDatabaseCluster' }],
      dependsOn: ['NetworkStack', 'SecurityStack'],
      file: 'lib/stacks/database-stack.ts',
    },
    {
      order: 4,
      name: 'CacheStack',
      purpose: 'The cache',
      resources: ['ElastiCache Redis Cluster (Multi-AZ)', 'Subnet Group', 'Parameter Group'],
      outputs: [{ name: 'endpoint', type: 'string' }],
      dependsOn: ['NetworkStack', 'SecurityStack'],
      file: 'lib/stacks/cache-stack.ts',
    },
    {
      order: 5,
      name: 'StorageStack',
      purpose: 'The buckets',
      resources: [
        'S3 Bucket (アプリケーションデータ)',
        'S3 Bucket (ログ保存)',
        'S3 Lifecycle Policy',
        'KMS Key (暗号化)',
      ],
      outputs: [{ name: 'dataBucket', type: 'IBucket' }],
      dependsOn: [],
      file: 'lib/stacks/storage-stack.ts',
    },
    {
      order: 6,
      name: 'ComputeStack',
      purpose: 'The workload',
      resources: [
        'ECS Cluster',
        'ECS Fargate Service',
        'Task Definition',
        'ALB + Target Group',
        'Auto Scaling Policy',
        'Lambda Functions',
      ],
      outputs: [{ name: 'apiFunctions', type: 'IFunction[]' }],
      dependsOn: ['NetworkStack', 'SecurityStack', 'DatabaseStack', 'CacheStack', 'StorageStack'],
      file: 'lib/stacks/compute-stack.ts',
    },
    {
      order: 7,
      name: 'MessagingStack',
      purpose: 'Queues and topics',
      resources: ['SQS Queue (DLQ付き)', 'SNS Topic', 'EventBridge Rules'],
      outputs: [{ name: 'queue', type: 'IQueue' }],
      dependsOn: [],
      file: 'lib/stacks/messaging-stack.ts',
    },
    {
      order: 8,
      name: 'MonitoringStack',
      purpose: 'Alarms and dashboards',
      resources: [
        'CloudWatch Alarms',
        'SNS Topics (アラート通知)',
        'CloudWatch Dashboards',
        'Log Groups (保持期間設定)',
      ],
      outputs: [],
      dependsOn: ['ComputeStack', 'DatabaseStack'],
      file: 'lib/stacks/monitoring-stack.ts',
    },
  ],
  network: {
    cidr: '10.0.0.0/16',
    subnets: [
      subnet('public', 'a', 0),
      subnet('public', 'c', 1),
      subnet('private', 'a', 10),
      subnet('private', 'c', 11),
      subnet('data', 'a', 20),
      subnet('data', 'c', 21),
    ],
    gatewayEndpoints: ['s3', 'dynamodb'],
    interfaceEndpoints: { optional: true, services: ['secretsmanager', 'ecr.api', 'ecr.dkr', 'logs'] },
  },
  securityGroups: [
    {
      key: 'alb',
      name: 'alb-sg',
      title: 'ALB Security Group',
      ingress: [tcp(443, world, 'HTTPS from Internet'), tcp(80, world, 'HTTP redirect to HTTPS')],
      egress: [tcp(8080, group('ecs'), 'To ECS tasks')],
    },
    {
      key: 'ecs',
      name: 'ecs-sg',
      title: 'ECS Security Group',
      ingress: [tcp(8080, group('alb'), 'From ALB')],
      egress: [
        tcp(5432, group('rds'), 'To RDS'),
        tcp(6379, group('cache'), 'To ElastiCache'),
        tcp(443, world, 'To AWS APIs'),
      ],
    },
    {
      key: 'lambda',
      name: 'lambda-sg',
      title: 'Lambda Security Group',
      ingress: [],
      egress: [tcp(5432, group('rds'), 'To RDS'), tcp(443, world, 'To AWS APIs')],
    },
    {
      key: 'rds',
      name: 'rds-sg',
      title: 'RDS Security Group',
      ingress: [tcp(5432, group('ecs'), 'From ECS'), tcp(5432, group('lambda'), 'From Lambda')],
      egress: [],
    },
    {
      key: 'cache',
      name: 'cache-sg',
      title: 'ElastiCache Security Group',
      ingress: [tcp(6379, group('ecs'), 'From ECS')],
      egress: [],
    },
  ],
  roles: [
    {
      key: 'task-execution',
      name: 'ecs-task-execution-role',
      title: 'ECS Task Execution Role',
      purpose: 'starting tasks',
      principal: 'ecs-tasks.amazonaws.com',
      managedPolicies: ['AmazonECSTaskExecutionRolePolicy'],
      statements: [
        { service: 'ECR', prefix: 'ecr', actions: ['GetAuthorizationToken', 'BatchGetImage'], scope: '' },
        { service: 'Secrets Manager', prefix: 'secretsmanager', actions: ['GetSecretValue'], scope: 'DB認証情報のみ' },
        { service: 'CloudWatch Logs', prefix: 'logs', actions: ['CreateLogStream', 'PutLogEvents'], scope: '' },
      ],
    },
    {
      key: 'task',
      name: 'ecs-task-role',
      title: 'ECS Task Role',
      purpose: 'running tasks',
      principal: 'ecs-tasks.amazonaws.com',
      managedPolicies: [],
      statements: [
        { service: 'S3', prefix: 's3', actions: ['GetObject', 'PutObject'], scope: '特定バケット/プレフィックスのみ' },
        { service: 'DynamoDB', prefix: 'dynamodb', actions: ['Query', 'PutItem'], scope: '特定テーブルのみ' },
        { service: 'SQS', prefix: 'sqs', actions: ['SendMessage', 'ReceiveMessage'], scope: '特定キューのみ' },
        { service: 'SNS', prefix: 'sns', actions: ['Publish'], scope: '特定トピックのみ' },
      ],
    },
    {
      key: 'lambda',
      name: 'lambda-execution-role',
      title: 'Lambda Execution Role',
      purpose: 'running functions',
      principal: 'lambda.amazonaws.com',
      managedPolicies: ['AWSLambdaVPCAccessExecutionRole'],
      statements: [
        { service: 'SQS', prefix: 'sqs', actions: ['ReceiveMessage', 'DeleteMessage'], scope: '特定キューのみ' },
      ],
    },
    {
      key: 'rds-monitoring',
      name: 'rds-monitoring-role',
      title: 'RDS Enhanced Monitoring Role',
      purpose: 'watching the database',
      principal: 'monitoring.rds.amazonaws.com',
      managedPolicies: ['AmazonRDSEnhancedMonitoringRole'],
      statements: [],
    },
  ],
  alarms: [
    alarm('alb', 'TargetResponseTime', ['Average', 's'], [1, 3], [5, 2]),
    alarm('alb', 'HTTPCode_Target_5XX_Count', ['Sum', 'count'], [undefined, 10], [5, 1]),
    alarm('alb', 'HealthyHostCount', ['Minimum', 'count'], [undefined, 1], [1, 1]),
    alarm('ecs', 'CPUUtilization', ['Average', '%'], [70, 90], [5, 2]),
    alarm('ecs', 'MemoryUtilization', ['Average', '%'], [70, 90], [5, 2]),
    alarm('ecs', 'RunningTaskCount', ['Minimum', 'count'], [undefined, 1], [1, 1]),
    alarm('lambda', 'Errors', ['Sum', 'count'], [undefined, 10], [5, 1]),
    alarm('lambda', 'Throttles', ['Sum', 'count'], [5, undefined], [5, 1]),
    alarm('lambda', 'Duration', ['Average', 's'], [25, 28], [5, 2]),
    alarm('rds', 'CPUUtilization', ['Average', '%'], [70, 90], [5, 3]),
    alarm('rds', 'DatabaseConnections', ['Sum', '% of max'], [80, 95], [5, 2]),
    alarm('rds', 'FreeStorageSpace', ['Minimum', 'GB'], [10, 5], [5, 1]),
    alarm('rds', 'ReplicaLag', ['Maximum', 'ms'], [1000, 5000], [5, 2]),
    alarm('cache', 'CPUUtilization', ['Average', '%'], [75, 90], [5, 2]),
    alarm('cache', 'DatabaseMemoryUsagePercentage', ['Average', '%'], [80, 95], [5, 2]),
    alarm('cache', 'CurrConnections', ['Maximum', 'count'], [1000, 5000], [5, 2]),
  ],
  logs: {
    production: { application: 90, albAccess: 90, vpcFlow: 30, cloudTrail: 90, cloudTrailForever: true },
    staging: { application: 30, albAccess: 30, vpcFlow: 7, cloudTrail: 30, cloudTrailForever: false },
    development: { application: 7, albAccess: 7, vpcFlow: null, cloudTrail: 7, cloudTrailForever: false },
  },
  dashboards: [
    {
      title: 'Overview Dashboard',
      widgets: [
        { title: 'ALB TargetResponseTime', kind: 'line' },
        { title: 'ECS CPUUtilization', kind: 'line' },
        { title: 'RDS CPUUtilization', kind: 'line' },
        { title: 'Lambda Errors', kind: 'bar' },
        { title: '総リクエスト数', kind: 'number' },
      ],
    },
    {
      title: 'ECS Dashboard',
      widgets: [
        { title: 'RunningTaskCount', kind: 'line' },
        { title: 'NetworkIn/Out', kind: 'line' },
      ],
    },
    {
      title: 'RDS Dashboard',
      widgets: [
        { title: 'ReadLatency/WriteLatency', kind: 'line' },
        { title: 'FreeStorageSpace', kind: 'line' },
      ],
    },
  ],
  backup: {
    aurora: {
      automatic: true,
      retentionDays: { production: 7, staging: 3, development: 1 },
      window: { start: '03:00', end: '04:00', local: 'JST 12:00-13:00' },
      weeklySnapshot: { weekday: 'SUN', time: '03:00' },
      copyTo: { production: 'us-west-2', staging: null, development: null },
    },
    s3: {
      versioning: true,
      transitions: [
        { afterDays: 30, storageClass: 'STANDARD_IA' },
        { afterDays: 90, storageClass: 'GLACIER' },
        { afterDays: 365, storageClass: 'DEEP_ARCHIVE' },
      ],
      replicateTo: { production: 'us-west-2', staging: null, development: null },
    },
    cache: {
      automatic: true,
      retentionDays: { production: 7, staging: 1, development: null },
      window: { start: '03:00', end: '04:00' },
    },
  },
  requestsPerSecond: 100,
  table: true,
  functions: true,
  workingHours: true,
  multiAz: { production: true, staging: false, development: false },
  sizes: {
    production: sized([2048, 4096, 2, 10], ['db.r6g.large', 2], ['cache.r6g.large', 2], 2),
    staging: sized([1024, 2048, 2, 4], ['db.t4g.large', 2], ['cache.m6g.large', 2], 1),
    development: sized([512, 1024, 1, 2], ['db.t4g.medium', 1], ['cache.t4g.medium', 1], 1),
  },
  cost: {
    groups: [],
    total: 0,
    environments: {
      production: { monthly: 0, notes: [] },
      staging: { monthly: 0, notes: [] },
      development: { monthly: 0, notes: [] },
    },
    yearly: { terms: [], months: 12, total: 0 },
    savings: [],
  },
  criteria: [],
  tests: [],
  deployment: { steps: [], rollback: [] },
  checklist: [],
  references: [],
  related: [],
});
