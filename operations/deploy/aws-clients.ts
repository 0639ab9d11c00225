// The deployer's AWS clients: one of a kind for each region and role. Profiles and `AWS_ENDPOINT_URL` are honoured by the SDK itself.
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { ClientSettings } from '../aws/clients.ts';
import { refusals } from '../refusals.ts';
import type { StackReference } from './cloudformation.ts';
import { faultOf, ownFault } from './fault.ts';

export type Whereabouts = Pick<StackReference, 'region' | 'role'>;

/** What every client is made with. Credentials are a function where a role is taken on: the SDK calls it again before they run out. */
export interface ClientConfig extends Pick<ClientSettings, 'endpoint' | 'maxAttempts'> {
  readonly region: string;
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
  readonly credentials?: Credentials | (() => Promise<Credentials>);
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Milliseconds. */
const requestHandler = { connectionTimeout: 5_000, requestTimeout: 30_000 };

/** A function from a region, and a role to take on there, to the client; the same one each time. */
export function clientIn<C>(
  make: (config: ClientConfig) => C,
  settings: ClientSettings = {},
): (place: Whereabouts) => C {
  const known = new Map<string, C>();
  return ({ region, role }) => {
    const key = `${region} ${role ?? ''}`;
    const base = { maxAttempts: 3, requestHandler, ...settings, region };
    const client =
      known.get(key) ?? make(role === undefined ? base : { ...base, credentials: () => takeOn(role, base) });
    known.set(key, client);
    return client;
  };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html; an hour is what every role allows. */
async function takeOn(role: string, base: ClientConfig): Promise<Credentials> {
  const identity = new STSClient(base);
  try {
    const command = new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'hashira-deploy', DurationSeconds: 3600 });
    const { Credentials: given } = await identity.send(command);
    if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined) {
      throw ownFault(refusals.noCredentials({ role }));
    }
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      sessionToken: given.SessionToken,
      expiration: given.Expiration,
    };
  } finally {
    identity.destroy();
  }
}

/** Asks, and throws whatever goes wrong as an AwsFault. */
export async function asking<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw faultOf(error);
  }
}

/** Whether S3 is an emulator, which has no name of its own for each bucket. */
export const isLocal = (): boolean =>
  process.env.AWS_ENDPOINT_URL !== undefined || process.env.AWS_ENDPOINT_URL_S3 !== undefined;
