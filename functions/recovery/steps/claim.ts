// The first step: takes the ledger, so that one execution at a time moves regions about.
import { Refused } from '../errors.ts';
import { type Action, actions, type LedgerEntry, type RecoveryRun, type Role, update } from '../ledger.ts';
import type { RecoveryPorts } from '../ports.ts';
import type { StepEvent } from '../step.ts';

export interface ClaimEvent {
  readonly action: string;
  readonly reason?: string;
  readonly execution: string;
}

const ways: Readonly<Record<Action, { readonly from: Role; readonly to: Role }>> = {
  failover: { from: 'primary', to: 'standby' },
  switchover: { from: 'primary', to: 'standby' },
  failback: { from: 'standby', to: 'primary' },
};

/** Step Functions' list of executions is late by seconds: one that began this long ago (milliseconds) runs, whatever the list says. */
const listed = 60_000;

/**
 * A second start while an execution runs is refused. One that stopped, or that ended without saying so, is taken over: with the same
 * action its times and findings are kept, with another it begins anew.
 * @throws Refused with the reason.
 */
export async function claim(
  { action: asked, reason = '', execution }: ClaimEvent,
  { ledger, clock, executions }: Pick<RecoveryPorts, 'ledger' | 'clock' | 'executions'>,
): Promise<StepEvent> {
  const action = actions.find((one) => one === asked);
  if (action === undefined) throw new Refused(`"${asked}" is no action; expected one of: ${actions.join(', ')}`);
  const way = ways[action];
  const { run } = await ledger.read();
  const now = clock.now();
  const holder = run?.phase === 'running' && run.execution !== execution ? run.execution : undefined;
  // Asked before the ledger is written, and of this holder alone: whoever takes over in between is found below.
  if (holder !== undefined && (isNew(run, now) || (await executions.isRunning(holder))))
    throw new Refused(
      `${holder} runs already, or was stopped within its first minute; wait for its end, or stop it first`,
    );
  const startedAt = now.toISOString();
  await update(ledger, (entry) => {
    if (entry.run?.phase === 'running' && ![holder, execution].includes(entry.run.execution))
      throw new Refused(`${entry.run.execution} was faster`);
    const run = claimed(entry, { action, reason, execution, ...way, startedAt, claimedAt: startedAt });
    return { ...entry, run, awaySince: entry.awaySince ?? (way.to === 'standby' ? startedAt : undefined) };
  });
  return { execution, action, ...way };
}

const isNew = (run: RecoveryRun | undefined, now: Date): boolean =>
  run?.claimedAt !== undefined && now.getTime() - Date.parse(run.claimedAt) < listed;

function claimed({ serving, run }: LedgerEntry, next: Omit<RecoveryRun, 'phase' | 'steps'>): RecoveryRun {
  const unfinished = run !== undefined && run.phase !== 'done';
  if (unfinished && run.action === next.action) {
    const { failure: _, promotion, ...kept } = run;
    // A switchover that was asked for is asked for anew, or its age would force a failover.
    const found = promotion?.how === 'failover' ? { promotion } : {};
    const { execution, claimedAt } = next;
    return {
      ...kept,
      ...found,
      phase: 'running',
      execution,
      ...(claimedAt && { claimedAt }),
      reason: next.reason || run.reason,
    };
  }
  // A run that stopped half-way may be turned round, whichever region serves by then.
  if (!unfinished && serving !== next.from)
    throw new Refused(`${next.action} goes from ${next.from} to ${next.to}, and the ${serving} region serves already`);
  return { ...next, phase: 'running', steps: {} };
}
