// How a cluster stands to the one of another region that it follows, and how it comes to write itself.
import type { Postgres } from './postgres.ts';

/** A cluster that follows the one of another region, as an Aurora secondary does, until it is promoted. */
export interface Following {
  isPromoted(): boolean;
  /** Seconds by which it is behind; `undefined` when it hears nothing of the leader. */
  lag(): Promise<number | undefined>;
  /** When the last write was made that it has; `undefined` before the first. */
  lastWrite(): Promise<Date | undefined>;
  /** Makes it the writer; a second call changes nothing. */
  promote(): Promise<void>;
}

/** `promoted` is called each time that the server has become a writer. */
export function followingOf(server: () => Postgres, promoted: () => void): Following {
  let promoting: Promise<void> | undefined;
  const promote = async () => {
    await server().sql('postgres', 'SELECT CASE WHEN pg_is_in_recovery() THEN pg_promote(true, 60) END');
    promoted();
  };
  let done = false;
  return {
    isPromoted: () => done,
    async lag() {
      // Caught up counts as no lag, however long ago the last write was.
      const [row] = await server().sql<{ behind: number | null }>(
        'postgres',
        `SELECT CASE WHEN written_lsn <= pg_last_wal_replay_lsn() THEN 0
                ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END::float8 AS behind
         FROM pg_stat_wal_receiver WHERE status = 'streaming'`,
      );
      return row?.behind ?? undefined;
    },
    async lastWrite() {
      const [row] = await server().sql<{ at: Date | null }>('postgres', 'SELECT pg_last_xact_replay_timestamp() AS at');
      return row?.at ?? undefined;
    },
    async promote() {
      promoting ??= promote().catch((error: unknown) => {
        promoting = undefined;
        throw error;
      });
      await promoting;
      done = true;
    },
  };
}
