// What takes a deployment back: errors and slowness of the tasks, told sooner than anybody is woken for them (RBK-1).
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AlarmBehavior, type FargateService } from 'aws-cdk-lib/aws-ecs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { metricOf, publishedValue } from '../../../../design/catalogue/metrics.ts';
import type { Alarm as AlarmRow } from '../../../../design/schema.ts';

export interface DeploymentAlarmsProps {
  readonly service: FargateService;
  /** What CloudWatch calls the load balancer and the target group. */
  readonly dimensions: Readonly<Record<'LoadBalancer' | 'TargetGroup', string>>;
  /** Hears of each alarm, during a deployment or not. */
  readonly topic: ITopic;
  /** The document's table of alarms: these are held to half of its lowest thresholds. */
  readonly rows: readonly AlarmRow[];
}

const watched = [
  // A new task's first requests are slow: three minutes in a row are not its first.
  { metric: 'TargetResponseTime', statistic: 'Average', minutes: 3 },
  { metric: 'HTTPCode_Target_5XX_Count', statistic: 'Sum', minutes: 1 },
] as const;

/**
 * An alarm for each of the two metrics that the document has a threshold for, at half of its lowest and minute by minute: a version that
 * doubles what is tolerable goes back within minutes, before the catalogue's alarms have seen a period. ECS looks at them while a
 * deployment runs and for a while after, and goes back to the version before. Each is mailed as well, like what AWS reports by itself:
 * an alarm that nobody is told of would be none (AC-OPS-2).
 *
 * They watch the tasks' target group and stand here, not with the catalogue's alarms, which wait for this stack.
 *
 * Day 2: `aws ecs describe-services` names the alarm that took a deployment back, under `deployments`.
 *
 * @cost two alarms, $0.20 a month.
 */
export class DeploymentAlarms extends Construct {
  constructor(scope: Construct, id: string, { service, dimensions, topic, rows }: DeploymentAlarmsProps) {
    super(scope, id);
    const names = watched.flatMap(({ metric, statistic, minutes }) => {
      const limit = lowestOf(rows, metric);
      if (limit === undefined) return [];
      const alarm = new Alarm(this, metric, {
        alarmDescription: `Takes a deployment back: ${metric} over half of the document's lowest threshold, ${minutes} × 1 min`,
        metric: new Metric({
          namespace: 'AWS/ApplicationELB',
          metricName: metric,
          dimensionsMap: { ...dimensions },
          statistic,
          period: Duration.minutes(1),
        }),
        threshold: limit / 2,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: minutes,
        // No requests, no errors.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(topic));
      return [alarm.alarmName];
    });
    if (names.length === 0) return;
    service.enableDeploymentAlarms(names, { behavior: AlarmBehavior.ROLLBACK_ON_ALARM });
  }
}

/** The lowest of the thresholds of a metric of the load balancer, in CloudWatch's unit. */
function lowestOf(rows: readonly AlarmRow[], name: string): number | undefined {
  const metric = metricOf('alb', name);
  const thresholds = rows
    .filter((row) => row.service === 'alb' && row.metric === name)
    .flatMap(({ warning, critical }) => [warning, critical])
    .flatMap((threshold) =>
      metric === undefined || threshold === undefined ? [] : [publishedValue(metric, threshold)],
    );
  return thresholds.length === 0 ? undefined : Math.min(...thresholds);
}
