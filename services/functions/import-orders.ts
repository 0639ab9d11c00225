// Placeholder until the workload exists: stands behind the load balancer at `/imports` and takes no file.

interface LoadBalancerResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers 501 (RFC 9457 problem details), so that nobody believes a file was taken. */
export async function handler(): Promise<LoadBalancerResponse> {
  return {
    statusCode: 501,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: JSON.stringify({
      title: 'Not implemented',
      status: 501,
      detail: 'No file was taken: the workload that imports orders does not exist yet.',
    }),
  };
}
