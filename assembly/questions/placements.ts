// Where each kind of thing says in which subnets it stands: in a property of its own, or by a subnet group.
import type { Design } from '../../design/schema.ts';
import type { PlacedPart } from '../../design/words/subnet-use.ts';
import { type Assembly, at, type Resource, type Value } from '../graph.ts';
import type { Placed } from '../properties.ts';
import { ofType, targetOf } from '../relations.ts';

export interface Use {
  readonly type: string;
  /** Where the resource, or its subnet group, names its subnets. */
  readonly path: readonly string[];
  /** The property that names a subnet group. */
  readonly group?: string;
  /** Whether the design has any; absent: always. */
  readonly has?: (design: Design) => boolean;
  /** One resource for each subnet, instead of one resource in all of them. */
  readonly single?: boolean;
}

const hasCache = ({ stacks }: Design) => stacks.some(({ name }) => name === 'CacheStack');
export const subnetUses: Readonly<Record<PlacedPart, Use>> = {
  'nat-gateway': { type: 'AWS::EC2::NatGateway', path: ['SubnetId'], single: true },
  'load-balancer': { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', path: ['Subnets'] },
  service: {
    type: 'AWS::ECS::Service',
    path: ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'],
  },
  function: {
    type: 'AWS::Lambda::Function',
    path: ['VpcConfig', 'SubnetIds'],
    has: ({ functions }) => functions.length > 0,
  },
  cache: {
    type: 'AWS::ElastiCache::ReplicationGroup',
    group: 'CacheSubnetGroupName',
    path: ['SubnetIds'],
    has: hasCache,
  },
  aurora: { type: 'AWS::RDS::DBCluster', group: 'DBSubnetGroupName', path: ['SubnetIds'] },
};

/** Where something, or its subnet group, names its subnets. */
export interface Placement extends Placed {
  readonly user: Resource;
  readonly value: Value | undefined;
}

export function placementsOf(graph: Assembly, { type, group, path }: Use): readonly Placement[] {
  return ofType(graph, type).map((user) => {
    if (group === undefined) return { user, resource: user, path, value: at(user.properties, ...path) };
    const named = user.properties[group];
    const resource = targetOf(graph, named);
    // A group that is none of the templates' may have any subnets.
    return resource === undefined
      ? { user, resource: user, path: [group], value: at(named, ...path) }
      : { user, resource, path, value: at(resource.properties, ...path) };
  });
}
