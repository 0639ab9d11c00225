// Which services, tasks, functions, instances and nodes of the templates are the platform's own.

import type { Design } from '../../design/schema.ts';
import { type Assembly, at, literal, type Resource, type Value } from '../graph.ts';
import { ofType, pointsAt, refersTo, targetOf } from '../relations.ts';
import type { Truth } from '../truth.ts';
import { namelessRoles, roleNamed } from './permissions.ts';

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
export const functionsOf = (graph: Assembly, design: Design): readonly Resource[] => {
  const isOwn = ownership(graph, design);
  return ofType(graph, 'AWS::Lambda::Function').filter((one) => isOwn(one) === true);
};

/** Functions of which the templates do not say whether they are the workload's. */
export const possibleFunctionsOf = (graph: Assembly, design: Design): readonly Resource[] => {
  const isOwn = ownership(graph, design);
  return ofType(graph, 'AWS::Lambda::Function').filter((one) => isOwn(one) === undefined);
};

function ownership(graph: Assembly, design: Design): (one: Resource) => Truth {
  const name = design.roles.find(({ kind }) => kind === 'lambda')?.name;
  if (name === undefined) return () => false;
  const role = roleNamed(graph, name);
  if (role !== undefined) return ({ properties }) => refersTo(properties.Role, role);
  const possible = namelessRoles(graph);
  return ({ properties }) => (possible.some((one) => refersTo(properties.Role, one) !== false) ? undefined : false);
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
