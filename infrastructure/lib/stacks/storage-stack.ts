// The storage stack: a bucket for the workload's data, one for logs, and the key of both (STK-5, BKP-4, LOG-2, LOG-4).
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { dataKey } from '../constructs/data-key.ts';
import { guardedBucket } from '../constructs/guarded-bucket.ts';
import { colderWithAge } from '../constructs/lifecycle.ts';
import { logBucket } from '../constructs/log-bucket.ts';
import { actionsFor, allow, allowKey } from '../permissions.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';

/** The one prefix of the data bucket that tasks and functions may use (IAM-2, IAM-3). */
export const dataPrefix = 'orders/';

/**
 * The document lets this stack depend on nothing, so it cannot attach policies to SecurityStack's roles: like MessagingStack it says in
 * `statements` what each role may do with its data bucket, and ComputeStack attaches them.
 *
 * @cost one KMS key $1.00 a month, besides what the buckets hold (see their constructs).
 */
export class StorageStack extends PlatformStack {
  readonly dataBucket: IBucket;
  readonly logBucket: IBucket;
  /** For other regions: CDK does not let them have a bucket's ARN from the bucket unless somebody has chosen its name. */
  readonly logBucketArn: string;
  readonly kmsKey: IKey;
  readonly statements: Readonly<Record<'task' | 'lambda', readonly PolicyStatement[]>>;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    const { design, environment } = props;
    const { kept } = this;
    const { versioning: versioned, transitions } = design.backup.s3;
    const encryptionKey = dataKey(this, 'Key', { description: 'Buckets of data and logs', kept });
    const data = guardedBucket(this, 'Data', { encryptionKey, versioned, kept, lifecycle: colderWithAge(transitions) });
    const logs = logBucket(this, 'Logs', {
      encryptionKey,
      versioned,
      kept,
      retention: design.logs[environment],
      transitions,
    });
    this.kmsKey = encryptionKey;
    // Their optional website and policy may be undefined, which `exactOptionalPropertyTypes` tells apart from absent.
    this.dataBucket = data as IBucket;
    this.logBucket = logs as IBucket;
    if (!CfnBucket.isCfnBucket(logs.node.defaultChild))
      throw new Error('A bucket of CDK is a bucket of CloudFormation');
    this.logBucketArn = logs.node.defaultChild.attrArn;

    const statementsOf = (role: 'task' | 'lambda') => [
      ...allow('KeepFiles', actionsFor(design, role, 's3'), data.arnForObjects(`${dataPrefix}*`)),
      ...allowKey('UseStorageKey', actionsFor(design, role, 'kms'), encryptionKey.keyArn, this.region, ['s3']),
    ];
    this.statements = { task: statementsOf('task'), lambda: statementsOf('lambda') };
  }
}
