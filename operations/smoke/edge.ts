// Whether requests come in through CloudFront, and only so: the load balancer must turn away whoever comes without CloudFront's header.

import { request } from 'node:https';
import { Refusal } from '../../design/refusal.ts';
import { refusals } from '../refusals.ts';
import type { Target } from '../target.ts';
import { finding, notHere, type SmokeFinding } from './result.ts';

export async function checkEdge({
  kind,
  url,
  certificate,
  inspections,
}: Pick<Target, 'kind' | 'url' | 'certificate' | 'inspections'>): Promise<readonly SmokeFinding[]> {
  if (kind === 'local') return [notHere];
  const { headers } = await get(`${url}/health/live`, certificate);
  const findings =
    headers['x-amz-cf-id'] === undefined
      ? [finding('notThroughEdge', 'fail', { url })]
      : [finding('throughEdge', 'ok', { url })];
  const origin = await inspections?.origin?.();
  // By its own name, which no certificate of ours is for; what is asked is only whether it answers who is not known.
  const status = origin === undefined ? undefined : (await get(`${origin}/orders`, undefined, false)).status;
  if (origin === undefined || status === undefined || status === refused) return findings;
  return [...findings.filter(({ verdict }) => verdict !== 'ok'), finding('walkedRound', 'fail', { origin, status })];
}

/** What the listener answers where no rule fits. */
const refused = 403;
/** Milliseconds. */
const timeout = 10_000;

function get(url: string, ca: string | undefined, rejectUnauthorized = true) {
  return new Promise<{ readonly status: number; readonly headers: Readonly<Record<string, unknown>> }>(
    (resolve, reject) => {
      const options = { rejectUnauthorized, ca, timeout, agent: false };
      const call = request(url, options, (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, headers: response.headers });
      });
      call.on('timeout', () => call.destroy(new Refusal(refusals.noAnswerWithin({ seconds: timeout / 1000 }))));
      call.on('error', reject);
      call.end();
    },
  );
}
