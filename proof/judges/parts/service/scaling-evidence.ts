// What both criteria on scaling begin with: each Fargate service of the design's region has a policy whose curve can be worked out, on
// the traffic of its own targets.
import { type Assembly, at, isSettled, type Resource } from '../../../../assembly/graph.ts';
import {
  mayBeScaled,
  type ScaledService,
  scaledServices,
  scalingPoliciesOf,
  targetOfService,
} from '../../../../assembly/questions/scaling.ts';
import { listOf, refersTo, targetOf } from '../../../../assembly/relations.ts';
import { any, unknownIf } from '../../../../assembly/truth.ts';
import type { Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/performance.ts';
import { fargateServices } from './fargate-services.ts';

export interface Scaling {
  /** Whether there may be a Fargate service at all. */
  readonly isAny: boolean;
  /** On services without a policy that can be played through, and on what every policy must have. */
  readonly evidence: readonly Observation[];
  readonly scaled: readonly ScaledService[];
}

/** @param suspension the switch of a scalable target that would stop this half of scaling */
export function scalingOf(
  graph: Assembly,
  suspension: 'DynamicScalingInSuspended' | 'DynamicScalingOutSuspended',
): Scaling {
  const { services, unknown } = fargateServices(graph);
  const scaled = scaledServices(graph).filter(({ service }) => services.includes(service));
  return {
    isAny: services.length + unknown.length > 0,
    scaled,
    evidence: [
      ...unknown,
      ...services
        .filter((service) => !scaled.some((one) => one.service === service))
        .map((service) => unscaledEvidence(graph, service)),
      ...scaled.flatMap((one) => policyEvidence(graph, one, suspension)),
    ],
  };
}

/** A policy on something else, such as load, may do as well: from the template nobody can tell. */
function unscaledEvidence(graph: Assembly, service: Resource): Observation {
  const target = targetOfService(graph, service);
  const [policy] = target === undefined ? [] : scalingPoliciesOf(graph, target);
  const expected = said.followsRequests;
  if (policy !== undefined) return on(policy).holds(undefined, { expected, observed: said.otherPolicy });
  if (mayBeScaled(graph, service)) return on(service).holds(undefined, { expected, observed: said.scaledPerhaps });
  return on(service).holds(false, { expected, observed: said.nothingScales });
}

/** Each policy counts the requests to the service's own targets, and is not suspended. */
export function policyEvidence(
  graph: Assembly,
  { service, target, policy }: ScaledService,
  suspension: string,
): readonly Observation[] {
  const label = ['TargetTrackingScalingPolicyConfiguration', 'PredefinedMetricSpecification', 'ResourceLabel'];
  const { LoadBalancers } = service.properties;
  const own = listOf(LoadBalancers).flatMap((one) => targetOf(graph, at(one, 'TargetGroupArn')) ?? []);
  const isMeasured = any([
    ...own.map((group) => refersTo(at(policy.properties, ...label), group)),
    unknownIf(!isSettled(LoadBalancers)),
  ]);
  const suspended = on(target).property('SuspendedState', suspension);
  return [
    on(policy)
      .property(...label)
      .holds(isMeasured, { expected: said.ownTargets }),
    ...(at(target.properties, 'SuspendedState', suspension) === undefined ? [] : [suspended.is(false)]),
  ];
}
