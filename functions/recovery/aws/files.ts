// Files on their way from one region's bucket to the other's.
import { CopyObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { Files } from '../ports.ts';
import { clientOptions, lazily } from './clients.ts';
import { type RecoveryVariables, resourcesOf } from './variables.ts';

/** Pages of a listing in one call, so that it ends well within a function's time. */
const pages = 5;
/** Copies at a time. */
const copies = 20;

export function awsFiles(variables: RecoveryVariables): Files {
  const buckets = lazily((region: string) => new S3Client(clientOptions(region)));
  return {
    async copy(from, to, since, cursor) {
      const [left, taken] = [resourcesOf(variables, from), resourcesOf(variables, to)];
      const [out, into] = [buckets(left.region), buckets(taken.region)];
      const written = Date.parse(since);
      let next = cursor;
      for (let page = 0; page < pages; page++) {
        const { Contents: files = [], NextContinuationToken } = await out.send(
          new ListObjectsV2Command({
            Bucket: left.dataBucket,
            Prefix: left.dataPrefix,
            StartAfter: next,
          }),
        );
        const fresh = files.flatMap(({ Key, LastModified }) =>
          Key === undefined || (LastModified?.getTime() ?? written) < written ? [] : [Key],
        );
        for (let begin = 0; begin < fresh.length; begin += copies) {
          await Promise.all(
            fresh.slice(begin, begin + copies).map((key) =>
              into.send(
                new CopyObjectCommand({
                  Bucket: taken.dataBucket,
                  Key: key,
                  CopySource: `${left.dataBucket}/${key.split('/').map(encodeURIComponent).join('/')}`,
                }),
              ),
            ),
          );
        }
        if (NextContinuationToken === undefined) return undefined;
        // A name, which is still good when this is begun anew hours later.
        next = files.at(-1)?.Key;
      }
      return next;
    },
  };
}
