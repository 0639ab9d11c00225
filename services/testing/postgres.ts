// A real PostgreSQL for the workload's tests, with its tables.
import {
  type PostgresSettings,
  type Postgres as Server,
  startPostgres as startServer,
} from '../../testing/postgres.ts';
import { migrate } from '../api/migrate.ts';
import { type Database, type DatabaseOptions, openDatabase } from '../clients/database.ts';

export interface Postgres extends Server {
  /** Options for a connection; change what a test is about. */
  readonly options: DatabaseOptions;
  /** A pool that `stop` closes. */
  readonly database: Database;
}

interface Settings extends PostgresSettings {
  /** Whether the workload's tables are made. */
  readonly migrated?: boolean;
}

export async function startPostgres({ migrated = true, tls }: Settings = {}): Promise<Postgres> {
  const server = await startServer(tls === undefined ? {} : { tls });
  const options: DatabaseOptions = {
    host: '127.0.0.1',
    port: server.port,
    database: 'postgres',
    user: server.user,
    credentials: { password: async () => server.password },
    poolSize: 10,
  };
  if (migrated && tls === undefined) await migrate(options);
  const database = openDatabase(options);
  return {
    ...server,
    options,
    database,
    async stop() {
      await database.close();
      await server.stop();
    },
  };
}
