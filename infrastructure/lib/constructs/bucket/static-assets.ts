// The bucket that CloudFront takes static files from, and nobody else (AC-PERF-4, AC-SEC-1).
import { Annotations, CrossStackReferences, ReferenceStrength } from 'aws-cdk-lib';
import type { IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { dataKey } from '../data-key.ts';
import { arnAnywhere, guardedBucket } from './guarded-bucket.ts';

export interface StaticAssetsProps {
  readonly versioned: boolean;
  /** Whether bucket and key outlive their stack. */
  readonly kept: boolean;
}

/**
 * It stands beside the distribution, so that its policy can name this one distribution and a failure of the primary region leaves it
 * be. Files are served and so never grow cold: an object in Glacier is an error page.
 *
 * The key lets any distribution of the account decrypt, not this one alone: the distribution is made from the bucket, the bucket from
 * the key, and a key that named the distribution would close the circle. Without the bucket's leave that opens nothing.
 *
 * Day 2: `aws s3 sync <folder> s3://<bucket>/assets/ --cache-control max-age=31536000,immutable` for files with a hash in their names;
 * others: `aws cloudfront create-invalidation --paths '/assets/*'`, of which the first 1,000 paths a month are free.
 *
 * @cost one KMS key $1.00 a month; $0.023 per GB; CloudFront pays nothing for fetching from S3.
 */
export class StaticAssets extends Construct {
  readonly bucket: IBucket;
  /** For other regions. */
  readonly bucketArn: string;
  readonly origin: IOrigin;

  constructor(scope: Construct, id: string, { versioned, kept }: StaticAssetsProps) {
    super(scope, id);
    const encryptionKey = dataKey(this, 'Key', { description: 'Static files that CloudFront serves', kept });
    const bucket = guardedBucket(this, 'Bucket', { encryptionKey, versioned, kept, lifecycle: [] });
    this.bucket = bucket;
    this.bucketArn = arnAnywhere(bucket);
    // Whatever the app says: strong references between regions are custom resources on both sides.
    CrossStackReferences.of(bucket).produce(ReferenceStrength.WEAK);
    this.origin = S3BucketOrigin.withOriginAccessControl(this.bucket);
    // Said above; CDK says it too, of whatever holds the key.
    Annotations.of(this).acknowledgeWarning(
      '@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac',
      'The policy of the bucket names the one distribution; the key cannot.',
    );
  }
}
