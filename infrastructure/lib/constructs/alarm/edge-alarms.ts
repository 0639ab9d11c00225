// Alarms of what CloudWatch measures in the edge's region alone; the document's table knows none of them.
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Severity } from '../topic/alert-topics.ts';

export interface EdgeAlarmsProps {
  readonly topics: Readonly<Record<Severity, ITopic>>;
  readonly distributionId: string;
  /** What CloudWatch calls the web ACL. */
  readonly firewall: string;
  /** Expected traffic of everybody. */
  readonly requestsPerSecond: number;
  /** Absent where nobody asks whether the platform is ready. */
  readonly healthCheckId: string | undefined;
  /** Of the check that finds the whole region lost; absent where no other region stands by. */
  readonly primaryLostId: string | undefined;
}

const fiveMinutes = Duration.minutes(5);
/** Requests in five minutes below which a share of failures says nothing: one of three is a third. */
const worthAShare = 100;
/** Part of the expected traffic that is an attack, or a rule that refuses what it should not. */
const surge = 0.1;

/**
 * People's view: the share of answers that say the platform failed, 1 % a warning and 5 % critical; and critical when Route 53 finds
 * it not ready. Where another region stands by, one more says that the whole region is lost: neither is it ready nor does its database send
 * anything, so that a bad release alone is no loss. It keeps still without data: nobody moves a region for want of a measurement. A surge of refusals is a warning, since refusing is what the firewall is for.
 *
 * Day 2: `x-edge-detailed-result-type` in the access logs tells whether CloudFront or the load balancer failed.
 *
 * @cost $0.10 for each metric of an alarm a month: $0.60, $0.70 where another region stands by.
 */
export class EdgeAlarms extends Construct {
  /** Absent where no other region stands by. */
  readonly primaryLost?: Alarm;

  constructor(scope: Construct, id: string, props: EdgeAlarmsProps) {
    super(scope, id);
    const failures = shareOfFailures(props.distributionId);
    const above = ComparisonOperator.GREATER_THAN_THRESHOLD;
    const quiet = TreatMissingData.NOT_BREACHING;
    const share = { metric: failures, comparisonOperator: above, evaluationPeriods: 2, treatMissingData: quiet };
    this.alarm(
      'FailuresWarning',
      'warning',
      'more than 1 % of answers are failures',
      { ...share, threshold: 1 },
      props,
    );
    this.alarm(
      'FailuresCritical',
      'critical',
      'more than 5 % of answers are failures',
      { ...share, threshold: 5 },
      props,
    );

    const threshold = Math.round(props.requestsPerSecond * fiveMinutes.toSeconds() * surge);
    this.alarm(
      'RefusalsWarning',
      'warning',
      `the firewall refuses more than ${threshold} requests in 5 min`,
      {
        metric: refusals(props.firewall),
        threshold,
        comparisonOperator: above,
        evaluationPeriods: 1,
        treatMissingData: quiet,
      },
      props,
    );

    if (props.healthCheckId === undefined) return;
    this.alarm(
      'ReadinessCritical',
      'critical',
      'the platform is not ready, seen from outside',
      {
        metric: readiness(props.healthCheckId),
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 2,
        treatMissingData: TreatMissingData.BREACHING,
      },
      props,
    );
    if (props.primaryLostId === undefined) return;
    this.primaryLost = this.alarm(
      'PrimaryLostCritical',
      'critical',
      'the primary region is lost: it is not ready, and its database sends nothing',
      {
        metric: readiness(props.primaryLostId),
        threshold: 1,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 2,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      },
      props,
    );
  }

  private alarm(
    id: string,
    severity: Severity,
    words: string,
    what: {
      readonly metric: IMetric;
      readonly threshold: number;
      readonly comparisonOperator: ComparisonOperator;
      readonly evaluationPeriods: number;
      readonly treatMissingData: TreatMissingData;
    },
    { topics }: EdgeAlarmsProps,
  ): Alarm {
    const alarm = new Alarm(this, id, { ...what, alarmDescription: `${severity}: ${words}` });
    const tell: IAlarmAction = new SnsAction(topics[severity]);
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
    return alarm;
  }
}

function shareOfFailures(DistributionId: string): IMetric {
  const metric = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/CloudFront',
      metricName,
      dimensionsMap: { DistributionId, Region: 'Global' },
      statistic,
      period: fiveMinutes,
    });
  return new MathExpression({
    expression: `IF(requests >= ${worthAShare}, share, 0)`,
    usingMetrics: { requests: metric('Requests', Stats.SUM), share: metric('5xxErrorRate', Stats.AVERAGE) },
    label: 'Failures in percent',
    period: fiveMinutes,
  });
}

/** Of all rules together; a firewall of CloudFront has no region among its dimensions. */
function refusals(WebACL: string): IMetric {
  return new Metric({
    namespace: 'AWS/WAFV2',
    metricName: 'BlockedRequests',
    dimensionsMap: { WebACL, Rule: 'ALL' },
    statistic: Stats.SUM,
    period: fiveMinutes,
  });
}

function readiness(HealthCheckId: string): IMetric {
  return new Metric({
    namespace: 'AWS/Route53',
    metricName: 'HealthCheckStatus',
    dimensionsMap: { HealthCheckId },
    statistic: Stats.MINIMUM,
    period: Duration.minutes(1),
  });
}
