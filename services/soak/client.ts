// A client as the load balancer's would be: connections that stay open, and retries.
import { Agent, request } from 'node:https';
import { until } from '../clients/until.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 128, rejectUnauthorized: false });

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly customer: string;
  /** The idempotency key of a POST. */
  readonly key?: string;
  readonly payload?: object;
}

/** Asks one task once; 6 s at most. */
function ask(port: number, { method, path, customer, key, payload }: Call): Promise<Answer> {
  const body = payload === undefined ? undefined : JSON.stringify(payload);
  const headers = {
    'x-customer': customer,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, method, path, headers, agent, timeout: 6_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (data: string) => {
        text += data;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      response.on('error', reject);
    });
    call.on('timeout', () => call.destroy(new Error('no answer within 6 s')));
    call.on('error', reject);
    call.end(body);
  });
}

/**
 * Asks until there is an answer other than 5xx, each time another task, and for at most 30 s. `undefined` when there was none: the
 * caller then knows nothing, as a real one would.
 */
export async function askUntilAnswered(ports: readonly number[], call: Call): Promise<Answer | undefined> {
  let tries = Math.floor(Math.random() * ports.length);
  const isAnswer = (answer: Answer | undefined) => answer !== undefined && answer.status < 500;
  const answer = await until(() => ask(ports[tries++ % ports.length] ?? 0, call).catch(() => undefined), isAnswer, {
    within: 30_000,
    every: () => 50 + Math.random() * 100,
  });
  return isAnswer(answer) ? answer : undefined;
}

/** The status of a GET; 0 when nobody listens. */
export async function getStatus(port: number, path: string): Promise<number> {
  const answer = await ask(port, { method: 'GET', path, customer: 'soak' }).catch(() => undefined);
  return answer?.status ?? 0;
}
