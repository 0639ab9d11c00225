// Which services, tasks, functions, instances and nodes of the templates are the platform's own.

import type { Design } from '../../design/schema.ts';
import { type Assembly, at, type Resource, type Value } from '../graph.ts';
import { ofType, pointsAt, targetOf } from '../relations.ts';
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

/** Nodes of a replication group: primary and replicas of every shard. */
export function nodesOf({ properties }: Resource): number {
  const shards = Number(properties.NumNodeGroups ?? 1);
  const replicas = properties.ReplicasPerNodeGroup;
  return replicas === undefined ? Number(properties.NumCacheClusters ?? 1) : shards * (Number(replicas) + 1);
}

/** The parameters of a cluster's parameter group. */
export function parameterOf(graph: Assembly, cluster: Resource, name: string): Value | undefined {
  return at(targetOf(graph, cluster.properties.DBClusterParameterGroupName)?.properties, 'Parameters', name);
}
