// `hashira smoke`: whether a platform that has just been deployed, or started, does what it is for (TST-4, DEP-5). An order goes the
// whole way under a trace of its own; what it must have left behind is then looked for.

import { randomBytes } from 'node:crypto';
import { namedReasonsOf } from '../../design/refusal.ts';
import { clientFor } from '../client.ts';
import type { Target } from '../target.ts';
import { checkBalancer } from './balancer.ts';
import { checkEdge } from './edge.ts';
import { followOrder } from './order.ts';
import { checkProtection } from './protection.ts';
import { finding, type SmokeCheck, type SmokeFinding, type SmokeResult, smokeChecks } from './result.ts';
import { checkTls } from './tls.ts';
import { checkAlarms, checkLogs, checkTraces } from './traces.ts';

export interface SmokeOptions {
  /** Told each result as it comes; they come in no fixed order. */
  readonly tell?: (result: SmokeResult) => void;
  /** Seconds that each step may take, where the platform needs time for it. */
  readonly timeoutSeconds?: number;
}

const usualTimeoutSeconds = 90;

/** In the order of `smokeChecks`. Never throws for what the platform does. */
export async function runSmoke(target: Target, options: SmokeOptions = {}): Promise<readonly SmokeResult[]> {
  const { tell, timeoutSeconds = usualTimeoutSeconds } = options;
  const since = new Date();
  const traceId = newTraceId(since);
  const results: SmokeResult[] = [];
  const told = (check: SmokeCheck, findings: readonly SmokeFinding[]) => {
    for (const each of findings) {
      const result = { ...each, check };
      results.push(result);
      tell?.(result);
    }
  };
  const run = async (check: SmokeCheck, look: () => Promise<readonly SmokeFinding[]>) =>
    told(check, await look().catch((error: unknown) => [finding('unread', 'unknown', { why: namedReasonsOf(error) })]));
  // One span of ours that is sampled, so that the API samples its own below it whatever share it would else.
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  const client = clientFor({
    ...target,
    headers: async (customer) => ({ ...(await target.headers(customer)), traceparent }),
  });
  try {
    await Promise.all([
      run('edge', () => checkEdge(target)),
      run('tls', () => checkTls(target)),
      run('balancer', () => checkBalancer(target, client)),
      run('protection', () => checkProtection(target)),
      followOrder(target, client, timeoutSeconds, run),
    ]);
    await Promise.all([
      run('logs', () => checkLogs(target, { traceId, since, timeoutSeconds })),
      run('traces', () => checkTraces(target, { traceId, timeoutSeconds })),
      // Last, so that what the order has set off is seen as well.
      run('alarms', () => checkAlarms(target)),
    ]);
  } finally {
    client.close();
  }
  return smokeChecks.flatMap((check) => results.filter((result) => result.check === check));
}

/** As X-Ray takes them: the first eight figures are the time in seconds. */
function newTraceId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return seconds.toString(16).padStart(8, '0') + randomBytes(12).toString('hex');
}
