// The platform as a whole, from the templates of the project's own document and from changed ones. What it shows of the document's
// criteria about behaviour is named by their ids.
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAssembly } from '../assembly/read-assembly.ts';
import { templateHash } from '../assembly/template-hash.ts';
import { type Started, startFrom } from './testing/platform.ts';
import { changeTemplate, remove, synthesized } from './testing/templates.ts';
import { eventually } from './testing/wait.ts';
import { pathWithoutCache } from './testing/without-cache.ts';

const made: string[] = [];
const path = process.env.PATH;
let started: Started;
let assembly: string;

/** Templates of development, changed. */
function templates(change: (outdir: string) => void = () => {}): string {
  const outdir = synthesized('development');
  made.push(outdir);
  change(outdir);
  return outdir;
}

const quickQueue = (maxReceiveCount: number) => (outdir: string) => {
  changeTemplate(outdir, 'DevelopmentMessagingStack', 'AWS::SQS::Queue', (queue) => {
    if (queue.QueueName !== 'DevelopmentMessagingStack-Fulfilment') return;
    queue.VisibilityTimeout = 2;
    queue.RedrivePolicy = { ...(queue.RedrivePolicy as object), maxReceiveCount };
  });
};

beforeAll(async () => {
  const outdir = templates((templatesOf) => {
    quickQueue(2)(templatesOf);
    changeTemplate(templatesOf, 'DevelopmentComputeStack', 'AWS::ApplicationAutoScaling::ScalableTarget', (target) => {
      target.MaxCapacity = 3;
    });
    changeTemplate(templatesOf, 'DevelopmentComputeStack', 'AWS::ApplicationAutoScaling::ScalingPolicy', (policy) => {
      policy.TargetTrackingScalingPolicyConfiguration = {
        ...(policy.TargetTrackingScalingPolicyConfiguration as object),
        TargetValue: 600,
      };
    });
  });
  process.env.PATH = pathWithoutCache(outdir);
  assembly = outdir;
  started = await startFrom(outdir, 'development', 60);
});
afterAll(async () => {
  await started?.machine.release();
  process.env.PATH = path;
  made.forEach(remove);
});

async function ask(
  path: string,
  customer = 'anne',
  options: { method?: 'GET' | 'POST'; body?: string; headers?: Record<string, string> } = {},
) {
  const { platform } = started;
  const dispatcher = new Agent({ connect: { ca: platform.certificate } });
  const headers = { ...(await platform.headers(customer)), ...options.headers };
  const { method = 'GET', body = null } = options;
  const answer = await request(platform.url + path, { method, body, headers, dispatcher });
  const text = await answer.body.text();
  await dispatcher.close();
  return { status: answer.statusCode, text };
}

test('what it shows is of the whole environment’s templates, other regions too, as the criteria are', () => {
  const own = readAssembly(assembly).stacks.filter(({ id }) => id.startsWith('Development'));
  expect(new Set(own.map(({ region }) => region)).size).toBeGreaterThan(1);
  expect(started.platform.templateHash).toBe(templateHash(assembly, own));
});

