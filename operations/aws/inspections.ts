// What the smoke test sees of a deployed platform beyond its API: the way round CloudFront, instances, alarms, log groups, traces.
import { paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { paginateDescribeLogGroups, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeReplicationGroupsCommand } from '@aws-sdk/client-elasticache';
import { DescribeDBClustersCommand, paginateDescribeDBInstances } from '@aws-sdk/client-rds';
import { BatchGetTracesCommand } from '@aws-sdk/client-xray';
import type { EnvironmentGraph } from '../../assembly/environment-graph.ts';
import { at, literal, type Resource, type Value } from '../../assembly/graph.ts';
import { listAt, numberAt, textAt } from '../../assembly/properties.ts';
import type { AlarmSeen, Inspections, LogGroupSeen, MemberSeen } from '../target.ts';
import type { AwsClients } from './clients.ts';
import { type Deployed, inTurn } from './deployed.ts';
import { protectingSchedules, protectionOf } from './protection.ts';

export interface InspectionsInput {
  readonly clients: AwsClients;
  readonly environmentGraph: EnvironmentGraph;
  readonly deployed: Deployed;
  readonly service: Resource;
}

export function inspectionsOf(input: InspectionsInput): Inspections {
  const { environmentGraph } = input;
  const cache = environmentGraph.all('AWS::ElastiCache::ReplicationGroup', environmentGraph.home);
  const written = groupsOfAnOrder(input);
  const protecting = protectingSchedules(environmentGraph);
  const [alarms, groups] = [
    environmentGraph.all('AWS::CloudWatch::Alarm'),
    environmentGraph.all('AWS::Logs::LogGroup'),
  ];
  return {
    origin: () => originOf(input),
    database: () => instancesOf(input),
    ...(cache.length === 0 ? {} : { cache: () => nodesOf(input, cache) }),
    ...(alarms.length === 0 ? {} : { alarms: () => alarmsOf(input, alarms) }),
    ...(protecting.length === 0
      ? {}
      : { protection: () => Promise.all(protecting.map((each) => protectionOf(input, each))) }),
    ...(groups.length === 0 ? {} : { logs: (traceId, since) => logsOf(input, groups, written, traceId, since) }),
    ...(sendsTraces(input) ? { trace: (id) => segmentsOf(input, id) } : {}),
  };
}

async function originOf({ clients, environmentGraph, deployed }: InspectionsInput): Promise<string | undefined> {
  const [balancer] = environmentGraph.all('AWS::ElasticLoadBalancingV2::LoadBalancer', environmentGraph.home);
  const arn = balancer && deployed.physical(balancer);
  if (arn === undefined) return undefined;
  const command = new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] });
  const { LoadBalancers: [found] = [] } = await clients.loadBalancing(environmentGraph.home).send(command);
  return found?.DNSName === undefined ? undefined : `https://${found.DNSName}`;
}

async function instancesOf({ clients, environmentGraph, deployed }: InspectionsInput): Promise<readonly MemberSeen[]> {
  const client = clients.database(environmentGraph.home);
  const seen: MemberSeen[] = [];
  for (const cluster of environmentGraph.all('AWS::RDS::DBCluster', environmentGraph.home)) {
    const id = deployed.physical(cluster);
    if (id === undefined) {
      seen.push({ name: cluster.key, well: false, status: 'absent' });
      continue;
    }
    const { DBClusters: [found] = [] } = await client.send(new DescribeDBClustersCommand({ DBClusterIdentifier: id }));
    seen.push({ name: id, well: found?.Status === 'available', status: found?.Status ?? 'absent' });
    const Filters = [{ Name: 'db-cluster-id', Values: [id] }];
    for await (const { DBInstances = [] } of paginateDescribeDBInstances({ client }, { Filters }))
      for (const { DBInstanceIdentifier: name = '', DBInstanceStatus: status = '' } of DBInstances)
        seen.push({ name, well: status === 'available', status });
  }
  return seen;
}

async function nodesOf(
  { clients, environmentGraph, deployed }: InspectionsInput,
  groups: readonly Resource[],
): Promise<readonly MemberSeen[]> {
  return Promise.all(
    groups.map(async (group) => {
      const id = deployed.physical(group);
      if (id === undefined) return { name: group.key, well: false, status: 'absent' };
      const command = new DescribeReplicationGroupsCommand({ ReplicationGroupId: id });
      const { ReplicationGroups: [found] = [] } = await clients.cache(environmentGraph.home).send(command);
      return { name: id, well: found?.Status === 'available', status: found?.Status ?? 'absent' };
    }),
  );
}

async function alarmsOf(
  { clients, environmentGraph, deployed }: InspectionsInput,
  alarms: readonly Resource[],
): Promise<readonly AlarmSeen[]> {
  const seen: AlarmSeen[] = [];
  for (const [region, here] of Map.groupBy(alarms, (alarm) => environmentGraph.regionOf(alarm))) {
    const states = new Map<string | undefined, string | undefined>();
    const names = here.flatMap((alarm) => deployed.physical(alarm) ?? []);
    // CloudWatch takes a hundred names at a time.
    for (let from = 0; from < names.length; from += 100) {
      const AlarmNames = names.slice(from, from + 100);
      for await (const { MetricAlarms = [] } of paginateDescribeAlarms(
        { client: clients.cloudWatch(region) },
        { AlarmNames },
      ))
        for (const { AlarmName, StateValue } of MetricAlarms) states.set(AlarmName, StateValue);
    }
    for (const alarm of here) {
      const name = deployed.physical(alarm);
      seen.push({ name: name ?? alarm.path, state: stateOf(states.get(name)) });
    }
  }
  return seen;
}

