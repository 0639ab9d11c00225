// AC-REL-1, AC-REL-2: an environment in several zones has in more than one of them whatever would take it down by being in one.
import { isSettled, literal, textOf } from '../../../assembly/graph.ts';
import { nodesOf } from '../../../assembly/questions/compute.ts';
import { subnetAt } from '../../../assembly/questions/subnets.ts';
import { atLeast, zonesOf } from '../../../assembly/questions/zones.ts';
import { ofType, targetOf } from '../../../assembly/relations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';
import { clusterZones, serviceZones } from '../zones.ts';

export const severalZones: StatementJudge = { id: 'AC-REL-1', path: 'multiAz.*', judge: judgeZones };

function judgeZones(judgeCase: StatementCase): Finding {
  const { design, environment } = judgeCase;
  if (!design.multiAz[environment]) {
    return {
      notApplicable: 'one zone is enough here; how many there are of each machine is for the lines of its size',
    };
  }
  const parts = [databaseEvidence, cacheEvidence, taskEvidence, natEvidence];
  return parts.flatMap((part) => part(judgeCase));
}

function databaseEvidence({ graph }: StatementCase): readonly Evidence[] {
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  if (clusters.length === 0) return [nothing('an Aurora cluster')];
  return clusters.flatMap((cluster) => clusterZones(graph, cluster));
}

function cacheEvidence(judgeCase: StatementCase): readonly Evidence[] {
  const { graph, design, environment } = judgeCase;
  if (design.sizes[environment].cache === undefined) return [];
  const groups = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  if (groups.length === 0) return [nothing('a replication group')];
  return groups.flatMap((group) => {
    const { MultiAZEnabled, CacheSubnetGroupName } = group.properties;
    const homes = zonesOf(graph, targetOf(graph, CacheSubnetGroupName)?.properties.SubnetIds);
    const on = String(literal(MultiAZEnabled)) === 'true' && nodesOf(group) > 1;
    return [
      seen(graph, group, ['MultiAZEnabled'], MultiAZEnabled, 'nodes in more than one zone', on),
      seen(graph, group, ['CacheSubnetGroupName'], homes.names, 'subnets in more than one zone', atLeast(homes, 2)),
    ];
  });
}

/** AC-REL-2. */
function taskEvidence({ graph }: StatementCase): readonly Evidence[] {
  const services = ofType(graph, 'AWS::ECS::Service');
  return services.length === 0
    ? [nothing('a service')]
    : services.flatMap((service) => serviceZones(graph, service, 2));
}

/** Each zone of the public subnets has a NAT gateway: one that is shared takes the others' way out with it. */
function natEvidence(judgeCase: StatementCase): readonly Evidence[] {
  const { graph, design } = judgeCase;
  if (!design.network.subnets.some(({ defaultRoute }) => defaultRoute === 'nat-gateway')) return [];
  const gateways = ofType(graph, 'AWS::EC2::NatGateway');
  const wanted = design.network.subnets.flatMap(({ tier }, index) =>
    tier === 'public' ? (subnetAt(judgeCase, index) ?? []) : [],
  );
  const zones = zonesOf(
    graph,
    gateways.map(({ properties }) => properties.SubnetId ?? ''),
  );
  return wanted.map((subnet) => {
    const zone = subnet.properties.AvailabilityZone;
    const own = textOf(zone);
    const holds = zones.names.includes(own) ? true : zones.open || !isSettled(zone) ? undefined : false;
    return seen(graph, subnet, [], zones.names, `a NAT gateway in ${own}`, holds);
  });
}
