// Reports, in a bucket of the standby region.
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Archive } from '../ports.ts';
import { clientOptions } from './clients.ts';
import { type Places, placeOf } from './places.ts';

export function bucketArchive(places: Places): Archive {
  const buckets = new S3Client(clientOptions(placeOf(places, 'standby').region));
  return {
    async keep(name, text) {
      const key = `${places.REPORTS_PREFIX}${name}`;
      await buckets.send(
        new PutObjectCommand({
          Bucket: places.REPORTS_BUCKET,
          Key: key,
          Body: text,
          ContentType: 'application/json; charset=utf-8',
        }),
      );
      return `s3://${places.REPORTS_BUCKET}/${key}`;
    },
  };
}
