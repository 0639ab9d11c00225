// The stores on AWS: looked at, and made ready to be deleted.
import {
  type BackupClient,
  DeleteRecoveryPointCommand,
  paginateListRecoveryPointsByBackupVault,
} from '@aws-sdk/client-backup';
import { DescribeTableCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  type DBCluster,
  DescribeDBClustersCommand,
  ModifyDBClusterCommand,
  StartDBClusterCommand,
} from '@aws-sdk/client-rds';
import { DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Clock } from '../../common/clock.ts';
import { until } from '../../common/until.ts';
import { type AwsClients, isNamed } from '../aws/clients.ts';
import { clientIn, isLocal } from '../deploy/aws-clients.ts';
import { AwsFault, faultOf, ownFault } from '../deploy/fault.ts';
import { refusals } from '../refusals.ts';
import type { Contents, Store, Stores, StoreType } from './stores.ts';

/** Pages of a bucket's versions that are counted: more than this many thousand are called "more". */
const countedPages = 10;
/** Milliseconds between two looks, and after which a store that does not get ready is a fault. */
const pause = 15_000;
const longestWait = 60 * 60_000;

interface Kind {
  readonly look: (store: Store) => Promise<Contents>;
  /** Absent: CloudFormation deletes it as it is. */
  readonly makeReady?: (store: Store, signal: AbortSignal) => Promise<void>;
}

/** Names of errors that say that something is not there. */
const absent = [
  'NoSuchBucket',
  'ResourceNotFoundException',
  'DBClusterNotFoundFault',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
];

export function awsStores(clients: AwsClients, clock: Clock): Stores {
  const kinds: Readonly<Record<StoreType, Kind>> = {
    'AWS::S3::Bucket': buckets(),
    'AWS::Backup::BackupVault': vaults(clients.backup, clock),
    'AWS::RDS::DBCluster': clusters(clients.database, clock),
    'AWS::DynamoDB::GlobalTable': tables(clients.tables),
    'AWS::DynamoDB::Table': tables(clients.tables),
    'AWS::SQS::Queue': { look: queueOf(clients.queues) },
  };
  return {
    look: (store) => whereThere(() => kinds[store.type].look(store)),
    makeReady: async (store, signal) => {
      await whereThere(async () => kinds[store.type].makeReady?.(store, signal));
    },
  };
}

async function whereThere<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isNamed(error, ...absent)) return undefined;
    throw faultOf(error);
  }
}

/** A bucket goes when neither a version nor a delete marker is left in it. */
function buckets(): Kind {
  const client = clientIn((config) => new S3Client({ ...config, forcePathStyle: isLocal() }));
  const page = async ({ region, physicalId }: Store, after?: { readonly key?: string; readonly version?: string }) => {
    const words = { Bucket: physicalId, KeyMarker: after?.key, VersionIdMarker: after?.version };
    const found = await client({ region }).send(new ListObjectVersionsCommand(words));
    const versions = [...(found.Versions ?? []), ...(found.DeleteMarkers ?? [])];
    const { NextKeyMarker: key, NextVersionIdMarker: version } = found;
    const next = found.IsTruncated ? { ...(key && { key }), ...(version && { version }) } : undefined;
    return { versions, next };
  };
  return {
    async look(store) {
      let count = 0;
      let { versions, next } = await page(store);
      for (let pages = 1; ; pages += 1) {
        count += versions.length;
        if (next === undefined) return { count };
        if (pages === countedPages) return { count, more: true };
        ({ versions, next } = await page(store, next));
      }
    },
    async makeReady(store, signal) {
      // Always the first page: what was on it is gone.
      for (let { versions } = await page(store); versions.length > 0; { versions } = await page(store)) {
        if (signal.aborted) return;
        const Objects = versions.map(({ Key = '', VersionId }) => ({ Key, VersionId }));
        const command = new DeleteObjectsCommand({ Bucket: store.physicalId, Delete: { Objects, Quiet: true } });
        const { Errors = [] } = await client({ region: store.region }).send(command);
        const [first] = Errors;
        if (first !== undefined) throw new AwsFault('refused', first.Code ?? '', `${first.Key}: ${first.Message}`);
      }
    },
  };
}

