// STK-1…8, リソース: each resource line of a stack stands for resources that the stack's template holds, as many as the line says.
import { stackId } from '../../../../design/stack-names.ts';
import type { ResourceKind } from '../../../../design/words/resource-line.ts';
import { adrs } from '../../deviations.ts';
import type { StatementCase, StatementJudge } from '../../judge.ts';
import { missing } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/stacks.ts';
import { aurora, backupPolicy, bucket, cache, key, lifecycle, secret } from './lines/data.ts';
import { all, each, type LineJudge, used } from './lines/line.ts';
import { internetGateway, natGateway, roles, securityGroup, subnetLine, vpc } from './lines/network.ts';
import {
  alertTopics,
  dashboards,
  eventRules,
  fargate,
  functions,
  loadBalancer,
  logGroups,
  queue,
} from './lines/workload.ts';

const judges: Readonly<Record<ResourceKind, LineJudge>> = {
  network: vpc,
  subnet: subnetLine,
  'internet-gateway': internetGateway,
  'nat-gateway': natGateway,
  'route-table': all('AWS::EC2::RouteTable'),
  'security-group': securityGroup,
  role: roles,
  aurora,
  'database-secret': secret,
  'backup-policy': backupPolicy,
  'parameter-group': used(
    ['AWS::RDS::DBClusterParameterGroup', 'AWS::ElastiCache::ParameterGroup'],
    [
      ['AWS::RDS::DBCluster', 'DBClusterParameterGroupName'],
      ['AWS::ElastiCache::ReplicationGroup', 'CacheParameterGroupName'],
    ],
  ),
  'subnet-group': used(
    ['AWS::RDS::DBSubnetGroup', 'AWS::ElastiCache::SubnetGroup'],
    [
      ['AWS::RDS::DBCluster', 'DBSubnetGroupName'],
      ['AWS::ElastiCache::ReplicationGroup', 'CacheSubnetGroupName'],
    ],
  ),
  cache,
  'bucket-lifecycle': lifecycle,
  bucket,
  key,
  cluster: used(['AWS::ECS::Cluster'], [['AWS::ECS::Service', 'Cluster']]),
  service: fargate('AWS::ECS::Service'),
  'task-definition': fargate('AWS::ECS::TaskDefinition'),
  'load-balancer': loadBalancer,
  scaling: each('AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::ApplicationAutoScaling::ScalingPolicy'),
  function: functions,
  queue,
  'alert-topic': alertTopics,
  topic: all('AWS::SNS::Topic'),
  schedule: eventRules,
  alarm: all('AWS::CloudWatch::Alarm'),
  dashboard: dashboards,
  'log-group': logGroups,
};

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

export const wantedStack = ({ design, indices }: StatementCase) => design.stacks[indices[0] ?? 0];
export const stackRequirement = (judgeCase: StatementCase): string =>
  ids[wantedStack(judgeCase)?.name ?? ''] ?? 'STK-1';

const wantedLine = (judgeCase: StatementCase) => wantedStack(judgeCase)?.resources[judgeCase.indices[1] ?? 0];

export const stackResources: StatementJudge = {
  id: stackRequirement,
  path: 'stacks.*.resources.*',
  deviation: (judgeCase) => (wantedLine(judgeCase)?.kind === 'log-group' ? adrs.logGroups : undefined),
  judge(judgeCase) {
    const wanted = wantedLine(judgeCase);
    if (wanted === undefined) return [missing(said.lineOfDesign)];
    const stack = stackId(judgeCase.environment, wantedStack(judgeCase)?.name ?? '');
    if (!judgeCase.graph.stacks.some(({ id }) => id === stack)) return [missing(parts.stackOf({ id: stack }))];
    if (wanted.kind === 'unread') return { notJudged: parts.unknownWords({ text: wanted.text }) };
    return judges[wanted.kind]({ judgeCase, stack, wanted });
  },
};
