// What CloudWatch publishes of a platform's services: namespaces, names, units, and the dimensions that a series has.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html

/** What one series of a metric belongs to. */
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
export type PublishedUnit = 'seconds' | 'milliseconds' | 'percent' | 'bytes' | 'bytes-per-second' | 'count';

export interface PublishedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly owner: MetricOwner;
  readonly unit: PublishedUnit;
  /** A level, sampled each minute, and not a count of events: samples cannot be added up. */
  readonly gauge: boolean;
}

type Row = readonly [names: string, unit: PublishedUnit, kind?: 'gauge'];

const table = (namespace: string, owner: MetricOwner, rows: readonly Row[]): readonly PublishedMetric[] =>
  rows.flatMap(([names, unit, kind]) =>
    names.split(' ').map((metricName) => ({
      namespace,
      metricName,
      owner,
      unit,
      gauge: kind === 'gauge' || unit === 'percent',
    })),
  );

/** By service; what Container Insights adds for those who ask for it stands with ECS. */
export const publishedMetrics = {
  alb: [
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
      ['HTTPCode_Target_2XX_Count HTTPCode_Target_3XX_Count', 'count'],
      ['HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count', 'count'],
    ]),
    ...table('AWS/ApplicationELB', 'task-group', [
      ['TargetResponseTime', 'seconds'],
      ['HealthyHostCount UnHealthyHostCount', 'count', 'gauge'],
      ['RequestCountPerTarget', 'count'],
    ]),
  ],
  ecs: [
    ...table('AWS/ECS', 'service', [['CPUUtilization MemoryUtilization', 'percent']]),
    ...table('ECS/ContainerInsights', 'service', [
      ['RunningTaskCount DesiredTaskCount PendingTaskCount DeploymentCount TaskSetCount', 'count', 'gauge'],
      ['NetworkRxBytes NetworkTxBytes StorageReadBytes StorageWriteBytes', 'bytes-per-second', 'gauge'],
    ]),
  ],
  lambda: table('AWS/Lambda', 'function', [
    ['Invocations Errors Throttles DeadLetterErrors DestinationDeliveryFailures AsyncEventsDropped', 'count'],
    ['Duration IteratorAge AsyncEventAge', 'milliseconds'],
    ['ConcurrentExecutions', 'count', 'gauge'],
  ]),
  rds: [
    ...table('AWS/RDS', 'db-instance', [
      ['CPUUtilization BufferCacheHitRatio', 'percent'],
      ['DatabaseConnections CPUCreditBalance DBLoad DBLoadCPU DBLoadNonCPU DiskQueueDepth', 'count', 'gauge'],
      ['Deadlocks ReadIOPS WriteIOPS CommitThroughput MaximumUsedTransactionIDs', 'count', 'gauge'],
      ['FreeLocalStorage FreeableMemory SwapUsage', 'bytes', 'gauge'],
      ['NetworkThroughput NetworkReceiveThroughput NetworkTransmitThroughput', 'bytes-per-second', 'gauge'],
      ['AuroraReplicaLag AuroraReplicaLagMaximum AuroraReplicaLagMinimum CommitLatency', 'milliseconds', 'gauge'],
      ['ReadLatency WriteLatency', 'seconds', 'gauge'],
    ]),
    ...table('AWS/RDS', 'db-cluster', [
      ['VolumeBytesUsed', 'bytes', 'gauge'],
      ['VolumeReadIOPs VolumeWriteIOPs', 'count'],
      ['AuroraGlobalDBReplicationLag', 'milliseconds', 'gauge'],
    ]),
  ],
  cache: table('AWS/ElastiCache', 'cache-node', [
    ['CPUUtilization EngineCPUUtilization DatabaseMemoryUsagePercentage DatabaseCapacityUsagePercentage', 'percent'],
    ['CacheHitRate', 'percent'],
    ['CurrConnections CurrItems CPUCreditBalance', 'count', 'gauge'],
    ['NewConnections Evictions Reclaimed CacheHits CacheMisses AuthenticationFailures', 'count'],
    ['NetworkBandwidthInAllowanceExceeded NetworkBandwidthOutAllowanceExceeded', 'count'],
    ['BytesUsedForCache FreeableMemory SwapUsage', 'bytes', 'gauge'],
    ['NetworkBytesIn NetworkBytesOut', 'bytes'],
    ['ReplicationLag', 'seconds', 'gauge'],
  ]),
} satisfies Readonly<Record<string, readonly PublishedMetric[]>>;

const dimensions: Readonly<Record<MetricOwner, readonly string[]>> = {
  'load-balancer': ['LoadBalancer'],
  'task-group': ['LoadBalancer', 'TargetGroup'],
  'target-group': ['LoadBalancer', 'TargetGroup'],
  service: ['ClusterName', 'ServiceName'],
  function: ['FunctionName'],
  'db-cluster': ['DBClusterIdentifier'],
  'db-instance': ['DBInstanceIdentifier'],
  'cache-node': ['CacheClusterId'],
};

/**
 * The sets of dimensions that a metric is published with; one that lacks any or has another is a series that does not exist. What targets
 * answer is published for the load balancer as a whole as well; how many of them are healthy is not.
 */
export const dimensionsOf = ({ owner, metricName }: PublishedMetric): readonly (readonly string[])[] =>
  /^(HTTPCode_Target_|TargetResponseTime$)/.test(metricName)
    ? [dimensions[owner], dimensions['load-balancer']]
    : [dimensions[owner]];
