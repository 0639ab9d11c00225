// The scaler: target tracking on the requests that each task gets in a minute. CloudWatch looks at it once a minute, asks for more tasks
// after three minutes over the target and for fewer after fifteen well below it (AC-PERF-2, AC-PERF-3, AC-REL-6).
import type { ScalingPlan } from '../blueprint/service.ts';

/** How Application Auto Scaling looks at a target: figures of AWS's own, which no template has. */
const tracking = {
  /** Seconds of one data point. */
  period: 60,
  /** Data points over the target before tasks are added, and well below it before tasks are taken away. */
  pointsToScaleOut: 3,
  pointsToScaleIn: 15,
  /** "Well below": this part of the target. */
  lowWater: 0.9,
} as const;

interface Moment {
  /** Seconds; only differences count. */
  readonly at: number;
  readonly tasks: number;
}

/** Decides, point by point; it keeps what it has seen. */
export interface Tracker {
  /** Takes the requests of the minute that has just ended, and answers with how many tasks there shall be. */
  decide(requests: number, now: Moment): number;
}

export function targetTracker(plan: ScalingPlan): Tracker {
  let over = 0;
  let under = 0;
  let lastOut = Number.NEGATIVE_INFINITY;
  let lastIn = Number.NEGATIVE_INFINITY;
  const bounded = (count: number) => Math.min(Math.max(count, plan.minimum), plan.maximum);

  return {
    decide(requests, { at, tasks }) {
      const each = requests / Math.max(tasks, 1);
      over = each > plan.requestsPerTask ? over + 1 : 0;
      under = each < plan.requestsPerTask * tracking.lowWater ? under + 1 : 0;
      const wanted = bounded(Math.ceil((tasks * each) / plan.requestsPerTask));
      if (over >= tracking.pointsToScaleOut && wanted > tasks && at - lastOut >= plan.scaleOutCooldown) {
        lastOut = at;
        return wanted;
      }
      const mayScaleIn = !plan.scaleInDisabled && at - Math.max(lastIn, lastOut) >= plan.scaleInCooldown;
      if (under >= tracking.pointsToScaleIn && wanted < tasks && mayScaleIn) {
        lastIn = at;
        return wanted;
      }
      return bounded(tasks);
    },
  };
}

/** Seconds until the scaler has acted on a load that stays, at most; with `speed`, as they pass here. */
export function secondsToAct(plan: ScalingPlan, speed: number): { readonly out: number; readonly in: number } {
  // The load begins in the middle of a point, and a cool-down may just have begun.
  const after = (points: number, cooldown: number) =>
    (Math.max((points + 1) * tracking.period, cooldown) + tracking.period) / speed;
  return {
    out: after(tracking.pointsToScaleOut, plan.scaleOutCooldown),
    in: after(tracking.pointsToScaleIn, plan.scaleInCooldown),
  };
}

interface ScalerInput {
  readonly plan: ScalingPlan;
  /** Minutes pass so many times faster. */
  readonly speed: number;
  /** Requests to tasks since the start. */
  requests(): number;
  tasks(): number;
  setTasks(count: number): void;
}

export interface Scaler {
  /** Moves the bounds, and the number of tasks into them. */
  setBounds(bounds: Pick<ScalingPlan, 'minimum' | 'maximum'>): void;
  stop(): void;
}

export function startScaler({ plan, speed, requests, tasks, setTasks }: ScalerInput): Scaler {
  const bounded = { ...plan };
  const tracker = targetTracker(bounded);
  let before = requests();
  const timer = setInterval(
    () => {
      const now = requests();
      // In a minute that passes faster, fewer requests came than would have in a whole one.
      const ofMinute = (now - before) * speed;
      before = now;
      setTasks(tracker.decide(ofMinute, { at: (performance.now() / 1000) * speed, tasks: tasks() }));
    },
    (tracking.period * 1000) / speed,
  );
  return {
    setBounds({ minimum, maximum }) {
      Object.assign(bounded, { minimum, maximum });
      setTasks(Math.min(Math.max(tasks(), minimum), maximum));
    },
    stop: () => clearInterval(timer),
  };
}
