// Two regions in memory, as the steps of a failover see them: what they did is kept in order, and any call can be made to fail.
import { NotYet } from '../errors.ts';
import { firstEntry, type LedgerEntry, type Role } from '../ledger.ts';
import type { RecoveryPorts, Replication, Size } from '../ports.ts';

export interface ScriptedRegions {
  readonly ports: RecoveryPorts;
  /** What was changed, one line each, in order; looks are left out. */
  readonly done: string[];
  /** Calls, looks included, that were made of a region's own things. */
  readonly asked: { readonly region: Role; readonly call: string }[];
  entry: LedgerEntry;
  writer: Role;
  /** Whether the database that does not write could take over. */
  follows: boolean;
  replication: Replication | undefined;
  running: string | undefined;
  readonly tasks: Record<Role, Size & { count: number }>;
  capacity: 'working' | 'resting';
  latch: Role;
  readonly queues: Record<Role, string[]>;
  readonly files: Record<Role, string[]>;
  readonly news: string[];
  readonly reports: Record<string, string>;
  /** Makes calls fail whose name matches; before or after they took effect. */
  trouble: { readonly call: RegExp; readonly when: 'before' | 'after' } | undefined;
  /** Milliseconds since the beginning. */
  now: number;
}

const production: Size = { minimum: 2, maximum: 10 };

/** All is well, and the primary region serves. */
export function scriptedRegions(changes: Partial<ScriptedRegions> = {}): ScriptedRegions {
  const begin = Date.parse('2026-11-25T00:00:00.000Z');
  const done: string[] = [];
  const asked: ScriptedRegions['asked'] = [];
  let promotion: Role | undefined;

  async function act<T>(call: string, effect: () => T): Promise<T> {
    const fails = regions.trouble?.call.test(call) === true;
    if (fails && regions.trouble?.when === 'before') throw new Error(`${call} does not answer`);
    const result = effect();
    if (fails) throw new Error(`the answer of ${call} was lost`);
    return result;
  }
  const change = (call: string, effect: () => void) =>
    act(call, () => {
      effect();
      done.push(call);
    });
  const of = (region: Role, call: string): string => {
    asked.push({ region, call });
    return `${call} ${region}`;
  };

  const ports: RecoveryPorts = {
    clock: { now: () => new Date(begin + regions.now++) },
    size: production,
    ledger: {
      read: () => act('read ledger', () => regions.entry),
      replace: (next) =>
        act('write ledger', () => {
          if (next.revision !== regions.entry.revision + 1) return false;
          regions.entry = JSON.parse(JSON.stringify(next));
          return true;
        }),
    },
    executions: { isRunning: async (execution) => execution === regions.running },
    database: {
      writer: () =>
        act('see writer', () => {
          if (promotion === undefined) return regions.writer;
          // Seen once on its way, and then there.
          regions.writer = promotion;
          promotion = undefined;
          return undefined;
        }),
      replication: () => act('see replication', () => regions.replication),
      promote: (to, how, askedIn) => {
        of(askedIn, 'promote');
        return change(`${how} to ${to} asked in ${askedIn}`, () => {
          if (promotion !== undefined) throw new NotYet('it is on its way');
          promotion = to;
        });
      },
    },
    followers: { couldTakeOver: () => act('see followers', () => regions.follows) },
    capacity: {
      set: (level) => change(`capacity ${level}`, () => Object.assign(regions, { capacity: level })),
      isAt: (level) => act('see capacity', () => regions.capacity === level),
    },
    service: (region) => ({
      scale: (size) =>
        change(`${of(region, 'scale')} to ${size.minimum}`, () => {
          const count = Math.min(Math.max(regions.tasks[region].count, size.minimum), size.maximum);
          Object.assign(regions.tasks[region], size, { count });
        }),
      running: () => act(of(region, 'see tasks'), () => regions.tasks[region].count),
    }),
    targets: (region) => ({ healthy: () => act(of(region, 'see targets'), () => regions.tasks[region].count) }),
    oneOff: (region) => ({
      start: async (command, token) => {
        await change(`${of(region, 'run')} ${command}`, () => {});
        return `${command} for ${token}`;
      },
      outcome: () => act(of(region, 'see task'), () => 'succeeded' as const),
    }),
    loadBalancer: (region) => ({ ask: () => act(of(region, 'ask'), () => (regions.writer === region ? 200 : 503)) }),
    latch: { publish: (serving) => change(`latch ${serving}`, () => Object.assign(regions, { latch: serving })) },
    traffic: { goesTo: () => act('see traffic', () => regions.latch) },
    messages: {
      move: (from, to) => {
        of(from, 'carry messages');
        return act('carry messages', () => regions.queues[to].push(...regions.queues[from].splice(0)) && 0);
      },
    },
    files: {
      copy: (from, to) => {
        of(from, 'carry files');
        return act('carry files', () => {
          for (const file of regions.files[from]) if (!regions.files[to].includes(file)) regions.files[to].push(file);
          return undefined;
        });
      },
    },
    news: { tell: (subject) => act('tell', () => void regions.news.push(subject)) },
    archive: {
      keep: (name, text) =>
        act('keep', () => {
          regions.reports[name] = text;
          return name;
        }),
    },
  };
  const regions: ScriptedRegions = {
    ports,
    done,
    asked,
    entry: firstEntry,
    writer: 'primary',
    follows: true,
    replication: undefined,
    running: undefined,
    tasks: { primary: { ...production, count: 4 }, standby: { minimum: 0, maximum: 0, count: 0 } },
    capacity: 'resting',
    latch: 'primary',
    queues: { primary: [], standby: [] },
    files: { primary: [], standby: [] },
    news: [],
    reports: {},
    trouble: undefined,
    now: 0,
    ...changes,
  };
  return regions;
}
