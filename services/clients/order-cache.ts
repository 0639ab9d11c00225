// Orders in Redis. An entry is `<version>:<JSON>`. What is dropped leaves `<version>:` behind for a while, a mark that keeps a slower
// reader from putting back what it read before the change; and no entry gives way to an older one. So a message that comes late, or
// twice, does no harm. Redis may be slow or gone: every call has a small budget, and the answer is then simply "not here".
import { Redis } from 'ioredis';
import type { OwnedOrder } from '../orders/order.ts';
import { breaker } from './breaker.ts';
import { traced } from './tracing.ts';

export interface OrderCache {
  find(id: string): Promise<OwnedOrder | undefined>;
  fill(order: OwnedOrder): Promise<void>;
  /** Drops what is older than the version; false when Redis could not be told. */
  drop(id: string, version: number): Promise<boolean>;
  close(): void;
}

export interface OrderCacheOptions {
  readonly host: string;
  readonly port: number;
  /** The AUTH token; absent without one. */
  readonly token?: string;
  readonly tls: boolean;
}

/** A call's budget, milliseconds: a read that waits longer is faster from the database. */
const budget = 50;
/** How long an entry or a mark lives, seconds: the bound on staleness when a change could not be told to Redis. */
const secondsKept = 60;
const commands = {
  // KEYS[1]: the entry. ARGV: version, entry, seconds. A new entry must not be older than what is there.
  fillEntry: `
    local there = redis.call('GET', KEYS[1])
    if there and tonumber(string.match(there, '^%d+')) > tonumber(ARGV[1]) then return 0 end
    redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
    return 1`,
  // KEYS[1]: the entry. ARGV: version, seconds. An entry of that version or newer stays.
  dropEntry: `
    local there = redis.call('GET', KEYS[1])
    if there and tonumber(string.match(there, '^%d+')) >= tonumber(ARGV[1]) then return 0 end
    redis.call('SET', KEYS[1], ARGV[1] .. ':', 'EX', ARGV[2])
    return 1`,
} as const;

/** The first failure of a series goes to `report`. */
export function openOrderCache(options: OrderCacheOptions, report: (error: unknown) => void): OrderCache {
  const redis = new Redis({
    host: options.host,
    port: options.port,
    password: options.token,
    // ElastiCache's certificates come from Amazon's public authority, which Node trusts.
    ...(options.tls ? { tls: { minVersion: 'TLSv1.2' as const } } : {}),
    // Nothing waits in line for a connection: the database is there.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 1_000,
    commandTimeout: budget,
    enableAutoPipelining: true,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 6), 2_000) * (0.5 + Math.random() / 2),
    // A replica that was promoted is found again by name.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
  redis.on('error', () => {});
  const guard = breaker({ failures: 5, rest: 500, longestRest: 8_000, now: () => performance.now() }, report);
  const attributes = { 'db.system.name': 'redis' } as const;

  return {
    find: (id) =>
      traced('redis get', attributes, async () => {
        const entry = await guard.attempt(() => redis.get(entryKey(id)));
        return entry === undefined || entry === null ? undefined : parse(entry);
      }),
    fill: (owned) =>
      traced('redis fill', attributes, async () => {
        const { id, version } = owned.order;
        const entry = `${version}:${JSON.stringify(owned)}`;
        await guard.attempt(() => redis.eval(commands.fillEntry, 1, entryKey(id), version, entry, secondsKept));
      }),
    drop: (id, version) =>
      traced('redis drop', attributes, async () => {
        const dropped = await guard.attempt(() =>
          redis.eval(commands.dropEntry, 1, entryKey(id), version, secondsKept),
        );
        return dropped !== undefined;
      }),
    close: () => redis.disconnect(),
  };
}

/** The number names the entry's shape, so that a deploy that changes it does not read old entries. */
function entryKey(id: string): string {
  return `order:1:${id}`;
}

function parse(entry: string): OwnedOrder | undefined {
  const json = entry.slice(entry.indexOf(':') + 1);
  return json === '' ? undefined : JSON.parse(json);
}
