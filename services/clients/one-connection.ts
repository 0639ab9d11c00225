// One connection to the database for work that runs once, such as a migration.
import pg from 'pg';
import type { DatabaseOptions } from './database.ts';

/** Connects, does the work, and closes the connection, however the work ends. */
export async function withOneConnection<T>(
  options: DatabaseOptions,
  name: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    host: options.host,
    port: options.port,
    database: options.database,
    user: options.user,
    password: await options.credentials.password(),
    connectionTimeoutMillis: 10_000,
    application_name: name,
    ...(options.trusted === undefined ? {} : { ssl: { ca: [...options.trusted], minVersion: 'TLSv1.2' as const } }),
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
