// What Aurora PostgreSQL is told beyond its defaults: one table, each row with its reason. Parameter names and units are PostgreSQL's
// (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html).

import { Refusal } from '../../../../design/refusal.ts';
import { refusals } from '../../refusals.ts';

const bytesPerGiB = 2 ** 30;
/** RDS counts one connection for each of so many bytes of an instance's memory … */
const bytesPerConnection = 9_531_392;
/** … and never more than this. */
const mostConnections = 5_000;
/** `DBInstanceClassMemory` is what RDS's own processes leave of a class's memory: about nine tenths, by AWS's table of connections. */
const leftByRds = 0.9;

/** Memory of a class's `large` size by the letters of its family; other sizes are multiples. */
const largeGiB: Readonly<Record<string, number>> = { t: 8, m: 8, r: 16, x: 32 };

/** Memory of an Aurora instance class, e.g. 16 for `db.r6g.large`. */
export function memoryGiB(instanceClass: string): number {
  const [, family = '', size = ''] = /^db\.([a-z])[a-z0-9]*\.(\w+)$/.exec(instanceClass) ?? [];
  const large = largeGiB[family];
  const multiple =
    size === 'large'
      ? 1
      : size === 'medium'
        ? 0.5
        : size.endsWith('xlarge')
          ? 2 * Number(size.slice(0, -6) || 1)
          : Number.NaN;
  if (large === undefined || Number.isNaN(multiple)) throw new Refusal(refusals.unknownMemory({ instanceClass }));
  return large * multiple;
}

/** Connections that an instance of a class with this much memory takes, by RDS's rule `LEAST({DBInstanceClassMemory/9531392}, 5000)`. */
export function maxConnections(memoryGiB: number): number {
  return Math.min(Math.floor((memoryGiB * bytesPerGiB * leftByRds) / bytesPerConnection), mostConnections);
}

/**
 * Libraries of which a database has an extension, and that run in every instance. `pg_stat_statements` counts what runs slowly by shape,
 * without its values; `pgaudit` logs who changed the schema or a role. Without its extension pgAudit names no objects, and a table that
 * is dropped along with another goes unlogged (https://github.com/pgaudit/pgaudit/blob/main/README.md, Settings).
 */
export const preloadedExtensions = ['pg_stat_statements', 'pgaudit'] as const;

/**
 * The cluster's parameters.
 *
 * No value that a user sent reaches the log: PostgreSQL writes neither parameters nor details of an error, nor the text of a failed
 * statement. `log_statement` stays off, since `ddl` would write the new password of every rotation (`ALTER USER … PASSWORD '…'`)
 * in clear; pgaudit logs the same changes with the password left out.
 */
export function auroraParameters(connections: number): Readonly<Record<string, string>> {
  return {
    // AC-SEC-3: a connection without TLS is refused.
    'rds.force_ssl': '1',
    ssl_min_protocol_version: 'TLSv1.2',
    password_encryption: 'scram-sha-256',
    // MON-11: the alarm's percentages refer to this number; RDS's formula would leave it unknown until the instance runs.
    max_connections: String(connections),
    // No statement, lock or forgotten transaction holds others up for long (milliseconds); migrations set their own.
    statement_timeout: '30000',
    lock_timeout: '10000',
    idle_in_transaction_session_timeout: '60000',
    shared_preload_libraries: preloadedExtensions.join(),
    track_io_timing: '1',
    'pgaudit.log': 'ddl,role',
    'pgaudit.log_parameter': '0',
    log_statement: 'none',
    // Statements of a second or more (milliseconds), their parameters left out.
    log_min_duration_statement: '1000',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_lock_waits: '1',
    log_connections: '1',
    log_disconnections: '1',
  };
}
