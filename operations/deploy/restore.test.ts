// What goes back by itself after a release of the project's own production that failed.
import { describe, expect, test } from 'vitest';
import { deploy } from './deploy.ts';
import { isStateful } from './holds-data.ts';
import { isEmpty } from './plan.ts';
import { planRollback } from './rollback.ts';
import { changed, deployed, described, edited, idsOf, production, rollOut } from './testing/production.ts';
import { inputFor, planned, type ScriptedPorts, scriptedPorts } from './testing/scripted-ports.ts';

/** A release with `restore` that replaces resources of the compute stack, then fails at the last stack. */
async function replaced(place: ScriptedPorts, type: string, ids: RegExp) {
  const compute = changed(['ProductionComputeStack'], (template) => edited(template, type, { Other: true }));
  const stacks = compute.stacks.map((stack) =>
    stack.id === 'ProductionGovernanceStack' ? { ...stack, template: described(stack.template) } : stack,
  );
  const next = { ...compute, stacks };
  const replaces = idsOf(next, 'ProductionComputeStack', type).filter((id) => ids.test(id));
  place.aws.follow({ replaces, fails: { ProductionGovernanceStack: 'rolled-back' } });
  const ports = place.again();
  const plan = await planned(ports, next, 'second', { onFailure: 'restore' });
  const tell: typeof ports.tell = ({ at }) => {
    if (at === 'restoring') place.aws.follow({ replaces });
  };
  const result = await deploy({ ...ports, tell }, inputFor(plan, 'second'));
  const failed = place.aws.done.indexOf('update ProductionGovernanceStack');
  return { next, result, readers: place.aws.done.slice(failed + 1).filter((line) => line.includes('Monitoring')) };
}

describe('going back', () => {
  test('a failure with `restore` takes back what holds no data, the latest first, and leaves the rest (RBK-2)', async () => {
    const place = await deployed();
    const ports = place.again();
    place.aws.follow({ fails: { ProductionGovernanceStack: 'rolled-back' } });
    const plan = await planned(ports, changed(), 'second', { onFailure: 'restore' });
    const result = await deploy(ports, inputFor(plan, 'second'));
    expect(result.outcome).toBe('restored');
    const back = place.aws.done.slice(production.stacks.length).map((line) => line.replace('update ', ''));
    const stateful = production.stacks.filter(({ template }) => isStateful(template)).map(({ id }) => id);
    expect(stateful.length).toBeGreaterThan(5);
    expect(back.length).toBeGreaterThan(3);
    expect(back.filter((id) => stateful.includes(id))).toEqual([]);
    expect(place.records.at(-1)?.record.outcome).toBe('restored');
    expect(JSON.parse(place.aws.templateOf('ProductionComputeStack') ?? '').Description).not.toBe('The next release');
    expect(JSON.parse(place.aws.templateOf('ProductionStorageStack') ?? '').Description).toBe('The next release');
  });

  test('whoever reads an output reads the value that it has once all went back', async () => {
    const place = await deployed();
    const { result, readers } = await replaced(place, 'AWS::Lambda::Function', /^FunctionsFulfil/);
    expect(result.outcome).toBe('restored');
    expect(readers).toEqual(['update ProductionMonitoringStack']);
    expect(isEmpty(await planned(place.again(), production, 'third'))).toBe(true);
  });

  test('nothing goes back that would leave a store with the address of what is gone', async () => {
    const place = await deployed();
    const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
    const { result, next } = await replaced(place, type, /./);
    const what = ['ProductionRecoveryStack', 'ProductionEdgeStack'];
    expect(result).toMatchObject({ outcome: 'failed', notRestored: { why: 'cut-off', what } });
    expect(result.stacks.some((one) => one.result === 'restored')).toBe(false);
    const input = { deployable: next, run: 'back', onFailure: 'keep' as const, migrations: [], to: 'first' };
    expect(await planRollback(place.again(), input)).toMatchObject({
      refused: 'obstacles',
      obstacles: [{ stack: 'ProductionRecoveryStack' }, { stack: 'ProductionEdgeStack' }],
    });
  });

  test('a stack that does not go back is named, with what to type', async () => {
    const place = await deployed();
    const ports = place.again();
    place.aws.follow({ fails: { ProductionGovernanceStack: 'rolled-back' } });
    const plan = await planned(ports, changed(), 'second', { onFailure: 'restore' });
    const stack = 'ProductionComputeStack';
    const tell: typeof ports.tell = ({ at }) => {
      if (at === 'restoring') place.aws.follow({ fails: { [stack]: 'rollback-failed' } });
    };
    const result = await deploy({ ...ports, tell }, inputFor(plan, 'second'));
    expect(result.outcome).toBe('restore-failed');
    expect(result.stacks.find(({ id }) => id === stack)).toMatchObject({ status: 'UPDATE_ROLLBACK_FAILED' });
    expect(result.next).toEqual([{ do: 'continue-rollback', stack, region: 'ap-northeast-1' }]);
  });

  test.each([
    ['is known to be incompatible', ['0002_split'], 'failed'],
    ['may be incompatible', undefined, 'failed'],
    ['is known to be compatible', [], 'restored'],
  ] as const)(
    'after a migration that %s a failed release stays, or goes back: %j %s (RBK-1)',
    async (_, incompatible, outcome) => {
      let healthy = true;
      const place = scriptedPorts({ smoke: () => healthy });
      await rollOut(place, 'first');
      healthy = false;
      const ports = place.again();
      const migrations = ['0002_split'];
      const plan = await planned(ports, changed(['ProductionComputeStack']), 'second', {
        migrations,
        onFailure: 'restore',
      });
      const input = { ...inputFor(plan, 'second'), ...(incompatible === undefined ? {} : { incompatible }) };
      const result = await deploy(ports, input);
      expect([result.outcome, result.notRestored]).toEqual([
        outcome,
        outcome === 'failed' ? { why: 'migrations', what: migrations } : undefined,
      ]);
    },
  );

  test('a run that failed has not run the migrations that it did not come to, and may have run those that failed', async () => {
    for (const [migration, fails, record] of [
      ['passes', { ProductionNetworkStack: 'rolled-back' }, { migrations: [], tried: undefined }],
      ['fails', {}, { migrations: [], tried: ['0001_orders'] }],
      ['passes', { ProductionEdgeStack: 'rolled-back' }, { migrations: ['0001_orders'], tried: undefined }],
    ] as const) {
      const place = scriptedPorts({ migration, script: { fails } });
      const ports = place.again();
      const plan = await planned(ports, production, 'first', { migrations: ['0001_orders'] });
      expect((await deploy(ports, inputFor(plan, 'first'))).outcome).toBe('failed');
      const { migrations, tried } = place.records[0]?.record ?? {};
      expect({ migrations, tried }).toEqual(record);
    }
  });

  test('a release that CloudFormation takes for healthy and the smoke test does not goes back as well', async () => {
    const place = scriptedPorts({ smoke: 'fails' });
    const first = await rollOut(place, 'first');
    expect(first).toMatchObject({ outcome: 'failed', next: [{ do: 'look-at-smoke' }, { do: 'rollback' }] });
  });
});
