// Evidence on zones that lines and criteria share: instances and tasks stand in so many of them, and have subnets there.
import { type Assembly, at, literal, type Resource } from '../../assembly/graph.ts';
import { instancesOf } from '../../assembly/questions/compute.ts';
import { targetOfService } from '../../assembly/questions/scaling.ts';
import { atLeast, zonesOf } from '../../assembly/questions/zones.ts';
import { targetOf } from '../../assembly/relations.ts';
import { seen } from './evidence.ts';
import type { Evidence } from './judge.ts';

/** Where templates pin a cluster's instances, in different zones; where they do not, Aurora spreads them over those of the subnet group. */
export function clusterZones(graph: Assembly, cluster: Resource): readonly Evidence[] {
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

const subnets = ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'];

/** As many tasks as zones, and subnets for them in so many; ECS spreads them. */
export function serviceZones(graph: Assembly, service: Resource, wanted: number): readonly Evidence[] {
  const zones = zonesOf(graph, at(service.properties, ...subnets));
  return [
    seen(graph, service, subnets, zones.names, `subnets in at least ${wanted} zones`, atLeast(zones, wanted)),
    minimumTasks(graph, service, wanted),
  ];
}

/** How many tasks a service has at the least: by its scaling where it has any, and one where nothing says. */
export function minimumTasks(graph: Assembly, service: Resource, wanted: number): Evidence {
  const target = targetOfService(graph, service);
  const [place, property] = target === undefined ? [service, 'DesiredCount'] : [target, 'MinCapacity'];
  const said = place.properties[property];
  const least = said === undefined ? 1 : Number(literal(said));
  const holds = Number.isNaN(least) ? undefined : least >= wanted;
  return seen(graph, place, [property], said ?? 'not said: 1', `at least ${wanted} tasks`, holds);
}
