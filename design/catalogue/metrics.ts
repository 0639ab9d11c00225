// What the document's metric names mean in CloudWatch. Two names of the form do not exist on Aurora and stand for those that do (MON-12,
// MON-13).
import { type PublishedMetric, type PublishedUnit, publishedMetrics } from '../../aws/metrics.ts';
import type { AlarmService, Threshold } from '../schema.ts';

export interface Metric extends PublishedMetric {
  /** The document's name. */
  readonly name: string;
  /** Whether `% of max` means something: the resource has a limit of its own. */
  readonly limited: boolean;
  /** Why CloudWatch's name is another than the document's. */
  readonly deviation?: string;
}

/** A metric by CloudWatch's own name. */
const plain = (of: readonly PublishedMetric[]): readonly Metric[] =>
  of.map((metric) => ({
    ...metric,
    name: metric.metricName,
    limited: metric.namespace === 'AWS/RDS' && metric.metricName === 'DatabaseConnections',
  }));

/** The document's name for a metric that CloudWatch calls otherwise. */
const alias = (of: readonly Metric[], name: string, metricName: string, deviation: string): readonly Metric[] =>
  of.filter((metric) => metric.name === metricName).map((metric) => ({ ...metric, name, deviation }));

const alb = plain(publishedMetrics.alb);
const lambda = plain(publishedMetrics.lambda);
const cache = plain(publishedMetrics.cache);

const ofServices = plain(publishedMetrics.ecs);
const notInContainerInsights = 'ECS publishes network traffic in ECS/ContainerInsights, by these names';
const ecs: readonly Metric[] = [
  ...ofServices,
  ...alias(ofServices, 'NetworkIn', 'NetworkRxBytes', notInContainerInsights),
  ...alias(ofServices, 'NetworkOut', 'NetworkTxBytes', notInContainerInsights),
];

const ofDatabases = plain(publishedMetrics.rds.filter(({ owner }) => owner === 'db-instance'));
const rds: readonly Metric[] = [
  ...ofDatabases,
  ...alias(
    ofDatabases,
    'FreeStorageSpace',
    'FreeLocalStorage',
    'Aurora grows its volume by itself and publishes no FreeStorageSpace: what can run out is local storage (MON-12)',
  ),
  ...alias(
    ofDatabases,
    'ReplicaLag',
    'AuroraReplicaLag',
    'Aurora publishes its replication lag as AuroraReplicaLag (MON-13)',
  ),
  ...plain(publishedMetrics.rds.filter(({ owner }) => owner === 'db-cluster')),
];

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

/** Local storage in GiB from which on a class has room for the document's thresholds. */
const roomyGiB = 20;
/** What a smaller class has left, as a share of its own, when it warns and when it is critical. */
const leftInSmall = { warning: 1 / 2, critical: 1 / 4 } as const;

/**
 * The threshold of a row for one thing that is watched. A class with under 20 GiB of local storage would be below the document's 10 GB
 * from its first day: it gets shares of what it has, counted in whole GiB (MON-12).
 */
export function memberThreshold(
  metric: Metric,
  threshold: Threshold,
  severity: keyof typeof leftInSmall,
  { limit, localStorageGiB }: { readonly limit?: number | undefined; readonly localStorageGiB?: number | undefined },
): number {
  return metric.metricName === 'FreeLocalStorage' && localStorageGiB !== undefined && localStorageGiB < roomyGiB
    ? Math.floor(localStorageGiB) * leftInSmall[severity] * 2 ** 30
    : publishedValue(metric, threshold, limit);
}

/**
 * The statistic that CloudWatch computes. The sum of a gauge's samples counts each connection once a minute, five times in a
 * period of five (MON-11): its maximum is meant.
 */
export const publishedStatistic = (metric: Metric, statistic: Threshold['statistic']): Threshold['statistic'] =>
  metric.gauge && statistic === 'Sum' ? 'Maximum' : statistic;
