// AC-REL-1: each Aurora cluster of the design's region has instances in more than one zone, and subnets for them. A document that is
// content with one zone in an environment does not ask for it there (ADR-012).
import { type Assembly, literal, type Resource } from '../../../assembly/graph.ts';
import { instancesOf } from '../compute.ts';
import { seen } from '../evidence.ts';
import type { CriterionFinding, Evidence } from '../judge.ts';
import { ofType, targetOf } from '../relations.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { atLeast, zonesOf } from './zones.ts';

export const databaseZones: CriterionJudge = {
  id: 'AC-REL-1',
  about: ['aurora', 'zone'],
  deviation: ({ design, environment }) => (design.multiAz[environment] ? undefined : 'ADR-012'),
  judge: judgeZones,
};

function judgeZones({ graph, design, environment }: CriterionCase): CriterionFinding {
  const clusters = auroraClusters(graph);
  if (clusters.length === 0) return { notApplicable: 'there is no Aurora cluster' };
  if (!design.multiAz[environment] && design.sizes[environment].aurora.instances === 1) {
    return { notApplicable: `the document has one database instance in ${environment}, in one zone` };
  }
  return clusters.flatMap((cluster) => clusterEvidence(graph, cluster));
}

export const auroraClusters = (graph: Assembly): readonly Resource[] =>
  ofType(graph, 'AWS::RDS::DBCluster').filter(({ properties }) =>
    String(literal(properties.Engine)).startsWith('aurora'),
  );

/** Where templates pin instances, in different zones; where they do not, Aurora spreads them over the zones of the subnet group. */
function clusterEvidence(graph: Assembly, cluster: Resource): readonly Evidence[] {
  const instances = instancesOf(graph, cluster);
  const pinned = instances.flatMap(({ properties }) => literal(properties.AvailabilityZone) ?? []).map(String);
  const homes = zonesOf(graph, targetOf(graph, cluster.properties.DBSubnetGroupName)?.properties.SubnetIds);
  const sure = instances.filter(({ condition }) => condition === undefined).length > 1;
  const apart = pinned.length < instances.length || new Set(pinned).size > 1;
  const observed = `${instances.length} instances, ${pinned.length > 0 ? `in ${pinned.join(' and ')}` : 'placed by Aurora'}`;
  const enough = instances.length < 2 || !apart ? false : sure ? true : undefined;
  return [
    seen(graph, cluster, [], observed, 'instances in more than one zone', enough),
    seen(graph, cluster, ['DBSubnetGroupName'], homes.names, 'subnets in more than one zone', atLeast(homes, 2)),
  ];
}
