// Orders placed and read at a steady rate, whatever becomes of them. The model is open: a request is sent when it is due, not when the
// one before was answered, and its time counts from the moment it was due; a slow platform cannot slow down those who ask.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { clientFor, type HttpAnswer, type HttpCall, type HttpClient, requestTimeout } from './client.ts';
import type { Target } from './target.ts';

interface Ending {
  readonly kind: 'write' | 'read';
  readonly ok: boolean;
  /** Tries that were answered with something other than what a healthy platform answers, or not at all. */
  readonly failures: number;
}

/** One request of a customer, with all its tries. Milliseconds on the clock of `performance.now()`. */
export interface Outcome extends Ending {
  readonly due: number;
  readonly ended: number;
}

export interface AcceptedOrder {
  readonly id: string;
  readonly customer: string;
  /** The key it was placed under, which is its reference too, so that two orders of one key can be told. */
  readonly key: string;
  /** When it was accepted, on the clock of `performance.now()`. */
  readonly acceptedAt: number;
}

export interface TrafficOptions {
  /** Requests a second. */
  readonly rate: number;
  /** The longest it runs; `stop` ends it earlier. */
  readonly seconds: number;
  /** How long a customer goes on placing an order that was not answered, in milliseconds; 0: never asks twice. */
  readonly persistence: number;
  /** Milliseconds before the second try; 100 when absent. */
  readonly pause?: number;
  /** Milliseconds that the pause may double to, from try to try; absent: it stays as it is. */
  readonly longestPause?: number;
}

/** An order that a customer goes on placing, or that has not been answered for the first time. */
export interface OpenWrite {
  readonly due: number;
  readonly failures: number;
}

export interface Traffic {
  /** What there is so far, in the order of endings. */
  readonly outcomes: readonly Outcome[];
  readonly accepted: ReadonlyMap<string, AcceptedOrder>;
  /** Orders that a second order was given out for, under the same key. */
  readonly doubled: ReadonlySet<string>;
  readonly client: HttpClient;
  /** Orders that have not come to an answer that ends them. */
  open(): readonly OpenWrite[];
  setRate(rate: number): void;
  /** Sends nothing more, and resolves when all that was sent has ended; nobody tries again any more when all `giveUp`. */
  stop(options?: { readonly giveUp: boolean }): Promise<void>;
  /** When the time is up and all has ended. */
  readonly ended: Promise<void>;
}

/** More requests than this are never under way at once; one that is due beyond them fails unsent. */
const mostUnderWay = 5_000;
/**
 * So many connections, and more where the rate asks for so many seconds of requests under way, three times the rate included: whoever was
 * not answered by a platform that is away would otherwise open thousands at once, and this machine would do nothing else.
 */
const leastConnections = 256;
const secondsOpen = 6;
/** The API bounds what one customer may ask; with so many no one comes near. */
const numberOfCustomers = 200;
/** Milliseconds: sums of fractions end a little before or after the whole. */
const leeway = 1e-3;
const placed = z.object({ id: z.string() });

/** Twenty requests as they follow each other: six orders, one of them asked for again, ten read, two lists, one receipt. */
const mix = 'prprrlprrpardrprlrpr';

