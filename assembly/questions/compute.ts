// Which services, tasks, functions, instances and nodes of the templates are the platform's own.

import type { Design } from '../../design/schema.ts';
import { type Assembly, at, isReference, isSettled, literal, type Resource, textOf, type Value } from '../graph.ts';
import { isLiteral } from '../properties.ts';
import { listOf, ofType, pointsAt, refersTo, targetOf, textHolds } from '../relations.ts';
import { any, type Truth, unknownIf } from '../truth.ts';
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

/** The task definitions of services, each once, and the services of which the templates do not say what they run. */
export function tasksOf(graph: Assembly): { readonly tasks: readonly Resource[]; readonly open: readonly Resource[] } {
  const services = servicesOf(graph);
  return {
    tasks: [...new Set(services.flatMap(({ task }) => task ?? []))],
    open: services.flatMap(({ service, task }) =>
      task === undefined && !isSettled(service.properties.TaskDefinition) ? [service] : [],
    ),
  };
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

/** Whether Container Insights are on for a cluster, as its setting has it; absent: as its account has it. */
export const containerInsightsOf = ({ properties }: Resource): Value | undefined =>
  at(
    listOf(properties.ClusterSettings).find((one) => at(one, 'Name') === 'containerInsights'),
    'Value',
  );

/** Databases of RDS that stand for themselves: clusters, and instances of none. An instance of a cluster is as its cluster is. */
export const databasesIn = (graph: Assembly): readonly Resource[] =>
  ofType(graph, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance').filter(
    ({ type, properties }) => type === 'AWS::RDS::DBCluster' || properties.DBClusterIdentifier === undefined,
  );

/** Whether a cluster is of a global database: by reference, or by the name that the template gives it. */
export function isOfGlobal({ properties: { GlobalClusterIdentifier: joined } }: Resource, global: Resource): Truth {
  const name = global.properties.GlobalClusterIdentifier;
  if (joined === undefined) return false;
  if (isSettled(joined) && isSettled(name) && textOf(joined) === textOf(name)) return true;
  return isSettled(name) || isReference(joined) ? refersTo(joined, global) : undefined;
}

/** Instances of a cluster, writer and readers. */
export function instancesOf(graph: Assembly, cluster: Resource): readonly Resource[] {
  return ofType(graph, 'AWS::RDS::DBInstance').filter(({ properties }) =>
    pointsAt(properties.DBClusterIdentifier, cluster),
  );
}

/** What Aurora takes where an instance has no tier, and the last that there is. */
export const usualTier = 1;
export const lastTier = 15;

/** Instances of a cluster in the order in which Aurora promotes them: of the lowest tier first. One that is not known counts as the last. */
export function promotionOrder(graph: Assembly, cluster: Resource): readonly Resource[] {
  const tierOf = ({ properties }: Resource) => Number(literal(properties.PromotionTier ?? usualTier) ?? lastTier);
  return instancesOf(graph, cluster).toSorted((left, right) => tierOf(left) - tierOf(right));
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

/** Whether a service runs on Fargate. */
export function isFargate(graph: Assembly, { properties }: Resource): Truth {
  const { LaunchType, CapacityProviderStrategy, TaskDefinition } = properties;
  const providers = listOf(CapacityProviderStrategy).map((one): Truth => {
    const provider = at(one, 'CapacityProvider');
    // A provider of the templates' own is a group of EC2 instances.
    return isReference(provider) ? false : textHolds(provider, (name) => name.startsWith('FARGATE'));
  });
  const task = targetOf(graph, TaskDefinition);
  const compatible = task === undefined ? unknownIf(TaskDefinition !== undefined) : isForFargate(task);
  return any([isLiteral(LaunchType, 'FARGATE'), ...providers, LaunchType === undefined && compatible]);
}

/** Whether a task definition may be run on Fargate. */
export const isForFargate = ({ properties }: Resource): Truth =>
  any(listOf(properties.RequiresCompatibilities).map((one) => isLiteral(one, 'FARGATE')));
