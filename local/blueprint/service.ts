// The service as the templates have it: the container that each task is, and how many of them there shall be.
import { at, literal, type Resource, resourceOf, type Value } from '../../assembly/graph.ts';
import { listAt, numberAt, textAt } from '../../assembly/properties.ts';
import { scalingOfService } from '../../assembly/questions/scaling.ts';
import type { TargetTracking } from '../../aws/target-tracking.ts';
import { localProblem } from '../problems.ts';
import type { LocalGraph } from './local-graph.ts';

export interface ServicePlan {
  readonly key: string;
  readonly cluster: Resource;
  readonly container: ContainerPlan;
  /** What one task may use: processors and bytes. */
  readonly size: { readonly processors: number; readonly memory: number };
  /** How many tasks it begins with. */
  readonly desiredCount: number;
  /** Seconds in which a task that has just started is not ended for being unhealthy. */
  readonly gracePeriod: number;
  /** The target groups that its tasks are entered in, by key. */
  readonly targetGroups: readonly string[];
  /** Absent where nothing scales it. */
  readonly scaling: ScalingPlan | undefined;
}

export interface ContainerPlan {
  readonly name: string;
  readonly port: number;
  /** The folder of its image's files within the assembly. */
  readonly asset: string;
  readonly environment: readonly Named[];
  readonly secrets: readonly Named[];
  /** Seconds between asking it to end and ending it. */
  readonly stopTimeout: number;
}

export interface Named {
  readonly name: string;
  readonly value: Value | undefined;
}

/** Target tracking on the requests that one task gets from one of its target groups. */
interface ScalingPlan extends TargetTracking {
  /** Key of the target group whose requests are counted. */
  readonly targetGroup: string;
}

export function readService(graph: LocalGraph): ServicePlan {
  const service = graph.one('AWS::ECS::Service');
  const definition = graph.find(at(service.properties, 'TaskDefinition'));
  const cluster = graph.find(at(service.properties, 'Cluster'));
  if (definition === undefined || cluster === undefined)
    throw localProblem('notInTemplates', {
      environment: graph.environment,
      what: 'AWS::ECS::TaskDefinition / AWS::ECS::Cluster',
    });
  const name = textAt(service, ['LoadBalancers', 0, 'ContainerName']);
  const containers = listAt(definition, ['ContainerDefinitions']);
  const container = containers.find((each) => literal(at(each, 'Name')) === name) ?? containers[0];
  const port = numberAt(service, ['LoadBalancers', 0, 'ContainerPort'], 0);
  const scaling = scalingPlanOf(graph, service);
  return {
    key: service.key,
    cluster,
    container: {
      name: name ?? 'task',
      port,
      asset: assetOfImage(at(container, 'Image')),
      environment: named(at(container, 'Environment'), 'Value'),
      secrets: named(at(container, 'Secrets'), 'ValueFrom'),
      stopTimeout: Number(literal(at(container, 'StopTimeout')) ?? 30),
    },
    size: {
      processors: numberAt(definition, ['Cpu'], 256) / 1024,
      memory: numberAt(definition, ['Memory'], 512) * 1024 ** 2,
    },
    // Where scaling is on, the service is made without a count, and the least that scaling allows is what it gets.
    desiredCount: numberAt(service, ['DesiredCount'], scaling?.minimum ?? 1),
    gracePeriod: numberAt(service, ['HealthCheckGracePeriodSeconds'], 0),
    targetGroups: groupsOf(service),
    scaling,
  };
}

const groupsOf = (service: Resource) =>
  listAt(service, ['LoadBalancers']).flatMap((each) => resourceOf(at(each, 'TargetGroupArn')) ?? []);

function named(list: Value | undefined, member: string): Named[] {
  return (Array.isArray(list) ? list : []).map((each: Value) => ({
    name: String(literal(at(each, 'Name')) ?? ''),
    value: at(each, member),
  }));
}

/** The image's tag is its asset's hash, and the asset's folder has the same in its name. */
function assetOfImage(image: Value | undefined): string {
  const parts = image !== null && typeof image === 'object' && '$join' in image ? image.$join : [image];
  const last = Array.isArray(parts) ? parts.at(-1) : undefined;
  return `asset.${String(literal(last) ?? '')
    .split(':')
    .at(-1)}`;
}

function scalingPlanOf(graph: LocalGraph, service: Resource): ScalingPlan | undefined {
  const { tracking, targetGroup } = scalingOfService(graph, service) ?? {};
  return tracking === undefined || targetGroup === undefined ? undefined : { ...tracking, targetGroup };
}
