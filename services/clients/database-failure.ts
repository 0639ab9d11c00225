// What went wrong between us and PostgreSQL, sorted by what helps: another connection, another try, another password, or nothing.

export type DatabaseFailure = 'connection' | 'read-only' | 'conflict' | 'credentials' | 'other';

/** SQLSTATEs by remedy (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const states: Readonly<Record<string, DatabaseFailure>> = {
  // The server is stopping, crashed, starting, or has no connection left.
  '57P01': 'connection',
  '57P02': 'connection',
  '57P03': 'connection',
  '57P05': 'connection',
  '53300': 'connection',
  '25P03': 'connection',
  // A writer that has become a reader: the connection is alive and of no use.
  '25006': 'read-only',
  '40001': 'conflict',
  '40P01': 'conflict',
  '28P01': 'credentials',
  '28000': 'credentials',
};

const brokenPipes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** The driver's own errors carry no code. */
const driverSentences =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|not queryable|ended the connection|socket disconnected/i;

export function failureOf(error: unknown): DatabaseFailure {
  if (!(error instanceof Error)) return 'other';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = states[code];
  if (known !== undefined) return known;
  if (code.startsWith('08') || brokenPipes.has(code)) return 'connection';
  if (error instanceof AggregateError)
    return error.errors.some((inner) => failureOf(inner) === 'connection') ? 'connection' : 'other';
  return code === '' && driverSentences.test(error.message) ? 'connection' : 'other';
}
