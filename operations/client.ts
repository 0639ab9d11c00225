// Asks a target's API as a customer would: over connections that stay open, a bounded time for each answer.

import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, request } from 'node:https';
import { createSecureContext } from 'node:tls';
import { Refusal } from '../design/refusal.ts';
import { refusals } from './refusals.ts';
import type { Target } from './target.ts';

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly customer: string;
  /** The idempotency key of a POST. */
  readonly key?: string;
  readonly payload?: object;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** `hit` or `miss`, as the API says of a read order. */
  readonly cache?: string;
}

export interface HttpClient {
  /** @throws Error when no answer came in time, or the connection broke. */
  ask(call: HttpCall): Promise<HttpAnswer>;
  /** Gets a customer's token ahead of the first request. */
  meet(customer: string): Promise<void>;
  close(): void;
}

/** Milliseconds that an answer may take; a request without one by then has failed. */
export const requestTimeout = 10_000;

/** `connections`: so many are open at once at most; a request beyond them waits for one, and its time is running. */
export function clientFor(
  target: Pick<Target, 'url' | 'certificate' | 'headers'>,
  connections = Number.POSITIVE_INFINITY,
): HttpClient {
  const { protocol, hostname, port } = new URL(target.url);
  const plain = protocol === 'http:';
  // One for all connections: each would otherwise read the certificates anew, and thousands begin when a platform comes back.
  const trust =
    target.certificate === undefined ? {} : { secureContext: createSecureContext({ ca: target.certificate }) };
  const options = { keepAlive: true, maxSockets: connections, ...trust };
  const agent = plain ? new PlainAgent(options) : new Agent(options);
  // A token is good for minutes, a run lasts minutes: one for each customer will do.
  const tokens = new Map<string, Promise<Readonly<Record<string, string>>>>();
  const tokenOf = (customer: string) => {
    const known = tokens.get(customer) ?? target.headers(customer);
    tokens.set(customer, known);
    return known;
  };

  async function ask({ method, path, customer, key, payload }: HttpCall): Promise<HttpAnswer> {
    const body = payload === undefined ? undefined : JSON.stringify(payload);
    const headers = {
      ...(await tokenOf(customer)),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    return new Promise((resolve, reject) => {
      const call = (plain ? plainRequest : request)(
        { host: hostname, ...(port === '' ? {} : { port }), method, path, headers, agent },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (data: string) => {
            text += data;
          });
          response.on('end', () => {
            const cache = response.headers['x-cache'];
            resolve({ status: response.statusCode ?? 0, body: text, ...(typeof cache === 'string' ? { cache } : {}) });
          });
          response.on('error', reject);
        },
      );
      // A timeout of the socket would start anew with each byte; this one is the customer's.
      const end = setTimeout(
        () => call.destroy(new Refusal(refusals.noAnswerWithin({ seconds: requestTimeout / 1000 }))),
        requestTimeout,
      );
      call.on('close', () => clearTimeout(end));
      call.on('error', reject);
      call.end(body);
    });
  }

  return { ask, meet: async (customer) => void (await tokenOf(customer)), close: () => agent.destroy() };
}
