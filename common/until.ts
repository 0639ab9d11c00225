// Waiting until something is so: the one loop that looks, pauses and gives up.
import { type Clock, systemClock } from './clock.ts';

export interface Wait {
  /** Milliseconds after which nobody looks again. */
  readonly within: number;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly clock?: Clock;
  /** Ends the waiting as if time were up. */
  readonly signal?: AbortSignal;
}

/** What the last look saw, and whether that was what was waited for. */
export interface LastLook<T> {
  readonly last: T;
  readonly isSo: boolean;
}

/** Looks at once, and again until it is so, time is up or somebody says stop. What a look throws is thrown. */
export async function until<T>(
  look: () => T | Promise<T>,
  isSo: (seen: T) => boolean,
  { within, every, clock = steady, signal }: Wait,
): Promise<LastLook<T>> {
  for (const end = clock.now() + within; ; await clock.sleep(every, signal)) {
    const last = await look();
    if (isSo(last)) return { last, isSo: true };
    if (signal?.aborted === true || clock.now() > end) return { last, isSo: false };
  }
}

/** Is not moved when somebody sets the machine's time. */
const steady: Clock = { ...systemClock, now: () => performance.now() };
