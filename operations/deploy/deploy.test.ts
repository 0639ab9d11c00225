// A deployment of the project's own production, over a CloudFormation that fails wherever it is told to.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isNode, member, type TemplateNode } from '../../assembly/scope.ts';
import { remove, synthesized } from '../../local/testing/templates.ts';
import { awaitMoving } from './await-stack.ts';
import { beyond, deploy, isAllowed, recoveryUnderWay, risksOf, runId } from './deploy.ts';
import type { Deployable } from './deployable.ts';
import { isStateful } from './holds-data.ts';
import { isEmpty, makePlan } from './plan.ts';
import { planRollback } from './rollback.ts';
import type { Script } from './testing/scripted-cloudformation.ts';
import { deployableOf, inputFor, planned, type World, world } from './testing/scripted-ports.ts';

let directory: string;
let production: Deployable;
beforeAll(() => {
  directory = synthesized('production');
  production = deployableOf(directory, 'production');
});
afterAll(() => remove(directory));

const names = () => production.stacks.map(({ id }) => id);

/** Production as the next release would have it: something harmless in every stack is other, or in these alone. */
function changed(only?: readonly string[], edit: (template: TemplateNode) => TemplateNode = described): Deployable {
  const stacks = production.stacks.map((stack) =>
    only === undefined || only.includes(stack.id)
      ? { ...stack, template: edit(stack.template), hash: `${stack.hash}-next` }
      : stack,
  );
  return { ...production, stacks };
}

const described = (template: TemplateNode): TemplateNode => ({ ...template, Description: 'The next release' });

async function rollOut(place: World, run: string, what = production, script?: Script) {
  if (script !== undefined) place.aws.follow(script);
  const ports = place.again();
  const plan = await planned(ports, what, run);
  return deploy(ports, inputFor(plan, run));
}

async function deployed(): Promise<World> {
  const place = world();
  expect((await rollOut(place, 'first')).outcome).toBe('deployed');
  place.aws.done.length = 0;
  return place;
}

