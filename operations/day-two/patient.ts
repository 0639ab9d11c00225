// Looks until something is so, a bounded number of times.
import type { Place } from './place.ts';

export interface Looks {
  readonly most: number;
  /** Milliseconds between two looks. */
  readonly pause: number;
}

/** What was seen when it was good; `undefined` when it was not by the last look. */
export async function patient<T>(
  { sleep }: Pick<Place, 'sleep'>,
  { most, pause }: Looks,
  look: () => Promise<T>,
  isGood: (seen: T) => boolean,
): Promise<T | undefined> {
  for (let count = 0; count < most; count++) {
    if (count > 0) await sleep(pause);
    const seen = await look();
    if (isGood(seen)) return seen;
  }
  return undefined;
}
