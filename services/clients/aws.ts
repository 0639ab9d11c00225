// What every AWS client of the workload is told: give up early enough that somebody can still be answered.

/** A call is tried three times; each try connects within a second and ends within three. */
export const clientOptions = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;

/** For waiting at a queue, up to 20 s at a time. */
export const pollingOptions = () => ({
  ...sqsOptions(),
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 25_000, throwOnRequestTimeout: true },
});

export const s3Options = () => ({ ...clientOptions, forcePathStyle: isEmulated() });
export const sqsOptions = () => ({ ...clientOptions, useQueueUrlAsEndpoint: !isEmulated() });

/** Whether something on this machine stands in for AWS: it then answers under one host name for all queues and buckets. */
function isEmulated(): boolean {
  return (process.env.AWS_ENDPOINT_URL ?? '') !== '';
}
