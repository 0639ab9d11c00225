// The document's dashboards, with the thresholds of the alarms drawn in (DSH-1…3, AC-OPS-5).

import {
  Color,
  Dashboard,
  GraphWidget,
  GraphWidgetView,
  type IMetric,
  type IWidget,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type Metric, publishedStatistic } from '../../../../design/catalogue/metrics.ts';
import { widgetMetrics } from '../../../../design/catalogue/widgets.ts';
import { Refusal } from '../../../../design/refusal.ts';
import type { Alarm, Design, Threshold } from '../../../../design/schema.ts';
import { refusals } from '../../refusals.ts';
import {
  knownMetric,
  type Limits,
  type Member,
  type Members,
  membersOf,
  series,
  thresholdOf,
  wordsOf,
} from '../alarm/metric-series.ts';
import { severities } from '../topic/alert-topics.ts';

type DocumentDashboard = Design['dashboards'][number];
type DocumentWidget = DocumentDashboard['widgets'][number];

export interface DocumentDashboardsProps {
  readonly dashboards: readonly DocumentDashboard[];
  /** The table of alarms, for statistic, period and thresholds of what it watches. */
  readonly rows: readonly Alarm[];
  readonly members: Members;
  readonly limits: Limits;
}

const colors = { warning: Color.ORANGE, critical: Color.RED } as const;
/** Of CloudWatch's 24 columns: two graphs in a row. */
const width = 12;
const everySeconds = 300;

/**
 * A dashboard is known by the first word of its title; a widget shows a line for each member. A widget whose resources the design does
 * without is left out.
 *
 * @cost $3.00 a month each; an account's first three are free.
 */
export class DocumentDashboards extends Construct {
  constructor(scope: Construct, id: string, props: DocumentDashboardsProps) {
    super(scope, id);
    for (const { title, widgets } of props.dashboards) {
      const made = widgets.flatMap((wanted) => widget(title, wanted, props));
      new Dashboard(this, title.split(' ', 1)[0] ?? title, { widgets: inRows(made) });
    }
  }
}

function widget(dashboard: string, { title, kind }: DocumentWidget, props: DocumentDashboardsProps): IWidget[] {
  const shown = widgetMetrics(dashboard, title).map(({ service, metric }) => ({
    metric: knownMetric(service, metric),
    row: props.rows.find((row) => row.service === service && row.metric === metric),
  }));
  if (shown.length === 0) {
    throw new Refusal(refusals.widgetWithoutMetric({ title, dashboard }));
  }
  const lines = shown.flatMap(({ metric, row }) => linesOf(metric, row, props.members, shown.length > 1));
  if (lines.length === 0) return [];
  if (kind === 'number') {
    // One number for as long as the reader looks at, not for the last five minutes.
    return [new SingleValueWidget({ title, metrics: lines, width, setPeriodToTimeRange: true })];
  }
  return [
    new GraphWidget({
      title,
      left: lines,
      leftYAxis: { min: 0 },
      width,
      view: kind === 'bar' ? GraphWidgetView.BAR : GraphWidgetView.TIME_SERIES,
      // Bars add up the whole time that is looked at: a threshold for five minutes means nothing there.
      ...(kind === 'bar'
        ? {}
        : {
            leftAnnotations: shown.flatMap(({ metric, row }) =>
              thresholds(row, membersOf(metric, props.members), props.limits),
            ),
          }),
    }),
  ];
}

function linesOf(metric: Metric, row: Alarm | undefined, members: Members, several: boolean): IMetric[] {
  const statistic = publishedStatistic(metric, (row?.critical ?? row?.warning)?.statistic ?? usual(metric));
  const own = membersOf(metric, members);
  return own.map((member) => {
    const words = [...(several ? [metric.name] : []), ...(own.length > 1 || !several ? [member.label] : [])];
    return series(metric, member, statistic, row?.periodSeconds ?? everySeconds, words.join(' '));
  });
}

/** Events add up; levels and times do not. */
function usual({ gauge, unit }: Metric): Threshold['statistic'] {
  return gauge || unit === 'seconds' || unit === 'milliseconds' ? 'Average' : 'Sum';
}

/** One line for each value: members of one class have it in common. */
function thresholds(row: Alarm | undefined, members: readonly Member[], limits: Limits) {
  if (row === undefined) return [];
  return severities.flatMap((severity) => {
    const threshold = row[severity];
    if (threshold === undefined) return [];
    const values = new Set(members.map((member) => thresholdOf(row, severity, limits, member)));
    return [...values].flatMap((value) =>
      value === undefined ? [] : [{ value, label: `${severity}: ${wordsOf(threshold)}`, color: colors[severity] }],
    );
  });
}

function inRows(widgets: readonly IWidget[]): IWidget[][] {
  const perRow = 24 / width;
  return Array.from({ length: Math.ceil(widgets.length / perRow) }, (_, row) =>
    widgets.slice(row * perRow, (row + 1) * perRow),
  );
}
