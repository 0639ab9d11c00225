// Load: as fast as so many askers can, or at a steady rate that does not wait for answers.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Sample {
  /** Milliseconds of each request. */
  readonly times: readonly number[];
  /** Seconds that the requests took together. */
  readonly seconds: number;
}

/** `concurrency` askers, each of whom asks again when it has its answer. */
export async function closedLoop(work: () => Promise<void>, seconds: number, concurrency: number): Promise<Sample> {
  const times: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  const asker = async () => {
    while (performance.now() < end) {
      const asked = performance.now();
      await work();
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, asker));
  return { times, seconds: (performance.now() - start) / 1000 };
}

/** `rate` requests a second; a request's time begins when it was due, so that a queue in front of us counts. */
export async function openLoop(work: () => Promise<void>, seconds: number, rate: number): Promise<Sample> {
  const times: number[] = [];
  const underWay: Promise<void>[] = [];
  const start = performance.now();
  for (let number = 0; number < rate * seconds; number++) {
    const due = start + (number * 1000) / rate;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    underWay.push(work().then(() => void times.push(performance.now() - due)));
  }
  await Promise.all(underWay);
  return { times, seconds };
}

/** The time below which this share of the times lies. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