describe('a platform without a cache', () => {
  test('fulfils an order through every queue and function, and says that there is none', async () => {
    const { platform } = started;
    const order = platform.firstOrder();
    await order.place();
    await order.untilFulfilled();
    await order.untilReceipt();
    const { id, status, receipt } = order.result();
    expect({ status, receipt }).toMatchObject({ status: 'fulfilled', receipt: { orderId: id, total: 900 } });
    expect(platform.cache).toBe('absent');
    expect(platform.addresses).not.toHaveProperty('cache');
    await order.close();
    const { orders, cache } = await platform.source.counts();
    expect({ orders, cache }).toEqual({
      orders: { accepted: 1, fulfilled: 1, receipts: 1 },
      cache: expect.objectContaining({ engine: 'absent', hits: 0 }),
    });
  });

  test('checks tokens as it does on AWS', async () => {
    expect((await ask('/orders', 'anne', { headers: { authorization: 'Bearer a.b.c' } })).status).toBe(401);
    expect((await ask('/orders', 'anne')).status).toBe(200);
  });

  test('takes a file of orders by the function behind the load balancer', async () => {
    const body = 'sku,quantity,unit_price\ntea,1,450\nmilk,2,200\n';
    const headers = { 'content-type': 'text/csv', 'idempotency-key': 'a-file' };
    const { status, text } = await ask('/imports', 'importer', { method: 'POST', body, headers });
    expect(text).toContain('"rows":2');
    expect(status).toBe(202);
    await eventually(
      'the orders of the file',
      async () => JSON.parse((await ask('/orders', 'importer')).text).orders.length === 2,
    );
  });

  test('AC-REL-3: a task that dies is replaced by another one', async () => {
    const { platform } = started;
    const killed = await platform.faults.killTask();
    const tasks = await eventually('another task', async () => {
      const now = await platform.tasks();
      return now.length > 0 && !now.includes(killed) && now;
    });
    expect(tasks).toHaveLength(1);
    expect((await ask('/health/ready')).status).toBe(200);
  });

  test('a database that crashes comes back by itself, with everything that was confirmed', async () => {
    const { platform } = started;
    const before = (await platform.source.counts()).orders.accepted;
    await platform.crashDatabase();
    await eventually('the database', async () => (await ask('/health/ready')).status === 200, 30);
    expect((await platform.source.counts()).orders.accepted).toBe(before);
  });

  test('AC-PERF-2, AC-PERF-3, AC-REL-6: tasks follow the load, within the bounds of the templates', async () => {
    const { platform } = started;
    const counts: number[] = [];
    const watch = setInterval(async () => counts.push((await platform.tasks()).length), 100);
    const loading = new AbortController();
    // Some 30 requests a second, where ten a second are meant for one task.
    const load = Promise.all(
      [1, 2, 3].map(async () => {
        while (!loading.signal.aborted) await Promise.all([ask('/health/live'), sleep(100)]);
      }),
    );
    await eventually('more tasks', async () => (await platform.tasks()).length > 1, 30);
    loading.abort();
    await load;
    await eventually('the least number of tasks', async () => (await platform.tasks()).length === 1, 60);
    clearInterval(watch);
    expect(Math.max(...counts)).toBeLessThanOrEqual(3);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
  });
});

describe('the maximum receive count of the templates', () => {
  /** Deliveries to the function until a message that nobody can read is a dead letter. */
  async function deliveriesOfPoison({ platform }: Started): Promise<number> {
    const invocations = async () =>
      (await platform.source.counts()).functions.find(({ name }) => name === 'fulfil-order')?.invocations ?? Number.NaN;
    const [before, letters] = [await invocations(), await platform.deadLetters('fulfilment')];
    await platform.faults.sendMessage('fulfilment', '{"poison');
    await eventually('the dead letter', async () => (await platform.deadLetters('fulfilment')) > letters, 30);
    return (await invocations()) - before;
  }

  test('decides after how many deliveries a message is set aside', async () => {
    expect(await deliveriesOfPoison(started)).toBe(2);
    const another = await startFrom(templates(quickQueue(4)), 'development', 60);
    try {
      expect(await deliveriesOfPoison(another)).toBe(4);
    } finally {
      await another.machine.release();
    }
  });
});

describe('a platform that cannot start', () => {
  test.each<[string, (outdir: string) => void, RegExp]>([
    [
      'PostgreSQL does not take its parameters',
      (outdir) =>
        changeTemplate(outdir, 'DevelopmentDatabaseStack', 'AWS::RDS::DBClusterParameterGroup', (group) => {
          group.Parameters = { max_connections: 'many' };
        }),
      /PostgreSQL did not come up[\s\S]*max_connections/,
    ],
    [
      'a template is missing',
      (outdir) => remove(`${outdir}/DevelopmentDatabaseStack.template.json`),
      /DevelopmentDatabaseStack\.template\.json/,
    ],
    [
      'a variable leads to what nothing here stands for',
      (outdir) =>
        changeTemplate(outdir, 'DevelopmentComputeStack', 'AWS::Lambda::Function', (each) => {
          each.Environment = { Variables: { STRANGE: { Ref: 'FrontDoorLoadBalancer6A458C90' } } };
        }),
      /variable STRANGE of .*FrontDoorLoadBalancer/,
    ],
  ])('says why: %s', async (_, change, expected) => {
    await expect(startFrom(templates(change), 'development')).rejects.toThrow(expected);
  });
});
