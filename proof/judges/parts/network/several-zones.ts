// AC-REL-1, AC-REL-2: an environment in several zones has in more than one of them whatever would take it down by being in one.
import { isSettled, textOf } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { nodesOf } from '../../../../assembly/questions/compute.ts';
import { placementsOf } from '../../../../assembly/questions/placements.ts';
import { subnetAt } from '../../../../assembly/questions/subnets.ts';
import { zonesOf } from '../../../../assembly/questions/zones.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { all } from '../../../../assembly/truth.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said as networkWords } from '../../words/network.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/zones.ts';
import { clusterZones, serviceZones, subnetGroupZones } from './zones.ts';

export const severalZones: StatementJudge = { id: 'AC-REL-1', path: 'multiAz.*', judge: judgeZones };

function judgeZones(judgeCase: StatementCase): Finding {
  const { design, environment } = judgeCase;
  if (!perEnvironment(design.multiAz, environment)) return { notApplicable: said.oneZoneIsEnough };
  return [databaseEvidence, cacheEvidence, taskEvidence, natEvidence].flatMap((evidence) => evidence(judgeCase));
}

function databaseEvidence({ graph }: StatementCase): readonly Observation[] {
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  if (clusters.length === 0) return [missing(parts.auroraCluster)];
  return clusters.flatMap((cluster) => clusterZones(graph, cluster));
}

function cacheEvidence({ graph, design, environment }: StatementCase): readonly Observation[] {
  if (perEnvironment(design.sizes, environment).cache === undefined) return [];
  const groups = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  if (groups.length === 0) return [missing(parts.replicationGroup)];
  return groups.flatMap((group) => {
    const nodes = nodesOf(group);
    const areApart = all([isLiteral(group.properties.MultiAZEnabled, true), nodes === undefined ? nodes : nodes > 1]);
    return [
      on(group).property('MultiAZEnabled').holds(areApart, { expected: said.nodesInSeveralZones }),
      subnetGroupZones(graph, group),
    ];
  });
}

/** AC-REL-2. */
function taskEvidence({ graph }: StatementCase): readonly Observation[] {
  const services = ofType(graph, 'AWS::ECS::Service');
  if (services.length === 0) return [missing(parts.service)];
  return services.flatMap((service) => serviceZones(graph, service, 2));
}

/** Each zone of the public subnets has a NAT gateway: one that is shared takes the others' way out with it. */
function natEvidence(judgeCase: StatementCase): readonly Observation[] {
  const { graph, design } = judgeCase;
  if (!design.network.subnets.some(({ defaultRoute }) => defaultRoute === 'nat-gateway')) return [];
  const wanted = design.network.subnets.flatMap(({ tier }, index) =>
    tier === 'public' ? (subnetAt(judgeCase, index) ?? []) : [],
  );
  const zones = zonesOf(
    graph,
    placementsOf(graph, 'AWS::EC2::NatGateway').map(({ value }) => value ?? ''),
  );
  return wanted.map((subnet) => {
    const zone = subnet.properties.AvailabilityZone;
    const own = textOf(zone);
    const holds = zones.names.includes(own) ? true : zones.open || !isSettled(zone) ? undefined : false;
    const expected = networkWords.natGatewayIn({ zone: own });
    return on(subnet).holds(holds, { expected, observed: zones.names });
  });
}
