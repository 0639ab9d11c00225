// What both criteria on scaling begin with: each Fargate service of the design's region has a policy whose curve can be worked out, on
// the traffic of its own targets.
import { type Assembly, at, type Resource } from '../../../assembly/graph.ts';
import {
  type ScaledService,
  scaledServices,
  scalingPoliciesOf,
  targetOfService,
} from '../../../assembly/questions/scaling.ts';
import { listOf, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence } from '../judge.ts';
import { fargateServices, isTrue } from './resources.ts';

export interface Scaling {
  readonly services: readonly Resource[];
  /** On services without a policy that can be played through, and on what every policy must have. */
  readonly evidence: readonly Evidence[];
  readonly scaled: readonly ScaledService[];
}

/** @param suspension the switch of a scalable target that would stop this half of scaling */
export function scalingOf(
  graph: Assembly,
  suspension: 'DynamicScalingInSuspended' | 'DynamicScalingOutSuspended',
): Scaling {
  const services = fargateServices(graph);
  const scaled = scaledServices(graph).filter(({ service }) => services.includes(service));
  return {
    services,
    scaled,
    evidence: [
      ...services
        .filter((service) => !scaled.some((one) => one.service === service))
        .map((service) => unscaledEvidence(graph, service)),
      ...scaled.flatMap((one) => policyEvidence(graph, one, suspension)),
    ],
  };
}

/** A policy on something else, such as load, may do as well: from the template nobody can tell. */
function unscaledEvidence(graph: Assembly, service: Resource): Evidence {
  const target = targetOfService(graph, service);
  const [policy] = target === undefined ? [] : scalingPoliciesOf(graph, target);
  const expected = 'a policy on the requests that each task takes';
  if (policy === undefined) return seen(graph, service, [], 'nothing scales it', expected, false);
  return seen(graph, policy, [], 'a policy on something else, or with unknown figures', expected, undefined);
}

function policyEvidence(
  graph: Assembly,
  { service, target, policy }: ScaledService,
  suspension: string,
): readonly Evidence[] {
  const label = ['TargetTrackingScalingPolicyConfiguration', 'PredefinedMetricSpecification', 'ResourceLabel'];
  const own = listOf(service.properties.LoadBalancers).flatMap(
    (one) => targetOf(graph, at(one, 'TargetGroupArn')) ?? [],
  );
  const measured = own.some((group) => pointsAt(at(policy.properties, ...label), group));
  const suspended = at(target.properties, 'SuspendedState', suspension);
  return [
    seen(graph, policy, label, at(policy.properties, ...label), "the service's own targets", measured),
    ...(isTrue(suspended) ? [seen(graph, target, ['SuspendedState', suspension], suspended, false, false)] : []),
  ];
}
