// Brings the database's schema up to date: a one-off task, run before the service is. Forward only; a second run does nothing, and of
// two at once one waits for the other (an advisory lock).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { runner } from 'node-pg-migrate';
import * as z from 'zod';
import { clientOptions } from '../clients/aws.ts';
import { databaseOptions } from '../clients/connect-database.ts';
import type { DatabaseOptions } from '../clients/database.ts';
import { checkLogin, databaseVariables, orExit, readEnvironment } from '../clients/environment.ts';
import { withOneConnection } from '../clients/one-connection.ts';

if (import.meta.main) {
  const variables = orExit(() => readEnvironment(z.object(databaseVariables), process.env, checkLogin));
  const done = await migrate(await databaseOptions(variables, new SecretsManagerClient(clientOptions), 1));
  console.log(JSON.stringify({ level: 30, msg: 'migrated', migrations: done }));
}

/** Runs what has not run yet, all of it or nothing, and tells the names. */
export function migrate(options: DatabaseOptions): Promise<string[]> {
  return withOneConnection(options, 'migrate', async (client) => {
    // The cluster's limits are for requests; a migration may take as long as it takes, but must not wait for a lock behind which
    // every request would then wait as well.
    await client.query("SET statement_timeout = 0; SET lock_timeout = '10s'");
    const done = await runner({
      dbClient: client,
      dir: migrationsFolder(),
      direction: 'up',
      migrationsTable: 'migrations',
      checkOrder: true,
      singleTransaction: true,
      advisoryLockMode: 'wait',
      log: () => {},
    });
    return done.map(({ name }) => name);
  });
}

/** Beside the bundle in the image, one folder up in the sources. */
function migrationsFolder(): string {
  const beside = join(import.meta.dirname, 'migrations');
  return existsSync(beside) ? beside : join(import.meta.dirname, '..', 'migrations');
}
