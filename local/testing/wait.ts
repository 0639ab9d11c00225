// Waits for what happens by itself, and says what was missing when it does not.
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is neither false nor undefined; at most `seconds`. */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T | undefined | false> | undefined | false,
  seconds = 20,
): Promise<T> {
  for (const end = performance.now() + seconds * 1000; ; await sleep(20)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`${what}: not within ${seconds} s`);
  }
}
