// Reports, in a bucket of the standby region.
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Archive } from '../ports.ts';
import { clientOptions } from './clients.ts';
import { type RecoveryVariables, resourcesOf } from './variables.ts';

export function bucketArchive(variables: RecoveryVariables): Archive {
  const buckets = new S3Client(clientOptions(resourcesOf(variables, 'standby').region));
  return {
    async keep(name, text) {
      const key = `${variables.REPORTS_PREFIX}${name}`;
      await buckets.send(
        new PutObjectCommand({
          Bucket: variables.REPORTS_BUCKET,
          Key: key,
          Body: text,
          ContentType: 'application/json; charset=utf-8',
        }),
      );
      return `s3://${variables.REPORTS_BUCKET}/${key}`;
    },
  };
}
