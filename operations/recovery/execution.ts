// The state machine where it is deployed: started, watched to its end, and read for how long each state took.

import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  GetExecutionHistoryCommand,
  type GetExecutionHistoryCommandOutput,
  type HistoryEvent,
  StartExecutionCommand,
  type StartExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { until } from '../../common/until.ts';
import { Refusal } from '../../design/refusal.ts';
import type { FailedOver } from '../drills/region.ts';
import { refusals } from '../refusals.ts';

/** The three calls of Step Functions; its client's `send`, for one. */
export interface StateMachines {
  start(command: StartExecutionCommand): Promise<Pick<StartExecutionCommandOutput, 'executionArn'>>;
  describe(
    command: DescribeExecutionCommand,
  ): Promise<Pick<DescribeExecutionCommandOutput, 'status' | 'output' | 'error' | 'cause'>>;
  history(command: GetExecutionHistoryCommand): Promise<Pick<GetExecutionHistoryCommandOutput, 'events' | 'nextToken'>>;
}

export interface ExecutionOptions {
  readonly stateMachine: string;
  readonly input: { readonly action: 'failover' | 'switchover' | 'failback'; readonly reason: string };
  /** Told of each state as it is entered. */
  readonly entered?: (state: string) => void;
  readonly signal?: AbortSignal;
  /** Seconds between two looks, and the longest that is waited. */
  readonly pause?: number;
  readonly timeoutSeconds?: number;
}

/**
 * Starts the state machine and waits for its end. An interruption ends the waiting, not the execution: half a failover is worse than one.
 * @throws Error when it takes longer than `timeoutSeconds`, or AWS answers with one.
 */
export async function execute(
  machines: StateMachines,
  options: ExecutionOptions,
): Promise<FailedOver & { readonly execution: string }> {
  const { stateMachine, input, entered = () => {}, signal, pause = 5, timeoutSeconds = 7_200 } = options;
  const { executionArn: execution = '' } = await machines.start(
    new StartExecutionCommand({ stateMachineArn: stateMachine, input: JSON.stringify(input) }),
  );
  const told = new Set<string>();
  const { last, isSo } = await until(
    async () => {
      const found = await machines.describe(new DescribeExecutionCommand({ executionArn: execution }));
      const steps = stepsOf(await eventsOf(machines, execution));
      for (const { name } of steps) if (!told.has(name)) entered(name);
      for (const { name } of steps) told.add(name);
      return { ...found, steps };
    },
    ({ status }) => status !== 'RUNNING' && status !== 'PENDING_REDRIVE',
    { within: timeoutSeconds * 1000, every: pause * 1000, signal },
  );
  if (!isSo) signal?.throwIfAborted();
  if (!isSo) throw new Refusal(refusals.stillRuns({ execution, seconds: timeoutSeconds }));
  const { steps, status, output, error, cause } = last;
  return status === 'SUCCEEDED'
    ? { ok: true, steps, execution, output }
    : { ok: false, steps, execution, failure: [status, error, cause].filter(Boolean).join(': ') };
}

/** A page has a thousand events; no failover has a hundred such pages. */
const mostPages = 100;

async function eventsOf(machines: StateMachines, executionArn: string): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await machines.history(
      new GetExecutionHistoryCommand({
        executionArn,
        maxResults: 1_000,
        nextToken,
      }),
    );
    events.push(...(answer.events ?? []));
    nextToken = answer.nextToken;
    if (nextToken === undefined) break;
  }
  return events;
}

/** The task states, in the order in which they were first entered; one that is not through lasts until the last event. */
function stepsOf(events: readonly HistoryEvent[]): FailedOver['steps'] {
  const last = Math.max(0, ...events.map(({ timestamp }) => timestamp?.getTime() ?? 0));
  const steps = new Map<string, { name: string; startedAt: number; endedAt: number }>();
  for (const { type, timestamp, stateEnteredEventDetails: entered, stateExitedEventDetails: exited } of events) {
    const at = timestamp?.getTime() ?? 0;
    const name = entered?.name ?? exited?.name ?? '';
    if (type === 'TaskStateEntered' && !steps.has(name)) steps.set(name, { name, startedAt: at, endedAt: last });
    const step = steps.get(name);
    if (type === 'TaskStateExited' && step !== undefined) step.endedAt = at;
  }
  return [...steps.values()];
}
