// What fails during a deployment of the project's own production, over a CloudFormation that fails wherever it is told to.
import { describe, expect, test } from 'vitest';
import { deploy } from './deploy.ts';
import { isStateful } from './holds-data.ts';
import { makePlan } from './make-plan.ts';
import { changed, deployed, names, production, resumed, rollOut } from './testing/production.ts';
import type { Script } from './testing/scripted-cloudformation.ts';
import { inputFor, planned, scriptedPorts } from './testing/scripted-ports.ts';

describe('a failure of CloudFormation', () => {
  test('at any stack of a first deployment ends there, says where everything stands, and the next run goes on', async () => {
    for (const stack of names()) {
      const place = scriptedPorts();
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
      const place = scriptedPorts({ script: { faults } });
      expect((await rollOut(place, 'first')).outcome).toBe('deployed');
      expect([...new Set(place.aws.done)]).toHaveLength(place.aws.done.length);
      expect(place.told.some(({ at }) => at === 'fault')).toBe(true);
    }
  });

  test('a connection that stays away leaves a run to be resumed, which finds out what was done', async () => {
    const stack = 'ProductionDatabaseStack';
    const place = scriptedPorts({
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
    const place = scriptedPorts({
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

test.each([-3_600_000, 3_600_000])(
  'what failed first is found though AWS’s clock is %i ms ahead of ours, and of this operation alone',
  async (skew) => {
    const place = scriptedPorts({ skew });
    const stack = 'ProductionComputeStack';
    const script: Script = { fails: { [stack]: 'rolled-back' } };
    const failed = await rollOut(place, 'first', production, script);
    expect(failed.stacks.find(({ id }) => id === stack)?.why).toBe(
      'Thing (AWS::Scripted::Resource): The script says so',
    );
    await rollOut(place, 'second', production, {});
    await rollOut(place, 'third', changed([stack]), {});
    const own = production.stacks.find(({ id }) => id === stack);
    if (own === undefined) throw new Error(stack);
    const events = await place.ports.cloudFormation.events(own.place);
    expect(events.map(({ status }) => status)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS']);
    // Of an operation that does not show yet, nothing is known; the last one's failure is not its own.
    expect(await place.ports.cloudFormation.events(own.place, 'another')).toEqual([]);
  },
);
