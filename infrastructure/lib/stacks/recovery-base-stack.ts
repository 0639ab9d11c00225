// The recovery base: what must stand in the other region before the first one can point at it (BKP-3, BKP-5, DR-6). Were it part of the
// stacks that come up there, these would wait for the first region's, and the first region's for them.

import type { IBackupVault } from 'aws-cdk-lib/aws-backup';
import { CfnKey, type IKey, type Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket, IBucket, LifecycleRule } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { perEnvironment } from '../../../design/environments.ts';
import { backupVault } from '../constructs/backup/backup-vault.ts';
import type { ReplicaPlace } from '../constructs/bucket/bucket-replication.ts';
import { arnAnywhere, guardedBucket } from '../constructs/bucket/guarded-bucket.ts';
import { colderWithAge } from '../constructs/bucket/lifecycle.ts';
import { dataKey } from '../constructs/data-key.ts';
import { logLifecycle } from '../constructs/log/log-bucket.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';

export interface RecoveryBaseStackProps extends PlatformStackProps {
  readonly region: string;
}

/** The buckets that copies of objects go to. */
interface Replicas {
  /** What a workload of this region reads and writes when it takes over. */
  readonly data: IBucket;
  readonly key: IKey;
  /** For the first region. */
  readonly places: Readonly<Record<'data' | 'logs', ReplicaPlace>>;
}

/**
 * Copies of backups, of secrets, of answers already given and of objects, encrypted with keys of their own region, since a key does not
 * leave its. Buckets have a key of their own: whoever may read what the workload writes may not read the backups.
 *
 * Copies of objects grow old as their originals do.
 *
 * @cost two KMS keys $2.00 a month, one where no objects are copied, besides what vault and buckets hold (see `backupVault` and
 * `BucketReplication`).
 */
export class RecoveryBaseStack extends PlatformStack {
  readonly backupVault: IBackupVault;
  readonly kmsKey: IKey;
  /** Of that key, for the first region. */
  readonly kmsKeyArn: string;
  /** Absent where the document copies no objects (BKP-5). */
  readonly replicas?: Replicas;

  constructor(scope: Construct, id: string, props: RecoveryBaseStackProps) {
    super(scope, id, props);
    const { design, environment } = props;
    const { kept } = this;
    const encryptionKey = dataKey(this, 'Key', { description: 'Copies of data from the other region', kept });
    this.kmsKey = encryptionKey;
    this.kmsKeyArn = keyArnAnywhere(encryptionKey);
    const vault = backupVault(this, 'Backups', { name: this.stackName, encryptionKey, kept });
    this.backupVault = vault;
    if (perEnvironment(design.backup.s3.replicateTo, environment) !== null) this.replicas = this.replicasOf(props);
  }

  private replicasOf({ design, environment }: RecoveryBaseStackProps): Replicas {
    const { kept, region } = this;
    const { versioning: versioned, transitions } = design.backup.s3;
    const encryptionKey = dataKey(this, 'BucketKey', { description: 'Copies of objects from the other region', kept });
    const make = (id: string, lifecycle: readonly LifecycleRule[]) =>
      guardedBucket(this, id, { encryptionKey, versioned, kept, lifecycle });
    const data = make('Data', colderWithAge(transitions));
    const logs = make('Logs', logLifecycle({ retention: perEnvironment(design.logs, environment), transitions }));
    const keyArn = keyArnAnywhere(encryptionKey);
    const place = (bucket: Bucket): ReplicaPlace => ({ region, bucketArn: arnAnywhere(bucket), keyArn });
    return {
      data: data,
      key: encryptionKey,
      places: { data: place(data), logs: place(logs) },
    };
  }
}

/** A key's ARN for other regions: CDK does not let them have it from the key itself. */
function keyArnAnywhere({ node }: Key): string {
  if (!CfnKey.isCfnKey(node.defaultChild)) throw new Error('A key of CDK is a key of CloudFormation');
  return node.defaultChild.attrArn;
}
