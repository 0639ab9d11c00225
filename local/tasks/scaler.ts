// The scaler: target tracking on the requests that each task gets in a minute (AC-PERF-2, AC-PERF-3, AC-REL-6).
import { type TargetTracking, targetTracker, trackedPeriod } from '../../aws/target-tracking.ts';

interface ScalerInput {
  readonly plan: TargetTracking;
  /** Minutes pass so many times faster. */
  readonly speed: number;
  /** Requests to tasks since the start. */
  requests(): number;
  tasks(): number;
  setTasks(count: number): void;
}

export interface Scaler {
  /** Moves the bounds, and the number of tasks into them. */
  setBounds(bounds: Pick<TargetTracking, 'minimum' | 'maximum'>): void;
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
      setTasks(tracker.decide(ofMinute, (performance.now() / 1000) * speed, tasks()));
    },
    (trackedPeriod * 1000) / speed,
  );
  return {
    setBounds({ minimum, maximum }) {
      Object.assign(bounded, { minimum, maximum });
      setTasks(Math.min(Math.max(tasks(), minimum), maximum));
    },
    stop: () => clearInterval(timer),
  };
}
