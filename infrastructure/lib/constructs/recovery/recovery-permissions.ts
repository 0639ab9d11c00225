// What each function of a failover may do: the actions that its code calls, on the things of both regions that it calls them for. A test
// holds them against the code.
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow, allowKey } from '../../permissions.ts';
import type { RecoveryPlace } from './recovery-places.ts';

export interface RecoveryThings {
  readonly primary: RecoveryPlace;
  readonly standby: RecoveryPlace;
  readonly globalClusterArn: string;
  readonly latchNamespace: string;
  readonly topicArn: string;
  readonly topicKeyArn: string;
  /** Of all reports. */
  readonly reportsArn: string;
  readonly reportsKeyArn: string;
}

/** The functions by the names of their sources. */
export const recoveryFunctions = [
  'claim',
  'start-tasks',
  'freeze-writers',
  'promote-database',
  'switch-traffic',
  'raise-capacity',
  'await-targets',
  'smoke-test',
  'await-traffic',
  'resume-orders',
  'carry-work',
  'carry-files',
  'rest-standby',
  'report',
  'stop',
  'publish-latch',
] as const;

export type RecoveryFunctionName = (typeof recoveryFunctions)[number];

/** Without the ledger, which all of them have, and without the look at running executions, which names the state machine itself. */
export function statementsOf(
  things: RecoveryThings,
): Readonly<Record<RecoveryFunctionName, readonly PolicyStatement[]>> {
  const { primary, standby } = things;
  const latch = [
    conditioned('PublishLatch', ['cloudwatch:PutMetricData'], ['*'], 'StringEquals', {
      'cloudwatch:namespace': things.latchNamespace,
    }),
  ];
  const capacity = allow('MoveCapacity', ['rds:DescribeDBClusters', 'rds:ModifyDBCluster'], standby.databaseArn);
  const seeTargets = allow('SeeTargets', ['elasticloadbalancing:DescribeTargetHealth'], '*');
  const mail = [
    ...allow('TellPeople', ['sns:Publish'], things.topicArn),
    ...allowKey('EncryptNews', ['kms:Decrypt', 'kms:GenerateDataKey'], things.topicKeyArn, standby.region, ['sns']),
  ];
  return {
    claim: [],
    'start-tasks': scale(primary, standby),
    'freeze-writers': [
      ...scale(primary, standby),
      ...allow('SeeFollowers', ['rds:DescribeGlobalClusters'], things.globalClusterArn),
      ...seeTargets,
    ],
    'promote-database': [
      ...allow(
        'MoveWriter',
        ['rds:DescribeGlobalClusters', 'rds:FailoverGlobalCluster', 'rds:SwitchoverGlobalCluster'],
        things.globalClusterArn,
        primary.databaseArn,
        standby.databaseArn,
      ),
      ...allow('SeeOwnWriter', ['rds:DescribeDBClusters'], standby.databaseArn),
      ...allow('ReadReplicationLag', ['cloudwatch:GetMetricStatistics'], '*'),
    ],
    'switch-traffic': latch,
    'raise-capacity': capacity,
    'await-targets': seeTargets,
    'smoke-test': [],
    'await-traffic': [],
    'resume-orders': runOnce(primary, standby),
    'carry-work': carryWork(primary, standby),
    'carry-files': carryFiles(primary, standby),
    'rest-standby': [...scale(standby), ...capacity],
    report: [
      ...allow('KeepReports', ['s3:PutObject'], things.reportsArn),
      ...allowKey('EncryptReports', ['kms:GenerateDataKey'], things.reportsKeyArn, standby.region, ['s3']),
      ...mail,
    ],
    stop: mail,
    'publish-latch': latch,
  };
}

function scale(...places: readonly RecoveryPlace[]): PolicyStatement[] {
  return [
    // Application Auto Scaling asks for the service as whoever calls it.
    ...allow(
      'ScaleTasks',
      ['ecs:DescribeServices', 'ecs:UpdateService'],
      ...places.map(({ serviceArn }) => serviceArn),
    ),
    conditioned(
      'MoveBounds',
      ['application-autoscaling:RegisterScalableTarget'],
      places.map(({ scalableTargetsArn }) => scalableTargetsArn),
      'StringEquals',
      {
        'application-autoscaling:service-namespace': 'ecs',
        'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount',
      },
    ),
  ];
}

function runOnce(...places: readonly RecoveryPlace[]): PolicyStatement[] {
  const inClusters = { 'ecs:cluster': places.map(({ clusterArn }) => clusterArn) };
  const of = (key: 'taskDefinitionArn' | 'tasksArn' | 'serviceArn') => places.map((place) => place[key]);
  return [
    ...allow('SeeService', ['ecs:DescribeServices'], ...of('serviceArn')),
    conditioned('RunTask', ['ecs:RunTask'], of('taskDefinitionArn'), 'ArnEquals', inClusters),
    conditioned('SeeTask', ['ecs:DescribeTasks'], of('tasksArn'), 'ArnEquals', inClusters),
    conditioned(
      'PassRoles',
      ['iam:PassRole'],
      places.flatMap(({ taskRoleArns }) => taskRoleArns),
      'StringEquals',
      {
        'iam:PassedToService': 'ecs-tasks.amazonaws.com',
      },
    ),
  ];
}

function carryWork(...places: readonly RecoveryPlace[]): PolicyStatement[] {
  return [
    ...allow(
      'MoveMessages',
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:SendMessage'],
      ...places.map(({ workQueueArn }) => workQueueArn),
    ),
    ...places.flatMap(({ region, workKeyArn }, index) =>
      allowKey(`UseQueueKey${index + 1}`, ['kms:Decrypt', 'kms:GenerateDataKey'], workKeyArn, region, ['sqs']),
    ),
  ];
}

/** From the standby region home, and in no other direction. */
function carryFiles(home: RecoveryPlace, away: RecoveryPlace): PolicyStatement[] {
  return [
    ...allow('ListFiles', ['s3:ListBucket'], away.dataBucketArn),
    ...allow('ReadFiles', ['s3:GetObject'], away.dataObjectsArn),
    ...allow('WriteFiles', ['s3:PutObject'], home.dataObjectsArn),
    ...allowKey('ReadWithKey', ['kms:Decrypt'], away.dataKeyArn, away.region, ['s3']),
    ...allowKey('WriteWithKey', ['kms:Decrypt', 'kms:GenerateDataKey'], home.dataKeyArn, home.region, ['s3']),
  ];
}

function conditioned(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  operator: 'StringEquals' | 'ArnEquals',
  values: Readonly<Record<string, string | readonly string[]>>,
): PolicyStatement {
  return new PolicyStatement({
    sid,
    actions: [...actions],
    resources: [...resources],
    conditions: { [operator]: values },
  });
}
