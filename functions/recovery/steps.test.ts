// The steps of a failover one by one and in a row: again from any point, in any trouble (DR-2…6).
import { describe, expect, test } from 'vitest';
import { NotYet, Refused } from './errors.ts';
import type { Action, Role } from './ledger.ts';
import type { StepEvent } from './step.ts';
import { claim } from './steps/claim.ts';
import { publishLatch } from './steps/publish-latch.ts';
import { steps } from './steps.ts';
import { type ScriptedRegions, scriptedRegions } from './testing/scripted-regions.ts';

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
async function run(name: StepName, event: StepEvent, regions: ScriptedRegions): Promise<unknown> {
  for (let asked = 0; asked < 20; asked++) {
    try {
      return await steps[name](event, regions.ports);
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
    }
  }
  throw new Error(`${name} waits for ever`);
}

const minute = 60_000;

async function move(
  action: Action,
  regions: ScriptedRegions,
  execution = 'first',
  until?: StepName,
): Promise<StepEvent> {
  // Nobody takes over from an execution within its first minute.
  if (regions.entry.run?.phase === 'running') regions.now += minute;
  const event = await claim({ action, reason: 'a test', execution }, regions.ports);
  for (const name of rows[action]) {
    await run(name, event, regions);
    if (name === until) break;
  }
  return event;
}

