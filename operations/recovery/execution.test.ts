// A state machine in the cloud, as Step Functions answers for it.
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { execute, type StateMachines } from './execution.ts';

let id = 0;
const event = (type: HistoryEvent['type'], name: string, second: number): HistoryEvent => ({
  id: ++id,
  type,
  timestamp: new Date(second * 1000),
  ...(type?.endsWith('Entered') ? { stateEnteredEventDetails: { name } } : { stateExitedEventDetails: { name } }),
});
const events = [
  event('TaskStateEntered', 'Claim', 1),
  event('TaskStateExited', 'Claim', 2),
  event('ChoiceStateEntered', 'Planned', 2),
  event('ChoiceStateExited', 'Planned', 2),
  event('TaskStateEntered', 'Promote', 2),
  event('TaskStateExited', 'Promote', 9),
];

/** Answers with these statuses, one after the other, and shows two events more of the history each time, two to a page. */
function answering(...statuses: readonly string[]) {
  const sent: unknown[] = [];
  let looks = 0;
  const machines: StateMachines = {
    async start({ input }) {
      sent.push(input);
      return { executionArn: 'arn:execution' };
    },
    async describe() {
      looks += 1;
      const status = statuses[looks - 1] ?? statuses.at(-1);
      return {
        status: status as 'RUNNING',
        output: '{}',
        ...(status === 'FAILED' ? { error: 'Refused', cause: 'not now' } : {}),
      };
    },
    async history({ input }) {
      const begin = Number(input.nextToken ?? 0);
      const known = events.slice(0, looks * 2 + 2);
      const next = begin + 2 < known.length ? { nextToken: String(begin + 2) } : {};
      return { events: known.slice(begin, begin + 2), ...next };
    },
  };
  return { machines, sent };
}
const input = { action: 'switchover', reason: 'drill' } as const;
const options = { stateMachine: 'arn:machine', input, pause: 0 };

test('is started with what it is to do, and read to its end, page by page', async () => {
  const { machines, sent } = answering('RUNNING', 'RUNNING', 'SUCCEEDED');
  const told: string[] = [];
  const { ok, steps, execution } = await execute(machines, { ...options, entered: (state) => told.push(state) });
  expect(sent).toEqual([{ stateMachineArn: 'arn:machine', input: JSON.stringify(input) }]);
  expect({ ok, execution, told }).toEqual({ ok: true, execution: 'arn:execution', told: ['Claim', 'Promote'] });
  expect(steps).toEqual([
    { name: 'Claim', startedAt: 1_000, endedAt: 2_000 },
    { name: 'Promote', startedAt: 2_000, endedAt: 9_000 },
  ]);
});

test.each(['FAILED', 'ABORTED', 'TIMED_OUT'])('one that ends with %s says so, and why', async (status) => {
  const outcome = await execute(answering(status).machines, options);
  expect(outcome.ok).toBe(false);
  expect(outcome.failure).toContain(status);
  if (status === 'FAILED') expect(outcome.failure).toBe('FAILED: Refused: not now');
});

test('one that does not end is not waited for for ever', async () => {
  await expect(execute(answering('RUNNING').machines, { ...options, timeoutSeconds: 0 })).rejects.toThrow(/still runs/);
});
