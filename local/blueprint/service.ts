// The service as the templates have it: the container that each task is, and how many of them there shall be.
import { at, literal, type Resource, resourceOf, type Value } from '../../assembly/graph.ts';
import { localProblem } from '../problems.ts';
import { listAt, numberAt, type Scene, textAt } from './scene.ts';

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

/** Target tracking on the requests that one task gets; seconds. */
export interface ScalingPlan {
  /** Key of the target group whose requests are counted. */
  readonly targetGroup: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Requests a minute that one task is meant to take. */
  readonly requestsPerTask: number;
  readonly scaleOutCooldown: number;
  readonly scaleInCooldown: number;
  readonly scaleInDisabled: boolean;
}

export function readService(scene: Scene): ServicePlan {
  const service = scene.one('AWS::ECS::Service', 'service');
  const definition = scene.find(at(service.properties, 'TaskDefinition'));
  const cluster = scene.find(at(service.properties, 'Cluster'));
  if (definition === undefined || cluster === undefined)
    throw localProblem('notInTemplates', { environment: scene.environment, what: 'task definition or cluster' });
  const name = textAt(service, ['LoadBalancers', 0, 'ContainerName']);
  const containers = listAt(definition, ['ContainerDefinitions']);
  const container = containers.find((each) => literal(at(each, 'Name')) === name) ?? containers[0];
  const port = numberAt(service, ['LoadBalancers', 0, 'ContainerPort'], 0);
  const scaling = readScaling(scene, service);
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

function readScaling(scene: Scene, service: Resource): ScalingPlan | undefined {
  const policy = scene
    .all('AWS::ApplicationAutoScaling::ScalingPolicy')
    .find(
      (each) =>
        textAt(each, [
          'TargetTrackingScalingPolicyConfiguration',
          'PredefinedMetricSpecification',
          'PredefinedMetricType',
        ]) === 'ALBRequestCountPerTarget',
    );
  const target = policy === undefined ? undefined : scene.find(at(policy.properties, 'ScalingTargetId'));
  if (policy === undefined || target === undefined) return undefined;
  if (!JSON.stringify(target.properties.ResourceId).includes(service.key)) return undefined;
  const configuration = 'TargetTrackingScalingPolicyConfiguration';
  const label = JSON.stringify(at(policy.properties, configuration, 'PredefinedMetricSpecification', 'ResourceLabel'));
  const targetGroup = groupsOf(service).find((key) => label.includes(key));
  if (targetGroup === undefined) return undefined;
  return {
    targetGroup,
    minimum: numberAt(target, ['MinCapacity'], 1),
    maximum: numberAt(target, ['MaxCapacity'], 1),
    requestsPerTask: numberAt(policy, [configuration, 'TargetValue'], 1),
    // AWS takes five minutes where the policy says nothing.
    scaleOutCooldown: numberAt(policy, [configuration, 'ScaleOutCooldown'], 300),
    scaleInCooldown: numberAt(policy, [configuration, 'ScaleInCooldown'], 300),
    scaleInDisabled: textAt(policy, [configuration, 'DisableScaleIn']) === 'true',
  };
}
