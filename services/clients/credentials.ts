// The database's password. It is replaced every 30 days while we run (AC-SEC-6), so a refused one is read again.
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { Credentials } from './database.ts';

/** Many refused connections at once ask for the secret once in this time (milliseconds). */
const pause = 1_000;
const secretShape = z.object({ username: z.string(), password: z.string() });

export interface DatabaseLogin {
  readonly user: string;
  readonly password: string;
}

/** Reads user and password from a secret in the shape that RDS uses. */
export async function readLogin(client: SecretsManagerClient, arn: string): Promise<DatabaseLogin> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: arn }), {
    abortSignal: AbortSignal.timeout(2_000),
  });
  const secret = secretShape.safeParse(asJson(SecretString));
  // The text of a parse error could show the secret itself.
  if (!secret.success) throw new Error(`the secret ${arn} has no "username" and "password" as JSON`);
  return { user: secret.data.username, password: secret.data.password };
}

/** Credentials that begin with a known password, and read it again when it is refused; without a reader it stays. */
export function renewable(first: string, read?: () => Promise<string>): Credentials {
  let current = Promise.resolve(first);
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    password(refused = false) {
      if (!refused || read === undefined || performance.now() - readAt < pause) return current;
      readAt = performance.now();
      const before = current;
      // A reader that fails leaves the old password, which may have been refused by mistake.
      current = read().catch(() => before);
      return current;
    },
  };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
