// What Application Auto Scaling does with a service that it tracks the requests of, minute by minute.
//
// - It makes two alarms of its own: three minutes in a row above the target, and fifteen in a row below 90 % of it.
// - Out, it goes at once to as many tasks as the load needs, ⌈load ÷ target⌉; during the cool-down after that only for more.
// - In, AWS says only that it goes "more gradually": here one task at a time, the slowest that this can mean, each after a cool-down.
// - Never out of the bounds of the scalable target.
// https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html

export interface TargetTracking {
  readonly minimum: number;
  readonly maximum: number;
  /** Requests a minute that one task is to take. */
  readonly requestsPerTask: number;
  /** Seconds. */
  readonly scaleOutCooldown: number;
  /** Seconds. */
  readonly scaleInCooldown: number;
  /** Whether the policy may take tasks away. */
  readonly scalesIn: boolean;
}

/** Seconds that Application Auto Scaling waits after each change of an ECS service where a policy does not say. */
export const usualCooldown = 300;

/** Seconds of one data point. */
export const trackedPeriod = 60;
const pointsAbove = 3;
const pointsBelow = 15;
/** Share of the target below which tasks may go. */
const lowWater = 0.9;

/** Decides minute by minute; it keeps what it has seen. */
export interface Tracker {
  /**
   * Takes the requests of the minute that has just ended, and answers with how many tasks there shall be.
   * @param now seconds; only differences count
   * @param tasks how many there are
   */
  decide(requests: number, now: number, tasks: number): number;
}

/** @param policy read at each decision: its bounds may be moved by the clock */
export function targetTracker(policy: TargetTracking): Tracker {
  let above = 0;
  let below = 0;
  let restsUntil = Number.NEGATIVE_INFINITY;
  return {
    decide(requests, now, tasks) {
      const { minimum, maximum, requestsPerTask } = policy;
      const bounded = (count: number) => Math.min(Math.max(count, minimum), maximum);
      // A service without tasks has no metric, so that nothing ever starts one again.
      const each = tasks === 0 ? 0 : requests / tasks;
      above = each > requestsPerTask ? above + 1 : 0;
      below = each < requestsPerTask * lowWater ? below + 1 : 0;
      const needed = tasks === 0 ? minimum : bounded(Math.ceil(requests / requestsPerTask));
      if (above >= pointsAbove && needed > tasks) {
        restsUntil = now + policy.scaleOutCooldown;
        return needed;
      }
      if (policy.scalesIn && below >= pointsBelow && tasks > minimum && now >= restsUntil) {
        restsUntil = now + policy.scaleInCooldown;
        return Math.max(needed, tasks - 1);
      }
      return bounded(tasks);
    },
  };
}

/** Tasks that take traffic in each minute of a trace of requests a second; a task that is asked for takes some a minute later. */
export function simulate(
  policy: TargetTracking,
  requestsPerSecond: readonly number[],
  from = policy.minimum,
): readonly number[] {
  const tracker = targetTracker(policy);
  let tasks = from;
  return requestsPerSecond.map((rate, minute) => {
    const running = tasks;
    tasks = tracker.decide(rate * 60, minute * 60, running);
    return running;
  });
}

/** Seconds until tasks have been added, or taken away down to the minimum, for a load that stays, at most. */
export function secondsToAct(policy: TargetTracking): { readonly out: number; readonly in: number } {
  // The load begins in the middle of a data point, and a cool-down may just have begun.
  const first = (points: number, cooldown: number) => Math.max((points + 1) * trackedPeriod, cooldown) + trackedPeriod;
  const further = Math.max(policy.maximum - policy.minimum - 1, 0);
  return {
    out: first(pointsAbove, policy.scaleOutCooldown),
    in:
      first(pointsBelow, Math.max(policy.scaleInCooldown, policy.scaleOutCooldown)) +
      further * Math.ceil(policy.scaleInCooldown / trackedPeriod) * trackedPeriod,
  };
}
