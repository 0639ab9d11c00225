// Back to a recorded release of the project's own production.
import { describe, expect, test } from 'vitest';
import { deploy } from './deploy.ts';
import { planRollback } from './rollback.ts';
import { changed, deployed, production, rollOut } from './testing/production.ts';
import type { Script } from './testing/scripted-cloudformation.ts';
import { inputFor, planned, scriptedPorts } from './testing/scripted-ports.ts';

describe('a rollback', () => {
  test('redeploys the recorded templates of what holds no data, and names what it leaves (RBK-1)', async () => {
    const place = await deployed();
    await rollOut(place, 'second', changed());
    place.aws.done.length = 0;
    const ports = place.again();
    const found = await planRollback(ports, { deployable: changed(), run: 'back', onFailure: 'keep', migrations: [] });
    if (!('plan' in found)) throw new Error(found.refused);
    expect(found.record.id).toBe('first');
    expect(found.left).toContain('ProductionDatabaseStack');
    const result = await deploy(ports, { ...inputFor(found.plan, 'back'), publish: false, good: 'rolled-back' });
    expect(result.outcome).toBe('rolled-back');
    expect(place.aws.done).toContain('update ProductionComputeStack');
    expect(place.aws.done).not.toContain('update ProductionDatabaseStack');
  });

  test('not across a migration that the old release does not bear (RBK-1)', async () => {
    const place = scriptedPorts();
    const ports = place.again();
    for (const [run, what, migrations] of [
      ['first', production, ['0001_orders']],
      ['second', changed(), ['0001_orders', '0002_split']],
    ] as const) {
      const plan = await planned(ports, what, run);
      await deploy(ports, { ...inputFor(plan, run), migrations });
    }
    const migrations = [{ name: '0001_orders' }, { name: '0002_split', incompatible: 'a column is gone' }];
    const found = await planRollback(ports, { deployable: changed(), run: 'back', onFailure: 'keep', migrations });
    expect(found).toMatchObject({ refused: 'incompatible', migrations: [{ name: '0002_split' }] });
    const compatible = migrations.map(({ name }) => ({ name }));
    expect(
      'plan' in
        (await planRollback(ports, { deployable: changed(), run: 'back', onFailure: 'keep', migrations: compatible })),
    ).toBe(true);
  });

  test('nor across one that failed halfway: nobody knows how far it came (RBK-1)', async () => {
    const place = scriptedPorts({ migration: 'fails' });
    await rollOut(place, 'first');
    const ports = place.again();
    const plan = await planned(ports, changed(), 'second', { migrations: ['0002_split'] });
    expect((await deploy(ports, inputFor(plan, 'second'))).outcome).toBe('failed');
    const migrations = [{ name: '0002_split', incompatible: 'a column is gone' }];
    const found = await planRollback(ports, { deployable: changed(), run: 'back', onFailure: 'keep', migrations });
    expect(found).toMatchObject({ refused: 'incompatible', migrations });
  });

  test('a second time goes further back, and after one that failed to the same record (RBK-1)', async () => {
    const place = await deployed();
    const releases = ['second', 'third'].map((name) => changed(undefined, (one) => ({ ...one, Description: name })));
    for (const [index, what] of releases.entries()) await rollOut(place, `release-${index}`, what);
    const back = async (run: string, script: Script = {}) => {
      place.aws.follow(script);
      const ports = place.again();
      const input = { deployable: releases[1] ?? production, run, onFailure: 'keep' as const, migrations: [] };
      const found = await planRollback(ports, input);
      if (!('plan' in found)) throw new Error(found.refused);
      const result = await deploy(ports, { ...inputFor(found.plan, run), publish: false, good: 'rolled-back' });
      return [found.record.id, result.outcome, result.next[0]];
    };
    const fails = { fails: { ProductionMonitoringStack: 'rolled-back' as const } };
    const again = { do: 'rollback', to: 'release-0' };
    expect(await back('a', fails)).toEqual(['release-0', 'failed', again]);
    const interrupted: Script = { asked: (method) => void (method === 'execute' && place.interrupt()) };
    expect(await back('b', interrupted)).toEqual(['release-0', 'interrupted', again]);
    expect(place.journal()).toBeUndefined();
    await place.ports.clock.sleep(600_000);
    expect(await back('c')).toEqual(['release-0', 'rolled-back', { do: 'history' }]);
    expect(await back('d')).toEqual(['first', 'rolled-back', { do: 'history' }]);
    // What was deployed is written down, not what the checkout would have built.
    const [compute] = (place.records.at(-1)?.record.stacks ?? []).filter(({ id }) => id === 'ProductionComputeStack');
    expect(compute?.hash).toBe(production.stacks.find(({ id }) => id === compute?.id)?.hash);
  });

  test('to a record that there is none of is refused with those that there are', async () => {
    const place = await deployed();
    const input = { deployable: production, run: 'back', onFailure: 'keep' as const, migrations: [] };
    expect(await planRollback(place.again(), { ...input, to: 'never' })).toEqual({
      refused: 'no-record',
      known: ['first'],
    });
    expect(await planRollback(place.again(), input)).toMatchObject({ refused: 'no-record' });
  });
});
