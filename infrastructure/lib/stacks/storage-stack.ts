// The storage stack: a bucket for the workload's data, one for logs, and the key of both (STK-5, BKP-4, BKP-5, LOG-2, LOG-4).

import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { perEnvironment } from '../../../design/environments.ts';
import type { ReplicaPlace } from '../constructs/bucket/bucket-replication.ts';
import { arnAnywhere, guardedBucket } from '../constructs/bucket/guarded-bucket.ts';
import { colderWithAge } from '../constructs/bucket/lifecycle.ts';
import { dataKey } from '../constructs/data-key.ts';
import { logBucket } from '../constructs/log/log-bucket.ts';
import { actionsFor, allow, allowKey } from '../permissions.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';
import type { RecoveryBaseStack } from './recovery-base-stack.ts';

/** The one prefix of the data bucket that tasks and functions may use (IAM-2, IAM-3). */
export const dataPrefix = 'orders/';

export interface StorageStackProps extends PlatformStackProps {
  /** Keeps copies of objects; absent when the document wants none. */
  readonly recoveryBase?: RecoveryBaseStack;
}

/** Objects of the workload and what they are encrypted with. */
interface Files {
  readonly bucket: IBucket;
  readonly key: IKey;
}

/**
 * The document lets this stack depend on nothing, so it cannot attach policies to SecurityStack's roles: like MessagingStack it says in
 * `statements` what each role may do with its data bucket, and ComputeStack attaches them.
 *
 * In the region that stands by, the workload's bucket is the one that holds the copies: RecoveryBaseStack's. Logs of that region are its
 * own; copies of the first region's lie beside the copies of its data.
 *
 * @cost one KMS key $1.00 a month, besides what the buckets hold (see their constructs).
 */
export class StorageStack extends PlatformStack {
  readonly dataBucket: IBucket;
  readonly logBucket: IBucket;
  /** For other regions. */
  readonly logBucketArn: string;
  /** Of the logs, and of the data where this region serves. */
  readonly kmsKey: IKey;
  readonly statements: Readonly<Record<'task' | 'lambda', readonly PolicyStatement[]>>;

  constructor(scope: Construct, id: string, props: StorageStackProps) {
    super(scope, id, props);
    const { design, environment, recoveryBase, role } = props;
    const { kept } = this;
    const { versioning: versioned, transitions } = design.backup.s3;
    const encryptionKey = dataKey(this, 'Key', { description: 'Buckets of data and logs', kept });
    const replicas = recoveryBase?.replicas;
    const places = role === 'standby' ? undefined : this.placesIn(recoveryBase);
    const own = (): Files => ({
      bucket: guardedBucket(this, 'Data', {
        encryptionKey,
        versioned,
        kept,
        lifecycle: colderWithAge(transitions),
        replica: places?.data,
      }),
      key: encryptionKey,
    });
    const files = role === 'standby' && replicas !== undefined ? { bucket: replicas.data, key: replicas.key } : own();
    const logs = logBucket(this, 'Logs', {
      encryptionKey,
      versioned,
      kept,
      retention: perEnvironment(design.logs, environment),
      transitions,
      replica: places?.logs,
      everyWriter: role !== 'standby',
    });
    this.kmsKey = encryptionKey;
    this.dataBucket = files.bucket;
    this.logBucket = logs;
    this.logBucketArn = arnAnywhere(logs);

    const statementsOf = (role: 'task' | 'lambda') => [
      ...allow('KeepFiles', actionsFor(design, role, 's3'), files.bucket.arnForObjects(`${dataPrefix}*`)),
      ...allowKey('UseStorageKey', actionsFor(design, role, 'kms'), files.key.keyArn, this.region, ['s3']),
    ];
    this.statements = { task: statementsOf('task'), lambda: statementsOf('lambda') };
  }

  /** Where copies go, as this region knows it. */
  private placesIn(base: RecoveryBaseStack | undefined): Readonly<Record<'data' | 'logs', ReplicaPlace>> | undefined {
    if (base?.replicas === undefined) return undefined;
    const { data, logs } = base.replicas.places;
    const known = (name: string, { region, bucketArn, keyArn }: ReplicaPlace): ReplicaPlace => ({
      region,
      bucketArn: this.readFrom(base, `${name}BucketArn`, bucketArn),
      keyArn: this.readFrom(base, 'BucketKeyArn', keyArn),
    });
    return { data: known('Data', data), logs: known('Logs', logs) };
  }
}