/** Everything that a move is for. */
const outcome = ({ writer, tasks, capacity, latch, entry, queues, files }: ScriptedRegions) => ({
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

/** The state of both regions in which an action makes sense. */
async function worldBefore(action: Action): Promise<ScriptedRegions> {
  const regions = scriptedRegions();
  if (action !== 'failback') return regions;
  await move('switchover', regions, 'earlier');
  regions.queues.standby.push('a line of an import');
  regions.files.standby.push('orders/receipts/1.json');
  regions.done.splice(0);
  regions.asked.splice(0);
  return regions;
}

const actions = ['failover', 'switchover', 'failback'] as const;

describe('a move', () => {
  test.each(actions)('%s ends with the other region serving (DR-3, DR-4, DR-5)', async (action) => {
    const regions = await worldBefore(action);
    const { to } = await move(action, regions);
    expect(outcome(regions)).toMatchObject(served(to));
    expect(regions.capacity).toBe(to === 'standby' ? 'working' : 'resting');
    expect(regions.tasks[to].minimum).toBe(2);
  });

  test('DR-6: a failover asks nothing of the primary region', async () => {
    const regions = scriptedRegions();
    await move('failover', regions);
    expect(regions.asked.filter(({ region }) => region === 'primary')).toEqual([]);
    expect(regions.asked.length).toBeGreaterThan(5);
  });

  test('DR-5: a failback stops the writers first, forces nothing, and brings home what was left', async () => {
    const regions = await worldBefore('failback');
    await move('failback', regions);
    const [freeze, promote] = ['scale standby to 0', 'switchover to primary asked in standby'].map((line) =>
      regions.done.indexOf(line),
    );
    expect(freeze).toBeGreaterThanOrEqual(0);
    expect(promote).toBeGreaterThan(freeze ?? 0);
    expect(regions.done.join()).not.toContain('failover');
    expect(regions.queues).toEqual({ primary: ['a line of an import'], standby: [] });
    expect(regions.files.primary).toEqual(['orders/receipts/1.json']);
    expect(outcome(regions).awaySince).toBe(false);
  });

  test('the latch is held as soon as the database has changed hands, and only then (DR-8)', async () => {
    const regions = scriptedRegions();
    await move('failover', regions);
    const [promoted, held] = ['failover to standby asked in standby', 'latch standby'].map((line) =>
      regions.done.indexOf(line),
    );
    expect(held).toBe((promoted ?? 0) + 1);
  });

  test.each(actions.flatMap((action) => rows[action].map((name) => [action, name] as const)))(
    '%s: %s twice changes what once does',
    async (action, name) => {
      const regions = await worldBefore(action);
      const event = await move(action, regions, 'first', name);
      const once = outcome(regions);
      await run(name, event, regions);
      expect(outcome(regions)).toEqual(once);
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
    const regions = await worldBefore(action);
    regions.trouble = { call, when };
    // Some actions have no such call: then nothing happens to it.
    const broken = await move(action, regions).then(
      () => false,
      () => true,
    );
    regions.trouble = undefined;
    if (broken) await move(action, regions, 'second');
    expect(outcome(regions)).toEqual(outcome(whole));
  });

  test('keeps the time at which it began, and what it found out', async () => {
    const regions = scriptedRegions({ replication: { measuredAt: '2026-11-24T23:00:00.000Z', lagMs: 800 } });
    regions.trouble = { call: /see targets/, when: 'before' };
    await expect(move('failover', regions)).rejects.toThrow();
    const began = regions.entry.run?.startedAt;
    regions.trouble = undefined;
    regions.replication = undefined;
    await move('failover', regions, 'second');
    expect(regions.entry.run).toMatchObject({
      startedAt: began,
      promotion: { how: 'failover', lastReplicatedWrite: '2026-11-24T22:59:59.200Z' },
    });
  });

  test('may be turned round: from a switchover whose primary died on the way to a failover', async () => {
    const regions = scriptedRegions();
    await move('switchover', regions, 'first', 'FreezeWriters');
    regions.asked.splice(0);
    await move('failover', regions, 'second');
    expect(outcome(regions)).toMatchObject(served('standby'));
    expect(regions.asked.filter(({ region }) => region === 'primary')).toEqual([]);
  });
});

describe('a planned move that cannot go on', () => {
  test.each([
    ['failback', 'failover', 'standby'],
    ['switchover', 'failback', 'primary'],
  ] as const)(
    '%s, its writers stopped, is undone by a %s: the %s region serves again',
    async (action, undo, region) => {
      const regions = await worldBefore(action);
      regions.trouble = { call: /^switchover/, when: 'before' };
      await expect(move(action, regions)).rejects.toThrow();
      expect(regions.tasks[region].count).toBe(0);
      await move(undo, regions, 'undone');
      expect(outcome(regions)).toMatchObject(served(region));
      expect(regions.tasks[region].count).toBe(2);
      expect(regions.done.filter((line) => /^(switchover|failover) to/.test(line))).toEqual([]);
    },
  );
});

describe('claim', () => {
  test('a second start while one runs is refused, and changes nothing', async () => {
    const regions = scriptedRegions({ running: 'first' });
    await move('failover', regions, 'first', 'StartTasks');
    const entry = regions.entry;
    await expect(claim({ action: 'failover', execution: 'second' }, regions.ports)).rejects.toThrow(Refused);
    expect(regions.entry).toBe(entry);
  });

  test('a second start right after the first is refused, although no list of executions has the first yet', async () => {
    const regions = scriptedRegions();
    await move('failover', regions, 'first', 'StartTasks');
    await expect(claim({ action: 'failover', execution: 'second' }, regions.ports)).rejects.toThrow(Refused);
    regions.now += minute;
    await claim({ action: 'failover', execution: 'second' }, regions.ports);
    expect(regions.entry.run?.execution).toBe('second');
    // Whoever has taken over is as new as the first was.
    await expect(claim({ action: 'failover', execution: 'third' }, regions.ports)).rejects.toThrow(Refused);
  });

  test('of two starts at once one is refused', async () => {
    const regions = scriptedRegions();
    const both = await Promise.allSettled(
      ['first', 'second'].map((execution) => claim({ action: 'failover', execution }, regions.ports)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('an execution that was taken over from can do nothing any more', async () => {
    const regions = scriptedRegions();
    const event = await move('failover', regions, 'first', 'StartTasks');
    regions.now += minute;
    await claim({ action: 'failover', execution: 'second' }, regions.ports);
    for (const name of rows.failover) {
      const { done } = regions;
      const count = done.length;
      await expect(run(name, event, regions), name).rejects.toThrow(Refused);
      expect(done).toHaveLength(count);
    }
  });

  test('an execution that is taken over from in the midst of a step does not turn the latch, and says who goes on', async () => {
    const regions = scriptedRegions();
    const event = await move('failover', regions, 'first', 'PromoteDatabase');
    const { ledger } = regions.ports;
    let reads = 0;
    const late = {
      ...ledger,
      read: async () => {
        reads += 1;
        // The step has begun, and the ledger changes hands before its work does anything.
        if (reads === 2) {
          regions.now += minute;
          await claim({ action: 'failback', execution: 'second' }, regions.ports);
        }
        return ledger.read();
      },
    };
    await expect(steps.SwitchTraffic(event, { ...regions.ports, ledger: late })).rejects.toThrow(Refused);
    expect([regions.entry.serving, regions.latch]).toEqual(['primary', 'primary']);
    await steps.Stop({ ...event, failure: { Error: 'Refused', Cause: 'held by second' } }, regions.ports);
    expect(regions.entry.run).toMatchObject({ execution: 'second', phase: 'running' });
    expect(regions.news).toEqual(['failover was taken over from']);
  });

  test.each([
    ['failback', 'primary'],
    ['failover', 'standby'],
    ['switchover', 'standby'],
  ] as const)('%s is refused while the %s region serves and all is at rest', async (action, region) => {
    const regions = scriptedRegions();
    if (region === 'standby') await move('failover', regions);
    await expect(claim({ action, execution: 'next' }, regions.ports)).rejects.toThrow(/serves already/);
  });

  test('another word is no action', async () => {
    await expect(claim({ action: 'fail', execution: 'x' }, scriptedRegions().ports)).rejects.toThrow(
      /"fail" is no action/,
    );
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
    const regions = scriptedRegions({ replication });
    await move('failover', regions, 'first', 'PromoteDatabase');
    expect(regions.done.at(-1)).toBe(`${how} to standby asked in standby`);
    expect(regions.entry.run?.promotion?.how).toBe(how);
  });

  test('that refuses a switchover is failed over at once, and that is written down', async () => {
    const regions = scriptedRegions({ replication: at(60, 200) });
    regions.trouble = { call: /^switchover/, when: 'before' };
    await move('failover', regions, 'first', 'PromoteDatabase');
    expect(regions.done.at(-1)).toBe('failover to standby asked in standby');
    expect(regions.entry.run?.promotion?.because).toMatch(/refused/);
  });

  test('whose switchover does not come about is failed over after two minutes', async () => {
    const regions = scriptedRegions({ replication: at(60, 200) });
    const { ports } = regions;
    const stuck = {
      ...ports,
      database: {
        ...ports.database,
        writer: async () => 'primary' as const,
        promote: async (_: Role, how: string) => void regions.done.push(how),
      },
    };
    const event = await claim({ action: 'failover', execution: 'first' }, ports);
    for (const later of [0, 60_000, 121_000]) {
      regions.now = later;
      await expect(steps.PromoteDatabase(event, stuck)).rejects.toThrow(NotYet);
    }
    expect(regions.done).toEqual(['switchover', 'switchover', 'failover']);
  });

  test.each([
    ['failover', ['failover']],
    ['switchover', []],
  ] as const)('that is still changing its writer after two minutes is forced in a %s: %j', async (action, asked) => {
    const regions = scriptedRegions({ replication: at(0, 200) });
    const { ports } = regions;
    const changing = {
      ...ports,
      database: {
        ...ports.database,
        writer: async () => undefined,
        promote: async (_: Role, how: string) => void regions.done.push(how),
      },
    };
    const event = await claim({ action, execution: 'first' }, ports);
    for (const later of [0, 110_000, 121_000]) {
      regions.now = later;
      await expect(steps.PromoteDatabase(event, changing)).rejects.toThrow(NotYet);
    }
    expect(regions.done).toEqual(asked);
  });

  test.each(['switchover', 'failback'] as const)('of a planned %s is never forced', async (action) => {
    const regions = await worldBefore(action);
    regions.trouble = { call: /^switchover/, when: 'before' };
    await expect(move(action, regions)).rejects.toThrow(/does not answer/);
    expect(regions.done.filter((line) => line.startsWith('failover'))).toEqual([]);
  });
});

test('a planned move stops nobody for a database that could not take over', async () => {
  const regions = scriptedRegions({ follows: false });
  await expect(move('switchover', regions)).rejects.toThrow(/waits for ever/);
  expect(regions.tasks.primary.minimum).toBe(2);
  expect([regions.writer, regions.latch]).toEqual(['primary', 'primary']);
});

test('a planned move stops nobody for a region whose tasks do not come up', async () => {
  const regions = scriptedRegions();
  const event = await move('switchover', regions, 'first', 'StartTasks');
  const targets = () => ({ healthy: async () => 1 });
  await expect(steps.FreezeWriters(event, { ...regions.ports, targets })).rejects.toThrow(
    /1 of 2 tasks.*nothing was stopped/,
  );
  expect(regions.tasks.primary.count).toBe(4);
});

test('orders are sent by another task when the first did not end well', async () => {
  const regions = scriptedRegions();
  const started: string[] = [];
  const oneOff = () => ({
    start: async (_: string, token: string) => {
      started.push(token);
      return token;
    },
    outcome: async () => (started.length === 1 ? ('failed' as const) : ('succeeded' as const)),
  });
  const event = await claim({ action: 'failover', execution: 'first' }, regions.ports);
  await expect(steps.ResumeOrders(event, { ...regions.ports, oneOff })).rejects.toThrow(/without having sent/);
  await steps.ResumeOrders(event, { ...regions.ports, oneOff });
  expect(new Set(started).size).toBe(2);
});

describe('what is told', () => {
  test('a report has the times of each step, the last write that arrived, and what may be lost', async () => {
    const regions = scriptedRegions({ replication: { measuredAt: '2026-11-24T23:50:00.000Z', lagMs: 900 } });
    await move('failover', regions);
    const [text = ''] = Object.values(regions.reports);
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
    expect(regions.news).toEqual(['failover to the standby region is done']);
  });

  test('nothing is said to be lost in a switchover', async () => {
    const regions = scriptedRegions();
    await move('switchover', regions);
    expect(JSON.parse(Object.values(regions.reports)[0] ?? '').notes).toEqual([
      'The database changed hands without a loss.',
    ]);
  });

  test('without a domain it says what a person has to do, and claims no time', async () => {
    const regions = scriptedRegions();
    Object.assign(regions.ports, { traffic: { goesTo: async () => 'by-hand' } });
    await move('failover', regions);
    const report = JSON.parse(Object.values(regions.reports)[0] ?? '');
    expect(report.notes.at(-1)).toContain("point the distribution's API origin");
    expect(report).not.toHaveProperty('trafficAfterMs');
  });

  test('a step that cannot go on is named, and the ledger is free again', async () => {
    const regions = scriptedRegions({ running: 'first' });
    const event = await move('failover', regions, 'first', 'StartTasks');
    regions.trouble = { call: /see writer/, when: 'before' };
    await expect(run('PromoteDatabase', event, regions)).rejects.toThrow();
    regions.trouble = undefined;
    const failure = { Error: 'Error', Cause: 'see writer does not answer' };
    expect(await steps.Stop({ ...event, failure }, regions.ports)).toEqual({ step: 'promote-database' });
    expect(regions.entry.run).toMatchObject({ phase: 'stopped', failure: { cause: failure.Cause } });
    expect(regions.news).toEqual(['failover has stopped']);
    await expect(claim({ action: 'failover', execution: 'second' }, regions.ports)).resolves.toBeDefined();
  });

  test.each(['primary', 'standby'] as const)(
    'the latch says every minute that the %s region may serve',
    async (region) => {
      const regions = scriptedRegions();
      if (region === 'standby') await move('failover', regions);
      regions.latch = region === 'standby' ? 'primary' : 'standby';
      await publishLatch({}, regions.ports);
      expect(regions.latch).toBe(region);
    },
  );
});
