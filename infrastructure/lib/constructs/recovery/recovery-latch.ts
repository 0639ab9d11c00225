// The latch: a metric that says which region may serve, said anew every minute, and the alarm by which Route 53 reads it (DR-8).
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Environment } from '../../../../design/schema.ts';
import type { Severity } from '../topic/alert-topics.ts';

/** Of the metric, as the functions are told. */
export const latchMetric = { namespace: 'Hashira/Recovery', name: 'Latch' } as const;

export interface RecoveryLatchProps {
  readonly environment: Environment;
  /** Says what the ledger says. */
  readonly publisher: IFunction;
  readonly topics: Readonly<Record<Severity, ITopic>>;
}

/**
 * 1 while traffic is held in the standby region, else 0. Route 53 looks at the metric itself and not at the alarm's state, by the alarm's
 * threshold; without data it keeps to what it last knew, and so does the alarm. A second alarm hears when nobody speaks any more.
 *
 * Day 2: only a failback opens the latch. `aws cloudwatch get-metric-statistics` shows it minute by minute.
 *
 * @cost a metric $0.30, 43,800 PutMetricData a month × $0.01 per 1,000 = $0.44, two alarms $0.20; the calls of the function less than $0.05.
 */
export class RecoveryLatch extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, { environment, publisher, topics }: RecoveryLatchProps) {
    super(scope, id);
    new Rule(this, 'EveryMinute', {
      description: 'Says anew which region may serve',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(publisher, { retryAttempts: 2, maxEventAge: Duration.minutes(1) })],
    });
    const metric = (statistic: string, period: Duration) =>
      new Metric({
        namespace: latchMetric.namespace,
        metricName: latchMetric.name,
        dimensionsMap: { Environment: environment },
        statistic,
        period,
      });
    this.alarm = new Alarm(this, 'Held', {
      alarmDescription: 'warning: traffic is held in the standby region until failback',
      metric: metric(Stats.MAXIMUM, Duration.minutes(1)),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.IGNORE,
    });
    const silent = new Alarm(this, 'Silent', {
      alarmDescription: 'warning: nobody says which region may serve; Route 53 keeps to what it last heard',
      metric: metric(Stats.SAMPLE_COUNT, Duration.minutes(5)),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.BREACHING,
    });
    const tell: IAlarmAction = new SnsAction(topics.warning);
    for (const alarm of [this.alarm, silent]) {
      alarm.addAlarmAction(tell);
      alarm.addOkAction(tell);
    }
  }
}
