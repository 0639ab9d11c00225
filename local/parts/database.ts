// The database cluster: a writer, a standby that follows it where the templates have a second instance, and the endpoint that leads to
// whichever writes. What the writer has confirmed the standby has as well, so that nothing is lost when it must take over.

import { rmSync } from 'node:fs';
import pg from 'pg';
import { reasonOf } from '../../common/reason.ts';
import { until } from '../../common/until.ts';
import type { Directory } from '../blueprint/directory.ts';
import type { DatabasePlan } from '../blueprint/stores.ts';
import type { Authority } from '../machine/certificates.ts';
import type { Address, Network } from '../machine/network.ts';
import type { Processes } from '../machine/processes.ts';
import { localProblem, words } from '../problems.ts';
import { backupKeeper, type PostgresBackups } from './backup.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { type Following, followingOf } from './following.ts';
import {
  followPostgres,
  type LeaderAddress,
  leaderAt,
  type Postgres,
  type PostgresInput,
  runPostgres,
} from './postgres.ts';
import { type DatabaseFiles, owner } from './postgres-files.ts';

export interface DatabaseCluster {
  /** Where the writer is reached, whichever server that is. */
  readonly endpoint: Address;
  /** What tasks and functions are told beyond the templates. */
  readonly variables: Readonly<Record<string, string>>;
  /** Makes the second instance, where the templates have one, and waits until it follows. */
  addStandby(): Promise<void>;
  /** Takes the writer away; whoever is there takes over by itself. Resolves once it is gone. */
  crashWriter(): Promise<void>;
  readonly hasStandby: () => boolean;
  /** What a server of another region must know to follow this one. */
  leader(): LeaderAddress;
  /** Of a cluster that follows one of another region; absent where it writes itself. */
  readonly following: Following | undefined;
  readonly backups: PostgresBackups;
  /** Asks the writer, as the one who owns the server; fails while there is none. */
  ask<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>;
  stop(): Promise<void>;
}

interface DatabaseInput {
  readonly plan: DatabasePlan;
  readonly folder: string;
  readonly directory: Directory;
  readonly network: Network;
  readonly processes: Processes;
  readonly authority: Authority;
  /** Of the first server, which may have been begun on earlier; or whom it follows, and gets its files from. */
  readonly from: { readonly files: Promise<DatabaseFiles> } | { readonly leader: LeaderAddress };
}

export async function startDatabase(input: DatabaseInput): Promise<DatabaseCluster> {
  const front = await input.network.place(input.plan.port);
  const endpoint = await openEndpoint(front);
  try {
    return await startCluster(input, front, endpoint);
  } catch (error) {
    await endpoint.close();
    throw error;
  }
}

