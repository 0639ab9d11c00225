// Evidence on zones that lines and criteria share: instances and tasks stand in so many of them, and have subnets there.
import { type Assembly, literal, type Resource } from '../../../../assembly/graph.ts';
import { instancesOf, possibleInstancesOf } from '../../../../assembly/questions/compute.ts';
import { placementOf } from '../../../../assembly/questions/placements.ts';
import { possibleTargetsOf, targetOfService } from '../../../../assembly/questions/scaling.ts';
import { atLeast, zonesOf } from '../../../../assembly/questions/zones.ts';
import { all, type Truth } from '../../../../assembly/truth.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/zones.ts';

/** Where templates pin a cluster's instances, in different zones; where they do not, Aurora spreads them over those of the subnet group. */
export function clusterZones(graph: Assembly, cluster: Resource): readonly Observation[] {
  const instances = instancesOf(graph, cluster);
  const most = instances.length + possibleInstancesOf(graph, cluster).length;
  const zones = instances.map(({ properties }) => properties.AvailabilityZone);
  const pinned = zones.flatMap((zone) => literal(zone) ?? []).map(String);
  const areApart: Truth =
    zones.includes(undefined) || new Set(pinned).size > 1 ? true : pinned.length === most ? false : undefined;
  const areSeveral: Truth =
    instances.filter(({ condition }) => condition === undefined).length > 1 ? true : most > 1 ? undefined : false;
  return [
    on(cluster).holds(all([areSeveral, areApart]), {
      expected: said.instancesInSeveralZones,
      observed: said.instancesPlaced({ count: instances.length, zones: pinned }),
    }),
    subnetGroupZones(graph, cluster),
  ];
}

/** The subnets of a group that is not in the templates, or of the VPC's own that stands where none is said, may be anywhere. */
export function subnetGroupZones(graph: Assembly, resource: Resource): Observation {
  const { own = [], value } = placementOf(graph, resource) ?? {};
  const homes = value === undefined ? { names: [], open: true } : zonesOf(graph, value);
  return on(resource)
    .property(...own)
    .holds(atLeast(homes, 2), { expected: said.subnetsInSeveralZones, observed: homes.names });
}

/** As many tasks as zones, and subnets for them in so many; ECS spreads them. */
export function serviceZones(graph: Assembly, service: Resource, wanted: number): readonly Observation[] {
  const { own = [], value } = placementOf(graph, service) ?? {};
  const zones = zonesOf(graph, value);
  return [
    on(service)
      .property(...own)
      .holds(atLeast(zones, wanted), { expected: said.subnetsInZones({ count: wanted }), observed: zones.names }),
    minimumTasks(graph, service, wanted),
  ];
}

/** How many tasks a service has at the least: by its scaling where it has any, and one where nothing says. */
export function minimumTasks(
  graph: Assembly,
  service: Resource,
  wanted: number,
  expected: Said = said.leastTasks({ count: wanted }),
): Observation {
  const target = targetOfService(graph, service);
  if (target === undefined && possibleTargetsOf(graph, service).length > 0) {
    return on(service).property('DesiredCount').holds(undefined, { expected });
  }
  return (target === undefined ? on(service).property('DesiredCount') : on(target).property('MinCapacity'))
    .otherwise(1)
    .isAtLeast(wanted, expected);
}
