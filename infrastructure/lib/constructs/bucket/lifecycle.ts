// How objects grow cold (BKP-4), and which are too small to (BKP-4a).
import { Duration } from 'aws-cdk-lib';
import { type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';
import type { Design } from '../../../../design/schema.ts';

type Transitions = Design['backup']['s3']['transitions'];

/**
 * Bytes up to which an object stays where it is. It is S3's own default, written down: each move costs a request and each archived
 * object 40 KB of index, so that below 128 KB a colder class costs more than it saves.
 */
const tooSmallToMove = 128 * 1024 - 1;

/** A rule that moves objects on the document's days; of the whole bucket, or below a prefix. None when the document moves nothing. */
export function colderWithAge(transitions: Transitions, prefix?: string): LifecycleRule[] {
  if (transitions.length === 0) return [];
  return [
    {
      id: 'ColderWithAge',
      prefix,
      objectSizeGreaterThan: tooSmallToMove,
      transitions: transitions.map(({ afterDays, storageClass }) => ({
        transitionAfter: Duration.days(afterDays),
        storageClass: new StorageClass(storageClass),
      })),
    },
  ];
}