function stateOf(state: string | undefined): AlarmSeen['state'] {
  if (state === 'OK') return 'ok';
  if (state === 'ALARM') return 'ringing';
  return state === undefined ? 'absent' : 'no-data';
}

/** Every group with its retention; of those that an order leaves lines in, whether it has. */
async function logsOf(
  { clients, environmentGraph, deployed }: InspectionsInput,
  groups: readonly Resource[],
  written: ReadonlyMap<string, 'trace' | 'any'>,
  traceId: string,
  since: Date,
): Promise<readonly LogGroupSeen[]> {
  const seen: LogGroupSeen[] = [];
  await inTurn(groups, async (group) => {
    const client = clients.logs(environmentGraph.regionOf(group));
    const name = deployed.physical(group);
    const expected = numberAt(group, ['RetentionInDays'], Number.NaN);
    const retention = { expectedDays: Number.isNaN(expected) ? null : expected };
    const days = name === undefined ? undefined : await retentionOf(client, name);
    if (name === undefined || days === undefined) {
      seen.push({ name: name ?? group.path, ...retention, days: null, there: false });
      return;
    }
    const wanted = written.get(group.key);
    const lines =
      wanted === undefined
        ? {}
        : { lines: await hasLines(client, name, since, wanted === 'trace' ? traceId : undefined) };
    seen.push({ name, ...retention, days, there: true, ...lines });
  });
  return seen.sort((a, b) => (a.name < b.name ? -1 : 1));
}

type LogsClient = ReturnType<AwsClients['logs']>;

/** Days, `null` for ever; `undefined`: there is no such group. */
async function retentionOf(client: LogsClient, name: string): Promise<number | null | undefined> {
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix: name })) {
    const found = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (found !== undefined) return found.retentionInDays ?? null;
  }
  return undefined;
}

/** Pages that may be empty before one has a line. */
const mostPages = 20;

async function hasLines(client: LogsClient, logGroupName: string, since: Date, about?: string): Promise<boolean> {
  const asked = {
    logGroupName,
    startTime: since.getTime(),
    ...(about === undefined ? {} : { filterPattern: `"${about}"` }),
  };
  let pages = 0;
  for await (const { events = [] } of paginateFilterLogEvents({ client }, asked)) {
    if (events.length > 0) return true;
    if (++pages >= mostPages) return false;
  }
  return false;
}

/** The groups that an order writes to: the container's, with its trace, and those of functions that a queue or a topic calls. */
function groupsOfAnOrder({ environmentGraph, service }: InspectionsInput): ReadonlyMap<string, 'trace' | 'any'> {
  const written = new Map<string, 'trace' | 'any'>();
  const definition = environmentGraph.find(service.properties.TaskDefinition);
  const name = textAt(service, ['LoadBalancers', 0, 'ContainerName']);
  const container = listAt(definition ?? service, ['ContainerDefinitions']).find(
    (each) => literal(at(each, 'Name')) === name,
  );
  const enter = (value: Value | undefined, how: 'trace' | 'any') => {
    const group = environmentGraph.find(value);
    if (group !== undefined) written.set(group.key, how);
  };
  enter(at(container, 'LogConfiguration', 'Options', 'awslogs-group'), 'trace');
  const called = [
    ...environmentGraph
      .all('AWS::Lambda::EventSourceMapping', environmentGraph.home)
      .map((each) => each.properties.FunctionName),
    ...environmentGraph.all('AWS::SNS::Subscription', environmentGraph.home).map((each) => each.properties.Endpoint),
  ];
  for (const value of called) {
    const target = environmentGraph.find(value);
    if (target?.type === 'AWS::Lambda::Function') enter(at(target.properties, 'LoggingConfig', 'LogGroup'), 'any');
  }
  return written;
}

/** Whether a container beside the API takes traces on to X-Ray: the API then has an address to send them to. */
function sendsTraces({ environmentGraph, service }: InspectionsInput): boolean {
  const definition = environmentGraph.find(service.properties.TaskDefinition);
  return JSON.stringify(definition?.properties.ContainerDefinitions ?? []).includes('"OTEL_EXPORTER_OTLP_ENDPOINT"');
}

/** X-Ray writes a W3C trace id in three parts: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html */
async function segmentsOf({ clients, environmentGraph }: InspectionsInput, id: string): Promise<readonly string[]> {
  const command = new BatchGetTracesCommand({ TraceIds: [`1-${id.slice(0, 8)}-${id.slice(8)}`] });
  const { Traces = [] } = await clients.traces(environmentGraph.home).send(command);
  return Traces.flatMap(({ Segments = [] }) => Segments).map(({ Document = '{}' }) => {
    const segment: unknown = JSON.parse(Document);
    return typeof segment === 'object' && segment !== null && 'name' in segment ? String(segment.name) : '';
  });
}
