// What people must be told of a standby region: that a move went wrong, and that what it would take over with is out of date (DR-2).
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
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Severity } from '../topic/alert-topics.ts';

export interface RecoveryAlarmsProps {
  readonly stateMachine: StateMachine;
  /** Name of the standby region's cluster. */
  readonly databaseCluster: string;
  /** The document's recovery point, in seconds. */
  readonly rpoSeconds: number;
  readonly topics: Readonly<Record<Severity, ITopic>>;
}

/** Milliseconds. In calm times the lag lies below a second: beyond this nobody sends any more. */
const longestLag = 60_000;

/** How an execution ends when it does not end well, by the metric that counts it. */
const wrongEnds = {
  ExecutionsFailed: 'was refused or has stopped',
  ExecutionsTimedOut: 'ran out of time',
  ExecutionsAborted: 'was cut off',
} as const;

/**
 * The lag's alarm is also one of the two by which Route 53 judges the primary region lost: when that region is gone no lag is measured,
 * which counts as too long. So it is on while the standby serves, and off again after failback.
 *
 * Aurora publishes the lag in the follower's region, by the name of the follower's cluster.
 *
 * Day 2: `aws rds describe-global-clusters` shows whether the follower is connected.
 *
 * @cost the lag $0.10 a month, executions that went wrong $0.30.
 */
export class RecoveryAlarms extends Construct {
  /** Off while writes arrive here. */
  readonly replication: Alarm;

  constructor(scope: Construct, id: string, props: RecoveryAlarmsProps) {
    super(scope, id);
    const threshold = Math.min(longestLag, props.rpoSeconds * 1_000);
    this.replication = new Alarm(this, 'Replication', {
      alarmDescription: `critical: writes of the other region arrive more than ${threshold} ms late, or not at all`,
      metric: new Metric({
        namespace: 'AWS/RDS',
        metricName: 'AuroraGlobalDBReplicationLag',
        dimensionsMap: { DBClusterIdentifier: props.databaseCluster },
        statistic: Stats.MAXIMUM,
        period: Duration.minutes(1),
      }),
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
    });
    // One for each: a sum of metrics has no value while one of them has none.
    const wrong = Object.entries(wrongEnds).map(
      ([metricName, words]) =>
        new Alarm(this, metricName, {
          alarmDescription: `critical: a failover, switchover or failback ${words}`,
          metric: props.stateMachine.metric(metricName, { statistic: Stats.SUM, period: Duration.minutes(1) }),
          threshold: 0,
          comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
          evaluationPeriods: 1,
          // No executions, none that went wrong.
          treatMissingData: TreatMissingData.NOT_BREACHING,
        }),
    );
    const tell: IAlarmAction = new SnsAction(props.topics.critical);
    for (const alarm of [this.replication, ...wrong]) {
      alarm.addAlarmAction(tell);
      alarm.addOkAction(tell);
    }
  }
}
