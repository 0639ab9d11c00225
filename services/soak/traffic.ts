// Mixed traffic at a steady rate, whatever becomes of it: nobody waits for an answer before the next request is due.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { askUntilAnswered, type Call } from './client.ts';

export interface Traffic {
  /** Ids of the orders that were accepted, by key. */
  readonly accepted: ReadonlyMap<string, string>;
  /** Milliseconds from a request's due time to its answer, tries included. */
  readonly latencies: readonly number[];
  /** Answers that should not have been, by what was asked and what came. */
  readonly wrong: ReadonlyMap<string, number>;
}

const customers = 20;
const accepted202 = z.object({ id: z.string() });

/** `rate` requests a second for `seconds`, to the tasks in turn. */
export async function sendTraffic(ports: readonly number[], rate: number, seconds: number): Promise<Traffic> {
  const accepted = new Map<string, string>();
  const placed: { readonly id: string; readonly customer: string; readonly call: Call }[] = [];
  const latencies: number[] = [];
  const wrong = new Map<string, number>();
  const underWay: Promise<void>[] = [];
  const count = (what: string) => wrong.set(what, (wrong.get(what) ?? 0) + 1);
  const someone = () => `customer-${Math.floor(Math.random() * customers)}`;
  const known = () => placed[Math.floor(Math.random() * placed.length)];

  async function place(call: Call): Promise<void> {
    const answer = await askUntilAnswered(ports, call);
    if (answer?.status !== 202) return void count(`POST ${answer?.status ?? 'unanswered'}`);
    const { id } = accepted202.parse(JSON.parse(answer.body));
    const key = call.key ?? '';
    const before = accepted.get(key);
    if (before !== undefined && before !== id) count('another order under the same key');
    if (before === undefined) placed.push({ id, customer: call.customer, call });
    accepted.set(key, id);
  }

  async function read(path: string, customer: string, good: readonly number[]): Promise<void> {
    const answer = await askUntilAnswered(ports, { method: 'GET', path, customer });
    if (answer === undefined || !good.includes(answer.status)) count(`GET ${answer?.status ?? 'unanswered'}`);
  }

  /** Three new orders in ten requests, the others repeat and read what there is. */
  async function one(): Promise<void> {
    const dice = Math.random();
    const order = known();
    if (order === undefined || dice < 0.3) {
      const key = randomUUID();
      const items = [{ sku: 'tea', quantity: 1 + Math.floor(Math.random() * 5), unitPrice: 450 }];
      // The reference tells orders of one key apart should there ever be two.
      return place({ method: 'POST', path: '/orders', customer: someone(), key, payload: { reference: key, items } });
    }
    if (dice < 0.35) return place(order.call);
    if (dice < 0.85) return read(`/orders/${order.id}`, order.customer, [200]);
    if (dice < 0.95) return read('/orders?limit=20', order.customer, [200]);
    return read(`/orders/${order.id}/receipt`, order.customer, [200, 404]);
  }

  // A schedule: each is due at its time, whatever became of those before.
  const start = performance.now();
  for (let number = 0; number < rate * seconds; number++) {
    const due = start + (number * 1000) / rate;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    underWay.push(one().then(() => void latencies.push(performance.now() - due)));
  }
  await Promise.all(underWay);
  return { accepted, latencies, wrong };
}
