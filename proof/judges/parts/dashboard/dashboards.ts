// DSH-1…3: each dashboard of the document with each of its widgets, showing that metric in that form.
import { isSettled } from '../../../../assembly/graph.ts';
import { dashboardOf, draws, labelOf, widgetsHere } from '../../../../assembly/questions/dashboards.ts';
import { membersOf, possibleMembersOf } from '../../../../assembly/questions/members.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { all, any } from '../../../../assembly/truth.ts';
import { metricOf } from '../../../../design/catalogue/metrics.ts';
import { type WidgetMetric, widgetMetrics } from '../../../../design/catalogue/widgets.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import { adrs } from '../../deviations.ts';
import type { Finding, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on } from '../../on.ts';
import { said } from '../../words/monitoring.ts';
import { parts } from '../../words/parts.ts';

const wantedDashboard = ({ design, indices }: StatementCase) => design.dashboards[indices[0] ?? 0];
/** What the widget is to show, as the document calls it. */
function wantedMetrics(judgeCase: StatementCase): readonly WidgetMetric[] {
  const wanted = wantedDashboard(judgeCase);
  const widget = wanted?.widgets[judgeCase.indices[1] ?? 0];
  return wanted === undefined || widget === undefined ? [] : widgetMetrics(wanted.title, widget.title);
}

const id = ({ indices }: StatementCase) => `DSH-${(indices[0] ?? 0) + 1}`;

const aspects = ['', '.title'] as const;

export const dashboards: readonly StatementJudge[] = [
  ...aspects.map((aspect) => ({ id, path: `dashboards.*${aspect}`, judge: judgeDashboard })),
  {
    id,
    path: 'dashboards.*.widgets.*',
    deviation: (judgeCase) =>
      wantedMetrics(judgeCase).some(({ metric }) => ['FreeStorageSpace', 'ReplicaLag'].includes(metric))
        ? adrs.auroraMetrics
        : undefined,
    judge: judgeWidget,
  },
];

const found = (judgeCase: StatementCase) => dashboardOf(judgeCase.graph, wantedDashboard(judgeCase)?.title ?? '');

/** There is none, unless it is one of which the templates do not say the name. */
const noDashboard = ({ graph }: StatementCase, title: string): Finding =>
  missingUnless(
    ofType(graph, 'AWS::CloudWatch::Dashboard').filter(({ properties }) => !isSettled(properties.DashboardName)),
    said.dashboard({ title }),
  );

function judgeDashboard(judgeCase: StatementCase): Finding {
  const wanted = wantedDashboard(judgeCase);
  if (wanted === undefined) return [missing(parts.inTheDesign)];
  const dashboard = found(judgeCase);
  if (dashboard === undefined) return noDashboard(judgeCase, wanted.title);
  const count = widgetsHere(dashboard, judgeCase.design.region)?.length;
  const least = wanted.widgets.length;
  return [
    on(dashboard)
      .property('DashboardBody')
      .holds(count === undefined ? undefined : count >= least, {
        expected: said.leastWidgets({ least }),
        observed: count ?? said.noReadableBody,
      }),
  ];
}

const views = { line: ['timeSeries'], bar: ['bar'], number: ['singleValue'] } as const;

/** Some widget draws, in the document's form, the series of every resource that the metric is measured on. */
function judgeWidget(judgeCase: StatementCase): Finding {
  const { design } = judgeCase;
  const [, index = 0] = judgeCase.indices;
  const wanted = wantedDashboard(judgeCase);
  const widget = wanted?.widgets[index];
  if (wanted === undefined || widget === undefined) return [missing(parts.inTheDesign)];
  const dashboard = found(judgeCase);
  if (dashboard === undefined) return noDashboard(judgeCase, wanted.title);
  const named = wantedMetrics(judgeCase);
  if (named.some(({ service }) => service === 'lambda') && design.functions.length === 0) {
    return { notApplicable: parts.noFunctions };
  }
  const hasReplica = perEnvironment(design.sizes, judgeCase.environment).aurora.instances > 1;
  if (named.some(({ metric }) => metric === 'ReplicaLag') && !hasReplica) return { notApplicable: said.loneInstance };
  const metrics = named.flatMap(({ service, metric }) => metricOf(service, metric) ?? []);
  if (metrics.length === 0) return { notJudged: said.noMetricOfWidget({ title: widget.title }) };
  const drawn = metrics.flatMap((metric) => membersOf(judgeCase, metric).map((member) => ({ metric, member })));
  const expected = said.widgetOf({
    labels: metrics.map(labelOf),
    members: drawn.map(({ member }) => member.resource.path),
    kind: widget.kind,
  });
  const body = on(dashboard).property('DashboardBody');
  const widgets = widgetsHere(dashboard, design.region);
  if (widgets === undefined) return [body.holds(undefined, { expected, observed: said.noReadableBody })];
  const shown = widgets.map(({ series, view }) => ({
    view,
    isShown:
      drawn.length > 0 && all(drawn.map(({ metric, member }) => any(series.map((one) => draws(one, metric, member))))),
  }));
  const isRight = any(
    shown.map(({ view, isShown }) => all([isShown, views[widget.kind].some((name) => name === view)])),
  );
  const isKnown = metrics.every((metric) => possibleMembersOf(judgeCase, metric).length === 0);
  const seen = shown.filter(({ isShown }) => isShown);
  const right = seen.find(({ view }) => views[widget.kind].some((name) => name === view)) ?? seen[0];
  return [body.holds(isKnown ? isRight : undefined, { expected, observed: right?.view ?? said.notShown })];
}
