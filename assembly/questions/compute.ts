// Which services, tasks, functions, instances and nodes of the templates are the platform's own.

import type { Design } from '../../design/schema.ts';
import { type Assembly, at, literal, type Resource, type Value } from '../graph.ts';
import { ofType, pointsAt, refersTo, targetOf } from '../relations.ts';
import { roleNamed } from './permissions.ts';

/** Long-running services, each with its task definition. */
export function servicesOf(
  graph: Assembly,
): readonly { readonly service: Resource; readonly task: Resource | undefined }[] {
  return ofType(graph, 'AWS::ECS::Service').map((service) => ({
    service,
    task: targetOf(graph, service.properties.TaskDefinition),
  }));
}

/**
 * The workload's functions: those that run as the document's function role. What CDK puts into a template for itself, or AWS's own
 * rotation application, runs as another.
 */
export function functionsOf(graph: Assembly, design: Design): readonly Resource[] {
  const role = design.roles.find(({ kind }) => kind === 'lambda');
  const found = role === undefined ? undefined : roleNamed(graph, role.name);
  if (found === undefined) return [];
  return ofType(graph, 'AWS::Lambda::Function').filter(({ properties }) => pointsAt(properties.Role, found));
}

/** Instances of a cluster, writer and readers. */
export function instancesOf(graph: Assembly, cluster: Resource): readonly Resource[] {
  return ofType(graph, 'AWS::RDS::DBInstance').filter(({ properties }) =>
    pointsAt(properties.DBClusterIdentifier, cluster),
  );
}

/** Instances of which the templates do not say whether they are a cluster's. */
export const possibleInstancesOf = (graph: Assembly, cluster: Resource): readonly Resource[] =>
  ofType(graph, 'AWS::RDS::DBInstance').filter(
    ({ properties }) => refersTo(properties.DBClusterIdentifier, cluster) === undefined,
  );

/** Nodes of a replication group: primary and replicas of every shard. `undefined` where the templates do not say how many. */
export function nodesOf({ properties }: Resource): number | undefined {
  const { NumNodeGroups: shards = 1, ReplicasPerNodeGroup: replicas, NumCacheClusters: nodes = 1 } = properties;
  const count = replicas === undefined ? known(nodes) : known(shards) * (known(replicas) + 1);
  return Number.isNaN(count) ? undefined : count;
}

const known = (value: Value) => Number(literal(value));

/** The parameters of a cluster's parameter group. */
export function parameterOf(graph: Assembly, cluster: Resource, name: string): Value | undefined {
  return at(targetOf(graph, cluster.properties.DBClusterParameterGroupName)?.properties, 'Parameters', name);
}
