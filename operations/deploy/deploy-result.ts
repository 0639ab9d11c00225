// How a deployment ended: where every stack stands, what else was found, and what to type next.
import type { Words } from '../../design/messages/words.ts';
import type { DeploymentRun, StackStanding } from './deployment-run.ts';
import type { NextStep } from './next-steps.ts';
import type { SmokeReport } from './ports.ts';
import type { Outcome } from './records.ts';
import type { NotRestored } from './restore.ts';

export interface DeployResult {
  readonly outcome: Outcome;
  readonly stacks: readonly StackStanding[];
  readonly migration?: { readonly passed: boolean; readonly message: Words | string };
  readonly smoke?: SmokeReport;
  /** Id of the record; absent when it could not be kept, with `recordFault` saying why. */
  readonly record?: string;
  readonly recordFault?: Words | string;
  /** Absent where nothing was to go back, or all went. */
  readonly notRestored?: NotRestored;
  readonly next: readonly NextStep[];
}

/** What is known of a run at its end, in the order of the manifest. */
export function resultOf(run: DeploymentRun, outcome: Outcome): Omit<DeployResult, 'next' | 'record' | 'recordFault'> {
  const { input, standings, migration, smoke, notRestored } = run;
  const stacks = input.plan.stacks.map(
    ({ stack }): StackStanding =>
      standings.get(stack.id) ?? { id: stack.id, region: stack.place.region, result: 'not-begun' },
  );
  return {
    outcome,
    stacks,
    migration,
    smoke,
    notRestored,
  };
}
