// The whole workload on this machine: one task, the functions behind their queues, and real parts below them.

import { openBucket } from '../clients/bucket.ts';
import type { TaskEnvironment } from '../clients/environment.ts';
import { readTaskEnvironment } from '../clients/environment.ts';
import { openQueue } from '../clients/queue.ts';
import { fulfilOrders } from '../functions/fulfil-order.ts';
import { writeReceipts } from '../functions/write-receipt.ts';
import { prefix } from './api.ts';
import type { Aws, Dynamo } from './aws.ts';
import { type Pump, pumpQueue, pumpTopic } from './lambda.ts';
import type { Postgres } from './postgres.ts';
import type { RedisServer } from './redis.ts';

export interface WorkloadParts {
  readonly postgres: Postgres;
  readonly aws: Aws;
  readonly dynamo?: Dynamo;
  readonly redis?: RedisServer;
}

/** How a task runs here: its queue has the short times of `startAws`. */
export const local = { host: '127.0.0.1', timing: { visibilityTimeout: 1, waitTimeSeconds: 1 } } as const;

/** The variables of a task over these parts, those of the AWS clients too. */
export function taskVariables({ postgres, aws, dynamo, redis }: WorkloadParts): Record<string, string> {
  return {
    PORT: '0',
    AUTHENTICATION: 'off',
    DATABASE_HOST: '127.0.0.1',
    DATABASE_PORT: `${postgres.port}`,
    DATABASE_NAME: 'postgres',
    DATABASE_USERNAME: postgres.user,
    DATABASE_PASSWORD: postgres.password,
    DATABASE_TLS: 'off',
    FULFILMENT_QUEUE: aws.queues.fulfilment,
    WORK_QUEUE: aws.queues.work,
    ORDER_EVENTS: aws.topicArn,
    DATA_BUCKET: aws.bucket,
    DATA_PREFIX: prefix,
    RATE_PER_MINUTE: '1000000',
    LOG_LEVEL: 'silent',
    ...(redis === undefined
      ? {}
      : { CACHE_HOST: '127.0.0.1', CACHE_PORT: `${redis.port}`, CACHE_TOKEN: redis.token, CACHE_TLS: 'off' }),
    ...(dynamo === undefined ? {} : { ANSWERS_TABLE: dynamo.table, AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint }),
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'ap-northeast-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}

/** The same, read; the AWS clients find theirs in this process. */
export function taskEnvironment(parts: WorkloadParts): TaskEnvironment {
  const variables = taskVariables(parts);
  for (const [name, value] of Object.entries(variables)) if (name.startsWith('AWS_')) process.env[name] = value;
  return readTaskEnvironment(variables);
}

/** The functions `fulfil-order` and `write-receipt`, as AWS would run them. */
export function runFunctions({ postgres, aws }: WorkloadParts): Pump {
  const { sqs, s3 } = aws.clients;
  const pumps = [
    pumpQueue(sqs, aws.queues.fulfilment, (event) =>
      fulfilOrders({ database: postgres.database, work: openQueue(sqs, aws.queues.work) }, event),
    ),
    pumpTopic(sqs, aws.queues.receipts, (event) =>
      writeReceipts({ bucket: openBucket(s3, aws.bucket, prefix) }, event),
    ),
  ];
  return { stop: async () => void (await Promise.all(pumps.map((pump) => pump.stop()))) };
}
