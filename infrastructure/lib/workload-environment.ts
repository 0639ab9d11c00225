// What the workload is told when it starts: where the rest of the platform is, and the secrets that open it. The names are the contract
// between the stacks and `services/`.
import { Secret as ContainerSecret } from 'aws-cdk-lib/aws-ecs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Design } from '../../design/schema.ts';
import type { CacheStack } from './stacks/cache-stack.ts';
import type { DatabaseStack } from './stacks/database-stack.ts';
import type { MessagingStack } from './stacks/messaging-stack.ts';
import { dataPrefix, type StorageStack } from './stacks/storage-stack.ts';

interface Needs {
  readonly design: Design;
  readonly database: DatabaseStack;
  readonly cache: CacheStack | undefined;
  readonly storage: StorageStack;
  readonly messaging: MessagingStack;
}

/** Environment variables by the part of the platform that they belong to. */
export type WorkloadVariables = Readonly<
  Record<'database' | 'storage' | 'work' | 'tasks' | 'identity', Readonly<Record<string, string>>>
>;

/** Names and places, no secrets. What `tasks` holds is beyond the reach of functions. */
export function workloadVariables({ design, database, cache, storage, messaging }: Needs): WorkloadVariables {
  return {
    database: {
      DATABASE_HOST: database.endpoint,
      DATABASE_PORT: String(database.port),
      DATABASE_NAME: database.databaseName,
      // The password is replaced while tasks run: who is refused reads it again.
      DATABASE_SECRET: database.secret.secretArn,
    },
    storage: { DATA_BUCKET: storage.dataBucket.bucketName, DATA_PREFIX: dataPrefix },
    work: { WORK_QUEUE: messaging.workQueue.queueUrl },
    identity: identityOf(design),
    tasks: {
      FULFILMENT_QUEUE: messaging.queue.queueUrl,
      ORDER_EVENTS: messaging.topic.topicArn,
      ...(database.table === undefined ? {} : { ANSWERS_TABLE: database.table.tableName }),
      ...(cache === undefined ? {} : { CACHE_HOST: cache.endpoint, CACHE_PORT: String(cache.port) }),
    },
  };
}

/**
 * Whose tokens are good: those of the document's `jwt_issuer` for this project. Without one the issuer is taken to answer at the domain;
 * where none does, every call is refused, and nothing is open by mistake.
 */
function identityOf({ inputs }: Design): Readonly<Record<string, string>> {
  const domain = inputs.domain === 'none' ? 'example.com' : inputs.domain;
  return { JWT_ISSUER: inputs.jwtIssuer ?? `https://login.${domain}/`, JWT_AUDIENCE: inputs.project };
}

/** What a task gets from Secrets Manager when it starts. */
export function secretsOf(
  scope: Construct,
  { database, cache }: Pick<Needs, 'database' | 'cache'>,
): Readonly<Record<string, ContainerSecret>> {
  // By ARN, since CDK would otherwise add the roles to the policies of keys, which have their own stacks.
  const read = (id: string, secret: ISecret, field?: string) =>
    ContainerSecret.fromSecretsManager(Secret.fromSecretCompleteArn(scope, id, secret.secretArn), field);
  return {
    DATABASE_USERNAME: read('DatabaseUsername', database.secret, 'username'),
    DATABASE_PASSWORD: read('DatabasePassword', database.secret, 'password'),
    ...(cache === undefined ? {} : { CACHE_TOKEN: read('CacheToken', cache.secret) }),
  };
}
