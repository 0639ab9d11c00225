// The number of tasks over time, as the target itself tells it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './target.ts';

/** Whole seconds since the start and the tasks that took traffic then. */
export type TaskCount = readonly [second: number, count: number];

export interface TaskWatch {
  readonly counts: readonly TaskCount[];
  stop(): Promise<void>;
}

/** Looks at once and then every second; a second in which the target does not say is left out. */
export function watchTasks(target: Target): TaskWatch {
  const counts: TaskCount[] = [];
  const ending = new AbortController();
  async function watch(): Promise<void> {
    const start = performance.now();
    for (let second = 0; !ending.signal.aborted; second++) {
      const tasks = await target.tasks().catch(() => undefined);
      if (tasks !== undefined) counts.push([second, tasks.length]);
      const next = start + (second + 1) * 1000;
      await sleep(Math.max(0, next - performance.now()), undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }
  const watching = watch();
  return {
    counts,
    stop: () => {
      ending.abort();
      return watching;
    },
  };
}
