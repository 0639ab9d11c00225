// How long somebody still waits for an answer. A request carries one deadline through all that it calls, so that retries share one
// budget instead of adding theirs up.

export interface Deadline {
  /** Milliseconds left, never below zero. */
  remaining(): number;
}

/** A deadline so many milliseconds from now. */
export function deadlineIn(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return { remaining: () => Math.max(0, end - performance.now()) };
}

/** A signal for calls of AWS clients: aborts at the deadline, and no later than `atMost` milliseconds from now. */
export function signalOf(deadline: Deadline, atMost = Number.POSITIVE_INFINITY): AbortSignal {
  return AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(deadline.remaining(), atMost))));
}
