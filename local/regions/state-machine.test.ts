// The state machine of templates, run here.
import { expect, test } from 'vitest';
import type { Assembly, Properties } from '../../assembly/graph.ts';
import { assemblyOf } from '../../assembly/testing/assembly-of.ts';
import { paceOf } from './pace.ts';
import { readStateMachine, runStateMachine } from './state-machine.ts';

const definition = {
  StartAt: 'Claim',
  States: {
    Claim: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-west-2:000000000000:function:Claim',
      Parameters: { 'action.$': '$.action', 'execution.$': '$$.Execution.Id' },
      Next: 'Wait',
    },
    Wait: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-west-2:000000000000:function:Wait',
      ResultPath: null,
      Retry: [{ ErrorEquals: ['NotYet'], IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 1 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Stop' }],
      End: true,
    },
    Stop: { Type: 'Task', Resource: 'arn:aws:lambda:us-west-2:000000000000:function:Stop', Next: 'Stopped' },
    Stopped: { Type: 'Fail', Error: 'Stopped', Cause: 'a step failed' },
  },
};
const graph = (properties: Properties): Assembly =>
  assemblyOf([
    {
      key: 'ProductionRecoveryStack/Failover',
      stack: 'ProductionRecoveryStack',
      logicalId: 'Failover',
      type: 'AWS::StepFunctions::StateMachine',
      path: '',
      properties,
      pointer: '',
      deletionPolicy: 'Delete',
      dependsOn: [],
    },
  ]);
const read = () => readStateMachine(graph({ DefinitionString: JSON.stringify(definition) }), 'production');

class NotYet extends Error {
  override readonly name = 'NotYet';
}
const input = { action: 'failover', reason: 'a test' } as const;

/** Runs with a `Wait` that is ready at its nth try. */
async function run(readyAt: number, failing: Error = new NotYet('wait')) {
  const entered: string[] = [];
  const events: unknown[] = [];
  let tries = 0;
  const outcome = await runStateMachine({
    definition: read(),
    input,
    execution: 'drill-1',
    speed: 1_000,
    entered: (state) => entered.push(state),
    async run(state, event) {
      events.push(event);
      if (state !== 'Wait') return { state };
      tries += 1;
      if (tries < readyAt) throw failing;
      return undefined;
    },
  });
  return { ...outcome, entered, events, tries };
}

test('gives states what the definition says, and tries again what is not ready, told once', async () => {
  const { ok, entered, events, tries, steps, output } = await run(3);
  expect({ ok, entered, tries, output }).toEqual({
    ok: true,
    entered: ['Claim', 'Wait'],
    tries: 3,
    output: { state: 'Claim' },
  });
  expect(events[0]).toEqual({ action: 'failover', execution: 'drill-1' });
  expect(steps.map(({ name }) => name)).toEqual(['Claim', 'Wait']);
  expect(steps.every(({ startedAt, endedAt }) => endedAt >= startedAt)).toBe(true);
});

test.each<[string, number, Error, number]>([
  ['more often than the definition allows', 99, new NotYet('never'), 5],
  ['for a reason that is not tried again', 99, new Error('broken'), 1],
])('a state that fails %s ends in the state that catches it', async (_, readyAt, error, tries) => {
  const outcome = await run(readyAt, error);
  const failure = { en: `Wait: ${error.message}`, ja: `Wait: ${error.message}` };
  expect(outcome).toMatchObject({ ok: false, tries, entered: ['Claim', 'Wait', 'Stop'], failure });
});

test.each<[string, Properties]>([
  ['no definition', {}],
  ['a definition without states', { DefinitionString: '{"StartAt":"Claim"}' }],
])('templates with %s are refused', (_, properties) => {
  expect(() => readStateMachine(graph(properties), 'production')).toThrow(
    expect.objectContaining({ code: 'noFailover' }),
  );
});

test('the bound of a state is what all its tries wait for together', () => {
  const standby = { loadBalancer: { targetGroups: [] }, service: { targetGroups: [] } } as never;
  const plan = { checks: [], records: undefined, lost: undefined, keptFor: 60 };
  expect(paceOf({ graph: graph({}), plan, definition: read(), standby }).bounds).toEqual({
    Claim: 0,
    Wait: 20,
    Stop: 0,
  });
});
