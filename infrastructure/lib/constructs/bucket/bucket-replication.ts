// Every object of a bucket, again in another region within minutes (BKP-5).
import { Stack } from 'aws-cdk-lib';
import { Policy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type ReplicationRule, ReplicationTimeValue } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { allow, allowKey } from '../../permissions.ts';
import { acknowledgePrefix } from '../role/acknowledged-prefix.ts';

/** Where the copies of a bucket go, by what other regions may know of it. */
export interface ReplicaPlace {
  readonly region: string;
  readonly bucketArn: string;
  readonly keyArn: string;
}

/**
 * S3's own replication with time control: S3 promises 99.9 % of the objects within 15 minutes, tells how far it is behind, and most are
 * there within seconds. Objects that were deleted get their delete marker there too. What lay in the bucket before it had replicas is
 * not copied: `aws s3control create-job` with `S3ReplicateObject` does that once.
 *
 * Day 2: the metrics `ReplicationLatency` and `OperationsPendingReplication` of `AWS/S3` tell how far the copies are; `aws s3api
 * head-object` shows the `ReplicationStatus` of one.
 *
 * @cost time control $0.015 per GB, traffic from Tokyo to Oregon $0.09 per GB, a write there $0.005 per 1,000, and the copy's storage:
 * 10 GB and 1,000,000 objects a month $0.15 + $0.90 + $5.00 = $6.05, and $0.023 per GB kept. Logs the same: 3.9 GB in some 88,000 files
 * $0.06 + $0.35 + $0.44 = $0.85.
 */
export class BucketReplication extends Construct {
  readonly role: Role;
  readonly rule: ReplicationRule;

  constructor(scope: Construct, id: string, place: ReplicaPlace) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description: 'Lets S3 copy objects to the other region',
      assumedBy: new ServicePrincipal('s3.amazonaws.com'),
    });
    this.rule = {
      id: 'ToTheOtherRegion',
      priority: 1,
      destination: Bucket.fromBucketArn(this, 'Destination', place.bucketArn),
      kmsKey: Key.fromKeyArn(this, 'DestinationKey', place.keyArn),
      sseKmsEncryptedObjects: true,
      deleteMarkerReplication: true,
      replicationTimeControl: ReplicationTimeValue.FIFTEEN_MINUTES,
      metrics: ReplicationTimeValue.FIFTEEN_MINUTES,
    };
  }

  /** What the role may do; apart, since the bucket names the role and the role's policy the bucket. */
  permit(source: Bucket, sourceKeyArn: string, { bucketArn, keyArn, region }: ReplicaPlace): void {
    const [from, to] = [source.arnForObjects('*'), `${bucketArn}/*`];
    const policy = new Policy(this, 'Policy', {
      roles: [this.role],
      statements: [
        ...allow('ReadRules', ['s3:GetReplicationConfiguration', 's3:ListBucket'], source.bucketArn),
        ...allow(
          'ReadVersions',
          ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
          from,
        ),
        ...allow('WriteCopies', ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], to),
        ...allowKey('Decrypt', ['kms:Decrypt'], sourceKeyArn, Stack.of(this).region, ['s3']),
        ...allowKey('EncryptAgain', ['kms:Encrypt', 'kms:GenerateDataKey'], keyArn, region, ['s3']),
      ],
    });
    for (const objects of [from, to]) acknowledgePrefix(policy, objects, 'Every object of the bucket is copied.');
  }
}
