// Whom the stand-ins of AWS's services answer: other users of this machine reach their addresses too. The identifier of the access key is
// what is asked for, a new one for each platform; it travels on this machine alone. Signatures are not checked.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Those of one platform. */
export const makeCredentials = (): Credentials => ({
  accessKeyId: randomBytes(16).toString('hex'),
  secretAccessKey: randomBytes(16).toString('hex'),
});

/** Whether a request was signed with the access key, in a header or, as for presigned addresses, in its query (AWS Signature Version 4). */
export function isSignedBy(
  accessKeyId: string,
  { headers, url = '/' }: Pick<IncomingMessage, 'headers' | 'url'>,
): boolean {
  const [, inHeader] = /\bCredential=([^/,\s]+)\//.exec(headers.authorization ?? '') ?? [];
  const inQuery = new URL(url, 'http://here').searchParams.get('X-Amz-Credential')?.split('/')[0];
  return (inHeader ?? inQuery) === accessKeyId;
}
