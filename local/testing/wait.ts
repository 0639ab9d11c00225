// Waits for what happens by itself, and says what was missing when it does not.
import { until } from '../../common/until.ts';

/** Asks until the answer is neither false nor undefined; at most `seconds`. */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T | undefined | false> | undefined | false,
  seconds = 20,
): Promise<T> {
  const { last } = await until(ask, (answer) => answer !== undefined && answer !== false, {
    within: seconds * 1000,
    every: 20,
  });
  if (last === undefined || last === false) throw new Error(`${what}: not within ${seconds} s`);
  return last;
}
