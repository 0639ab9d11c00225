// STK-1…8, リソース: each resource line of a stack stands for resources that the stack's template holds, as many as the line says.
import { stackId } from '../../../../design/stack-names.ts';
import type { ResourceLine } from '../../../../design/words/resource-line.ts';
import { adrs } from '../../deviations.ts';
import { evidenceIn, type Observation, type StatementCase, type StatementJudge } from '../../judge.ts';
import { missing, onStack } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/stacks.ts';
import { builtOf, typesOf } from './built.ts';
import { aurora, backupPolicy, bucket, cache, key, lifecycle, secret } from './lines/data.ts';
import { all, each, type LineCase, type LineJudge, used } from './lines/line.ts';
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

const judges: Readonly<Record<Exclude<ResourceLine['kind'], 'unread'>, LineJudge>> = {
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
  deviation: (judgeCase) => {
    const wanted = wantedLine(judgeCase);
    if (wanted?.kind === 'log-group') return adrs.logGroups;
    return wanted?.kind === 'queue' && hasMoreThan(judgeCase, wanted) ? adrs.stackOrder : undefined;
  },
  judge(judgeCase) {
    const wanted = wantedLine(judgeCase);
    if (wanted === undefined) return [missing(said.lineOfDesign)];
    const stack = stackId(judgeCase.environment, wantedStack(judgeCase)?.name ?? '');
    if (!judgeCase.graph.stacks.some(({ id }) => id === stack)) return [missing(parts.stackOf({ id: stack }))];
    if (wanted.kind === 'unread') return { notJudged: parts.unknownWords({ text: wanted.text }) };
    const line = { judgeCase, stack, wanted };
    const found = judges[wanted.kind](line);
    const evidence = [...evidenceIn(found), ...numberEvidence(line)];
    // What is not understood may be what the line is about, whatever else of it holds.
    const [unread] = wanted.qualifiers.flatMap((one) => (one.kind === 'unread' ? [one.text] : []));
    return unread === undefined ? evidence : { notJudged: parts.unknownWords({ text: unread }), evidence };
  },
};

/** Whether the stack has more of a kind than its lines stand for (ADR-008: a queue for each use). */
function hasMoreThan(judgeCase: StatementCase, { kind }: ResourceLine): boolean {
  const { resources = [], name = '' } = wantedStack(judgeCase) ?? {};
  const stated = resources.filter((one) => one.kind === kind).reduce((sum, { count = 1 }) => sum + count, 0);
  return builtOf(judgeCase.graph, stackId(judgeCase.environment, name), typesOf(kind) ?? []) > stated;
}

/** A number that the line states is exact; lines that say the same of a stack stand for a resource each. */
function numberEvidence({ judgeCase, stack, wanted }: LineCase): readonly Observation[] {
  const types = typesOf(wanted.kind);
  if (types === undefined) return [];
  const found = builtOf(judgeCase.graph, stack, types);
  const alike = linesLike(wantedStack(judgeCase)?.resources ?? [], wanted);
  if (wanted.count !== undefined) {
    const stated = alike.reduce((sum, { count = 1 }) => sum + count, 0);
    return [onStack(stack, '/Resources', found === stated, { expected: stated, observed: found })];
  }
  return alike.length < 2
    ? []
    : [
        onStack(stack, '/Resources', found >= alike.length, {
          expected: said.oneEach({ count: alike.length }),
          observed: found,
        }),
      ];
}

const linesLike = (lines: readonly ResourceLine[], { kind, name }: ResourceLine) =>
  lines.filter((other) => other.kind === kind && other.name === name);
