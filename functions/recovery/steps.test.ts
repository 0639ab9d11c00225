// The steps of a failover one by one and in a row: again from any point, in any trouble (DR-2…6).
import { describe, expect, test } from 'vitest';
import { NotYet, Refused } from './errors.ts';
import type { Action, Role } from './ledger.ts';
import type { StepEvent } from './step.ts';
import { claim } from './steps/claim.ts';
import { publishLatch } from './steps/publish-latch.ts';
import { steps } from './steps.ts';
import { calmWorld, type World } from './testing/world.ts';

type StepName = Exclude<keyof typeof steps, 'Claim' | 'Stop'>;

const away: readonly StepName[] = [
  'StartTasks',
  'PromoteDatabase',
  'SwitchTraffic',
  'RaiseCapacity',
  'AwaitTargets',
  'SmokeTest',
  'AwaitTraffic',
  'ResumeOrders',
];
const planned: readonly StepName[] = ['StartTasks', 'FreezeWriters', ...away.slice(1), 'CarryWork'];
const rows: Readonly<Record<Action, readonly StepName[]>> = {
  failover: [...away, 'Report'],
  switchover: [...planned, 'Report'],
  failback: [...planned.filter((name) => name !== 'RaiseCapacity'), 'CarryFiles', 'RestStandby', 'Report'],
};

/** A step as the state machine calls it: again while it waits. */
async function run(name: StepName, event: StepEvent, world: World): Promise<unknown> {
  for (let asked = 0; asked < 20; asked++) {
    try {
      return await steps[name](event, world.ports);
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
    }
  }
  throw new Error(`${name} waits for ever`);
}

const minute = 60_000;

async function move(action: Action, world: World, execution = 'first', until?: StepName): Promise<StepEvent> {
  // Nobody takes over from an execution within its first minute.
  if (world.entry.run?.phase === 'running') world.now += minute;
  const event = await claim({ action, reason: 'a test', execution }, world.ports);
  for (const name of rows[action]) {
    await run(name, event, world);
    if (name === until) break;
  }
  return event;
}

/** Everything that a move is for. */
const outcome = ({ writer, tasks, capacity, latch, entry, queues, files }: World) => ({
  writer,
  latch,
  capacity,
  queues,
  files,
  serving: entry.serving,
  phase: entry.run?.phase,
  awaySince: entry.awaySince !== undefined,
  tasks: { primary: tasks.primary.minimum, standby: tasks.standby.minimum },
});

const served = (region: Role) => ({ writer: region, latch: region, serving: region, phase: 'done' });

/** The world in which an action makes sense. */
async function worldBefore(action: Action): Promise<World> {
  const world = calmWorld();
  if (action !== 'failback') return world;
  await move('switchover', world, 'earlier');
  world.queues.standby.push('a line of an import');
  world.files.standby.push('orders/receipts/1.json');
  world.done.splice(0);
  world.asked.splice(0);
  return world;
}

const actions = ['failover', 'switchover', 'failback'] as const;

describe('a move', () => {
  test.each(actions)('%s ends with the other region serving (DR-3, DR-4, DR-5)', async (action) => {
    const world = await worldBefore(action);
    const { to } = await move(action, world);
    expect(outcome(world)).toMatchObject(served(to));
    expect(world.capacity).toBe(to === 'standby' ? 'working' : 'resting');
    expect(world.tasks[to].minimum).toBe(2);
  });

  test('DR-6: a failover asks nothing of the primary region', async () => {
    const world = calmWorld();
    await move('failover', world);
    expect(world.asked.filter(({ region }) => region === 'primary')).toEqual([]);
    expect(world.asked.length).toBeGreaterThan(5);
  });

  test('DR-5: a failback stops the writers first, forces nothing, and brings home what was left', async () => {
    const world = await worldBefore('failback');
    await move('failback', world);
    const [freeze, promote] = ['scale standby to 0', 'switchover to primary asked in standby'].map((line) =>
      world.done.indexOf(line),
    );
    expect(freeze).toBeGreaterThanOrEqual(0);
    expect(promote).toBeGreaterThan(freeze ?? 0);
    expect(world.done.join()).not.toContain('failover');
    expect(world.queues).toEqual({ primary: ['a line of an import'], standby: [] });
    expect(world.files.primary).toEqual(['orders/receipts/1.json']);
    expect(outcome(world).awaySince).toBe(false);
  });

  test('the latch is held as soon as the database has changed hands, and only then (DR-8)', async () => {
    const world = calmWorld();
    await move('failover', world);
    const [promoted, held] = ['failover to standby asked in standby', 'latch standby'].map((line) =>
      world.done.indexOf(line),
    );
    expect(held).toBe((promoted ?? 0) + 1);
  });

  test.each(actions.flatMap((action) => rows[action].map((name) => [action, name] as const)))(
    '%s: %s twice changes what once does',
    async (action, name) => {
      const world = await worldBefore(action);
      const event = await move(action, world, 'first', name);
      const once = outcome(world);
      await run(name, event, world);
      expect(outcome(world)).toEqual(once);
    },
  );
});

