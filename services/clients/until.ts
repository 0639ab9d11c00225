// Waiting until something is so: the one loop of the workload that looks or tries, pauses and gives up.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Wait {
  /** Milliseconds after which nobody looks again. */
  readonly within: number;
  /** Milliseconds between two looks; where they are not the same each time, by how often was looked. */
  readonly every: number | ((looks: number) => number);
}

/** Looks at once, and again until it is so or the next look would come too late. What the last look saw. */
export async function until<T>(
  look: () => Promise<T>,
  isSo: (seen: T) => boolean,
  { within, every }: Wait,
): Promise<T> {
  const end = performance.now() + within;
  for (let looks = 1; ; looks++) {
    const seen = await look();
    const pause = typeof every === 'number' ? every : every(looks);
    if (isSo(seen) || performance.now() + pause >= end) return seen;
    await sleep(pause);
  }
}
