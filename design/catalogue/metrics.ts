// What the document's metric names mean in CloudWatch: namespace, name, dimensions and unit. Two names of the form do not exist
// on Aurora and stand for those that do (MON-12, MON-13).
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
import type { AlarmService, Threshold } from '../schema.ts';

/** What one series of the metric belongs to; an alarm is made for each. */
export type MetricOwner =
  | 'load-balancer'
  /** The tasks behind the load balancer. */
  | 'task-group'
  /** Each thing behind it that answers people: the tasks, and a function. */
  | 'target-group'
  | 'service'
  | 'function'
  | 'db-cluster'
  | 'db-instance'
  | 'cache-node';

/** The unit that CloudWatch publishes a metric in. */
type PublishedUnit = 'seconds' | 'milliseconds' | 'percent' | 'bytes' | 'bytes-per-second' | 'count';

export interface Metric {
  /** The document's name. */
  readonly name: string;
  readonly namespace: string;
  /** CloudWatch's name. */
  readonly metricName: string;
  readonly owner: MetricOwner;
  readonly unit: PublishedUnit;
  /** A level, sampled each minute, and not a count of events: samples cannot be added up. */
  readonly gauge: boolean;
  /** Whether `% of max` means something: the resource has a limit of its own. */
  readonly limited: boolean;
  /** Why CloudWatch's name is another than the document's. */
  readonly deviation?: string;
}

type Row = readonly [names: string, unit: PublishedUnit, kind?: 'gauge'];

const table = (namespace: string, owner: MetricOwner, rows: readonly Row[]): Metric[] =>
  rows.flatMap(([names, unit, kind]) =>
    names.split(' ').map((name) => ({
      name,
      namespace,
      metricName: name,
      owner,
      unit,
      gauge: kind === 'gauge' || unit === 'percent',
      limited: false,
    })),
  );

/** The document's name for a metric that CloudWatch calls otherwise. */
const alias = (of: readonly Metric[], name: string, metricName: string, deviation: string): Metric[] =>
  of.filter((metric) => metric.name === metricName).map((metric) => ({ ...metric, name, deviation }));

const alb: readonly Metric[] = [
  ...table('AWS/ApplicationELB', 'load-balancer', [
    ['RequestCount', 'count'],
    ['HTTPCode_ELB_3XX_Count HTTPCode_ELB_4XX_Count HTTPCode_ELB_5XX_Count', 'count'],
    ['HTTPCode_ELB_500_Count HTTPCode_ELB_502_Count HTTPCode_ELB_503_Count HTTPCode_ELB_504_Count', 'count'],
    ['ActiveConnectionCount NewConnectionCount RejectedConnectionCount TargetConnectionErrorCount', 'count'],
    ['ClientTLSNegotiationErrorCount TargetTLSNegotiationErrorCount', 'count'],
    ['LambdaInternalError LambdaUserError', 'count'],
    ['ConsumedLCUs', 'count', 'gauge'],
    ['ProcessedBytes LambdaTargetProcessedBytes', 'bytes'],
  ]),
  // By target group: the whole load balancer's would count health checks of Route 53, which are no people's requests.
  ...table('AWS/ApplicationELB', 'target-group', [
    [
      'HTTPCode_Target_2XX_Count HTTPCode_Target_3XX_Count HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count',
      'count',
    ],
  ]),
  ...table('AWS/ApplicationELB', 'task-group', [
    ['TargetResponseTime', 'seconds'],
    ['HealthyHostCount UnHealthyHostCount', 'count', 'gauge'],
    ['RequestCountPerTarget', 'count'],
  ]),
];

const insights = table('ECS/ContainerInsights', 'service', [
  ['RunningTaskCount DesiredTaskCount PendingTaskCount DeploymentCount TaskSetCount', 'count', 'gauge'],
  ['NetworkRxBytes NetworkTxBytes StorageReadBytes StorageWriteBytes', 'bytes-per-second', 'gauge'],
]);
const notInContainerInsights = 'ECS publishes network traffic in ECS/ContainerInsights, by these names';
const ecs: readonly Metric[] = [
  ...table('AWS/ECS', 'service', [['CPUUtilization MemoryUtilization', 'percent']]),
  ...insights,
  ...alias(insights, 'NetworkIn', 'NetworkRxBytes', notInContainerInsights),
  ...alias(insights, 'NetworkOut', 'NetworkTxBytes', notInContainerInsights),
];

const lambda: readonly Metric[] = table('AWS/Lambda', 'function', [
  ['Invocations Errors Throttles DeadLetterErrors DestinationDeliveryFailures AsyncEventsDropped', 'count'],
  ['Duration IteratorAge AsyncEventAge', 'milliseconds'],
  ['ConcurrentExecutions', 'count', 'gauge'],
]);

