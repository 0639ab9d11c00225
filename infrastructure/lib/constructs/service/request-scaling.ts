// How many tasks run: as many as the requests ask for, between the document's minimum and maximum (SIZE-1, AC-PERF-2, AC-PERF-3).
import { Duration } from 'aws-cdk-lib';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Sizes } from '../../../../design/schema.ts';

/**
 * Requests a minute that one task is to take: the expected traffic divided among the least tasks, so that what the document expects is
 * the point where those are fully used. 100 req/s on two tasks: 100 × 60 / 2 = 3,000.
 */
export function requestsPerTask(requestsPerSecond: number, { minimum }: Pick<Sizes['task'], 'minimum'>): number {
  return (requestsPerSecond * 60) / minimum;
}

/**
 * Target tracking on `ALBRequestCountPerTarget`, whose unit is requests a minute.
 *
 * Out (AC-PERF-2): AWS's alarm goes off when three minutes in a row lie above the target, that is above 100 req/s while two tasks run,
 * and asks for ⌈2 × metric / target⌉ tasks: three from 100 to 150 req/s, and so on to the maximum.
 *
 * In (AC-PERF-3): the other alarm goes off when 15 minutes in a row lie below 90 % of the target. At 20 req/s, n tasks see
 * 20 × 60 / n requests each, 400 with three and fewer with more; 90 % of 3,000 is 2,700. So tasks go until the minimum is left, which
 * no policy goes below (AC-REL-6).
 *
 * The figure is the same in every environment, since the criteria name traffic and not load: where tasks are smaller, MON-4 and MON-5
 * warn sooner.
 *
 * A region that stands by is idle: no task runs, whatever is asked for, until its bounds are moved to the document's (DR-4).
 *
 * @cost the two alarms of the policy, $0.10 each a month.
 */
export function scaleByRequests(
  service: FargateService,
  targetGroup: ApplicationTargetGroup,
  requestsPerSecond: number,
  size: Sizes['task'],
  { idle }: { readonly idle: boolean },
): void {
  const capacity = idle ? { minCapacity: 0, maxCapacity: 0 } : { minCapacity: size.minimum, maxCapacity: size.maximum };
  service.autoScaleTaskCount(capacity).scaleOnRequestCount('Requests', {
    requestsPerTarget: requestsPerTask(requestsPerSecond, size),
    targetGroup,
    // A new task serves within a minute; a task that goes is missed for longer than one that came is paid for.
    scaleOutCooldown: Duration.seconds(60),
    scaleInCooldown: Duration.seconds(300),
  });
}