/** Starts at once. */
export async function startTraffic(
  target: Pick<Target, 'url' | 'certificate' | 'headers'>,
  { rate, seconds, persistence, pause = 100, longestPause = pause }: TrafficOptions,
): Promise<Traffic> {
  const client = clientFor(target, Math.max(leastConnections, rate * secondsOpen));
  const run = randomUUID().slice(0, 8);
  const customerOf = (number: number) => `load-${run}-${number % numberOfCustomers}`;
  const outcomes: Outcome[] = [];
  const accepted = new Map<string, AcceptedOrder>();
  const orders: (AcceptedOrder & { readonly call: HttpCall })[] = [];
  const doubled = new Set<string>();
  const underWay = new Set<Promise<void>>();
  const open = new Set<{ readonly due: number; failures: number }>();
  let stopped = false;
  const givingUp = new AbortController();
  let pace = rate;

  /** Once, or under the same key again until that moment. An answer may come before the request was due by the same clock. */
  async function place(call: HttpCall & { readonly key: string }, due: number): Promise<Ending> {
    const write = { due, failures: 0 };
    open.add(write);
    return tryOn(call, write).finally(() => open.delete(write));
  }

  async function tryOn(
    call: HttpCall & { readonly key: string },
    write: { due: number; failures: number },
  ): Promise<Ending> {
    for (; ; write.failures++) {
      const { due, failures } = write;
      const answer = await client.ask(call).catch(() => undefined);
      if (answer?.status === 202) {
        remember(call, answer);
        return { kind: 'write', ok: true, failures };
      }
      const isOver = persistence === 0 || givingUp.signal.aborted || performance.now() >= due + persistence;
      if (isOver) return { kind: 'write', ok: false, failures: failures + 1 };
      await sleep(pauseAfter(failures), undefined, { signal: givingUp.signal }).catch(() => undefined);
    }
  }

  /** Spread, so that customers who failed together do not all come back together. */
  function pauseAfter(failures: number): number {
    const most = Math.min(longestPause, pause * 2 ** failures);
    return longestPause === pause ? pause : most * (0.5 + Math.random() / 2);
  }

  function remember(call: HttpCall & { readonly key: string }, { body }: HttpAnswer): void {
    const { id } = placed.parse(JSON.parse(body));
    const before = accepted.get(call.key);
    if (before === undefined) {
      const order = { id, customer: call.customer, key: call.key, acceptedAt: performance.now() };
      accepted.set(call.key, order);
      orders.push({ ...order, call });
    } else if (before.id !== id) doubled.add(call.key);
  }

  async function read(path: string, customer: string, good: readonly number[]): Promise<Ending> {
    const answer = await client.ask({ method: 'GET', path, customer }).catch(() => undefined);
    const ok = answer !== undefined && good.includes(answer.status);
    return { kind: 'read', ok, failures: ok ? 0 : 1 };
  }

  function ask(number: number, due: number): Promise<Ending> {
    // Steps of a large prime go round all orders there are without a preference.
    const known = orders[(number * 7919) % Math.max(1, orders.length)];
    const letter = mix[number % mix.length];
    if (known === undefined || letter === 'p') {
      const key = randomUUID();
      const customer = customerOf(number);
      const payload = { reference: key, items: [{ sku: 'tea', quantity: 1 + (number % 5), unitPrice: 450 }] };
      return place({ method: 'POST', path: '/orders', customer, key, payload }, due);
    }
    const { id, customer, key, call } = known;
    if (letter === 'a') return place({ ...call, key }, due);
    if (letter === 'l') return read('/orders?limit=20', customer, [200]);
    if (letter === 'd') return read(`/orders/${id}/receipt`, customer, [200, 404]);
    return read(`/orders/${id}`, customer, [200]);
  }

  async function one(number: number, due: number): Promise<void> {
    if (underWay.size >= mostUnderWay) {
      outcomes.push({ kind: 'read', ok: false, failures: 1, due, ended: due + requestTimeout });
      return;
    }
    // What throws here is an answer of 202 that is no order.
    const ending = await ask(number, due).catch((): Ending => ({ kind: 'write', ok: false, failures: 1 }));
    outcomes.push({ ...ending, due, ended: performance.now() });
  }

  async function send(): Promise<void> {
    const start = performance.now();
    let due = start;
    for (let number = 0; !stopped && due - start < seconds * 1000 - leeway; number++) {
      const early = due - performance.now();
      // Timers are good to a millisecond; whoever waits for less is late.
      if (early > 1) await sleep(early);
      if (stopped) break;
      const asked = one(number, due).finally(() => underWay.delete(asked));
      underWay.add(asked);
      due += 1000 / pace;
    }
    await Promise.all(underWay);
  }

  // Tokens first, so that nobody's first request waits for one.
  await Promise.all(Array.from({ length: numberOfCustomers }, (_, number) => client.meet(customerOf(number))));
  const ended = send();
  return {
    outcomes,
    accepted,
    doubled,
    client,
    open: () => [...open],
    setRate: (next) => {
      pace = next;
    },
    stop: ({ giveUp } = { giveUp: false }) => {
      stopped = true;
      if (giveUp) givingUp.abort();
      return ended;
    },
    ended,
  };
}