async function startCluster(input: DatabaseInput, front: Address, endpoint: Endpoint): Promise<DatabaseCluster> {
  const { plan, folder, directory, network, processes, authority } = input;
  const from = 'leader' in input.from ? input.from.leader : { ...(await input.from.files), place: undefined };
  const follows = from.place !== undefined;
  const { password } = from;
  let count = 0;
  const inputFor = async (place?: Address): Promise<PostgresInput> => ({
    // The leader knows its followers by their names, wherever they are.
    name: `${follows ? 'replica' : 'database'}-${++count}`,
    folder,
    place: place ?? (await network.place(plan.port)),
    names: [front.host],
    authority,
    processes,
    password,
    parameters: plan.parameters,
  });

  let stopping = false;
  let writerInput = await inputFor();
  let writes = !follows;
  let writer =
    from.place === undefined
      ? await runPostgres(writerInput, from.data)
      : await followPostgres(writerInput, leaderAt(from));
  let standby: { readonly server: Postgres; readonly input: PostgresInput } | undefined;
  if (writes) await createDatabase(writer, plan, directory);
  lead();
  watch(writer);
  directory.enter(plan.key, { 'Endpoint.Address': front.host, 'Endpoint.Port': String(front.port) });

  // Few, and kept open: the status page asks once a second.
  const questions = new pg.Pool({
    ...front,
    database: plan.name,
    user: owner,
    password,
    ssl: { ca: authority.certificate },
    max: 2,
    connectionTimeoutMillis: 2_000,
    application_name: 'status',
  });
  questions.on('error', () => {});

  /** The endpoint leads to a server that writes, or to none. */
  function lead(): void {
    endpoint.leadTo(writes ? writer.place : undefined);
  }

  function takeLead(): void {
    writes = true;
    lead();
  }

  async function addStandby(): Promise<void> {
    if (plan.instances < 2 || stopping || !writes) return;
    const following = await inputFor();
    const server = await followPostgres(following, writer);
    await untilFollowing(writer, following.name);
    await writer.sql(
      'postgres',
      `ALTER SYSTEM SET synchronous_standby_names = '"${following.name}"'`,
      'SELECT pg_reload_conf()',
    );
    standby = { server, input: following };
    void server.ended.then(() => (standby?.server === server ? replaceStandby().catch(report) : undefined));
  }

  /** Nobody may wait for a standby that is gone. */
  async function replaceStandby(): Promise<void> {
    standby = undefined;
    if (stopping) return;
    await writer.sql('postgres', 'ALTER SYSTEM RESET synchronous_standby_names', 'SELECT pg_reload_conf()');
    await addStandby();
  }

  /** Without a standby the writer itself comes back, and recovers what it had. */
  async function takeOver(): Promise<void> {
    endpoint.leadTo(undefined);
    const next = standby;
    standby = undefined;
    if (next === undefined) writer = await runPostgres(writerInput, writer.data);
    else {
      await next.server.sql('postgres', 'SELECT pg_promote(true, 60)');
      rmSync(writer.data, { recursive: true, force: true });
      [writer, writerInput] = [next.server, next.input];
    }
    if (stopping) return;
    lead();
    watch(writer);
    if (next !== undefined) await addStandby();
  }

  function watch(server: Postgres): void {
    void server.ended.then(() => {
      if (!stopping && server === writer) takeOver().catch(report);
    });
  }

  return {
    endpoint: front,
    variables: { DATABASE_CA_FILE: authority.file },
    addStandby,
    crashWriter: () => writer.crash(),
    hasStandby: () => standby !== undefined,
    leader: () => ({ place: front, data: writer.data, password, certificate: authority.certificate }),
    following: follows ? followingOf(() => writer, takeLead) : undefined,
    backups: backupKeeper({ source: () => writer, database: plan.name, folder, scratch: () => inputFor() }),
    ask: async <Row extends pg.QueryResultRow>(text: string) => (await questions.query<Row>(text)).rows,
    async stop() {
      stopping = true;
      await questions.end().catch(() => {});
      await Promise.all([standby?.server.end(), writer.end()]);
      await endpoint.close();
    },
  };
}

/** As RDS does when it makes a cluster. */
async function createDatabase(writer: Postgres, plan: DatabasePlan, directory: Directory): Promise<void> {
  const user = pg.escapeIdentifier(directory.text(plan.username, words.databaseUser));
  const secret = pg.escapeLiteral(directory.text(plan.password, words.databasePassword));
  await writer.sql(
    'postgres',
    `CREATE ROLE ${user} LOGIN CREATEDB CREATEROLE PASSWORD ${secret}`,
    `CREATE DATABASE ${pg.escapeIdentifier(plan.name)} OWNER ${user}`,
  );
}

/** What goes wrong while nobody waits for it. */
const report = (error: unknown) => console.error(`database: ${reasonOf(error)}`);

async function untilFollowing(writer: Postgres, name: string): Promise<void> {
  const following = `SELECT 1 FROM pg_stat_replication WHERE application_name = '${name}' AND state = 'streaming'`;
  const { isSo } = await until(
    () => writer.sql('postgres', following),
    ({ length }) => length > 0,
    { within: 30_000, every: 50 },
  );
  if (!isSo) throw localProblem('partFailed', { part: 'PostgreSQL', reason: words.notFollowing });
}
