// The first order of a platform: placed by way of the load balancer, fulfilled by way of every queue and function, and its receipt read
// back from the bucket.
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import * as z from 'zod';
import { reasonOf } from '../common/reason.ts';
import { until } from '../common/until.ts';
import { localProblem } from './problems.ts';

export interface FirstOrder {
  readonly id: string;
  readonly status: string;
  readonly receipt: unknown;
}

interface ServiceAddress {
  readonly url: string;
  readonly certificate: string | undefined;
  headers(customer: string): Promise<Readonly<Record<string, string>>>;
}

const customer = 'first-customer';
const orderShape = z.object({ id: z.string(), status: z.string() });
/** Milliseconds for each of its steps. */
const timeout = 60_000;

/** The steps, to be taken one after the other. */
export function firstOrder(service: ServiceAddress, signal: AbortSignal) {
  const connections = new Agent({ connect: service.certificate === undefined ? {} : { ca: service.certificate } });
  let order: z.infer<typeof orderShape> | undefined;
  let receipt: unknown = null;

  async function ask(method: 'GET' | 'POST', path: string, body?: object) {
    const headers = {
      ...(await service.headers(customer)),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    };
    const answer = await request(service.url + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      dispatcher: connections,
      signal,
    }).catch((error: unknown) => {
      throw localProblem('orderFailed', { what: `${method} ${path}: ${reasonOf(error)}` });
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  }

  async function answered(
    path: string,
    isGood: (answer: { status: number; text: string }) => boolean,
  ): Promise<string> {
    const wait = { within: timeout, every: 50, signal };
    const { last, isSo } = await until(() => ask('GET', path), isGood, wait);
    if (!isSo) signal.throwIfAborted();
    if (!isSo) throw localProblem('orderFailed', { what: `GET ${path} → ${last.status} ${last.text.slice(0, 300)}` });
    return last.text;
  }

  const idOf = () => order?.id ?? '';
  return {
    async place(): Promise<void> {
      const items = [{ sku: 'tea', quantity: 2, unitPrice: 450 }];
      const { status, text } = await ask('POST', '/orders', { items });
      if (status !== 202) throw localProblem('orderFailed', { what: `POST /orders → ${status} ${text.slice(0, 300)}` });
      order = orderShape.parse(JSON.parse(text));
    },
    async untilFulfilled(): Promise<void> {
      const text = await answered(`/orders/${idOf()}`, (answer) => answer.text.includes('"status":"fulfilled"'));
      order = orderShape.parse(JSON.parse(text));
    },
    async untilReceipt(): Promise<void> {
      receipt = JSON.parse(await answered(`/orders/${idOf()}/receipt`, ({ status }) => status === 200));
    },
    result: (): FirstOrder => ({ id: idOf(), status: order?.status ?? 'unknown', receipt }),
    close: () => connections.destroy(),
  };
}
