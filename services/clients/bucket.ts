// Files in the data bucket, all below one prefix, the only part of the bucket that the roles reach (IAM-2, IAM-3).
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Deadline, signalOf } from './deadline.ts';
import { traced } from './tracing.ts';

export interface Bucket {
  /** The file's text; `undefined` when there is none. */
  read(deadline: Deadline, name: string): Promise<string | undefined>;
  /** Writes a file, over what was there; `new` refuses that and answers false. */
  write(deadline: Deadline, name: string, text: string, contentType: string, mode?: 'any' | 'new'): Promise<boolean>;
}

/** `prefix` ends with a slash, or is empty. */
export function openBucket(client: S3Client, bucket: string, prefix: string): Bucket {
  return {
    read: (deadline, name) =>
      traced('s3 GetObject', { 'rpc.system': 'aws-api', 'rpc.method': 'GetObject' }, async () => {
        try {
          const command = new GetObjectCommand({ Bucket: bucket, Key: prefix + name });
          const { Body } = await client.send(command, { abortSignal: signalOf(deadline) });
          return await Body?.transformToString();
        } catch (error) {
          if (isAbsent(error)) return undefined;
          throw error;
        }
      }),
    write: (deadline, name, text, contentType, mode = 'any') =>
      traced('s3 PutObject', { 'rpc.system': 'aws-api', 'rpc.method': 'PutObject' }, async () => {
        try {
          const command = new PutObjectCommand({
            Bucket: bucket,
            Key: prefix + name,
            Body: text,
            ContentType: contentType,
            ...(mode === 'new' ? { IfNoneMatch: '*' } : {}),
          });
          await client.send(command, { abortSignal: signalOf(deadline) });
          return true;
        } catch (error) {
          if (mode === 'new' && error instanceof Error && error.name === 'PreconditionFailed') return false;
          throw error;
        }
      }),
  };
}

/** Without leave to list the bucket, which nobody here needs, S3 says of an absent file that access is denied. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'AccessDenied');
}
