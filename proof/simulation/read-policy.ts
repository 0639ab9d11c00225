// The scaling policy of a service, as its template has it.
import { at, literal, type Resource } from '../../assembly/graph.ts';
import type { TargetTracking } from './target-tracking.ts';

/** Seconds that Application Auto Scaling waits for an ECS service when a policy does not say. */
const usualCooldown = 300;

/**
 * What a policy on requests per task does; `undefined` for one that tracks something else, or whose figures are not in the template.
 * @param target the scalable target that the policy belongs to
 */
export function targetTrackingOf(policy: Resource, target: Resource): TargetTracking | undefined {
  const configuration = at(policy.properties, 'TargetTrackingScalingPolicyConfiguration');
  const metric = at(configuration, 'PredefinedMetricSpecification', 'PredefinedMetricType');
  if (metric !== 'ALBRequestCountPerTarget') return undefined;
  const minimum = numberOf(target.properties.MinCapacity);
  const maximum = numberOf(target.properties.MaxCapacity);
  const requestsPerTask = numberOf(at(configuration, 'TargetValue'));
  if (minimum === undefined || maximum === undefined || requestsPerTask === undefined || requestsPerTask <= 0)
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

function numberOf(value: Parameters<typeof literal>[0]): number | undefined {
  const written = literal(value);
  return written === undefined || Number.isNaN(Number(written)) ? undefined : Number(written);
}
