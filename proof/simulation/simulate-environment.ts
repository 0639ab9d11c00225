// How many tasks an environment would run under traffic that rises, bursts and sleeps: its own scaling policy, played through. The
// curves are part of the build's result and drawn in the report.
import type { Assembly, Resource } from '../../assembly/graph.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { targetOfService } from '../judges/compute.ts';
import { ofType, pointing } from '../judges/relations.ts';
import { targetTrackingOf } from './read-policy.ts';
import { simulate, type TargetTracking } from './target-tracking.ts';
import { type Trace, traces } from './traffic.ts';

/** A scaled service with the policy that follows its traffic. */
export interface ScaledService {
  readonly service: Resource;
  readonly target: Resource;
  readonly policy: Resource;
  readonly tracking: TargetTracking;
}

export interface Simulation {
  readonly environment: Environment;
  /** Construct path of the service. */
  readonly service: string;
  readonly policy: TargetTracking;
  /** Both lists have one figure a minute. */
  readonly traces: readonly (Trace & { readonly tasks: readonly number[] })[];
}

/** The services of a graph whose number of tasks follows the requests that each takes. */
export function scaledServices(graph: Assembly): readonly ScaledService[] {
  return ofType(graph, 'AWS::ECS::Service').flatMap((service) => {
    const target = targetOfService(graph, service);
    if (target === undefined) return [];
    return policiesOf(graph, target).flatMap((policy) => {
      const tracking = targetTrackingOf(policy, target);
      return tracking === undefined ? [] : [{ service, target, policy, tracking }];
    });
  });
}

/** The policies of a scalable target. */
export const policiesOf = (graph: Assembly, target: Resource): readonly Resource[] =>
  pointing(graph, 'AWS::ApplicationAutoScaling::ScalingPolicy', 'ScalingTargetId', target);

/** @param graph the environment's resources in the design's region */
export function simulateEnvironment(graph: Assembly, design: Design, environment: Environment): readonly Simulation[] {
  return scaledServices(graph).map(({ service, tracking }) => ({
    environment,
    service: service.path,
    policy: tracking,
    traces: traces(design.requestsPerSecond).map((trace) => ({
      ...trace,
      tasks: simulate(tracking, trace.requestsPerSecond),
    })),
  }));
}
