// DSH-1…3: each dashboard of the document with each of its widgets, showing that metric in that form.

import { type Assembly, type Resource, textOf } from '../../../assembly/graph.ts';
import { isSeriesOf } from '../../../assembly/questions/alarms.ts';
import { type Widget, widgetsOf } from '../../../assembly/questions/dashboards.ts';
import { membersOf } from '../../../assembly/questions/members.ts';
import { ofType } from '../../../assembly/relations.ts';
import { type Metric, metricOf } from '../../../design/catalogue/metrics.ts';
import { widgetMetrics } from '../../../design/catalogue/widgets.ts';
import { perEnvironment } from '../../../design/environments.ts';
import { adrs } from '../deviations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Finding, StatementCase, StatementJudge } from '../judge.ts';

const wantedDashboard = ({ design, indices }: StatementCase) => design.dashboards[indices[0] ?? 0];
const id = ({ indices }: StatementCase) => `DSH-${(indices[0] ?? 0) + 1}`;

const aspects = ['', '.title'] as const;

export const dashboards: readonly StatementJudge[] = [
  ...aspects.map((aspect) => ({ id, path: `dashboards.*${aspect}`, judge: judgeDashboard })),
  {
    id,
    path: 'dashboards.*.widgets.*',
    deviation: (judgeCase) =>
      /FreeStorageSpace|ReplicaLag/.test(wantedDashboard(judgeCase)?.widgets[judgeCase.indices[1] ?? 0]?.title ?? '')
        ? adrs.auroraMetrics
        : undefined,
    judge: judgeWidget,
  },
];

const found = (judgeCase: StatementCase) => dashboardOf(judgeCase.graph, wantedDashboard(judgeCase)?.title ?? '');

/** A dashboard is known by the first word of its title in its name. */
export function dashboardOf(graph: Assembly, title: string): Resource | undefined {
  const word = title.split(' ', 1)[0]?.toLowerCase() ?? '';
  return ofType(graph, 'AWS::CloudWatch::Dashboard').find(
    ({ properties, path }) => word !== '' && wordsOf(textOf(properties.DashboardName) || path).includes(word),
  );
}

/** `ProductionEcs-tasks` → production, ecs, tasks. */
const wordsOf = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

function judgeDashboard(judgeCase: StatementCase): Finding {
  const wanted = wantedDashboard(judgeCase);
  const dashboard = found(judgeCase);
  if (dashboard === undefined) return [nothing(`a dashboard ${wanted?.title ?? ''}`)];
  const count = widgetsHere(dashboard, judgeCase.design.region)?.length;
  const least = wanted?.widgets.length ?? 0;
  return [
    seen(
      judgeCase.graph,
      dashboard,
      ['DashboardBody'],
      count,
      `at least ${least} widgets`,
      count === undefined ? undefined : count >= least,
    ),
  ];
}

const views = { line: ['timeSeries'], bar: ['bar'], number: ['singleValue'] } as const;

/** Some widget draws, in the document's form, the series of every resource that the metric is measured on. */
function judgeWidget(judgeCase: StatementCase): Finding {
  const { graph, design } = judgeCase;
  const wanted = wantedDashboard(judgeCase)?.widgets[judgeCase.indices[1] ?? 0];
  const dashboard = found(judgeCase);
  if (wanted === undefined || dashboard === undefined) return [nothing(`a widget ${wanted?.title ?? ''}`)];
  if (/^lambda\b/i.test(wanted.title) && design.functions.length === 0)
    return { notApplicable: 'the design has no functions' };
  if (/ReplicaLag/.test(wanted.title) && perEnvironment(design.sizes, judgeCase.environment).aurora.instances === 1)
    return { notApplicable: 'one database instance has no replica' };
  const metrics = widgetMetrics(wantedDashboard(judgeCase)?.title ?? '', wanted.title).flatMap(
    ({ service, metric }) => metricOf(service, metric) ?? [],
  );
  if (metrics.length === 0) return { notJudged: `no judge knows the metric of “${wanted.title}”` };
  const labels = metrics.map(labelOf);
  const widgets = widgetsHere(dashboard, design.region);
  if (widgets === undefined) return [seen(graph, dashboard, ['DashboardBody'], 'no readable body', labels, undefined)];
  const drawn = metrics.flatMap((metric) => membersOf(judgeCase, metric).map((member) => ({ metric, member })));
  const showing = widgets.filter(
    ({ series }) =>
      drawn.length > 0 &&
      drawn.every(({ metric, member }) =>
        series.some((one) => one.metric === labelOf(metric) && isSeriesOf(metric, one.dimensions, member)),
      ),
  );
  const right = showing.find(({ view }) => views[wanted.kind].some((name) => name === view));
  const observed = (right ?? showing[0])?.view ?? 'not shown';
  const expected = `${labels.join(', ')} of ${drawn.map(({ member }) => member.resource.path).join(', ')} as ${wanted.kind}`;
  return [seen(graph, dashboard, ['DashboardBody'], observed, expected, right !== undefined)];
}

const labelOf = ({ namespace, metricName }: Metric) => `${namespace} ${metricName}`;

/** The widgets that draw something of the design's region. */
const widgetsHere = (dashboard: Resource, region: string): readonly Widget[] | undefined =>
  widgetsOf(dashboard)?.filter((widget) => [region, `\${?}`].includes(widget.region ?? region));
