// The key that a stack encrypts its data with: one for each stack, so that stacks stay as separate as the document draws them.
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

export interface DataKeyProps {
  /** What the key encrypts, in a few words. */
  readonly description: string;
  /** Whether the key outlives its stack, as long as anything encrypted with it may. */
  readonly kept: boolean;
}

/**
 * A symmetric key that AWS rotates every year. A key that goes waits a month first, in development a week, in which it can be
 * called back: `aws kms cancel-key-deletion`.
 *
 * @cost $1.00 a month, and $1.00 more after each of the first two rotations; $0.03 per 10,000 calls.
 */
export function dataKey(scope: Construct, id: string, props: DataKeyProps): Key {
  return new Key(scope, id, {
    description: props.description,
    enableKeyRotation: true,
    pendingWindow: Duration.days(props.kept ? 30 : 7),
    removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  });
}
