// `npm run soak -- --duration 60 --json`: mixed traffic on two tasks, real parts and the functions, with a fault every ten seconds, and
// then the account: what was accepted must be fulfilled once, and have its receipt.
import { parseArgs } from 'node:util';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { until } from '../clients/until.ts';
import { prefix } from '../testing/api.ts';
import { type Aws, startAws, startDynamo } from '../testing/aws.ts';
import { runFunctions, taskVariables } from '../testing/platform.ts';
import { type Postgres, startPostgres } from '../testing/postgres.ts';
import { hasRedis, startRedis } from '../testing/redis.ts';
import { faultsOf, inject } from './faults.ts';
import { runTask } from './tasks.ts';
import { sendTraffic } from './traffic.ts';

const { values } = parseArgs({
  options: {
    /** Seconds of traffic. */
    duration: { type: 'string', default: '60' },
    /** Requests a second. */
    rate: { type: 'string', default: '120' },
    json: { type: 'boolean', default: false },
  },
});
const [duration, rate] = [Number(values.duration), Number(values.rate)];
if (!(duration > 0 && rate > 0)) throw new Error('--duration and --rate must be numbers above zero');
/** Seconds after the last request within which everything must be done. */
const drainTime = 90;

// The functions log each order, which is not what is looked for here.
console.info = () => {};
console.warn = () => {};
const say = console.log;
const tell = (text: string) => void (values.json ? undefined : say(text));

const [postgres, aws, dynamo] = await Promise.all([
  startPostgres(),
  startAws({ visibilityTimeout: 5, maxReceiveCount: 20 }),
  startDynamo(),
]);
const redis = hasRedis() ? await startRedis() : undefined;
if (redis === undefined) tell('no redis-server on the PATH: the soak runs without a cache');
const parts = { postgres, aws, dynamo, redis };
const tasks = await Promise.all([runTask(taskVariables(parts)), runTask(taskVariables(parts))]);
const functions = { pump: runFunctions(parts) };

const faults = faultsOf({ postgres, aws, redis, tasks, functions, parts });
const injecting = inject(faults, duration, (name) => tell(`fault: ${name}`));
const { accepted, latencies, wrong } = await sendTraffic(
  tasks.map(({ port }) => port),
  rate,
  duration,
);
await injecting;

const ids = [...accepted.values()];
const account = await settle(postgres, aws, ids);
const sorted = latencies.toSorted((a, b) => a - b);
const result = {
  accepted: ids.length,
  ...account,
  lost: ids.length - account.fulfilled,
  p95: Math.round((sorted[Math.floor(sorted.length * 0.95)] ?? 0) * 10) / 10,
};

await Promise.all(tasks.map((task) => task.stop()));
await functions.pump.stop();
await Promise.all([postgres.stop(), aws.stop(), dynamo.stop(), redis?.stop()]);

if (values.json) say(JSON.stringify(result));
else {
  for (const [name, value] of Object.entries(result)) say(`${name.padEnd(10)} ${value}${name === 'p95' ? ' ms' : ''}`);
  say(`requests   ${latencies.length}`);
  for (const [what, times] of wrong) say(`wrong      ${what}: ${times}`);
}
const good = result.lost === 0 && result.doubled === 0 && result.receipts === result.accepted && wrong.size === 0;
process.exit(good ? 0 : 1);

/** Waits until every order has its receipt and the outbox is empty, and counts. */
async function settle(
  { sql }: Postgres,
  { clients, bucket }: Aws,
  ids: readonly string[],
): Promise<{ fulfilled: number; receipts: number; doubled: number }> {
  return until(count, ({ receipts }) => receipts === ids.length, { within: drainTime * 1000, every: 250 });

  async function count() {
    const names = await receiptNames();
    const receipts = ids.filter((id) => names.has(`${prefix}receipts/${id}.json`)).length;
    const [counts] = await sql<{ fulfilled: number; doubled: number }>(
      `SELECT
         (SELECT count(*)::int FROM (
            SELECT order_id FROM order_events WHERE kind = 'fulfilled' AND order_id = ANY ($1::uuid[])
            GROUP BY order_id HAVING count(*) = 1) AS once) AS fulfilled,
         (SELECT count(*)::int FROM orders WHERE version > 2)
           + (SELECT count(*)::int FROM (SELECT reference FROM orders GROUP BY reference HAVING count(*) > 1) AS twice) AS doubled`,
      [ids],
    );
    const { fulfilled = 0, doubled = 0 } = counts ?? {};
    return { fulfilled, receipts, doubled };
  }

  async function receiptNames(): Promise<Set<string>> {
    const names = new Set<string>();
    for (let token: string | undefined; ; ) {
      const list = new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: `${prefix}receipts/`,
        ContinuationToken: token,
      });
      const { Contents = [], NextContinuationToken } = await clients.s3.send(list);
      for (const { Key = '' } of Contents) names.add(Key);
      if (NextContinuationToken === undefined) return names;
      token = NextContinuationToken;
    }
  }
}
