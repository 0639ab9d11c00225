// The secrets of the templates, made as Secrets Manager makes them, and the one question to it that the workload asks:
// `GetSecretValue`. Nothing that runs on this machine without AWS answers that question, hence these few lines.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { account, type Directory } from '../blueprint/directory.ts';
import type { SecretPlan } from '../blueprint/stores.ts';
import type { Network } from '../machine/network.ts';
import { type Credentials, isSignedBy } from './credentials.ts';

export interface Secrets {
  /** Where the clients of tasks and functions find it. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): void;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

export async function startSecrets(
  plans: readonly SecretPlan[],
  region: string,
  directory: Directory,
  network: Network,
  { accessKeyId }: Credentials,
): Promise<Secrets> {
  for (const plan of plans) {
    const arn = `arn:aws:secretsmanager:${region}:${account}:secret:${plan.name}-${randomText(6, letters)}`;
    directory.enterSecret(arn, secretOf(plan));
    for (const key of [plan.key, ...plan.attachments]) directory.enter(key, { '': arn, Id: arn });
  }
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    if (!isSignedBy(accessKeyId, request)) {
      answer(403, { __type: 'AccessDeniedException' });
      return;
    }
    if (request.headers['x-amz-target'] !== 'secretsmanager.GetSecretValue') {
      answer(400, { __type: 'InvalidAction', message: 'Only GetSecretValue is answered on this machine.' });
      return;
    }
    text(request).then(
      (body) => {
        const { SecretId } = z.object({ SecretId: z.string() }).parse(JSON.parse(body));
        const value = directory.secret(SecretId);
        if (value === undefined) return answer(400, { __type: 'ResourceNotFoundException', message: SecretId });
        return answer(200, { ARN: SecretId, Name: SecretId, SecretString: value, VersionStages: ['AWSCURRENT'] });
      },
      () => answer(400, { __type: 'InvalidRequestException' }),
    );
  });
  const { host, port } = await network.place(0);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return {
    variables: { AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://${host}:${port}` },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function secretOf({ value, template, field, length, exclude, excludePunctuation }: SecretPlan): string {
  if (value !== undefined) return value;
  const alphabet = [...letters, ...(excludePunctuation ? '' : punctuation)].filter((each) => !exclude.includes(each));
  const made = randomText(length, alphabet.join(''));
  return template === undefined || field === undefined
    ? made
    : JSON.stringify({ ...JSON.parse(template), [field]: made });
}

const randomText = (length: number, alphabet: string): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
