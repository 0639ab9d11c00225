// What goes wrong during a soak, one after the other: each fault is made, lasts a moment, and is mended.
import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Aws } from '../testing/aws.ts';
import type { Pump } from '../testing/lambda.ts';
import { runFunctions, type WorkloadParts } from '../testing/platform.ts';
import type { Postgres } from '../testing/postgres.ts';
import type { RedisServer } from '../testing/redis.ts';
import type { RunningTask } from './tasks.ts';

export interface Fault {
  readonly name: string;
  run(): Promise<void>;
}

export interface Victims {
  readonly postgres: Postgres;
  readonly aws: Aws;
  readonly redis: RedisServer | undefined;
  readonly tasks: readonly RunningTask[];
  readonly functions: { pump: Pump };
  readonly parts: WorkloadParts;
}

/** Seconds between two faults. */
const every = 10;

export function faultsOf({ postgres, aws, redis, tasks, functions, parts }: Victims): readonly Fault[] {
  return [
    {
      name: 'PostgreSQL crashes and is back after a second',
      async run() {
        await postgres.crash();
        await sleep(1_000);
        await postgres.start();
      },
    },
    { name: 'a task is killed and replaced', run: async () => tasks[0]?.replace() },
    ...(redis === undefined
      ? []
      : [
          {
            name: 'Redis is killed and is back, empty, after two seconds',
            async run() {
              await redis.stop();
              await sleep(2_000);
              await redis.start();
            },
          },
        ]),
    {
      name: 'every message of the last orders is delivered three times more',
      async run() {
        const last = await postgres.sql<{ id: string }>('SELECT id FROM orders ORDER BY placed_at DESC LIMIT 50');
        for (const { id } of [...last, ...last, ...last]) {
          const MessageBody = JSON.stringify({ type: 'fulfil-order', orderId: id });
          await aws.clients.sqs.send(new SendMessageCommand({ QueueUrl: aws.queues.fulfilment, MessageBody }));
        }
      },
    },
    {
      name: 'the functions stop for two seconds',
      async run() {
        await functions.pump.stop();
        await sleep(2_000);
        functions.pump = runFunctions(parts);
      },
    },
    ...(redis === undefined
      ? []
      : [
          {
            name: 'Redis hangs for two seconds',
            async run() {
              redis.pause();
              await sleep(2_000);
              redis.resume();
            },
          },
        ]),
  ];
}

/** One fault every ten seconds, as long as there are some seconds left to mend it in. */
export async function inject(faults: readonly Fault[], seconds: number, tell: (name: string) => void): Promise<void> {
  const times = Math.floor((seconds - 5) / every);
  // A schedule: each is due at its time, and nothing is waited for.
  const start = performance.now();
  for (let number = 0; number <= times; number++) {
    const fault = faults[number % faults.length];
    if (fault === undefined) return;
    await sleep(Math.max(0, start + (number * every + every / 2) * 1000 - performance.now()));
    tell(fault.name);
    await fault.run();
  }
}