describe('a move that was cut off', () => {
  const calls = [
    /scale/,
    /promote|failover to|switchover to/,
    /write ledger/,
    /latch/,
    /capacity (working|resting)/,
    /run/,
    /see targets/,
    /ask/,
    /see traffic/,
    /carry messages/,
    /carry files/,
    /keep/,
    /tell/,
  ];
  const points = actions.flatMap((action) =>
    calls.flatMap((call) => (['before', 'after'] as const).map((when) => [action, call, when] as const)),
  );

  test.each(points)('%s: %s, %s it took effect, is gone on with by the next', async (action, call, when) => {
    const whole = await worldBefore(action);
    await move(action, whole);
    const world = await worldBefore(action);
    world.trouble = { call, when };
    // Some actions have no such call: then nothing happens to it.
    const broken = await move(action, world).then(
      () => false,
      () => true,
    );
    world.trouble = undefined;
    if (broken) await move(action, world, 'second');
    expect(outcome(world)).toEqual(outcome(whole));
  });

  test('keeps the time at which it began, and what it found out', async () => {
    const world = calmWorld({ replication: { measuredAt: '2026-11-24T23:00:00.000Z', lagMs: 800 } });
    world.trouble = { call: /see targets/, when: 'before' };
    await expect(move('failover', world)).rejects.toThrow();
    const began = world.entry.run?.startedAt;
    world.trouble = undefined;
    world.replication = undefined;
    await move('failover', world, 'second');
    expect(world.entry.run).toMatchObject({
      startedAt: began,
      promotion: { how: 'failover', lastReplicatedWrite: '2026-11-24T22:59:59.200Z' },
    });
  });

  test('may be turned round: from a switchover whose primary died on the way to a failover', async () => {
    const world = calmWorld();
    await move('switchover', world, 'first', 'FreezeWriters');
    world.asked.splice(0);
    await move('failover', world, 'second');
    expect(outcome(world)).toMatchObject(served('standby'));
    expect(world.asked.filter(({ region }) => region === 'primary')).toEqual([]);
  });
});

describe('a planned move that cannot go on', () => {
  test.each([
    ['failback', 'failover', 'standby'],
    ['switchover', 'failback', 'primary'],
  ] as const)(
    '%s, its writers stopped, is undone by a %s: the %s region serves again',
    async (action, undo, region) => {
      const world = await worldBefore(action);
      world.trouble = { call: /^switchover/, when: 'before' };
      await expect(move(action, world)).rejects.toThrow();
      expect(world.tasks[region].count).toBe(0);
      await move(undo, world, 'undone');
      expect(outcome(world)).toMatchObject(served(region));
      expect(world.tasks[region].count).toBe(2);
      expect(world.done.filter((line) => /^(switchover|failover) to/.test(line))).toEqual([]);
    },
  );
});