describe('a first deployment', () => {
  test('creates every stack once, none before one that it waits for, and keeps a record', async () => {
    const place = world();
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
      const place = world({ migration });
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
    const place = world({ migration });
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

describe('a failure of CloudFormation', () => {
  test('at any stack of a first deployment ends there, says where everything stands, and the next run goes on', async () => {
    for (const stack of names()) {
      const place = world();
      const result = await rollOut(place, 'first', production, { fails: { [stack]: 'rolled-back' } });
      expect(result.outcome).toBe('failed');
      const standing = result.stacks.find(({ id }) => id === stack);
      expect(standing).toMatchObject({
        result: 'failed',
        status: 'ROLLBACK_COMPLETE',
        why: expect.stringContaining('Thing'),
      });
      const later = production.stacks.filter(({ waitsFor }) => waitsFor.includes(stack)).map(({ id }) => id);
      expect(result.stacks.filter(({ id }) => later.includes(id)).every((one) => one.result === 'not-begun')).toBe(
        true,
      );
      const again = await rollOut(place, 'second', production, {});
      expect(again.outcome).toBe('deployed');
      // What stood stays, and what was taken back is deleted before it is made anew.
      expect(place.aws.done.filter((line) => line === `create ${stack}`)).toHaveLength(2);
      expect(place.aws.done.filter((line) => line === `delete ${stack}`)).toHaveLength(1);
      for (const other of names().filter((id) => id !== stack)) {
        expect(place.aws.done.filter((line) => line === `create ${other}`)).toHaveLength(1);
      }
    }
  });

  test.each([
    ['rolled-back', 'keep'],
    ['rolled-back', 'restore'],
    ['rollback-failed', 'keep'],
    ['rollback-failed', 'restore'],
  ] as const)('at any stack of an update (%s, %s) is named, and no store goes back (RBK-2)', async (how, onFailure) => {
    const place = await deployed();
    const stateful = new Set(production.stacks.filter(({ template }) => isStateful(template)).map(({ id }) => id));
    for (const stack of names()) {
      const ports = place.again();
      place.aws.follow({ fails: { [stack]: how } });
      const next = changed([stack, 'ProductionNetworkStack', 'ProductionComputeStack'], (template) => ({
        ...template,
        Description: `The release that fails at ${stack}`,
      }));
      const plan = await planned(ports, next, `update-${stack}`, { onFailure });
      place.aws.done.length = 0;
      const result = await deploy(ports, inputFor(plan, `update-${stack}`));
      const status = how === 'rolled-back' ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_FAILED';
      expect(result.stacks.find(({ id }) => id === stack)).toMatchObject({ result: 'failed', status });
      expect(result.next[0]?.do).toBe(how === 'rolled-back' ? 'deploy-again' : 'continue-rollback');
      const restored = result.stacks.filter((one) => one.result === 'restored').map(({ id }) => id);
      const goes = ['ProductionNetworkStack', 'ProductionComputeStack'].filter(
        (id) => id !== stack && place.aws.done.includes(`update ${id}`),
      );
      expect(restored).toEqual(onFailure === 'restore' ? goes : []);
      expect(result.outcome).toBe(restored.length > 0 ? 'restored' : 'failed');
      // The next one begins with a stack at rest.
      place.aws.continueRollback(stack);
      for (const id of stateful) {
        expect(place.aws.done.filter((line) => line === `update ${id}`).length).toBeLessThanOrEqual(1);
      }
    }
  });

  test('a rollback that fails as well is for a person, who is told what to type', async () => {
    const place = await deployed();
    const stack = 'ProductionComputeStack';
    const script: Script = { fails: { [stack]: 'rollback-failed' } };
    const result = await rollOut(place, 'second', changed([stack]), script);
    expect(result.next).toEqual([{ do: 'continue-rollback', stack, region: 'ap-northeast-1' }]);
    const plan = await makePlan(place.again(), {
      deployable: changed([stack]),
      run: 'third',
      commit: undefined,
      migrations: [],
      onFailure: 'keep',
    });
    expect(plan).toMatchObject({ obstacles: [{ kind: 'stuck', stack, status: 'UPDATE_ROLLBACK_FAILED' }] });
  });

  test.each([
    ['throttled', 'before'],
    ['expired', 'before'],
    ['lost', 'before'],
    ['lost', 'after'],
  ] as const)('%s %s a question is asked again, and nothing is done twice', async (kind, when) => {
    for (const method of ['describe', 'createChangeSet', 'execute', 'events'] as const) {
      const faults = ['ProductionDatabaseStack', 'ProductionEdgeStack'].map((stack) => ({
        method,
        stack,
        kind,
        when,
        times: 2,
      }));
      const place = world({ script: { faults } });
      expect((await rollOut(place, 'first')).outcome).toBe('deployed');
      expect([...new Set(place.aws.done)]).toHaveLength(place.aws.done.length);
      expect(place.told.some(({ at }) => at === 'fault')).toBe(true);
    }
  });

  test('a connection that stays away leaves a run to be resumed, which finds out what was done', async () => {
    const stack = 'ProductionDatabaseStack';
    const place = world({
      script: { faults: [{ method: 'events', stack, kind: 'lost', when: 'before', times: 1000 }] },
    });
    const result = await rollOut(place, 'first');
    expect(result).toMatchObject({ outcome: 'interrupted', next: [{ do: 'resume' }] });
    expect(place.journal()).toMatchObject({ run: 'first', done: expect.arrayContaining(['ProductionNetworkStack']) });
    expect((await resumed(place, {})).outcome).toBe('deployed');
    expect(place.aws.done.filter((line) => line === `create ${stack}`)).toHaveLength(1);
  });
});

describe('a stack that nobody knows the end of', () => {
  test.each(['waves', 'one after another'])('holds up whatever waits for it (%s)', async (how) => {
    const stack = 'ProductionSecurityStack';
    const place = world({
      script: { faults: [{ method: 'events', stack, kind: 'lost', when: 'before', times: 1000 }] },
    });
    const plan = await planned(place.ports, production, 'first', { onFailure: 'restore' });
    const sequential = how === 'waves' ? {} : { sequential: [] };
    const result = await deploy(place.ports, { ...inputFor(plan, 'first'), ...sequential });
    expect(result).toMatchObject({ outcome: 'interrupted', next: [{ do: 'resume' }] });
    expect(result.stacks.find(({ id }) => id === stack)?.result).toBe('moving');
    const waiting = production.stacks.filter(({ waitsFor }) => waitsFor.includes(stack)).map(({ id }) => id);
    expect(waiting.length).toBeGreaterThan(3);
    for (const id of waiting) expect([id, place.aws.standings()[id]]).toEqual([id, undefined]);
  });
});

/** Goes on with the run in the journal, as `--resume` does. */
async function resumed(place: World, script: Script, what = production, migrations: readonly string[] = []) {
  place.aws.follow(script);
  const entry = place.journal();
  if (entry === undefined) throw new Error('nothing to resume');
  expect(isAllowed(entry, 'production', what.stacks)).toBe(true);
  const ports = place.again();
  await awaitMoving(ports, what.stacks, entry.started);
  const plan = await planned(ports, what, entry.run, {
    migrations: entry.migrated ? [] : migrations,
    onFailure: entry.onFailure,
  });
  return deploy(ports, { ...inputFor(plan, entry.run), migrations, resumed: entry });
}

describe('an interruption', () => {
  test('at any point is resumed, and nothing runs twice (DEP-4)', async () => {
    const questions = { count: 0 };
    const probe = world({ script: { asked: () => void questions.count++ } });
    await rollOut(probe, 'first');
    const migrations = ['0001_orders'];
    for (const share of [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95]) {
      const place = world();
      let left = Math.floor(questions.count * share);
      place.aws.follow({
        asked: () => {
          left -= 1;
          if (left === 0) place.interrupt();
        },
      });
      const ports = place.again();
      const plan = await planned(ports, production, 'first', { migrations, onFailure: 'restore' });
      const result = await deploy(ports, { ...inputFor(plan, 'first'), migrations });
      expect(result.outcome).toBe('interrupted');
      for (const [id, status] of Object.entries(place.aws.standings())) {
        const { result: said } = result.stacks.find((one) => one.id === id) ?? {};
        if (status === 'CREATE_IN_PROGRESS') expect([id, said]).toEqual([id, 'moving']);
      }
      expect((await resumed(place, {}, production, migrations)).outcome).toBe('deployed');
      expect([...new Set(place.aws.done)]).toHaveLength(place.aws.done.length);
      expect(place.migrated).toHaveLength(1);
      expect(place.records.map(({ record }) => [record.outcome, record.migrations])).toEqual([
        ['deployed', migrations],
      ]);
    }
  });

  test.each(['describe', 'createChangeSet'] as const)(
    'is no failure: nothing is begun after it (%s), and nothing goes back',
    async (when) => {
      const place = await deployed();
      const ports = place.again();
      const plan = await planned(ports, changed(), 'second', { onFailure: 'restore' });
      place.aws.follow({ asked: (method) => void (method === when && place.interrupt()) });
      // A consumer whose value has changed has its change set made anew; the others stand ready.
      const anew = plan.stacks.map(({ ready, ...rest }) => (when === 'describe' && ready ? { ...rest, ready } : rest));
      const result = await deploy(ports, inputFor({ ...plan, stacks: anew }, 'second'));
      expect([result.outcome, result.next, place.aws.done]).toEqual(['interrupted', [{ do: 'resume' }], []]);
      expect(result.stacks.every((one) => one.result === 'not-begun')).toBe(true);
    },
  );

  test('in the middle of an update that CloudFormation then takes back is resumed with requests of its own', async () => {
    const place = await deployed();
    const stack = 'ProductionComputeStack';
    const next = changed([stack]);
    const fails = { [stack]: 'rolled-back' as const };
    const script: Script = { fails, asked: (method) => void (method === 'events' && place.interrupt()) };
    expect((await rollOut(place, 'second', next, script)).outcome).toBe('interrupted');
    expect((await resumed(place, {}, next)).outcome).toBe('deployed');
    expect(place.aws.standings()[stack]).toBe('UPDATE_COMPLETE');
  });

  test('in the middle of the last stack is resumed, and what the smoke test finds then takes all of it back', async () => {
    let healthy = true;
    const place = world({ smoke: () => healthy });
    await rollOut(place, 'first');
    healthy = false;
    const next = changed(['ProductionComputeStack']);
    const ports = place.again();
    const plan = await planned(ports, next, 'second', { onFailure: 'restore' });
    place.aws.follow({ asked: (method) => void (method === 'events' && place.interrupt()) });
    expect((await deploy(ports, inputFor(plan, 'second'))).outcome).toBe('interrupted');
    expect((await resumed(place, {}, next)).outcome).toBe('restored');
  });

  test('of an update that then fails takes back also what was done before it', async () => {
    const place = await deployed();
    const ports = place.again();
    const plan = await planned(ports, changed(), 'second', { onFailure: 'restore' });
    place.aws.follow({
      asked: (method, stack) => {
        if (method === 'execute' && stack === 'ProductionMonitoringStack') place.interrupt();
      },
    });
    expect((await deploy(ports, inputFor(plan, 'second'))).outcome).toBe('interrupted');
    const result = await resumed(place, { fails: { ProductionGovernanceStack: 'rolled-back' } }, changed());
    expect(result.outcome).toBe('restored');
    for (const stack of ['ProductionComputeStack', 'ProductionMonitoringStack']) {
      expect(JSON.parse(place.aws.templateOf(stack) ?? '').Description).not.toBe('The next release');
    }
  });

  test('whoever resumes does nothing graver than was approved, whatever became of the account meanwhile', async () => {
    const place = await deployed();
    const next = changed(['ProductionStorageStack'], (one) => edited(one, 'AWS::S3::Bucket', { Other: true }));
    const [bucket = ''] = idsOf(next, 'ProductionStorageStack', 'AWS::S3::Bucket');
    const approved = { risks: risksOf(await planned(place.again(), next, 'second')) };
    expect(beyond(approved, await planned(place.again(), next, 'same'))).toEqual([]);
    place.aws.follow({ replaces: [bucket] });
    expect(beyond(approved, await planned(place.again(), next, 'later'))).toContain(
      `ProductionStorageStack ${bucket} replaces-data`,
    );
  });

  test('templates that were not approved need another approval', async () => {
    const place = world();
    const result = await rollOut(place, 'first', production, {
      asked: (method) => {
        if (method === 'execute') place.interrupt();
      },
    });
    expect(result.outcome).toBe('interrupted');
    const entry = place.journal();
    expect(entry !== undefined && isAllowed(entry, 'production', changed().stacks)).toBe(false);
  });
});

describe('a plan', () => {
  test('has one digest for the same changes, and another for others', async () => {
    const place = await deployed();
    const digests = [];
    for (const [run, what] of [
      ['a', changed()],
      ['b', changed()],
      ['c', changed(['ProductionEdgeStack'])],
    ] as const) {
      digests.push((await planned(place.again(), what, run)).digest);
    }
    expect(digests[0]).toBe(digests[1]);
    expect(digests[2]).not.toBe(digests[0]);
    expect((await planned(place.again(), changed(), 'd', { onFailure: 'restore' })).digest).not.toBe(digests[0]);
  });

  test('changes nothing', async () => {
    const place = await deployed();
    await planned(place.again(), changed(), 'plan');
    expect(place.aws.done).toEqual([]);
  });

  test('a stack whose own template stays is deployed again when an output that it reads has another value', async () => {
    const place = await deployed();
    const balancer = (template: TemplateNode) =>
      edited(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer', { IdleTimeout: 1 });
    const next = changed(['ProductionComputeStack'], balancer);
    const [logicalId = ''] = idsOf(next, 'ProductionComputeStack', 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    const result = await rollOut(place, 'second', next, { replaces: [logicalId] });
    expect(result.outcome).toBe('deployed');
    expect(place.aws.done).toEqual(
      expect.arrayContaining(['update ProductionComputeStack', 'update ProductionEdgeStack']),
    );
    // Once it has read the new value it is at rest again.
    expect(isEmpty(await planned(place.again(), next, 'third'))).toBe(true);
  });

  test('more than was approved is not done', async () => {
    const place = await deployed();
    const stack = 'ProductionStorageStack';
    const ports = place.again();
    const plan = await planned(ports, changed([stack]), 'second');
    const [bucket = ''] = idsOf(production, stack, 'AWS::S3::Bucket');
    const graver = plan.stacks.map((one) => {
      const { ready: _, ...rest } = one;
      return one.stack.id === stack
        ? { ...rest, stack: { ...one.stack, template: edited(one.stack.template, 'AWS::S3::Bucket', { Other: true }) } }
        : one;
    });
    place.aws.follow({ replaces: [bucket] });
    const result = await deploy(ports, inputFor({ ...plan, stacks: graver }, 'second'));
    expect(result.stacks.find(({ id }) => id === stack)).toMatchObject({ result: 'beyond-approval' });
    expect(place.aws.done).toEqual([]);
  });
});

/** A release with `restore` that replaces resources of the compute stack, then fails at the last stack. */
async function replaced(place: World, type: string, ids: RegExp) {
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

/** A template in which every resource of a type has these properties besides. */
function edited(template: TemplateNode, type: string, properties: TemplateNode): TemplateNode {
  const resources = member(template, 'Resources');
  const next = Object.entries(isNode(resources) ? resources : {}).map(([id, one]) => {
    if (!isNode(one) || one.Type !== type) return [id, one] as const;
    return [id, { ...one, Properties: { ...(isNode(one.Properties) ? one.Properties : {}), ...properties } }] as const;
  });
  return { ...template, Resources: Object.fromEntries(next) };
}

function idsOf({ stacks }: Deployable, stack: string, type: string): readonly string[] {
  const resources = member(stacks.find(({ id }) => id === stack)?.template, 'Resources');
  return Object.entries(isNode(resources) ? resources : {}).flatMap(([id, one]) =>
    isNode(one) && one.Type === type ? [id] : [],
  );
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
      const place = world({ smoke: () => healthy });
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
      const place = world({ migration, script: { fails } });
      const ports = place.again();
      const plan = await planned(ports, production, 'first', { migrations: ['0001_orders'] });
      expect((await deploy(ports, inputFor(plan, 'first'))).outcome).toBe('failed');
      const { migrations, tried } = place.records[0]?.record ?? {};
      expect({ migrations, tried }).toEqual(record);
    }
  });

  test('a release that CloudFormation takes for healthy and the smoke test does not goes back as well', async () => {
    const place = world({ smoke: 'fails' });
    const first = await rollOut(place, 'first');
    expect(first).toMatchObject({ outcome: 'failed', next: [{ do: 'look-at-smoke' }, { do: 'rollback' }] });
  });

  test('a rollback redeploys the recorded templates of what holds no data, and names what it leaves (RBK-1)', async () => {
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
    const place = world();
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
    const place = world({ migration: 'fails' });
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

test.each([
  [undefined, false],
  [{ serving: 'primary', phase: 'done' }, false],
  [{ serving: 'primary', phase: 'none' }, false],
  [{ serving: 'primary', phase: 'running' }, true],
  [{ serving: 'primary', phase: 'stopped' }, true],
  [{ serving: 'standby', phase: 'done' }, true],
])('DR-8: with the ledger at %j a deployment is refused: %s', async (recovery, refused) => {
  const { ports } = world(recovery === undefined ? {} : { recovery });
  expect((await recoveryUnderWay(ports)) !== undefined).toBe(refused);
});

test('ids of runs sort by time and are letters, digits and hyphens', () => {
  const ids = [1, 2, 3].map((day) => runId(Date.UTC(2026, 10, day), 'abcd1234'));
  expect([...ids].sort()).toEqual(ids);
  expect(ids[0]).toMatch(/^[A-Za-z0-9-]+$/);
});
