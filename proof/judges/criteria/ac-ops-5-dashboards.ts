// AC-OPS-5: there are dashboards, and each draws metrics. Which ones the document wants there are lines of its own for (DSH-1…3).
import { literal, type Resource } from '../../../assembly/graph.ts';
import { widgetsOf } from '../../../assembly/questions/dashboards.ts';
import { ofType } from '../../../assembly/relations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';

export const dashboards: CriterionJudge = {
  id: 'AC-OPS-5',
  about: ['dashboard'],
  judge: judgeDashboards,
};

function judgeDashboards({ everywhere: graph, graph: home, design, documented }: CriterionCase): Finding {
  const found = ofType(graph, 'AWS::CloudWatch::Dashboard');
  if (found.length === 0) return [nothing('a CloudWatch dashboard')];
  const least = documented ? design.dashboards.length : 1;
  // Those of a region that stands by show nothing until it serves, so they stand for none of home.
  const count = ofType(home, 'AWS::CloudWatch::Dashboard').length;
  const short = count < least ? [nothing(`${least} dashboards, as the document lists them; there are ${count}`)] : [];
  return [...found.map((dashboard) => dashboardEvidence(graph, dashboard)), ...short];
}

function dashboardEvidence(graph: CriterionCase['graph'], dashboard: Resource): Evidence {
  const drawn = widgetsOf(dashboard)?.reduce((sum, { series }) => sum + series.length, 0);
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
