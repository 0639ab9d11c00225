// A deployment that was interrupted, wherever it was, and the one that goes on with it.
import { describe, expect, test } from 'vitest';
import { beyond, isAllowed, risksOf } from './approval.ts';
import { deploy } from './deploy.ts';
import { changed, deployed, edited, idsOf, production, resumed, rollOut } from './testing/production.ts';
import type { Script } from './testing/scripted-cloudformation.ts';
import { inputFor, planned, scriptedPorts } from './testing/scripted-ports.ts';

describe('an interruption', () => {
  test('at any point is resumed, and nothing runs twice (DEP-4)', async () => {
    const questions = { count: 0 };
    const probe = scriptedPorts({ script: { asked: () => void questions.count++ } });
    await rollOut(probe, 'first');
    const migrations = ['0001_orders'];
    for (const share of [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95]) {
      const place = scriptedPorts();
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
    const place = scriptedPorts({ smoke: () => healthy });
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
    const place = scriptedPorts();
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
