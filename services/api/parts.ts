// Makes the parts of a task from its environment: the one place where the workload meets AWS.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { openAnswers } from '../clients/answers.ts';
import { authenticator } from '../clients/authentication.ts';
import { clientOptions, pollingOptions, s3Options, sqsOptions } from '../clients/aws.ts';
import { openBucket } from '../clients/bucket.ts';
import { connectDatabase } from '../clients/connect-database.ts';
import type { TaskEnvironment } from '../clients/environment.ts';
import { openOrderCache } from '../clients/order-cache.ts';
import { openQueue } from '../clients/queue.ts';
import { openTopic } from '../clients/topic.ts';

/** `report` is told of failures that are passed over. */
export async function openParts(environment: TaskEnvironment, report: (what: string, error: unknown) => void) {
  const { CACHE_HOST: cacheHost, CACHE_PORT: cachePort, CACHE_TOKEN: token, ANSWERS_TABLE: table } = environment;
  const sqs = new SQSClient(sqsOptions());
  const cache =
    cacheHost === undefined || cachePort === undefined
      ? undefined
      : openOrderCache(
          {
            host: cacheHost,
            port: cachePort,
            tls: environment.CACHE_TLS === 'on',
            token,
          },
          (error) => report('the cache does not answer', error),
        );
  return {
    database: await connectDatabase(
      environment,
      new SecretsManagerClient(clientOptions),
      environment.DATABASE_POOL_SIZE,
    ),
    cache,
    answers:
      table === undefined
        ? undefined
        : openAnswers(new DynamoDBClient(clientOptions), table, (error) => report('the answers do not answer', error)),
    bucket: openBucket(new S3Client(s3Options()), environment.DATA_BUCKET, environment.DATA_PREFIX),
    topic: openTopic(new SNSClient(clientOptions), environment.ORDER_EVENTS),
    fulfilment: openQueue(sqs, environment.FULFILMENT_QUEUE),
    authenticate: authenticator(environment),
    poller: new SQSClient(pollingOptions()),
  };
}
