// A circuit breaker: after some failures in a row nobody asks for a while; then one may try, and its success lets all others in again.

export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** How long it stays open at first (milliseconds); twice as long after each failed try … */
  readonly rest: number;
  /** … up to this. */
  readonly longestRest: number;
  readonly now: () => number;
}

export interface Breaker {
  /** Runs `work`, or answers `undefined` at once while open; a failure is an `undefined` too. */
  attempt<T>(work: () => Promise<T>): Promise<T | undefined>;
  readonly open: boolean;
}

export function breaker(options: BreakerOptions, report: (error: unknown) => void): Breaker {
  let failures = 0;
  let rest = options.rest;
  let closedAgainAt = Number.NEGATIVE_INFINITY;
  let probing = false;
  const tripped = () => failures >= options.failures;

  return {
    get open() {
      return tripped();
    },
    async attempt(work) {
      if (tripped() && (probing || options.now() < closedAgainAt)) return undefined;
      const probe = tripped();
      if (probe) probing = true;
      try {
        const result = await work();
        failures = 0;
        rest = options.rest;
        return result;
      } catch (error) {
        failures++;
        if (failures === options.failures) report(error);
        if (probe) rest = Math.min(rest * 2, options.longestRest);
        if (tripped()) closedAgainAt = options.now() + rest;
        return undefined;
      } finally {
        if (probe) probing = false;
      }
    },
  };
}
