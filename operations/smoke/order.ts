// An order the whole way: taken by the API (TST-4: the endpoint), in the database, fulfilled by way of the queue, read through the cache,
// with a receipt in the bucket.

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { until, type Wait } from '../../common/until.ts';
import { namedReasonsOf } from '../../design/refusal.ts';
import type { HttpAnswer, HttpClient } from '../client.ts';
import type { QueueName, Target } from '../target.ts';
import { finding, notHere, type SmokeCheck, type SmokeFinding } from './result.ts';

type RunCheck = (check: SmokeCheck, look: () => Promise<readonly SmokeFinding[]>) => Promise<void>;

const orderShape = z.object({ id: z.string(), status: z.string().optional() });
const pageShape = z.object({ orders: z.array(z.object({ id: z.string() })) });

/** @param timeoutSeconds seconds for fulfilment, and for the receipt */
export async function followOrder(
  target: Target,
  client: HttpClient,
  timeoutSeconds: number,
  run: RunCheck,
): Promise<void> {
  const customer = `smoke-${randomUUID().slice(0, 8)}`;
  const get = (path: string) => client.ask({ method: 'GET', path, customer });
  const letters = await lettersOf(target).catch((error: unknown) => ({ unread: namedReasonsOf(error) }));
  let id: string | undefined;

  await run('order', async () => {
    const key = randomUUID();
    const payload = { reference: `smoke ${key}`, items: [{ sku: 'smoke-test', quantity: 1, unitPrice: 1 }] };
    const { status, body } = await client.ask({ method: 'POST', path: '/orders', customer, key, payload });
    if (status !== 202) return [finding('orderRefused', 'fail', { status, body: body.slice(0, 200) })];
    ({ id } = orderShape.parse(JSON.parse(body)));
    return [finding('orderAccepted', 'ok', { id })];
  });
  const path = `/orders/${id}`;
  const reached = (check: SmokeCheck, look: () => Promise<readonly SmokeFinding[]>) =>
    run(check, async () => (id === undefined ? [finding('notReached', 'unknown', {})] : look()));

  await reached('database', async () => {
    const { status, body } = await get('/orders?limit=20');
    const listed = status === 200 && pageShape.parse(JSON.parse(body)).orders.some((order) => order.id === id);
    const members = (await target.inspections?.database?.()) ?? [];
    return listed
      ? [membersOf(members) ?? finding('orderListed', 'ok', { members: members.length })]
      : [finding('orderNotListed', 'fail', { status })];
  });

  const hasQueue = target.queues.some(({ name }) => name === 'fulfilment');
  let fulfilled = false;
  await reached('queue', async () => {
    if (!hasQueue) return [notHere];
    const begin = performance.now();
    const isFulfilled = ({ status, body }: HttpAnswer) =>
      status === 200 && orderShape.parse(JSON.parse(body)).status === 'fulfilled';
    const { last, isSo } = await until(() => get(path), isFulfilled, waitOf(timeoutSeconds));
    const seconds = Math.round((performance.now() - begin) / 100) / 10;
    fulfilled = isSo;
    if (!fulfilled)
      return [finding('orderNotFulfilled', 'fail', { said: `${last.status} ${last.body.slice(0, 200)}`, seconds })];
    if ('unread' in letters) return [finding('unread', 'unknown', { why: letters.unread })];
    const now = await lettersOf(target);
    const died = [...now].flatMap(([queue, after]) => {
      const before = letters.get(queue) ?? 0;
      return after > before ? [finding('lettersDied', 'fail', { queue, before, after })] : [];
    });
    return died.length > 0 ? died : [finding('orderFulfilled', 'ok', { seconds })];
  });

  await reached('cache', async () => {
    const isHere =
      target.kind === 'local' ? target.faults.stopCache !== undefined : target.inspections?.cache !== undefined;
    if (!isHere) return [notHere];
    // The change to "fulfilled" drops the entry a moment later: a few reads may miss.
    const { last, isSo } = await until(
      () => get(path),
      (answer) => answer.cache === 'hit',
      waitOf(Math.min(timeoutSeconds, cacheTimeoutSeconds)),
    );
    if (!isSo) return [finding('cacheNotUsed', 'fail', { said: `${last.status} ${last.cache ?? ''}`.trim() })];
    return [membersOf((await target.inspections?.cache?.()) ?? []) ?? finding('cacheHit', 'ok', {})];
  });

  await reached('receipt', async () => {
    if (!hasQueue) return [notHere];
    if (!fulfilled) return [finding('notReached', 'unknown', {})];
    const begin = performance.now();
    const { last, isSo } = await until(
      () => get(`${path}/receipt`),
      (answer) => answer.status === 200,
      waitOf(timeoutSeconds),
    );
    return isSo
      ? [finding('receiptThere', 'ok', {})]
      : [
          finding('receiptMissing', 'fail', {
            status: last.status,
            seconds: Math.round((performance.now() - begin) / 1000),
          }),
        ];
  });
}

/** Seconds. */
const cacheTimeoutSeconds = 10;

const waitOf = (seconds: number): Wait => ({ within: seconds * 1000, every: 250 });

function membersOf(members: readonly { readonly name: string; readonly well: boolean; readonly status: string }[]) {
  const unwell = members.filter(({ well }) => !well).map(({ name, status }) => `${name} (${status})`);
  return unwell.length === 0 ? undefined : finding('notWell', 'fail', { members: unwell.join(', ') });
}

async function lettersOf(target: Target): Promise<ReadonlyMap<QueueName, number>> {
  const counts = await Promise.all(
    target.queues.map(async ({ name }) => [name, await target.deadLetters(name)] as const),
  );
  return new Map(counts);
}
