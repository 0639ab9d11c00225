// What every AWS client of a failover is told: the region it belongs to, and to give up early, since a step that fails is done again.

/** A call is tried three times; each try connects within two seconds and ends within ten. */
export const clientOptions = (region: string) => ({
  region,
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
});

/** One of a kind for each key, made when it is first asked for. */
export function lazily<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new Map<Key, Made>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}

/** The last part of an ARN. */
export const nameOf = (arn: string): string => arn.split(':').at(-1) ?? arn;
