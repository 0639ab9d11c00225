// AC-OPS-5: there are dashboards, and each draws metrics. Which ones the document wants there are lines of its own for (DSH-1…3).
import { literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { nothing, seen } from '../evidence.ts';
import type { CriterionFinding, Evidence } from '../judge.ts';
import { ofType } from '../relations.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';

export const dashboards: CriterionJudge = {
  id: 'AC-OPS-5',
  about: ['dashboard'],
  judge: judgeDashboards,
};

function judgeDashboards({ everywhere: graph, graph: home, design, documented }: CriterionCase): CriterionFinding {
  const found = ofType(graph, 'AWS::CloudWatch::Dashboard');
  if (found.length === 0) return [nothing('a CloudWatch dashboard')];
  const least = documented ? design.dashboards.length : 1;
  // Those of a region that stands by show nothing until it serves, so they stand for none of home.
  const count = ofType(home, 'AWS::CloudWatch::Dashboard').length;
  const short = count < least ? [nothing(`${least} dashboards, as the document lists them; there are ${count}`)] : [];
  return [...found.map((dashboard) => dashboardEvidence(graph, dashboard)), ...short];
}

function dashboardEvidence(graph: CriterionCase['graph'], dashboard: Resource): Evidence {
  const body = textOf(dashboard.properties.DashboardBody);
  const drawn = seriesIn(body);
  const name = literal(dashboard.properties.DashboardName) ?? dashboard.path;
  const observed = drawn === undefined ? 'a body that cannot be read' : `${name} draws ${drawn} series`;
  return seen(
    graph,
    dashboard,
    ['DashboardBody'],
    observed,
    'metrics that are drawn',
    drawn === undefined ? undefined : drawn > 0,
  );
}

/** How many series of metrics the widgets of a dashboard draw; `undefined` when its body is no JSON. */
function seriesIn(body: string): number | undefined {
  try {
    const { widgets }: { widgets?: unknown } = JSON.parse(body);
    return Array.isArray(widgets) ? widgets.map(seriesOf).reduce((sum, count) => sum + count, 0) : 0;
  } catch {
    return undefined;
  }
}

/** A series that is worked with and not shown does not count; a row may also be an expression. */
function seriesOf(widget: unknown): number {
  const properties = memberOf(widget, 'properties');
  const metrics = memberOf(properties, 'metrics');
  if (memberOf(widget, 'type') !== 'metric' || !Array.isArray(metrics)) return 0;
  return metrics.filter((row) => {
    const last: unknown = Array.isArray(row) ? row.at(-1) : undefined;
    return Array.isArray(row) && row.length > 0 && memberOf(last, 'visible') !== false;
  }).length;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
