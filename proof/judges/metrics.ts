// What the document's metrics are in CloudWatch, and which resources each has one alarm for.
import { type Assembly, at, literal, type Resource, textOf, type Value } from '../../assembly/graph.ts';
import type { Alarm, Design } from '../../design/schema.ts';
import { functionsOf, instancesOf, nodesOf, parameterOf, servicesOf } from './compute.ts';
import { listOf, ofType, pointsAt } from './relations.ts';

export interface CloudWatchMetric {
  readonly namespace: string;
  readonly name: string;
  /** Unit that CloudWatch counts in. */
  readonly unit: 'seconds' | 'milliseconds' | 'percent' | 'bytes' | 'count';
}

const metric = (namespace: string, name: string, unit: CloudWatchMetric['unit']): CloudWatchMetric => ({
  namespace,
  name,
  unit,
});

/** By `<service> <the document's name>`. Aurora publishes neither FreeStorageSpace nor ReplicaLag; ECS's task count is Container Insights'. */
const metrics: Readonly<Record<string, CloudWatchMetric>> = {
  'alb TargetResponseTime': metric('AWS/ApplicationELB', 'TargetResponseTime', 'seconds'),
  'alb HTTPCode_Target_5XX_Count': metric('AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', 'count'),
  'alb HealthyHostCount': metric('AWS/ApplicationELB', 'HealthyHostCount', 'count'),
  'alb RequestCount': metric('AWS/ApplicationELB', 'RequestCount', 'count'),
  'ecs CPUUtilization': metric('AWS/ECS', 'CPUUtilization', 'percent'),
  'ecs MemoryUtilization': metric('AWS/ECS', 'MemoryUtilization', 'percent'),
  'ecs RunningTaskCount': metric('ECS/ContainerInsights', 'RunningTaskCount', 'count'),
  'ecs NetworkIn': metric('ECS/ContainerInsights', 'NetworkRxBytes', 'bytes'),
  'ecs NetworkOut': metric('ECS/ContainerInsights', 'NetworkTxBytes', 'bytes'),
  'lambda Errors': metric('AWS/Lambda', 'Errors', 'count'),
  'lambda Throttles': metric('AWS/Lambda', 'Throttles', 'count'),
  'lambda Duration': metric('AWS/Lambda', 'Duration', 'milliseconds'),
  'rds CPUUtilization': metric('AWS/RDS', 'CPUUtilization', 'percent'),
  'rds DatabaseConnections': metric('AWS/RDS', 'DatabaseConnections', 'count'),
  'rds FreeStorageSpace': metric('AWS/RDS', 'FreeLocalStorage', 'bytes'),
  'rds ReplicaLag': metric('AWS/RDS', 'AuroraReplicaLag', 'milliseconds'),
  'rds ReadLatency': metric('AWS/RDS', 'ReadLatency', 'seconds'),
  'rds WriteLatency': metric('AWS/RDS', 'WriteLatency', 'seconds'),
  'cache CPUUtilization': metric('AWS/ElastiCache', 'CPUUtilization', 'percent'),
  'cache DatabaseMemoryUsagePercentage': metric('AWS/ElastiCache', 'DatabaseMemoryUsagePercentage', 'percent'),
  'cache CurrConnections': metric('AWS/ElastiCache', 'CurrConnections', 'count'),
};

/** The CloudWatch metric that a service's metric of the document is. */
export function cloudWatchMetric(service: string, name: string): CloudWatchMetric | undefined {
  return metrics[`${service} ${name}`];
}

/** One resource, or one node of it, that a row of the document has its alarms for. */
export interface Member {
  readonly resource: Resource;
  /** Number of the node within a replication group, from 1. */
  readonly node?: number;
}

