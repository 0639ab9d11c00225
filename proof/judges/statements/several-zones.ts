// AC-REL-1, AC-REL-2: an environment in several zones has in more than one of them whatever would take it down by being in one.
import { at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { targetOfService } from '../../../assembly/questions/scaling.ts';
import { instancesOf, nodesOf } from '../compute.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, JudgeCase, StatementJudge } from '../judge.ts';
import { subnetAt } from '../network.ts';
import { listOf, ofType, targetOf } from '../relations.ts';

export const severalZones: StatementJudge = { id: 'AC-REL-1', path: 'multiAz.*', judge: judgeZones };

function judgeZones(judgeCase: JudgeCase): Finding {
  const { design, environment } = judgeCase;
  if (!design.multiAz[environment]) {
    return {
      notApplicable: 'one zone is enough here; how many there are of each machine is for the lines of its size',
    };
  }
  const parts = [databaseEvidence, cacheEvidence, taskEvidence, natEvidence];
  return parts.flatMap((part) => part(judgeCase));
}

const zoneOf = (subnet: Resource | undefined) => textOf(subnet?.properties.AvailabilityZone);

/** The zones of the subnets that a property lists. */
function zonesIn({ graph }: JudgeCase, subnets: Value | undefined): readonly string[] {
  return [...new Set(listOf(subnets).flatMap((item) => targetOf(graph, item) ?? []))].map(zoneOf);
}

const several = (zones: readonly string[]) => new Set(zones).size > 1;

function databaseEvidence(judgeCase: JudgeCase): readonly Evidence[] {
  const { graph } = judgeCase;
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  if (clusters.length === 0) return [nothing('an Aurora cluster')];
  return clusters.flatMap((cluster) => clusterZones(judgeCase, cluster));
}

/** Instances stand in more than one zone: where templates pin them, or where Aurora spreads those that none is said for. */
export function clusterZones(judgeCase: JudgeCase, cluster: Resource): readonly Evidence[] {
  const { graph } = judgeCase;
  const instances = instancesOf(graph, cluster);
  const pinned = instances.flatMap(({ properties }) => literal(properties.AvailabilityZone) ?? []);
  const homes = zonesIn(judgeCase, targetOf(graph, cluster.properties.DBSubnetGroupName)?.properties.SubnetIds);
  const spread = pinned.length < instances.length || several(pinned.map(String));
  const observed = `${instances.length} instances, ${pinned.length > 0 ? `in ${pinned.join(' and ')}` : 'placed by Aurora'}`;
  return [
    seen(graph, cluster, [], observed, 'instances in more than one zone', instances.length > 1 && spread),
    seen(graph, cluster, ['DBSubnetGroupName'], homes, 'subnets in more than one zone', several(homes)),
  ];
}

function cacheEvidence(judgeCase: JudgeCase): readonly Evidence[] {
  const { graph, design, environment } = judgeCase;
  if (design.sizes[environment].cache === undefined) return [];
  const groups = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  if (groups.length === 0) return [nothing('a replication group')];
  return groups.flatMap((group) => {
    const { MultiAZEnabled, CacheSubnetGroupName } = group.properties;
    const homes = zonesIn(judgeCase, targetOf(graph, CacheSubnetGroupName)?.properties.SubnetIds);
    const on = String(literal(MultiAZEnabled)) === 'true' && nodesOf(group) > 1;
    return [
      seen(graph, group, ['MultiAZEnabled'], MultiAZEnabled, 'nodes in more than one zone', on),
      seen(graph, group, ['CacheSubnetGroupName'], homes, 'subnets in more than one zone', several(homes)),
    ];
  });
}

/** AC-REL-2: at least two tasks, and subnets for them in at least two zones; ECS spreads them. */
function taskEvidence(judgeCase: JudgeCase): readonly Evidence[] {
  const { graph } = judgeCase;
  const services = ofType(graph, 'AWS::ECS::Service');
  if (services.length === 0) return [nothing('a service')];
  const path = ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'];
  return services.flatMap((service) => {
    const homes = zonesIn(judgeCase, at(service.properties, ...path));
    const target = targetOfService(graph, service);
    const least = Number(literal(target?.properties.MinCapacity ?? service.properties.DesiredCount) ?? 0);
    const place = target ?? service;
    const property = target === undefined ? 'DesiredCount' : 'MinCapacity';
    return [
      seen(graph, service, path, homes, 'subnets in more than one zone', several(homes)),
      seen(graph, place, [property], least, 'at least 2 tasks', least > 1),
    ];
  });
}

/** Each zone of the public subnets has a NAT gateway: one that is shared takes the others' way out with it. */
function natEvidence(judgeCase: JudgeCase): readonly Evidence[] {
  const { graph, design } = judgeCase;
  if (!design.network.subnets.some(({ defaultRoute }) => defaultRoute === 'nat-gateway')) return [];
  const gateways = ofType(graph, 'AWS::EC2::NatGateway');
  const wanted = design.network.subnets.flatMap(({ tier }, index) =>
    tier === 'public' ? (subnetAt(judgeCase, index) ?? []) : [],
  );
  const zones = gateways.map(({ properties }) => zoneOf(targetOf(graph, properties.SubnetId)));
  return wanted.map((subnet) =>
    seen(graph, subnet, [], zones, `a NAT gateway in ${zoneOf(subnet)}`, zones.includes(zoneOf(subnet))),
  );
}
