// AC-REL-1: each Aurora cluster of the design's region has instances in more than one zone, and subnets for them. A document that is
// content with one zone in an environment does not ask for it there (ADR-012).

import { type Assembly, literal, type Resource } from '../../../assembly/graph.ts';
import { ofType } from '../../../assembly/relations.ts';
import { perEnvironment } from '../../../design/environments.ts';
import type { Finding } from '../judge.ts';
import { clusterZones } from '../zones.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';

export const databaseZones: CriterionJudge = {
  id: 'AC-REL-1',
  about: ['aurora', 'zone'],
  deviation: ({ design, environment }) => (perEnvironment(design.multiAz, environment) ? undefined : 'ADR-012'),
  judge: judgeZones,
};

function judgeZones({ graph, design, environment }: CriterionCase): Finding {
  const clusters = auroraClusters(graph);
  if (clusters.length === 0) return { notApplicable: 'there is no Aurora cluster' };
  if (
    !perEnvironment(design.multiAz, environment) &&
    perEnvironment(design.sizes, environment).aurora.instances === 1
  ) {
    return { notApplicable: `the document has one database instance in ${environment}, in one zone` };
  }
  return clusters.flatMap((cluster) => clusterZones(graph, cluster));
}

export const auroraClusters = (graph: Assembly): readonly Resource[] =>
  ofType(graph, 'AWS::RDS::DBCluster').filter(({ properties }) =>
    String(literal(properties.Engine)).startsWith('aurora'),
  );
