// STK-1…8, リソース: each resource line of a stack stands for resources that the stack's template holds, as many as the line says.
import { stackId } from '../../../design/stack-names.ts';
import { adrs } from '../deviations.ts';
import { nothing } from '../evidence.ts';
import type { JudgeCase, StatementJudge } from '../judge.ts';
import { dataBuckets, logBuckets } from '../storage.ts';
import { aurora, backupPolicy, bucket, cache, key, lifecycle, secret } from './stack-lines/data.ts';
import { all, each, type LineJudge, used } from './stack-lines/line.ts';
import { internetGateway, natGateway, roles, securityGroup, subnetLine, vpc } from './stack-lines/network.ts';
import {
  alertTopics,
  dashboards,
  eventRules,
  fargate,
  functions,
  loadBalancer,
  logGroups,
  queue,
} from './stack-lines/workload.ts';

const kinds: readonly (readonly [words: RegExp, judge: LineJudge])[] = [
  [/^VPC\b/, vpc],
  [/^(Public|Private|Data) Subnet/i, subnetLine],
  [/^Internet Gateway/i, internetGateway],
  [/^NAT Gateway/i, natGateway],
  [/^Route Table/i, all('AWS::EC2::RouteTable')],
  [/Security Group/i, securityGroup],
  [/^IAM Role/i, roles],
  [/Aurora/i, aurora],
  [/^Secrets Manager/i, secret],
  [/^Backup Policy/i, backupPolicy],
  [
    /^Parameter Group/i,
    used(
      ['AWS::RDS::DBClusterParameterGroup', 'AWS::ElastiCache::ParameterGroup'],
      [
        ['AWS::RDS::DBCluster', 'DBClusterParameterGroupName'],
        ['AWS::ElastiCache::ReplicationGroup', 'CacheParameterGroupName'],
      ],
    ),
  ],
  [
    /^Subnet Group/i,
    used(
      ['AWS::RDS::DBSubnetGroup', 'AWS::ElastiCache::SubnetGroup'],
      [
        ['AWS::RDS::DBCluster', 'DBSubnetGroupName'],
        ['AWS::ElastiCache::ReplicationGroup', 'CacheSubnetGroupName'],
      ],
    ),
  ],
  [/ElastiCache|Redis/i, cache],
  [/^S3 Lifecycle/i, lifecycle],
  [/^S3 Bucket.*(ログ|log)/i, bucket(logBuckets, 'a bucket that logs are delivered to')],
  [/^S3 Bucket/i, bucket(dataBuckets, 'a bucket for application data')],
  [/^KMS Key/i, key],
  [/^ECS Cluster/i, used(['AWS::ECS::Cluster'], [['AWS::ECS::Service', 'Cluster']])],
  [/Fargate Service/i, fargate('AWS::ECS::Service')],
  [/^Task Definition/i, fargate('AWS::ECS::TaskDefinition')],
  [/^ALB/i, loadBalancer],
  [/^Auto Scaling/i, each('AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::ApplicationAutoScaling::ScalingPolicy')],
  [/^Lambda Function/i, functions],
  [/^SQS Queue/i, queue],
  [/^SNS Topics/i, alertTopics],
  [/^SNS Topic/i, all('AWS::SNS::Topic')],
  [/^EventBridge Rule/i, eventRules],
  [/^CloudWatch Alarm/i, all('AWS::CloudWatch::Alarm')],
  [/^CloudWatch Dashboard/i, dashboards],
  [/^Log Group/i, logGroups],
];

const ids: Readonly<Record<string, string>> = {
  NetworkStack: 'STK-1',
  SecurityStack: 'STK-2',
  DatabaseStack: 'STK-3',
  CacheStack: 'STK-4',
  StorageStack: 'STK-5',
  ComputeStack: 'STK-6',
  MessagingStack: 'STK-7',
  MonitoringStack: 'STK-8',
};

export const wantedStack = ({ design, indices }: JudgeCase) => design.stacks[indices[0] ?? 0];
export const stackRequirement = (judgeCase: JudgeCase): string => ids[wantedStack(judgeCase)?.name ?? ''] ?? 'STK-1';

export const stackResources: StatementJudge = {
  id: stackRequirement,
  path: 'stacks.*.resources.*',
  deviation: (judgeCase) =>
    /^Log Group/i.test(wantedStack(judgeCase)?.resources[judgeCase.indices[1] ?? 0] ?? '') ? adrs.logGroups : undefined,
  judge(judgeCase) {
    const wanted = wantedStack(judgeCase);
    const text = wanted?.resources[judgeCase.indices[1] ?? 0];
    if (wanted === undefined || text === undefined) return [nothing('a resource line of the design')];
    const stack = stackId(judgeCase.environment, wanted.name);
    if (!judgeCase.graph.stacks.some(({ id }) => id === stack)) return [nothing(`a stack ${stack}`)];
    const judge = kinds.find(([words]) => words.test(text))?.[1];
    return judge?.({ judgeCase, stack, text }) ?? { notJudged: `no judge knows what “${text}” is` };
  },
};
