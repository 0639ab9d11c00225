// Waits for what happens by itself, and says what was missing when it does not.
import { until } from '../clients/until.ts';

/** Asks until the answer is `defined`; at most `seconds`. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined | false>, seconds = 20): Promise<T> {
  const isThere = (answer: T | undefined | false) => answer !== undefined && answer !== false;
  const answer = await until(ask, isThere, { within: seconds * 1000, every: 20 });
  if (answer === undefined || answer === false) throw new Error(`${what}: not within ${seconds} s`);
  return answer;
}
