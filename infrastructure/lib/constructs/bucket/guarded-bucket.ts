// What every bucket of the platform is: encrypted with the stack's key, closed to the public, spoken to over TLS alone (AC-SEC-1, AC-SEC-3).
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { BucketReplication, type ReplicaPlace } from './bucket-replication.ts';

export interface GuardedBucketProps {
  readonly encryptionKey: IKey;
  readonly versioned: boolean;
  /** Rules of the bucket's own, besides those that every bucket has. */
  readonly lifecycle: readonly LifecycleRule[];
  /** Whether the bucket outlives its stack. */
  readonly kept: boolean;
  /** Where a copy of every object goes; absent: nowhere. */
  readonly replica?: ReplicaPlace | undefined;
}

/**
 * Versions that were replaced or deleted stay for 30 days more, the time in which a mistake is noticed; uploads that nobody finished
 * go after a week. The bucket key spares a call to KMS for each object.
 *
 * Day 2: `aws s3api list-object-versions` and `copy-object` with a version id bring back what was overwritten; `aws s3api
 * restore-object` fetches what lies in Glacier, which takes hours. A bucket with objects in it does not go with its stack, not even
 * in development: `hashira destroy development` empties it first.
 *
 * @cost Tokyo: $0.025 per GB and month, $0.0047 per 1,000 writes, $0.00037 per 1,000 reads.
 */
export function guardedBucket(scope: Construct, id: string, props: GuardedBucketProps): Bucket {
  const { replica } = props;
  const replication = replica && new BucketReplication(scope, `${id}Replication`, replica);
  const bucket = new Bucket(scope, id, {
    encryption: BucketEncryption.KMS,
    encryptionKey: props.encryptionKey,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: props.versioned,
    lifecycleRules: [
      ...props.lifecycle,
      {
        id: 'Tidy',
        abortIncompleteMultipartUploadAfter: Duration.days(7),
        ...(props.versioned ? { noncurrentVersionExpiration: Duration.days(30), expiredObjectDeleteMarker: true } : {}),
      },
    ],
    removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    ...(replication && { replicationRole: replication.role, replicationRules: [replication.rule] }),
  });
  if (replica !== undefined) replication?.permit(bucket, props.encryptionKey.keyArn, replica);
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Server access logs come late and without guarantee; data events of CloudTrail tell the same for certain.',
  });
  if (props.lifecycle.some(({ objectSizeGreaterThan }) => objectSizeGreaterThan !== undefined)) {
    Validations.of(bucket).acknowledge({
      id: 'CloudFormation-Validate::W9003',
      reason:
        'CDK writes the size of a lifecycle rule as a number where the schema has text; CloudFormation takes both.',
    });
  }
  return bucket;
}

/** A bucket's ARN for other regions: CDK does not let them have it from the bucket unless somebody has chosen its name. */
export function arnAnywhere({ node }: Bucket): string {
  if (!CfnBucket.isCfnBucket(node.defaultChild)) throw new Error('A bucket of CDK is a bucket of CloudFormation');
  return node.defaultChild.attrArn;
}