/** The members of a row: one for each function, database instance and cache node (counting rule of the requirements). */
export function membersOf(graph: Assembly, design: Design, { service, metric: name }: Alarm): readonly Member[] {
  const plain = (resources: readonly Resource[]) => resources.map((resource) => ({ resource }));
  switch (service) {
    case 'alb':
      return plain(
        name === 'HealthyHostCount'
          ? ofType(graph, 'AWS::ElasticLoadBalancingV2::TargetGroup').filter(
              ({ properties }) => properties.TargetType === 'ip',
            )
          : ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
      );
    case 'ecs':
      return plain(servicesOf(graph).map(({ service: found }) => found));
    case 'lambda':
      return plain(functionsOf(graph, design));
    case 'rds':
      return plain(ofType(graph, 'AWS::RDS::DBCluster').flatMap((cluster) => instancesOf(graph, cluster)));
    case 'cache':
      return ofType(graph, 'AWS::ElastiCache::ReplicationGroup').flatMap((resource) =>
        Array.from({ length: nodesOf(resource) }, (_, index) => ({ resource, node: index + 1 })),
      );
  }
}

/** Alarms on a metric of a member. */
export function alarmsOn(graph: Assembly, { namespace, name }: CloudWatchMetric, member: Member): readonly Resource[] {
  return ofType(graph, 'AWS::CloudWatch::Alarm').filter(({ properties }) => {
    const own = metricOf(properties);
    if (literal(at(own, 'Namespace')) !== namespace || literal(at(own, 'MetricName')) !== name) return false;
    return listOf(at(own, 'Dimensions')).some((dimension) => isOf(at(dimension, 'Value'), member));
  });
}

/** The metric of an alarm: its own properties, or the only metric of its `Metrics`. */
export function metricOf(properties: Resource['properties']): Value {
  const [only, ...others] = listOf(properties.Metrics).flatMap((entry) => at(entry, 'MetricStat') ?? []);
  if (only === undefined || others.length > 0) return properties;
  return {
    ...(at(only, 'Metric') as Resource['properties']),
    Statistic: at(only, 'Stat') ?? '',
    Period: at(only, 'Period') ?? '',
  };
}

function isOf(value: Value | undefined, { resource, node }: Member): boolean {
  const names = ['DBInstanceIdentifier', 'ReplicationGroupId', 'FunctionName', 'ServiceName'].flatMap((property) => {
    const name = literal(resource.properties[property]);
    return name === undefined ? [] : [String(name).toLowerCase()];
  });
  const text = textOf(value);
  const suffix = node === undefined ? '' : `-${String(node).padStart(3, '0')}`;
  if (pointsAt(value, resource)) return text.endsWith(suffix);
  return names.some((name) => text.toLowerCase() === `${name}${suffix}`);
}

const bytes = { GB: 2 ** 30, MB: 2 ** 20 } as const;

/** Local storage in GiB of classes that have under 20; others have room for the document's thresholds. */
const smallStorage: Readonly<Record<string, number>> = {
  'db.t3.medium': 8,
  'db.t4g.medium': 8,
  'db.t3.large': 16,
  'db.t4g.large': 16,
};

/** MON-12: a class without room for the document's thresholds warns at half of its own storage and is critical at a quarter. */
function ownStorage({ resource }: Member, severity: 'warning' | 'critical'): number | undefined {
  const size = smallStorage[String(literal(resource.properties.DBInstanceClass))];
  return size === undefined ? undefined : (size / (severity === 'warning' ? 2 : 4)) * bytes.GB;
}

/**
 * The threshold of a row in CloudWatch's unit; `undefined` when it hangs on something that the templates do not settle, or when the
 * row has none of that severity.
 */
export function thresholdValue(
  graph: Assembly,
  member: Member,
  { unit, name }: CloudWatchMetric,
  alarm: Alarm,
  severity: 'warning' | 'critical',
): number | undefined {
  const threshold = alarm[severity];
  if (threshold === undefined) return undefined;
  const { value } = threshold;
  switch (threshold.unit) {
    case 's':
      return unit === 'milliseconds' ? value * 1000 : value;
    case 'ms':
      return unit === 'seconds' ? value / 1000 : value;
    case 'GB':
    case 'MB':
      return (name === 'FreeLocalStorage' ? ownStorage(member, severity) : undefined) ?? value * bytes[threshold.unit];
    case '% of max': {
      const cluster = ofType(graph, 'AWS::RDS::DBCluster').find((candidate) =>
        pointsAt(member.resource.properties.DBClusterIdentifier, candidate),
      );
      const most = cluster === undefined ? undefined : literal(parameterOf(graph, cluster, 'max_connections'));
      return most === undefined || Number.isNaN(Number(most)) ? undefined : (value / 100) * Number(most);
    }
    default:
      return value;
  }
}
