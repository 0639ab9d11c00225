// The bucket that AWS's services write logs to, each below a prefix of its own (LOG-2, LOG-4).
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket, LifecycleRule } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Design, LogRetention } from '../../../../design/schema.ts';
import { edgeRegion } from '../../edge.ts';
import type { ReplicaPlace } from '../bucket/bucket-replication.ts';
import { guardedBucket } from '../bucket/guarded-bucket.ts';
import { colderWithAge } from '../bucket/lifecycle.ts';

/** Where each log lies, without a slash at the end: as a delivery's destination or a trail's prefix wants it. */
export const logPrefixes = { alb: 'alb', cloudFront: 'cloudfront', cloudTrail: 'cloudtrail' } as const;

export interface LogBucketProps {
  readonly encryptionKey: Key;
  readonly retention: LogRetention;
  /** For what is kept for ever: it grows cold as data does. */
  readonly transitions: Design['backup']['s3']['transitions'];
  readonly versioned: boolean;
  /** Whether the bucket outlives its stack. */
  readonly kept: boolean;
  /** Where a copy of every file goes; absent: nowhere. */
  readonly replica?: ReplicaPlace | undefined;
  /** Whether CloudFront's logs and the trail's come here too; they go to the region that the document names, also while another one serves. */
  readonly everyWriter: boolean;
}

/**
 * Two writers, each with prefixes of its own and for this account alone: CloudWatch's log delivery, which brings the access logs of
 * the load balancer and, from the edge's region, those of CloudFront, and CloudTrail. Both may use the key for it. A region that stands
 * by has the load balancer's alone.
 *
 * Access logs expire and never move: they are gone before a colder class would pay. In a bucket with versions an expired log
 * can be called back for 30 days more. A trail that the document keeps for ever has no expiry and grows cold instead.
 *
 * Day 2: Athena over `alb/`; `aws cloudtrail validate-logs --trail-arn <trail> --start-time <time>` proves that nobody changed a file.
 *
 * @cost Tokyo: $0.025 per GB and month. 260 million requests a month (100 a second) leave some 13 GB when
 * compressed, at each of the two; 90 days of them and 30 days of expired ones are 104 GB, $2.60.
 */
export function logBucket(scope: Construct, id: string, props: LogBucketProps): Bucket {
  const bucket = guardedBucket(scope, id, { ...props, lifecycle: logLifecycle(props) });
  letDeliveryWrite(bucket, props);
  if (props.everyWriter) letTrailsWrite(bucket, props.encryptionKey);
  return bucket;
}

/** When logs go: the same wherever a copy of them lies. */
export function logLifecycle({
  retention,
  transitions,
}: Pick<LogBucketProps, 'retention' | 'transitions'>): LifecycleRule[] {
  const expiring = (name: string, prefix: string, days: number): LifecycleRule => ({
    id: name,
    prefix: `${prefix}/`,
    expiration: Duration.days(days),
  });
  return [
    expiring('LoadBalancer', logPrefixes.alb, retention.albAccess),
    // The same requests, seen a step earlier.
    expiring('CloudFront', logPrefixes.cloudFront, retention.albAccess),
    ...(retention.cloudTrailForever
      ? colderWithAge(transitions, `${logPrefixes.cloudTrail}/`)
      : [expiring('CloudTrail', logPrefixes.cloudTrail, retention.cloudTrail)]),
  ];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html */
function letDeliveryWrite(bucket: Bucket, { encryptionKey: key, everyWriter }: LogBucketProps): void {
  const { account, region, partition } = Stack.of(bucket);
  const from = (...regions: readonly string[]) => {
    const sources = [...new Set(regions)].map((one) => `arn:${partition}:logs:${one}:${account}:delivery-source:*`);
    return {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': sources.length === 1 ? sources[0] : sources },
    };
  };
  const delivery = new ServicePrincipal('delivery.logs.amazonaws.com');
  const letIn = (sid: string, prefix: string, sourceRegion: string) => {
    const source = from(sourceRegion);
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid,
        principals: [delivery],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`${prefix}/*`)],
        conditions: {
          ...source,
          StringEquals: { ...source.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      }),
    );
  };
  letIn('LogDelivery', logPrefixes.alb, region);
  if (everyWriter) letIn('EdgeLogDelivery', logPrefixes.cloudFront, edgeRegion);
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LogDelivery',
      principals: [delivery],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: everyWriter ? from(region, edgeRegion) : from(region),
    }),
  );
}

/** As CloudTrail's guide has it: create-s3-bucket-policy-for-cloudtrail and create-kms-key-policy-for-cloudtrail. */
function letTrailsWrite(bucket: Bucket, key: Key): void {
  const stack = Stack.of(bucket);
  const trails = stack.formatArn({
    service: 'cloudtrail',
    resource: 'trail',
    resourceName: '*',
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  const source = { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': trails } };
  const cloudTrail = new ServicePrincipal('cloudtrail.amazonaws.com');
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'TrailsLook',
      principals: [cloudTrail],
      actions: ['s3:GetBucketAcl'],
      resources: [bucket.bucketArn],
      conditions: source,
    }),
  );
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'TrailsWrite',
      principals: [cloudTrail],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`${logPrefixes.cloudTrail}/AWSLogs/${stack.account}/*`)],
      conditions: { ...source, StringEquals: { ...source.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'TrailsEncrypt',
      principals: [cloudTrail],
      actions: ['kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: {
        ...source,
        StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails },
      },
    }),
  );
  // No encryption context here: with a bucket key S3 asks in the bucket's, and only whoever makes or changes the trail needs it.
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'TrailsDescribeAndDecrypt',
      principals: [cloudTrail],
      actions: ['kms:DescribeKey', 'kms:Decrypt'],
      resources: ['*'],
      conditions: source,
    }),
  );
}
