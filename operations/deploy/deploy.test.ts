// A deployment of the project's own production from nothing, and its updates.
import { describe, expect, test } from 'vitest';
import { deploy } from './deploy.ts';
import { type FailoverState, FailoverUnderWay, refuseDuringFailover } from './failover.ts';
import { isEmpty } from './plan.ts';
import { runId } from './records.ts';
import { changed, deployed, names, production, rollOut } from './testing/production.ts';
import { inputFor, planned, scriptedPorts } from './testing/scripted-ports.ts';

describe('a first deployment', () => {
  test('creates every stack once, none before one that it waits for, and keeps a record', async () => {
    const place = scriptedPorts();
    const result = await rollOut(place, 'first');
    expect(result).toMatchObject({ outcome: 'deployed', record: 'first', next: [{ do: 'history' }] });
    const order = place.aws.done.map((line) => line.replace('create ', ''));
    expect([...order].sort()).toEqual(names().sort());
    for (const { id, waitsFor } of production.stacks) {
      for (const other of waitsFor) expect(order.indexOf(other)).toBeLessThan(order.indexOf(id));
    }
    expect(place.records[0]?.record).toMatchObject({ outcome: 'deployed', account: '123456789012', smoke: true });
    expect(Object.keys(place.records[0]?.templates ?? {}).sort()).toEqual(names().sort());
    expect(place.journal()).toBeUndefined();
    expect([...place.published].sort()).toEqual(names().sort());
  });

  test('a second one finds nothing to do', async () => {
    const place = await deployed();
    const plan = await planned(place.again(), production, 'second');
    expect(isEmpty(plan)).toBe(true);
  });

  test('migrations run once, after the service is there and before what comes after it; a failed one ends it (DEP-4)', async () => {
    for (const migration of ['passes', 'fails'] as const) {
      const place = scriptedPorts({ migration });
      const ports = place.again();
      const plan = await planned(ports, production, 'first', { migrations: ['0001_orders'] });
      const result = await deploy(ports, inputFor(plan, 'first'));
      expect(place.migrated).toHaveLength(1);
      expect(place.migrated[0]).toContain('ProductionComputeStack');
      expect(result.outcome).toBe(migration === 'passes' ? 'deployed' : 'failed');
      expect('ProductionEdgeStack' in place.aws.standings()).toBe(migration === 'passes');
    }
  });
});

test('of an update the migrations run before the new release, from its own image; a failed one leaves the old release (DEP-4)', async () => {
  for (const migration of ['passes', 'fails'] as const) {
    const place = scriptedPorts({ migration });
    await rollOut(place, 'first');
    place.aws.done.length = 0;
    const ports = place.again();
    const plan = await planned(ports, changed(['ProductionComputeStack']), 'second', { migrations: ['0002_next'] });
    const result = await deploy(ports, inputFor(plan, 'second'));
    expect(place.migrated).toHaveLength(1);
    expect(place.images[0]).toMatch(/^123456789012\.dkr\.ecr\.ap-northeast-1\.amazonaws\.com\/.+:[0-9a-f]{64}$/);
    expect([result.outcome, place.aws.done]).toEqual(
      migration === 'passes' ? ['deployed', ['update ProductionComputeStack']] : ['failed', []],
    );
  }
});

test.each([
  [undefined, false],
  [{ serving: 'primary', phase: 'done' }, false],
  [{ serving: 'primary', phase: 'none' }, false],
  [{ serving: 'primary', phase: 'running' }, true],
  [{ serving: 'primary', phase: 'stopped' }, true],
  [{ serving: 'standby', phase: 'done' }, true],
])('DR-8: with the ledger at %j a deployment is refused: %s', async (recovery, refused) => {
  const { ports } = scriptedPorts(recovery === undefined ? {} : { recovery });
  const asked = refuseDuringFailover(ports);
  if (refused) await expect(asked).rejects.toMatchObject({ state: recovery });
  else await expect(asked).resolves.toBeUndefined();
});

test.each(['a new run', 'one that goes on'])(
  'DR-8: a failover that began while somebody thought about approving is seen before anything is executed (%s)',
  async (which) => {
    let recovery: FailoverState = { serving: 'primary', phase: 'none' };
    const place = scriptedPorts({ recovery: () => recovery });
    await rollOut(place, 'first');
    place.aws.done.length = 0;
    const ports = place.again();
    const plan = await planned(ports, changed(), 'second', { migrations: ['0002_next'], onFailure: 'restore' });
    const input = inputFor(plan, 'second');
    const interrupted = {
      run: 'second',
      environment: 'production' as const,
      account: plan.deployable.account,
      started: ports.clock.now(),
      digest: plan.digest,
      onFailure: plan.onFailure,
      approved: {},
      risks: [],
      done: [],
      begun: [],
      ran: [],
      migrated: false,
    };
    recovery = { serving: 'primary', phase: 'running' };
    const going = deploy(ports, which === 'a new run' ? input : { ...input, resumed: interrupted });
    await expect(going).rejects.toEqual(new FailoverUnderWay(recovery));
    expect([place.aws.done, place.migrated, place.records.length]).toEqual([[], [], 1]);
    // What was interrupted goes on once it is over; what was only approved is planned anew.
    expect(place.journal()?.run).toBe(which === 'a new run' ? undefined : 'second');
    const [first] = plan.stacks;
    if (first?.ready === undefined) throw new Error('nothing stood ready');
    const name = first.ready.changeSet;
    await expect(ports.cloudFormation.describeChangeSet(first.stack.place, name)).rejects.toThrow(name);
  },
);

test('ids of runs sort by time and are letters, digits and hyphens', () => {
  const ids = [1, 2, 3].map((day) => runId(Date.UTC(2026, 10, day), 'abcd1234'));
  expect([...ids].sort()).toEqual(ids);
  expect(ids[0]).toMatch(/^[A-Za-z0-9-]+$/);
});
