// What Application Auto Scaling does with a service, minute by minute, when it tracks the requests that each task takes.
//
// The rules are AWS's, as documented and as its alarms show them:
// - it makes two alarms of its own: three minutes in a row above the target, and fifteen in a row below 90 % of it;
// - out, it goes at once to as many tasks as the load needs, ⌈tasks × metric ÷ target⌉; during the cool-down after that only for more;
// - in, it goes "more gradually": here one task at a time, which is the slowest that it can mean, each after a cool-down;
// - never out of the bounds of the scalable target.
// A task that was asked for takes traffic a minute later.
// https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html

export interface TargetTracking {
  readonly minimum: number;
  readonly maximum: number;
  /** Requests a minute that one task is to take. */
  readonly requestsPerTask: number;
  /** Seconds. */
  readonly scaleOutCooldown: number;
  readonly scaleInCooldown: number;
  /** Whether the policy may take tasks away. */
  readonly scalesIn: boolean;
}

const minutesAbove = 3;
const minutesBelow = 15;
/** Share of the target below which tasks may go. */
const slack = 0.9;

/**
 * Tasks that take traffic in each minute of a trace.
 * @param from tasks at its start; the minimum unless said
 */
export function simulate(
  policy: TargetTracking,
  requestsPerSecond: readonly number[],
  from = policy.minimum,
): readonly number[] {
  const { minimum, maximum, requestsPerTask } = policy;
  let desired = from;
  let running = from;
  let above = 0;
  let below = 0;
  let restsUntil = 0;
  return requestsPerSecond.map((rate, minute) => {
    running = desired;
    const load = rate * 60;
    // A service without tasks has no metric, so that nothing ever starts one again.
    const metric = running === 0 ? 0 : load / running;
    above = metric > requestsPerTask ? above + 1 : 0;
    below = metric < slack * requestsPerTask ? below + 1 : 0;
    const needed = bounded(Math.ceil((running * metric) / requestsPerTask), minimum, maximum);
    if (above >= minutesAbove && needed > desired) {
      desired = needed;
      restsUntil = minute + policy.scaleOutCooldown / 60;
    } else if (policy.scalesIn && below >= minutesBelow && desired > minimum && minute >= restsUntil) {
      desired = Math.max(minimum, needed, desired - 1);
      restsUntil = minute + policy.scaleInCooldown / 60;
    }
    return running;
  });
}

const bounded = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
