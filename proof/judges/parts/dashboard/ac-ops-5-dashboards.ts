// AC-OPS-5: there are dashboards, and each draws metrics. Which ones the document wants there are lines of its own for (DSH-1…3).
import { literal, type Resource } from '../../../../assembly/graph.ts';
import { widgetsOf } from '../../../../assembly/questions/dashboards.ts';
import { ofType } from '../../../../assembly/relations.ts';
import type { CriterionCase, CriterionJudge } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/operation.ts';

export const dashboards: CriterionJudge = {
  id: 'AC-OPS-5',
  of: [],
  about: ['dashboard'],
  judge: judgeDashboards,
};

function judgeDashboards({ everywhere, graph: home, design, documented }: CriterionCase): Finding {
  const found = ofType(everywhere, 'AWS::CloudWatch::Dashboard');
  if (found.length === 0) return [missing(said.someDashboard)];
  const wanted = documented ? design.dashboards.length : 1;
  // Those of a region that stands by show nothing until it serves, so they stand for none of home.
  const count = ofType(home, 'AWS::CloudWatch::Dashboard').length;
  return [
    ...found.map(dashboardEvidence),
    ...(count < wanted ? [missing(said.asManyDashboards({ wanted, count }))] : []),
  ];
}

function dashboardEvidence(dashboard: Resource): Observation {
  const claims = on(dashboard).property('DashboardBody');
  const expected = said.metricsDrawn;
  const widgets = widgetsOf(dashboard);
  if (widgets === undefined) return claims.holds(undefined, { expected, observed: said.unreadableBody });
  const drawn = widgets.reduce((sum, { series }) => sum + series.length, 0);
  const name = String(literal(dashboard.properties.DashboardName) ?? dashboard.path);
  return claims.holds(drawn > 0, { expected, observed: said.drawsSeries({ name, series: drawn }) });
}
