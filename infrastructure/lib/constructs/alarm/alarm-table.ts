// The document's table of alarms, carried out: one alarm for each row, severity and member (MON-1…16).
import { Alarm, ComparisonOperator, type IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { MetricOwner } from '../../../../aws/metrics.ts';
import { type Metric, publishedStatistic } from '../../../../design/catalogue/metrics.ts';
import type { Alarm as AlarmRow, Threshold } from '../../../../design/schema.ts';
import { type Severity, severities } from '../topic/alert-topics.ts';
import {
  knownMetric,
  type Limits,
  type Member,
  type Members,
  membersOf,
  series,
  thresholdOf,
  wordsOf,
} from './metric-series.ts';

export interface AlarmTableProps {
  readonly rows: readonly AlarmRow[];
  readonly members: Members;
  readonly limits: Limits;
  readonly topics: Readonly<Record<Severity, ITopic>>;
  /** Whether no task runs: too few of them are then no trouble, and are not told. */
  readonly idle: boolean;
}

/** Whose metrics tell how many tasks there are. */
const ofTasks: readonly MetricOwner[] = ['task-group', 'service'];

const operators: Readonly<Record<Threshold['comparison'], ComparisonOperator>> = {
  '>': ComparisonOperator.GREATER_THAN_THRESHOLD,
  '>=': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  '<': ComparisonOperator.LESS_THAN_THRESHOLD,
  '<=': ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
};

/**
 * An alarm tells its severity's topic when it goes off and when it is over. Their ids are `<service><metric>/<member>/<severity>`, so
 * that a row that moves within the document changes nothing. In a region that stands by those of too few tasks are evaluated and keep
 * still, until the region takes over.
 *
 * Day 2: `aws cloudwatch describe-alarms --state-value ALARM --alarm-name-prefix <stack>` lists what is wrong now.
 *
 * @cost $0.10 for each alarm a month: 50 in production $5.00, 34 in development $3.40.
 */
export class AlarmTable extends Construct {
  /** In the table's order. */
  readonly alarms: readonly Alarm[];
  /** Those whose actions are off. */
  readonly silent: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmTableProps) {
    super(scope, id);
    const made = props.rows.flatMap((row) => {
      const metric = knownMetric(row.service, row.metric);
      const rowScope = new Construct(
        this,
        `${row.service.charAt(0).toUpperCase()}${row.service.slice(1)}${row.metric}`,
      );
      return membersOf(metric, props.members).flatMap((member) => {
        const memberScope = new Construct(rowScope, member.label);
        return severities.flatMap((severity) => alarm(memberScope, row, metric, member, severity, props));
      });
    });
    this.alarms = made.map(({ alarm: one }) => one);
    this.silent = made.filter(({ silent }) => silent).map(({ alarm: one }) => one);
  }
}

function alarm(
  scope: Construct,
  row: AlarmRow,
  metric: Metric,
  member: Member,
  severity: Severity,
  { limits, topics, idle }: AlarmTableProps,
): { readonly alarm: Alarm; readonly silent: boolean }[] {
  const threshold = row[severity];
  const value = thresholdOf(row, severity, limits, member);
  if (threshold === undefined || value === undefined) return [];
  const statistic = publishedStatistic(metric, threshold.statistic);
  const silent = idle && isTooLittle(threshold) && ofTasks.includes(metric.owner);
  const made = new Alarm(scope, severity === 'warning' ? 'Warning' : 'Critical', {
    alarmDescription: `${severity}: ${row.metric} of ${member.label}, ${wordsOf(threshold)}, ${row.evaluationPeriods} × ${row.periodSeconds / 60} min`,
    metric: series(metric, member, statistic, row.periodSeconds),
    threshold: value,
    comparisonOperator: operators[threshold.comparison],
    evaluationPeriods: row.evaluationPeriods,
    treatMissingData: missing(metric, threshold),
    ...(silent ? { actionsEnabled: false } : {}),
  });
  const tell: IAlarmAction = new SnsAction(topics[severity]);
  made.addAlarmAction(tell);
  made.addOkAction(tell);
  return [{ alarm: made, silent }];
}

/**
 * What silence means. Where too little is the trouble, silence is too little: no target reports, so none is healthy. Where calls are
 * counted or timed, silence is that nobody called. A level that is not reported is not known: the alarm says INSUFFICIENT_DATA and not
 * OK; but only a reader reports its lag, and the writer's silence about it is well.
 */
function missing({ gauge, metricName }: Metric, threshold: Threshold): TreatMissingData {
  if (isTooLittle(threshold)) return TreatMissingData.BREACHING;
  if (!gauge || metricName === 'AuroraReplicaLag') return TreatMissingData.NOT_BREACHING;
  return TreatMissingData.MISSING;
}

const isTooLittle = ({ comparison }: Threshold): boolean => comparison.startsWith('<');