function vaults(client: (region: string) => BackupClient, clock: Clock): Kind {
  const pointsOf = async ({ region, physicalId }: Store) => {
    const points: string[] = [];
    const words = { BackupVaultName: physicalId };
    for await (const { RecoveryPoints = [] } of paginateListRecoveryPointsByBackupVault(
      { client: client(region) },
      words,
    )) {
      points.push(...RecoveryPoints.flatMap(({ RecoveryPointArn: arn }) => (arn === undefined ? [] : [arn])));
    }
    return points;
  };
  return {
    look: async (store) => ({ count: (await pointsOf(store)).length }),
    async makeReady(store, signal) {
      const words = { BackupVaultName: store.physicalId };
      await untilReady(clock, signal, store, async () => {
        const points = await pointsOf(store);
        for (const RecoveryPointArn of points) {
          // One that is being deleted already says so by an error.
          await client(store.region)
            .send(new DeleteRecoveryPointCommand({ ...words, RecoveryPointArn }))
            .catch((error: unknown) => {
              if (!isNamed(error, 'InvalidResourceStateException', 'InvalidRequestException')) throw error;
            });
        }
        return points.length === 0;
      });
    },
  };
}

function clusters(client: AwsClients['database'], clock: Clock): Kind {
  const read = async ({ region, physicalId }: Store): Promise<DBCluster> => {
    const command = new DescribeDBClustersCommand({ DBClusterIdentifier: physicalId });
    const { DBClusters: [cluster] = [] } = await client(region).send(command);
    return cluster ?? {};
  };
  return {
    async look(store) {
      const { DeletionProtection, Status } = await read(store);
      return {
        ...(DeletionProtection === true ? { isProtected: true } : {}),
        ...(Status === 'stopped' ? { isStopped: true } : {}),
      };
    },
    async makeReady(store, signal) {
      const words = { DBClusterIdentifier: store.physicalId };
      const rds = client(store.region);
      // A cluster that is stopped can be neither changed nor deleted.
      if ((await read(store)).Status === 'stopped') await rds.send(new StartDBClusterCommand(words));
      await untilReady(clock, signal, store, async () => !/^(start|stop)/.test((await read(store)).Status ?? ''));
      if (signal.aborted || (await read(store)).DeletionProtection !== true) return;
      await rds.send(new ModifyDBClusterCommand({ ...words, DeletionProtection: false }));
    },
  };
}

function tables(client: AwsClients['tables']): Kind {
  const read = async ({ region, physicalId }: Store) =>
    (await client(region).send(new DescribeTableCommand({ TableName: physicalId }))).Table;
  return {
    async look(store) {
      const table = await read(store);
      return {
        count: table?.ItemCount ?? 0,
        ...(table?.DeletionProtectionEnabled === true ? { isProtected: true } : {}),
      };
    },
    async makeReady(store) {
      if ((await read(store))?.DeletionProtectionEnabled !== true) return;
      const words = { TableName: store.physicalId, DeletionProtectionEnabled: false };
      await client(store.region).send(new UpdateTableCommand(words));
    },
  };
}

const queueOf =
  (client: AwsClients['queues']): Kind['look'] =>
  async ({ region, physicalId }) => {
    const command = new GetQueueAttributesCommand({
      QueueUrl: physicalId,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    });
    const { Attributes = {} } = await client(region).send(command);
    return { count: Object.values(Attributes).reduce((sum, value) => sum + Number(value), 0) };
  };

/** Waits until it is so, or until somebody stops. @throws AwsFault when it does not become so */
async function untilReady(
  clock: Clock,
  signal: AbortSignal,
  store: Store,
  isReady: () => Promise<boolean>,
): Promise<void> {
  if (signal.aborted) return;
  const { isSo } = await until(isReady, (ready) => ready, { within: longestWait, every: pause, clock, signal });
  if (!isSo && !signal.aborted) throw ownFault(refusals.notReadyToDelete({ store: store.physicalId }));
}
