// What the document's metrics are in CloudWatch, and which resources each has one alarm for.
import { type Assembly, at, isReference, literal, type Resource, textOf, type Value } from '../../assembly/graph.ts';
import { serverlessClass } from '../../aws/instance-classes.ts';
import type { Alarm } from '../../design/schema.ts';
import { functionsOf, instancesOf, nodesOf, servicesOf } from './compute.ts';
import type { JudgeCase } from './judge.ts';
import { listOf, ofType, pointsAt } from './relations.ts';
import { servingGroups } from './target-groups.ts';

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
  /** A load balancer whose own series tells as much of this target group: no health check of Route 53 counts into it. */
  readonly whole?: Resource;
}

/** What the members of a row are looked for in. */
export type Places = Pick<JudgeCase, 'graph' | 'everywhere' | 'design'>;

/** The members of a row: one for each function, database instance and cache node (counting rule of the requirements). */
export function membersOf(
  { graph, everywhere, design }: Places,
  { service, metric: name }: Pick<Alarm, 'service' | 'metric'>,
): readonly Member[] {
  const plain = (resources: readonly Resource[]) => resources.map((resource) => ({ resource }));
  switch (service) {
    case 'alb':
      if (!isOfTargets(name)) return plain(ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer'));
      return servingGroups(graph, everywhere).filter(
        ({ resource }) => name.startsWith('HTTPCode_') || resource.properties.TargetType === 'ip',
      );
    case 'ecs':
      return plain(servicesOf(graph).map(({ service: found }) => found));
    case 'lambda':
      return plain(functionsOf(graph, design));
    case 'rds': {
      const instances = ofType(graph, 'AWS::RDS::DBCluster').flatMap((cluster) => instancesOf(graph, cluster));
      // Serverless v2 has no series of local storage.
      return plain(
        cloudWatchMetric(service, name)?.name === 'FreeLocalStorage'
          ? instances.filter(({ properties }) => literal(properties.DBInstanceClass) !== serverlessClass)
          : instances,
      );
    }
    case 'cache':
      return ofType(graph, 'AWS::ElastiCache::ReplicationGroup').flatMap((resource) =>
        Array.from({ length: nodesOf(resource) }, (_, index) => ({ resource, node: index + 1 })),
      );
  }
}

/** Alarms on a metric of a member. */
export function alarmsOn(graph: Assembly, metric: CloudWatchMetric, member: Member): readonly Resource[] {
  return ofType(graph, 'AWS::CloudWatch::Alarm').filter(({ properties }) => {
    const own = metricOf(properties);
    if (literal(at(own, 'Namespace')) !== metric.namespace || literal(at(own, 'MetricName')) !== metric.name)
      return false;
    const dimensions = listOf(at(own, 'Dimensions')).map((dimension) => ({
      name: textOf(at(dimension, 'Name')),
      value: at(dimension, 'Value'),
    }));
    return isSeriesOf(metric, dimensions, member);
  });
}

export interface Dimension {
  readonly name: string;
  readonly value: Value | undefined;
}

/** Attributes that dimensions are, where they are not what `Ref` gives: an ARN in their place would name a series that nobody writes. */
const attributes: Readonly<Record<string, string>> = {
  LoadBalancer: 'LoadBalancerFullName',
  TargetGroup: 'TargetGroupFullName',
  ServiceName: 'Name',
};

/**
 * The dimensions that CloudWatch publishes a metric with; one that lacks any or has another is a series that does not exist.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
 */
function dimensionsOf({ namespace, name }: CloudWatchMetric): readonly (readonly string[])[] {
  switch (namespace) {
    case 'AWS/ApplicationELB': {
      const ofGroup = ['LoadBalancer', 'TargetGroup'];
      if (!isOfTargets(name)) return [['LoadBalancer']];
      return name === 'HealthyHostCount' ? [ofGroup] : [ofGroup, ['LoadBalancer']];
    }
    case 'AWS/ECS':
    case 'ECS/ContainerInsights':
      return [['ClusterName', 'ServiceName']];
    case 'AWS/Lambda':
      return [['FunctionName']];
    case 'AWS/RDS':
      return [['DBInstanceIdentifier']];
    default:
      return [['CacheClusterId']];
  }
}

const isOfTargets = (name: string) =>
  name === 'HealthyHostCount' || name === 'TargetResponseTime' || name.startsWith('HTTPCode_Target_');

/** Whether these dimensions name a series that CloudWatch publishes, and that of the member. A node of a cache may be named by its own id too. */
export function isSeriesOf(metric: CloudWatchMetric, dimensions: readonly Dimension[], member: Member): boolean {
  const found = dimensions.filter(({ name }) => name !== 'CacheNodeId');
  const published = dimensionsOf(metric).some(
    (wanted) =>
      found.length === wanted.length &&
      wanted.every((name) => found.some((dimension) => dimension.name === name && isWritten(dimension))),
  );
  if (!published) return false;
  const names = (one: Member) => dimensions.some(({ value }) => isOf(value, one));
  return names(member) || (member.whole !== undefined && found.length === 1 && names({ resource: member.whole }));
}

const isWritten = ({ name, value }: Dimension) =>
  isReference(value) ? value.attribute === attributes[name] : !textOf(value).startsWith('arn:');

/** The metric of an alarm: its own properties, or the only metric of its `Metrics`, if nothing is worked out from it. */
export function metricOf(properties: Resource['properties']): Value {
  const entries = listOf(properties.Metrics);
  const [only, ...others] = entries.flatMap((entry) => at(entry, 'MetricStat') ?? []);
  if (only === undefined || others.length > 0 || entries.length > 1) return properties;
  return {
    ...(at(only, 'Metric') as Resource['properties']),
    Statistic: at(only, 'Stat') ?? '',
    Period: at(only, 'Period') ?? '',
  };
}

/** Whether a dimension's value is a member, by reference or by name. */
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
