// What every AWS client of the workload is told: give up early enough that somebody can still be answered.

/** A call is tried three times; each try connects within a second and ends within three. */
export const patience = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
} as const;