describe('claim', () => {
  test('a second start while one runs is refused, and changes nothing', async () => {
    const world = calmWorld({ running: 'first' });
    await move('failover', world, 'first', 'StartTasks');
    const entry = world.entry;
    await expect(claim({ action: 'failover', execution: 'second' }, world.ports)).rejects.toThrow(Refused);
    expect(world.entry).toBe(entry);
  });

  test('a second start right after the first is refused, although no list of executions has the first yet', async () => {
    const world = calmWorld();
    await move('failover', world, 'first', 'StartTasks');
    await expect(claim({ action: 'failover', execution: 'second' }, world.ports)).rejects.toThrow(Refused);
    world.now += minute;
    await claim({ action: 'failover', execution: 'second' }, world.ports);
    expect(world.entry.run?.execution).toBe('second');
    // Whoever has taken over is as new as the first was.
    await expect(claim({ action: 'failover', execution: 'third' }, world.ports)).rejects.toThrow(Refused);
  });

  test('of two starts at once one is refused', async () => {
    const world = calmWorld();
    const both = await Promise.allSettled(
      ['first', 'second'].map((execution) => claim({ action: 'failover', execution }, world.ports)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('an execution that was taken over from can do nothing any more', async () => {
    const world = calmWorld();
    const event = await move('failover', world, 'first', 'StartTasks');
    world.now += minute;
    await claim({ action: 'failover', execution: 'second' }, world.ports);
    for (const name of rows.failover) {
      const { done } = world;
      const count = done.length;
      await expect(run(name, event, world), name).rejects.toThrow(Refused);
      expect(done).toHaveLength(count);
    }
  });

  test('an execution that is taken over from in the midst of a step does not turn the latch, and says who goes on', async () => {
    const world = calmWorld();
    const event = await move('failover', world, 'first', 'PromoteDatabase');
    const { ledger } = world.ports;
    let reads = 0;
    const late = {
      ...ledger,
      read: async () => {
        reads += 1;
        // The step has begun, and the ledger changes hands before its work does anything.
        if (reads === 2) {
          world.now += minute;
          await claim({ action: 'failback', execution: 'second' }, world.ports);
        }
        return ledger.read();
      },
    };
    await expect(steps.SwitchTraffic(event, { ...world.ports, ledger: late })).rejects.toThrow(Refused);
    expect([world.entry.serving, world.latch]).toEqual(['primary', 'primary']);
    await steps.Stop({ ...event, failure: { Error: 'Refused', Cause: 'held by second' } }, world.ports);
    expect(world.entry.run).toMatchObject({ execution: 'second', phase: 'running' });
    expect(world.news).toEqual(['failover was taken over from']);
  });

  test.each([
    ['failback', 'primary'],
    ['failover', 'standby'],
    ['switchover', 'standby'],
  ] as const)('%s is refused while the %s region serves and all is at rest', async (action, region) => {
    const world = calmWorld();
    if (region === 'standby') await move('failover', world);
    await expect(claim({ action, execution: 'next' }, world.ports)).rejects.toThrow(/serves already/);
  });

  test('another word is no action', async () => {
    await expect(claim({ action: 'fail', execution: 'x' }, calmWorld().ports)).rejects.toThrow(/"fail" is no action/);
  });
});

describe('the database', () => {
  const at = (seconds: number, lagMs: number) => ({
    measuredAt: new Date(Date.parse('2026-11-25T00:00:00Z') - seconds * 1_000).toISOString(),
    lagMs,
  });

  test.each([
    ['nothing was measured', undefined, 'failover'],
    ['writes arrive', at(60, 200), 'switchover'],
    ['writes arrived ten minutes ago', at(600, 200), 'failover'],
    ['writes arrive a minute late', at(60, 60_000), 'failover'],
  ] as const)('in a failover, when %s: %s → %s', async (_, replication, how) => {
    const world = calmWorld({ replication });
    await move('failover', world, 'first', 'PromoteDatabase');
    expect(world.done.at(-1)).toBe(`${how} to standby asked in standby`);
    expect(world.entry.run?.promotion?.how).toBe(how);
  });

  test('that refuses a switchover is failed over at once, and that is written down', async () => {
    const world = calmWorld({ replication: at(60, 200) });
    world.trouble = { call: /^switchover/, when: 'before' };
    await move('failover', world, 'first', 'PromoteDatabase');
    expect(world.done.at(-1)).toBe('failover to standby asked in standby');
    expect(world.entry.run?.promotion?.because).toMatch(/refused/);
  });

  test('whose switchover does not come about is failed over after two minutes', async () => {
    const world = calmWorld({ replication: at(60, 200) });
    const { ports } = world;
    const stuck = {
      ...ports,
      database: {
        ...ports.database,
        writer: async () => 'primary' as const,
        promote: async (_: Role, how: string) => void world.done.push(how),
      },
    };
    const event = await claim({ action: 'failover', execution: 'first' }, ports);
    for (const later of [0, 60_000, 121_000]) {
      world.now = later;
      await expect(steps.PromoteDatabase(event, stuck)).rejects.toThrow(NotYet);
    }
    expect(world.done).toEqual(['switchover', 'switchover', 'failover']);
  });

  test.each([
    ['failover', ['failover']],
    ['switchover', []],
  ] as const)('that is still changing its writer after two minutes is forced in a %s: %j', async (action, asked) => {
    const world = calmWorld({ replication: at(0, 200) });
    const { ports } = world;
    const changing = {
      ...ports,
      database: {
        ...ports.database,
        writer: async () => undefined,
        promote: async (_: Role, how: string) => void world.done.push(how),
      },
    };
    const event = await claim({ action, execution: 'first' }, ports);
    for (const later of [0, 110_000, 121_000]) {
      world.now = later;
      await expect(steps.PromoteDatabase(event, changing)).rejects.toThrow(NotYet);
    }
    expect(world.done).toEqual(asked);
  });

  test.each(['switchover', 'failback'] as const)('of a planned %s is never forced', async (action) => {
    const world = await worldBefore(action);
    world.trouble = { call: /^switchover/, when: 'before' };
    await expect(move(action, world)).rejects.toThrow(/does not answer/);
    expect(world.done.filter((line) => line.startsWith('failover'))).toEqual([]);
  });
});

test('a planned move stops nobody for a database that could not take over', async () => {
  const world = calmWorld({ follows: false });
  await expect(move('switchover', world)).rejects.toThrow(/waits for ever/);
  expect(world.tasks.primary.minimum).toBe(2);
  expect([world.writer, world.latch]).toEqual(['primary', 'primary']);
});

test('a planned move stops nobody for a region whose tasks do not come up', async () => {
  const world = calmWorld();
  const event = await move('switchover', world, 'first', 'StartTasks');
  const targets = () => ({ healthy: async () => 1 });
  await expect(steps.FreezeWriters(event, { ...world.ports, targets })).rejects.toThrow(
    /1 of 2 tasks.*nothing was stopped/,
  );
  expect(world.tasks.primary.count).toBe(4);
});

test('orders are sent by another task when the first did not end well', async () => {
  const world = calmWorld();
  const started: string[] = [];
  const oneOff = () => ({
    start: async (_: string, token: string) => {
      started.push(token);
      return token;
    },
    outcome: async () => (started.length === 1 ? ('failed' as const) : ('succeeded' as const)),
  });
  const event = await claim({ action: 'failover', execution: 'first' }, world.ports);
  await expect(steps.ResumeOrders(event, { ...world.ports, oneOff })).rejects.toThrow(/without having sent/);
  await steps.ResumeOrders(event, { ...world.ports, oneOff });
  expect(new Set(started).size).toBe(2);
});

describe('what is told', () => {
  test('a report has the times of each step, the last write that arrived, and what may be lost', async () => {
    const world = calmWorld({ replication: { measuredAt: '2026-11-24T23:50:00.000Z', lagMs: 900 } });
    await move('failover', world);
    const [text = ''] = Object.values(world.reports);
    const report = JSON.parse(text);
    expect(report.steps.map(({ name }: { name: string }) => name)).toEqual([
      'start-tasks',
      'promote-database',
      'switch-traffic',
      'raise-capacity',
      'await-targets',
      'smoke-test',
      'await-traffic',
      'resume-orders',
      'report',
    ]);
    expect(report.trafficAfterMs).toBeGreaterThan(0);
    expect(report.notes.join()).toContain('Writes after 2026-11-24T23:49:59.100Z may be lost');
    expect(report.notes.join()).toContain('rds:unplanned-global-failover-');
    expect(world.news).toEqual(['failover to the standby region is done']);
  });

  test('nothing is said to be lost in a switchover', async () => {
    const world = calmWorld();
    await move('switchover', world);
    expect(JSON.parse(Object.values(world.reports)[0] ?? '').notes).toEqual([
      'The database changed hands without a loss.',
    ]);
  });

  test('without a domain it says what a person has to do, and claims no time', async () => {
    const world = calmWorld();
    Object.assign(world.ports, { traffic: { goesTo: async () => 'by-hand' } });
    await move('failover', world);
    const report = JSON.parse(Object.values(world.reports)[0] ?? '');
    expect(report.notes.at(-1)).toContain("point the distribution's API origin");
    expect(report).not.toHaveProperty('trafficAfterMs');
  });

  test('a step that cannot go on is named, and the ledger is free again', async () => {
    const world = calmWorld({ running: 'first' });
    const event = await move('failover', world, 'first', 'StartTasks');
    world.trouble = { call: /see writer/, when: 'before' };
    await expect(run('PromoteDatabase', event, world)).rejects.toThrow();
    world.trouble = undefined;
    const failure = { Error: 'Error', Cause: 'see writer does not answer' };
    expect(await steps.Stop({ ...event, failure }, world.ports)).toEqual({ step: 'promote-database' });
    expect(world.entry.run).toMatchObject({ phase: 'stopped', failure: { cause: failure.Cause } });
    expect(world.news).toEqual(['failover has stopped']);
    await expect(claim({ action: 'failover', execution: 'second' }, world.ports)).resolves.toBeDefined();
  });

  test.each(['primary', 'standby'] as const)(
    'the latch says every minute that the %s region may serve',
    async (region) => {
      const world = calmWorld();
      if (region === 'standby') await move('failover', world);
      world.latch = region === 'standby' ? 'primary' : 'standby';
      await publishLatch({}, world.ports);
      expect(world.latch).toBe(region);
    },
  );
});
