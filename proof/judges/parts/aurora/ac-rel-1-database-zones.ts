// AC-REL-1: each Aurora cluster of the design's region has instances in more than one zone, and subnets for them. A document that is
// content with one zone in an environment does not ask for it there (ADR-012).

import type { Assembly, Resource } from '../../../../assembly/graph.ts';
import { ofType, textHolds } from '../../../../assembly/relations.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/reliability.ts';
import { clusterZones } from '../network/zones.ts';

export const databaseZones: CriterionJudge = {
  id: 'AC-REL-1',
  of: ['aurora'],
  about: ['aurora', 'zone'],
  deviation: ({ design, environment }) => (perEnvironment(design.multiAz, environment) ? undefined : 'ADR-012'),
  judge: judgeZones,
};

function judgeZones({ graph, design, environment }: CriterionCase): Finding {
  const { clusters, unknown } = auroraClusters(graph);
  if (clusters.length === 0 && unknown.length === 0) return noneOf(graph, shared.noAuroraCluster);
  if (
    !perEnvironment(design.multiAz, environment) &&
    perEnvironment(design.sizes, environment).aurora.instances === 1
  ) {
    return { notApplicable: said.oneInstanceInOneZone({ environment }) };
  }
  return [...unknown, ...clusters.flatMap((cluster) => clusterZones(graph, cluster))];
}

/** The Aurora clusters of a graph, and evidence on those of which the templates do not say whether they are. */
export function auroraClusters(graph: Assembly): {
  readonly clusters: readonly Resource[];
  readonly unknown: readonly Observation[];
} {
  const found = ofType(graph, 'AWS::RDS::DBCluster').map((cluster) => ({
    cluster,
    truth: textHolds(cluster.properties.Engine, (engine) => engine.startsWith('aurora')),
  }));
  return {
    clusters: found.filter(({ truth }) => truth === true).map(({ cluster }) => cluster),
    unknown: found
      .filter(({ truth }) => truth === undefined)
      .map(({ cluster }) => on(cluster).property('Engine').holds(undefined, { expected: shared.auroraOrNot })),
  };
}