const instance = table('AWS/RDS', 'db-instance', [
  ['CPUUtilization BufferCacheHitRatio', 'percent'],
  ['DatabaseConnections CPUCreditBalance DBLoad DBLoadCPU DBLoadNonCPU DiskQueueDepth', 'count', 'gauge'],
  ['Deadlocks ReadIOPS WriteIOPS CommitThroughput MaximumUsedTransactionIDs', 'count', 'gauge'],
  ['FreeLocalStorage FreeableMemory SwapUsage', 'bytes', 'gauge'],
  ['NetworkThroughput NetworkReceiveThroughput NetworkTransmitThroughput', 'bytes-per-second', 'gauge'],
  ['AuroraReplicaLag AuroraReplicaLagMaximum AuroraReplicaLagMinimum CommitLatency', 'milliseconds', 'gauge'],
  ['ReadLatency WriteLatency', 'seconds', 'gauge'],
]).map((metric) => (metric.name === 'DatabaseConnections' ? { ...metric, limited: true } : metric));
const rds: readonly Metric[] = [
  ...instance,
  ...alias(
    instance,
    'FreeStorageSpace',
    'FreeLocalStorage',
    'Aurora grows its volume by itself and publishes no FreeStorageSpace: what can run out is local storage (MON-12)',
  ),
  ...alias(
    instance,
    'ReplicaLag',
    'AuroraReplicaLag',
    'Aurora publishes its replication lag as AuroraReplicaLag (MON-13)',
  ),
  ...table('AWS/RDS', 'db-cluster', [
    ['VolumeBytesUsed', 'bytes', 'gauge'],
    ['VolumeReadIOPs VolumeWriteIOPs', 'count'],
    ['AuroraGlobalDBReplicationLag', 'milliseconds', 'gauge'],
  ]),
];

const cache: readonly Metric[] = table('AWS/ElastiCache', 'cache-node', [
  ['CPUUtilization EngineCPUUtilization DatabaseMemoryUsagePercentage DatabaseCapacityUsagePercentage', 'percent'],
  ['CacheHitRate', 'percent'],
  ['CurrConnections CurrItems CPUCreditBalance', 'count', 'gauge'],
  ['NewConnections Evictions Reclaimed CacheHits CacheMisses AuthenticationFailures', 'count'],
  ['NetworkBandwidthInAllowanceExceeded NetworkBandwidthOutAllowanceExceeded', 'count'],
  ['BytesUsedForCache FreeableMemory SwapUsage', 'bytes', 'gauge'],
  ['NetworkBytesIn NetworkBytesOut', 'bytes'],
  ['ReplicationLag', 'seconds', 'gauge'],
]);

/** Every metric that a document may name, by service. */
export const metrics: Readonly<Record<AlarmService, readonly Metric[]>> = { alb, ecs, lambda, rds, cache };

export const metricOf = (service: AlarmService, name: string): Metric | undefined =>
  metrics[service].find((metric) => metric.name === name);

/** The units that a document may write a threshold of the metric in. */
export const unitsOf = ({ unit, limited }: Metric): readonly Threshold['unit'][] => [
  ...documentUnits[unit],
  ...(limited ? (['% of max'] as const) : []),
];

const documentUnits: Readonly<Record<PublishedUnit, readonly Threshold['unit'][]>> = {
  seconds: ['s', 'ms'],
  milliseconds: ['s', 'ms'],
  percent: ['%'],
  bytes: ['GB', 'MB'],
  'bytes-per-second': ['GB', 'MB'],
  count: ['count'],
};

/** How much of the base unit (seconds, bytes, one) a document's unit is. GB and MB are powers of two, as CloudWatch shows bytes. */
export const unitSize: Readonly<Record<Threshold['unit'], number>> = {
  s: 1,
  ms: 0.001,
  '%': 1,
  '% of max': 1,
  GB: 2 ** 30,
  MB: 2 ** 20,
  count: 1,
};

/**
 * The number that CloudWatch compares with: a threshold in the unit that the metric is published in (`25s` of Duration is 25000).
 * A share of the resource's limit (`% of max`) needs that limit.
 */
export function publishedValue(metric: Metric, threshold: Threshold, limit = Number.NaN): number {
  if (threshold.unit === '% of max') return (threshold.value / 100) * limit;
  if (metric.unit === 'milliseconds') return threshold.unit === 's' ? threshold.value * 1000 : threshold.value;
  if (metric.unit === 'seconds') return threshold.unit === 'ms' ? threshold.value / 1000 : threshold.value;
  return threshold.value * unitSize[threshold.unit];
}

/**
 * The statistic that CloudWatch computes. The sum of a gauge's samples counts each connection once a minute, five times in a
 * period of five (MON-11): its maximum is meant.
 */
export const publishedStatistic = (metric: Metric, statistic: Threshold['statistic']): Threshold['statistic'] =>
  metric.gauge && statistic === 'Sum' ? 'Maximum' : statistic;
