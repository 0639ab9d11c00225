// Between how many tasks scaling may choose: changed by hand, until the next deployment that changes it or the next morning.
import {
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import type { Resource } from '../../assembly/graph.ts';
import { numberAt } from '../../assembly/properties.ts';
import type { DeployedEnvironment } from './environment.ts';
import { dayTwoProblem } from './problem.ts';

export interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

export interface Scaled {
  readonly service: string;
  /** What the template says. */
  readonly template: Bounds;
  /** `undefined`: AWS knows of no scaling, as when the environment is not there yet. */
  readonly before: Bounds | undefined;
  readonly after: Bounds | undefined;
}

/** How it is now. @throws DayTwoProblem when the environment does not scale */
export async function boundsOfService(place: DeployedEnvironment): Promise<Scaled> {
  const { template, ResourceId } = serviceOf(place);
  const now = await boundsOf(place, ResourceId);
  return { service: ResourceId, template, before: now, after: now };
}

/**
 * Changes the bounds; what is absent stays as it is, and `'template'` goes back to what the template says.
 * @throws DayTwoProblem when the bounds would cross, or the environment does not scale
 */
export async function scale(place: DeployedEnvironment, wanted: Partial<Bounds> | 'template'): Promise<Scaled> {
  const { template, ResourceId } = serviceOf(place);
  const before = await boundsOf(place, ResourceId);
  const after = wanted === 'template' ? template : { ...(before ?? template), ...wanted };
  if (after.minimum > after.maximum) throw dayTwoProblem('badScale', after);
  const bounds = { MinCapacity: after.minimum, MaxCapacity: after.maximum };
  await place.clients
    .scaling(place.region)
    .send(new RegisterScalableTargetCommand({ ...ecsService, ResourceId, ...bounds }));
  return { service: ResourceId, template, before, after: await boundsOf(place, ResourceId) };
}

function serviceOf(place: DeployedEnvironment): { readonly template: Bounds; readonly ResourceId: string } {
  const [target] = place.all('AWS::ApplicationAutoScaling::ScalableTarget');
  const [service] = place.all('AWS::ECS::Service');
  if (target === undefined || service === undefined) {
    throw dayTwoProblem('noScaling', { environment: place.environmentGraph.environment });
  }
  const template = { minimum: numberAt(target, ['MinCapacity'], 0), maximum: numberAt(target, ['MaxCapacity'], 0) };
  return { template, ResourceId: resourceIdOf(place, service) };
}

const ecsService = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;

/** `service/<cluster>/<service>`, which an ECS service's ARN ends with. */
function resourceIdOf(place: DeployedEnvironment, service: Resource): string {
  const [, cluster = '', name = ''] = place.nameOf(service).split('/');
  return `service/${cluster}/${name}`;
}

async function boundsOf(place: DeployedEnvironment, ResourceId: string): Promise<Bounds | undefined> {
  const { ScalableTargets = [] } = await place.clients
    .scaling(place.region)
    .send(new DescribeScalableTargetsCommand({ ...ecsService, ResourceIds: [ResourceId] }));
  const [found] = ScalableTargets;
  return found === undefined ? undefined : { minimum: found.MinCapacity ?? 0, maximum: found.MaxCapacity ?? 0 };
}
