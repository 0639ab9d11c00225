// How many tasks an environment would run under traffic that rises, bursts and stops: its own scaling policy, played through. The
// curves are part of the build's result and drawn in the report.
import type { Assembly } from '../../assembly/graph.ts';
import { scaledServices } from '../../assembly/questions/scaling.ts';
import { simulate, type TargetTracking } from '../../aws/target-tracking.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { type Trace, traces } from './traffic.ts';

export interface Simulation {
  readonly environment: Environment;
  /** Construct path of the service. */
  readonly service: string;
  readonly policy: TargetTracking;
  /** Both lists have one figure a minute. */
  readonly traces: readonly (Trace & { readonly tasks: readonly number[] })[];
}

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
