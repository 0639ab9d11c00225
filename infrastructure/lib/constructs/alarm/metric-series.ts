// What the document's metrics are as series of CloudWatch: whose they are, and where their thresholds lie.

import { Duration } from 'aws-cdk-lib';
import { Metric as CloudWatchMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { auroraClass, serverlessClass } from '../../../../aws/instance-classes.ts';
import type { MetricOwner } from '../../../../aws/metrics.ts';
import { type Metric, memberThreshold, metricOf } from '../../../../design/catalogue/metrics.ts';
import { Refusal } from '../../../../design/refusal.ts';
import type { Alarm, AlarmService, Threshold } from '../../../../design/schema.ts';
import { refusals } from '../../refusals.ts';
import type { Severity } from '../topic/alert-topics.ts';

/** One resource that a metric is published for. */
export interface Member {
  /** Part of its alarms' logical ids, so it must not change. */
  readonly label: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Of a database instance, as CloudFormation has it: `db.r6g.large`. */
  readonly instanceClass?: string;
}

/** The members by the owner of a metric; none where the design has none. */
export type Members = Readonly<Record<MetricOwner, readonly Member[]>>;

/** What thresholds are measured against besides the document. */
export interface Limits {
  /** Connections that a database instance takes. */
  readonly connections: number;
}

/**
 * The metric of a name in the document.
 * @throws Error when there is none of that name.
 */
export function knownMetric(service: AlarmService, name: string): Metric {
  const metric = metricOf(service, name);
  if (metric !== undefined) return metric;
  throw new Refusal(refusals.unknownMetric({ service, metric: name }));
}

/**
 * Whose series there are. Aurora has no replica to lag behind with one instance, and then no such series (MON-13); an instance of
 * Serverless v2 has none of local storage, and an alarm that takes silence for too little would never be quiet (MON-12).
 */
export function membersOf({ owner, metricName }: Metric, members: Members): readonly Member[] {
  const own = members[owner];
  if (metricName === 'FreeLocalStorage') return own.filter(({ instanceClass }) => instanceClass !== serverlessClass);
  return metricName === 'AuroraReplicaLag' && own.length === 1 ? [] : own;
}

/** A member's series of a metric. */
export function series(
  { namespace, metricName }: Metric,
  { dimensions }: Member,
  statistic: Threshold['statistic'],
  periodSeconds: number,
  label?: string,
): CloudWatchMetric {
  return new CloudWatchMetric({
    namespace,
    metricName,
    dimensionsMap: { ...dimensions },
    statistic,
    period: Duration.seconds(periodSeconds),
    label,
  });
}

/** A row's threshold for a member in CloudWatch's unit; `undefined` when the row has none of that severity. */
export function thresholdOf(
  alarm: Alarm,
  severity: Severity,
  limits: Limits,
  { instanceClass }: Member,
): number | undefined {
  const threshold = alarm[severity];
  if (threshold === undefined) return undefined;
  const localStorageGiB = instanceClass === undefined ? undefined : auroraClass(instanceClass)?.localStorageGiB;
  return memberThreshold(knownMetric(alarm.service, alarm.metric), threshold, severity, {
    limit: limits.connections,
    localStorageGiB,
  });
}

/** A threshold in the document's words: `Average > 70 %`. */
export function wordsOf({ statistic, comparison, value, unit }: Threshold): string {
  return `${statistic} ${comparison} ${value}${unit === 'count' ? '' : ` ${unit}`}`;
}
