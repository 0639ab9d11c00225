// Two regions in memory, as the steps of a failover see them: what they did is kept in order, and any call can be made to fail.
import { NotYet } from '../errors.ts';
import { type Entry, firstEntry, type Role } from '../ledger.ts';
import type { Ports, Replication, Size } from '../ports.ts';

export interface World {
  readonly ports: Ports;
  /** What was changed, one line each, in order; looks are left out. */
  readonly done: string[];
  /** Calls, looks included, that were made of a region's own things. */
  readonly asked: { readonly region: Role; readonly call: string }[];
  entry: Entry;
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
export function calmWorld(changes: Partial<World> = {}): World {
  const begin = Date.parse('2026-11-25T00:00:00.000Z');
  const done: string[] = [];
  const asked: World['asked'] = [];
  let promotion: Role | undefined;

  async function act<T>(call: string, effect: () => T): Promise<T> {
    const fails = world.trouble?.call.test(call) === true;
    if (fails && world.trouble?.when === 'before') throw new Error(`${call} does not answer`);
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

  const ports: Ports = {
    clock: { now: () => new Date(begin + world.now++) },
    size: production,
    ledger: {
      read: () => act('read ledger', () => world.entry),
      replace: (next) =>
        act('write ledger', () => {
          if (next.revision !== world.entry.revision + 1) return false;
          world.entry = JSON.parse(JSON.stringify(next));
          return true;
        }),
    },
    executions: { isRunning: async (execution) => execution === world.running },
    database: {
      writer: () =>
        act('see writer', () => {
          if (promotion === undefined) return world.writer;
          // Seen once on its way, and then there.
          world.writer = promotion;
          promotion = undefined;
          return undefined;
        }),
      replication: () => act('see replication', () => world.replication),
      promote: (to, how, askedIn) => {
        of(askedIn, 'promote');
        return change(`${how} to ${to} asked in ${askedIn}`, () => {
          if (promotion !== undefined) throw new NotYet('it is on its way');
          promotion = to;
        });
      },
    },
    followers: { couldTakeOver: () => act('see followers', () => world.follows) },
    capacity: {
      set: (level) => change(`capacity ${level}`, () => Object.assign(world, { capacity: level })),
      isAt: (level) => act('see capacity', () => world.capacity === level),
    },
    service: (region) => ({
      scale: (size) =>
        change(`${of(region, 'scale')} to ${size.minimum}`, () => {
          const count = Math.min(Math.max(world.tasks[region].count, size.minimum), size.maximum);
          Object.assign(world.tasks[region], size, { count });
        }),
      running: () => act(of(region, 'see tasks'), () => world.tasks[region].count),
    }),
    targets: (region) => ({ healthy: () => act(of(region, 'see targets'), () => world.tasks[region].count) }),
    oneOff: (region) => ({
      start: async (command, token) => {
        await change(`${of(region, 'run')} ${command}`, () => {});
        return `${command} for ${token}`;
      },
      outcome: () => act(of(region, 'see task'), () => 'succeeded' as const),
    }),
    loadBalancer: (region) => ({ ask: () => act(of(region, 'ask'), () => (world.writer === region ? 200 : 503)) }),
    latch: { publish: (serving) => change(`latch ${serving}`, () => Object.assign(world, { latch: serving })) },
    traffic: { goesTo: () => act('see traffic', () => world.latch) },
    messages: {
      move: (from, to) => {
        of(from, 'carry messages');
        return act('carry messages', () => world.queues[to].push(...world.queues[from].splice(0)) && 0);
      },
    },
    files: {
      copy: (from, to) => {
        of(from, 'carry files');
        return act('carry files', () => {
          for (const file of world.files[from]) if (!world.files[to].includes(file)) world.files[to].push(file);
          return undefined;
        });
      },
    },
    news: { tell: (subject) => act('tell', () => void world.news.push(subject)) },
    archive: {
      keep: (name, text) =>
        act('keep', () => {
          world.reports[name] = text;
          return name;
        }),
    },
  };
  const world: World = {
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
  return world;
}
