// A small shop over real HTTP, in memory, that can be told to fail: what load and drills are tried on, since a healthy platform cannot
// show whether they would notice a sick one.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { exampleDesign } from '../../design/fixtures/example-design.ts';
import { readSentence } from '../../design/words/sentence.ts';
import type { QueueName, Target } from '../target.ts';

/** Everything that can be wrong with it. Times in milliseconds. */
export interface Sickness {
  /** Answers come so late. */
  delay: number;
  /** Every nth request is answered with 500; 0: none. */
  failEvery: number;
  /** Every nth order is never fulfilled; 0: none. */
  loseEvery: number;
  /** Every nth order is taken twice; 0: none. */
  doubleEvery: number;
  /** How long a dead task stays away; Infinity: for ever. */
  replaceAfter: number;
  /** How long writes are refused once the writer is gone. */
  writerAwayFor: number;
  buriesPoison: boolean;
  cacheComesBack: boolean;
  scales: boolean;
  /** Orders are taken and not listed. */
  forgets: boolean;
}

const healthy: Sickness = {
  delay: 0,
  failEvery: 0,
  loseEvery: 0,
  doubleEvery: 0,
  replaceAfter: 300,
  writerAwayFor: 400,
  buriesPoison: true,
  cacheComesBack: true,
  scales: true,
  forgets: false,
};

interface Order {
  readonly id: string;
  readonly customer: string;
  readonly reference: string;
  status: 'accepted' | 'fulfilled';
  version: number;
}

/** Times are generous: what a busy machine does to a healthy shop is not what is tried here. */
const sentences: Readonly<Record<string, string>> = {
  'AC-PERF-1': 'APIの応答時間の95パーセンタイルは1分以内',
  'AC-PERF-2': '100 req/sを上回る間はタスクを増やす',
  'AC-PERF-3': '20 req/sを下回る間は最小の2タスク',
  'AC-REL-3': '止まったタスクの代わりを起動する',
  'AC-REL-4': '1分以内に切り替える',
};

/** The same target, of a document that says this under a criterion. */
export function withSentence(target: Target, id: string, text: string): Target {
  const criteria = target.design.criteria.map((criterion) =>
    criterion.id === id ? { ...criterion, ...readSentence(text) } : criterion,
  );
  return { ...target, design: { ...target.design, criteria } };
}

export interface Shop {
  readonly target: Target;
  /** Requests that came, by second. */
  readonly requests: () => number;
  readonly orders: () => readonly { readonly id: string; readonly status: string }[];
  stop(): Promise<void>;
}

export async function startShop(sick: Partial<Sickness> = {}): Promise<Shop> {
  const { delay, failEvery, loseEvery, doubleEvery, ...state } = { ...healthy, ...sick };
  const orders = new Map<string, Order>();
  const byKey = new Map<string, Order>();
  const dead: Record<QueueName, number> = { fulfilment: 0, work: 0 };
  let tasks = ['task-1', 'task-2'];
  let requests = 0;
  let cache: 'on' | 'off' = 'on';
  let writerBackAt = 0;
  let recent: number[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Its own number: others may come while its body is read.
    const number = ++requests;
    recent.push(performance.now());
    scale();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (delay > 0) await sleep(delay);
    const say = (status: number, body: object = {}, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    if (tasks.length === 0) return void say(503);
    if (failEvery > 0 && number % failEvery === 0) return void say(500);
    const customer = String(request.headers.authorization ?? '').replace('Bearer ', '');
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    if (request.method === 'POST') {
      if (performance.now() < writerBackAt) return void say(503);
      const { reference } = JSON.parse(Buffer.concat(chunks).toString());
      return void say(202, place(customer, String(request.headers['idempotency-key']), reference));
    }
    if (pathname === '/health/ready') return void say(200);
    const [, , id, receipt] = pathname.split('/');
    if (id === undefined) {
      return void say(200, {
        orders: [...orders.values()].filter((order) => order.customer === customer && !state.forgets),
      });
    }
    const order = orders.get(id);
    if (order === undefined || (receipt !== undefined && order.status === 'accepted')) return void say(404);
    return void say(200, order, { 'x-cache': cache === 'on' ? 'hit' : 'miss' });
  }

  function place(customer: string, key: string, reference: string): Order {
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const order: Order = { id: randomUUID(), customer, reference, status: 'accepted', version: 1 };
    byKey.set(key, order);
    orders.set(order.id, order);
    const number = byKey.size;
    if (doubleEvery > 0 && number % doubleEvery === 0) {
      const other = { ...order, id: randomUUID() };
      orders.set(other.id, other);
    }
    if (loseEvery === 0 || number % loseEvery !== 0) {
      setTimeout(() => {
        order.status = 'fulfilled';
        order.version = 2;
      }, 20);
    }
    return order;
  }

  /** A third task above 100 requests a second, two again when there are few. */
  function scale(): void {
    if (!state.scales) return;
    const now = performance.now();
    recent = recent.filter((moment) => moment > now - 1000);
    if (recent.length > 100 && tasks.length === 2) tasks = [...tasks, 'task-3'];
    if (recent.length < 20 && tasks.length === 3) tasks = tasks.slice(0, 2);
  }

  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const target: Target = {
    kind: 'local',
    environment: 'production',
    url: `http://127.0.0.1:${port}`,
    templateHash: 'of-the-shop',
    design: {
      environments: exampleDesign.environments,
      criteria: Object.entries(sentences).map(([id, text]) => ({
        id,
        group: '',
        pattern: 'ubiquitous' as const,
        ...readSentence(text),
      })),
      requestsPerSecond: 100,
      tests: [{ title: '負荷', items: [readSentence('120 req/sを30分')] }],
    },
    scaling: { minimum: 2, maximum: 10, requestsPerTask: 3000, secondsToScaleOut: 1, secondsToScaleIn: 3 },
    queues: [{ name: 'fulfilment', visibilityTimeout: 0.1, maxReceiveCount: 3 }],
    headers: async (customer) => ({ authorization: `Bearer ${customer}` }),
    tasks: async () => tasks,
    deadLetters: async (queue) => dead[queue],
    faults: {
      killTask: async () => {
        const [victim = '', ...others] = tasks;
        tasks = others;
        if (state.replaceAfter < Infinity) setTimeout(() => tasks.push(`task-${randomUUID()}`), state.replaceAfter);
        return victim;
      },
      failDatabaseOver: async () => {
        writerBackAt = performance.now() + state.writerAwayFor;
      },
      stopCache: async () => {
        cache = 'off';
      },
      startCache: async () => {
        if (state.cacheComesBack) cache = 'on';
      },
      sendMessage: async (queue) => {
        if (state.buriesPoison) setTimeout(() => dead[queue]++, 200);
      },
    },
  };
  return {
    target,
    requests: () => requests,
    orders: () => [...orders.values()],
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
