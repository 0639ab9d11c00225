// The account after a drill: of what was accepted, what came to its end, once. It is asked of the API, as the customers would: an order
// counts when its customer sees it fulfilled and can fetch its receipt.

import * as z from 'zod';
import { until } from '../common/until.ts';
import { Refusal } from '../design/refusal.ts';
import type { HttpClient } from './client.ts';
import { refusals } from './refusals.ts';
import type { AcceptedOrder, Traffic } from './traffic.ts';

export interface Account {
  readonly accepted: number;
  /** Seen fulfilled, with a receipt. */
  readonly fulfilled: number;
  readonly lost: number;
  /** Orders too many: a second one under the same key, or one that was fulfilled twice. */
  readonly doubled: number;
}

const page = z.object({
  orders: z.array(z.object({ id: z.string(), reference: z.string().optional(), status: z.string(), version: z.int() })),
  next: z.string().optional(),
});
type Listed = z.infer<typeof page>['orders'][number];

/** How many customers are asked for at once. */
const atOnce = 8;

/** Waits until every order came to its end, for `seconds` at most, and counts. */
export async function settle({ accepted, doubled, client }: Traffic, seconds: number): Promise<Account> {
  const orders = [...accepted.values()];
  const byCustomer = Map.groupBy(orders, ({ customer }) => customer);
  const done = new Set<string>();
  const twice = new Set<string>(doubled);
  let open = [...byCustomer];
  await until(
    async () => {
      await inTurn(open, async ([customer, theirs]) => look(client, customer, theirs, done, twice));
      open = open.filter(([, theirs]) => theirs.some(({ id }) => !done.has(id)));
    },
    () => open.length === 0,
    { within: seconds * 1000, every: 500 },
  );
  const fulfilled = orders.filter(({ id }) => done.has(id)).length;
  return { accepted: orders.length, fulfilled, lost: orders.length - fulfilled, doubled: twice.size };
}

/** One look at a customer's orders. A look that fails says nothing; there will be another. */
async function look(
  client: HttpClient,
  customer: string,
  theirs: readonly AcceptedOrder[],
  done: Set<string>,
  twice: Set<string>,
): Promise<void> {
  const listed = await listOf(client, customer).catch(() => []);
  const seen = new Map<string, string>();
  for (const { id, reference, version } of listed) {
    if (reference !== undefined) {
      if (seen.has(reference)) twice.add(reference);
      seen.set(reference, id);
    }
    // Accepted is version 1, fulfilled 2; nothing else changes an order.
    if (version > 2) twice.add(id);
  }
  const fulfilled = new Set(listed.filter(({ status }) => status === 'fulfilled').map(({ id }) => id));
  for (const { id } of theirs) {
    if (done.has(id) || !fulfilled.has(id)) continue;
    const receipt = await client.ask({ method: 'GET', path: `/orders/${id}/receipt`, customer }).catch(() => undefined);
    if (receipt?.status === 200) done.add(id);
  }
}

async function listOf(client: HttpClient, customer: string): Promise<Listed[]> {
  const orders: Listed[] = [];
  for (let cursor: string | undefined; ; ) {
    const path = `/orders?limit=100${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const answer = await client.ask({ method: 'GET', path, customer });
    if (answer.status !== 200) throw new Refusal(refusals.answered({ what: path, status: answer.status }));
    const { orders: some, next } = page.parse(JSON.parse(answer.body));
    orders.push(...some);
    if (next === undefined) return orders;
    cursor = next;
  }
}

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}
