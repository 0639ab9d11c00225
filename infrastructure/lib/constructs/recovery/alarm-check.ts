// A Route 53 health check of an alarm, which follows the alarm's settings (DR-2, DR-8).
import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnHealthCheck } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';

/** An alarm for whoever asks after it from elsewhere. */
export interface WatchedAlarm {
  readonly name: string;
  /** Changes with whatever Route 53 copies of the alarm. */
  readonly settings: string;
}

/**
 * What Route 53 copies of an alarm when a check is made, and does not look at again
 * (https://docs.aws.amazon.com/Route53/latest/APIReference/API_CloudWatchAlarmConfiguration.html): a digest of it. Names of resources count
 * as they stand in the template.
 */
export function settingsOf(alarm: CfnAlarm): string {
  const { namespace, metricName, dimensions, statistic, period } = alarm;
  const { threshold, comparisonOperator, evaluationPeriods } = alarm;
  const copied: unknown = Stack.of(alarm).resolve({
    ...{ namespace, metricName, dimensions, statistic, period, threshold, comparisonOperator, evaluationPeriods },
  });
  return createHash('sha256').update(JSON.stringify(copied)).digest('hex').slice(0, 8);
}

export interface AlarmCheckProps {
  readonly alarm: WatchedAlarm;
  /** The alarm's. */
  readonly region: string;
  /** What the check says while the metric says nothing. */
  readonly withoutData: 'Unhealthy' | 'LastKnownStatus';
}

/**
 * The check of an alarm whose settings are others is another check: CloudFormation makes it, which copies the settings as they are then,
 * leads everything that refers to the old one over to it, and deletes that one last. The alarm keeps its name and is changed before, in
 * the stack that this one's waits for, so that no check ever asks after an alarm that is gone. A change in place would need a property
 * that means nothing, and nobody says that CloudFormation then makes Route 53 copy again.
 *
 * Day 2: `hashira drift` compares what Route 53 copied with the alarm.
 *
 * @cost $0.50 a month.
 */
export function alarmCheck(scope: Construct, id: string, { alarm, region, withoutData }: AlarmCheckProps) {
  return new CfnHealthCheck(scope, `${id}${alarm.settings}`, {
    healthCheckConfig: {
      type: 'CLOUDWATCH_METRIC',
      alarmIdentifier: { name: alarm.name, region },
      insufficientDataHealthStatus: withoutData,
    },
  });
}
