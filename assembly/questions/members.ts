// Which resources a metric of the document is measured on: an alarm is made for each, and a graph has a line for each.
import { serverlessClass } from '../../aws/instance-classes.ts';
import type { Metric } from '../../design/catalogue/metrics.ts';
import type { Design } from '../../design/schema.ts';
import { type Assembly, literal, type Resource } from '../graph.ts';
import { ofType } from '../relations.ts';
import { functionsOf, instancesOf, nodesOf, possibleFunctionsOf, possibleInstancesOf } from './compute.ts';
import { servingGroups } from './target-groups.ts';

/** One resource, or one node of it. */
export interface Member {
  readonly resource: Resource;
  /** Number of the node within a replication group, from 1. */
  readonly node?: number;
  /** A load balancer whose own series tells as much of this target group: no health check of Route 53 counts into it. */
  readonly whole?: Resource;
}

/** What members are looked for in. */
export interface MemberScope {
  /** Stacks and resources of the environment in the design's own region. */
  readonly graph: Assembly;
  /** Stacks and resources of the environment in every region. */
  readonly everywhere: Assembly;
  readonly design: Design;
}

/** The members of a metric (counting rule of the requirements). */
export function membersOf(
  { graph, everywhere, design }: MemberScope,
  { owner, metricName }: Metric,
): readonly Member[] {
  const plain = (resources: readonly Resource[]) => resources.map((resource) => ({ resource }));
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  switch (owner) {
    case 'load-balancer':
      return plain(ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer'));
    case 'target-group':
      return servingGroups(graph, everywhere);
    case 'task-group':
      return servingGroups(graph, everywhere).filter(({ resource }) => resource.properties.TargetType === 'ip');
    case 'service':
      return plain(ofType(graph, 'AWS::ECS::Service'));
    case 'function':
      return plain(functionsOf(graph, design));
    case 'db-cluster':
      return plain(clusters);
    case 'db-instance': {
      const instances = clusters.flatMap((cluster) => instancesOf(graph, cluster));
      // Serverless v2 has no series of local storage.
      return plain(
        metricName === 'FreeLocalStorage'
          ? instances.filter(({ properties }) => literal(properties.DBInstanceClass) !== serverlessClass)
          : instances,
      );
    }
    case 'cache-node':
      return ofType(graph, 'AWS::ElastiCache::ReplicationGroup').flatMap((resource) =>
        Array.from({ length: nodesOf(resource) ?? 0 }, (_, index) => ({ resource, node: index + 1 })),
      );
  }
}

/** Resources of which the templates do not say whether, or as how many members, a metric is measured on them. */
export function possibleMembersOf({ graph, design }: MemberScope, { owner }: Metric): readonly Resource[] {
  switch (owner) {
    case 'function':
      return possibleFunctionsOf(graph, design);
    case 'db-instance':
      return ofType(graph, 'AWS::RDS::DBCluster').flatMap((cluster) => possibleInstancesOf(graph, cluster));
    case 'cache-node':
      return ofType(graph, 'AWS::ElastiCache::ReplicationGroup').filter((group) => nodesOf(group) === undefined);
    default:
      return [];
  }
}

/** What a person calls a member. */
export const nameOf = ({ resource, node }: Member): string =>
  node === undefined ? resource.path : `${resource.path} node ${node}`;
