// Where each kind of thing says in which subnets it stands: in a property of its own, or by a subnet group.
import type { PlacedPart } from '../../design/words/subnet-use.ts';
import { type Assembly, at, type Resource, referencesIn, type Value } from '../graph.ts';
import type { Placed, PropertyPath } from '../properties.ts';
import { listOf, ofType, targetOf } from '../relations.ts';
import { said } from '../words.ts';

interface Place {
  /** Where the resource, or its subnet group, names its subnets. */
  readonly path: PropertyPath;
  /** The property that may name them instead. */
  readonly instead?: string;
  /** The property that names a subnet group. */
  readonly group?: string;
}

/** Types that the document's words for what stands in a subnet are. */
export const placedTypes: Readonly<Record<PlacedPart, string>> = {
  'nat-gateway': 'AWS::EC2::NatGateway',
  'load-balancer': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  service: 'AWS::ECS::Service',
  function: 'AWS::Lambda::Function',
  cache: 'AWS::ElastiCache::ReplicationGroup',
  aurora: 'AWS::RDS::DBCluster',
};

const places: Readonly<Record<string, Place>> = {
  'AWS::EC2::NatGateway': { path: ['SubnetId'] },
  'AWS::EC2::VPCEndpoint': { path: ['SubnetIds'] },
  'AWS::ECS::Service': { path: ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'] },
  'AWS::ElastiCache::ReplicationGroup': { path: ['SubnetIds'], group: 'CacheSubnetGroupName' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { path: ['Subnets'], instead: 'SubnetMappings' },
  'AWS::Lambda::Function': { path: ['VpcConfig', 'SubnetIds'] },
  'AWS::RDS::DBCluster': { path: ['SubnetIds'], group: 'DBSubnetGroupName' },
};

/** Where something, or its subnet group, names its subnets. */
export interface Placement extends Placed {
  readonly user: Resource;
  /** The property of the user's own that says it. */
  readonly own: PropertyPath;
  /** Absent where nothing is said; unresolved for a group that is none of the templates', which may have any. */
  readonly value: Value | undefined;
}

/** `undefined` for what stands in no subnet. */
export function placementOf(graph: Assembly, user: Resource): Placement | undefined {
  const place = places[user.type];
  if (place === undefined) return undefined;
  const { group, instead } = place;
  if (group === undefined) {
    const path = instead !== undefined && user.properties[instead] !== undefined ? [instead] : place.path;
    return { user, own: path, resource: user, path, value: at(user.properties, ...path) };
  }
  const own = [group];
  const name = user.properties[group];
  const resource = targetOf(graph, name);
  if (resource !== undefined)
    return { user, own, resource, path: place.path, value: at(resource.properties, ...place.path) };
  const inside = typeof name === 'string' ? { $unresolved: said.memberOf({ value: name }), about: [] } : name;
  return { user, own, resource: user, path: own, value: at(inside, ...place.path) };
}

export const placementsOf = (graph: Assembly, type: string): readonly Placement[] =>
  ofType(graph, type).flatMap((user) => placementOf(graph, user) ?? []);

/** Whether a resource says that it stands in a network. */
export const isInNetwork = (graph: Assembly, user: Resource): boolean =>
  listOf(placementOf(graph, user)?.value).length > 0;

/** The subnets of the templates that a resource stands in. */
export const subnetsOf = (graph: Assembly, user: Resource): readonly Resource[] =>
  referencesIn(placementOf(graph, user)?.value)
    .flatMap((reference) => targetOf(graph, reference) ?? [])
    .filter(({ type }) => type === 'AWS::EC2::Subnet');
