// How many tasks a service may have, and what changes their number: its scalable target and the policies on it. Application Auto Scaling
// names a service `service/<cluster>/<service>` (AWS::ApplicationAutoScaling::ScalableTarget, ResourceId).
import { type TargetTracking, usualCooldown } from '../../aws/target-tracking.ts';
import {
  type Assembly,
  at,
  isSettled,
  isUnresolved,
  literal,
  type Resource,
  referencesIn,
  resourceOf,
  textOf,
  type Value,
} from '../graph.ts';
import { isLiteral, numberOf } from '../properties.ts';
import { listOf, ofType, pointsAt, refersTo } from '../relations.ts';
import { all, type Truth } from '../truth.ts';

/** A service with the policy that follows its traffic. */
export interface ScaledService {
  readonly service: Resource;
  readonly target: Resource;
  readonly policy: Resource;
  readonly tracking: TargetTracking;
  /** Key of the service's own target group whose requests are counted; absent where the policy counts those of another. */
  readonly targetGroup?: string | undefined;
}

/** What says between how many tasks a service is scaled; `undefined` for one that is not. */
export function targetOfService(graph: Assembly, service: Resource): Resource | undefined {
  return scalableTargets(graph).find((target) => scales(target, service) === true);
}

/** Scalable targets of which the templates do not say whether they are a service's. */
export const possibleTargetsOf = (graph: Assembly, service: Resource): readonly Resource[] =>
  scalableTargets(graph).filter((target) => scales(target, service) === undefined);

const scalableTargets = (graph: Assembly) => ofType(graph, 'AWS::ApplicationAutoScaling::ScalableTarget');

const scales = ({ properties: { ServiceNamespace, ScalableDimension, ResourceId } }: Resource, service: Resource) =>
  all([
    isLiteral(ServiceNamespace, 'ecs'),
    isLiteral(ScalableDimension, 'ecs:service:DesiredCount'),
    names(ResourceId, service),
  ]);

/** By reference, or by a name that the template gives it. */
function names(resourceId: Value | undefined, service: Resource): Truth {
  if (pointsAt(resourceId, service)) return true;
  const [, name] = /\/([^/$}]+)$/.exec(textOf(resourceId)) ?? [];
  return name === undefined ? refersTo(resourceId, service) : isLiteral(service.properties.ServiceName, name);
}

/** Whether a scalable target or a policy of which the templates do not say whose it is may be the service's. */
export function mayBeScaled(graph: Assembly, service: Resource): boolean {
  const target = targetOfService(graph, service);
  if (target === undefined) return possibleTargetsOf(graph, service).length > 0;
  return ofType(graph, 'AWS::ApplicationAutoScaling::ScalingPolicy').some(
    (policy) => isOn(policy, target) === undefined,
  );
}

/** The policies of a scalable target. */
export const scalingPoliciesOf = (graph: Assembly, target: Resource): readonly Resource[] =>
  ofType(graph, 'AWS::ApplicationAutoScaling::ScalingPolicy').filter((policy) => isOn(policy, target) === true);

/** A policy names its target, or what the target scales. */
const isOn = ({ properties }: Resource, target: Resource): Truth =>
  properties.ScalingTargetId === undefined
    ? all(
        ['ResourceId', 'ScalableDimension', 'ServiceNamespace'].map((name): Truth => {
          const [own, its] = [properties[name], target.properties[name]];
          if (own !== undefined && JSON.stringify(own) === JSON.stringify(its)) return true;
          return isSettled([own ?? '', its ?? '']) ? false : undefined;
        }),
      )
    : refersTo(properties.ScalingTargetId, target);

/** Policies that follow the requests to a target's tasks, or may: those whose figures, or whose target or metric, are not known. */
export const possiblePoliciesOf = (graph: Assembly, target: Resource): readonly Resource[] =>
  ofType(graph, 'AWS::ApplicationAutoScaling::ScalingPolicy').filter(
    (policy) =>
      all([
        isOn(policy, target),
        isLiteral(at(policy.properties, ...predefined, 'PredefinedMetricType'), 'ALBRequestCountPerTarget'),
      ]) !== false,
  );

const predefined = ['TargetTrackingScalingPolicyConfiguration', 'PredefinedMetricSpecification'];

/** How a service follows the requests that each of its tasks takes; `undefined` where it does not, or by unknown figures. */
export function scalingOfService(graph: Assembly, service: Resource): ScaledService | undefined {
  const target = targetOfService(graph, service);
  if (target === undefined) return undefined;
  for (const policy of scalingPoliciesOf(graph, target)) {
    const tracking = targetTrackingOf(policy, target);
    if (tracking !== undefined)
      return { service, target, policy, tracking, targetGroup: countedGroup(policy, service) };
  }
  return undefined;
}

/** The services of a graph whose number of tasks follows the requests that each takes. */
export const scaledServices = (graph: Assembly): readonly ScaledService[] =>
  ofType(graph, 'AWS::ECS::Service').flatMap((service) => scalingOfService(graph, service) ?? []);

/** The policy's label names a load balancer and a target group of it. */
function countedGroup(policy: Resource, service: Resource): string | undefined {
  const label = at(
    policy.properties,
    'TargetTrackingScalingPolicyConfiguration',
    'PredefinedMetricSpecification',
    'ResourceLabel',
  );
  const counted = referencesIn(label).map(({ $ref }) => $ref);
  return listOf(service.properties.LoadBalancers)
    .flatMap((one) => resourceOf(at(one, 'TargetGroupArn')) ?? [])
    .find((group) => counted.includes(group));
}

function targetTrackingOf(policy: Resource, target: Resource): TargetTracking | undefined {
  const configuration = at(policy.properties, 'TargetTrackingScalingPolicyConfiguration');
  const metric = at(configuration, 'PredefinedMetricSpecification', 'PredefinedMetricType');
  const minimum = numberOf(target.properties.MinCapacity);
  const maximum = numberOf(target.properties.MaxCapacity);
  const requestsPerTask = numberOf(at(configuration, 'TargetValue'));
  if (metric !== 'ALBRequestCountPerTarget' || minimum === undefined || maximum === undefined) return undefined;
  if (requestsPerTask === undefined || requestsPerTask <= 0) return undefined;
  if (['ScaleOutCooldown', 'ScaleInCooldown', 'DisableScaleIn'].some((name) => isUnresolved(at(configuration, name))))
    return undefined;
  return {
    minimum,
    maximum,
    requestsPerTask,
    scaleOutCooldown: numberOf(at(configuration, 'ScaleOutCooldown')) ?? usualCooldown,
    scaleInCooldown: numberOf(at(configuration, 'ScaleInCooldown')) ?? usualCooldown,
    scalesIn: String(literal(at(configuration, 'DisableScaleIn')) ?? false) !== 'true',
  };
}
