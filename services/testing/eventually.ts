// Waits for what happens by itself, and says what was missing when it does not.
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds: how long there is to wait, and the pause between two looks. */
interface Wait {
  readonly within: number;
  readonly every: number | (() => number);
}

/** Looks at once, and again until it is so or time is up. What the last look saw. */
export async function until<T>(
  look: () => Promise<T>,
  isSo: (seen: T) => boolean,
  { within, every }: Wait,
): Promise<T> {
  for (const end = performance.now() + within; ; await sleep(typeof every === 'number' ? every : every())) {
    const seen = await look();
    if (isSo(seen) || performance.now() > end) return seen;
  }
}

/** Asks until the answer is `defined`; at most `seconds`. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined | false>, seconds = 20): Promise<T> {
  const isThere = (answer: T | undefined | false) => answer !== undefined && answer !== false;
  const answer = await until(ask, isThere, { within: seconds * 1000, every: 20 });
  if (answer === undefined || answer === false) throw new Error(`${what}: not within ${seconds} s`);
  return answer;
}
