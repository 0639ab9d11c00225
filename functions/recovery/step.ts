// What all steps share: only the execution that holds the ledger may act, and the ledger knows when each began and ended.
import { NotYet, Refused } from './errors.ts';
import { type Action, type LedgerEntry, type RecoveryLedger, type RecoveryRun, type Role, update } from './ledger.ts';
import type { Clock, RecoveryPorts } from './ports.ts';

/** What travels from state to state. */
export interface StepEvent {
  readonly execution: string;
  readonly action: Action;
  readonly from: Role;
  readonly to: Role;
}

/** A step's work; what it gives is kept in the execution's history and read by people. */
export type Work<Needed extends keyof RecoveryPorts> = (
  run: RecoveryRun,
  ports: Pick<RecoveryPorts, Needed | 'ledger' | 'clock'>,
) => Promise<Readonly<Record<string, unknown>>>;

export type RecoveryStep<Needed extends keyof RecoveryPorts> = (
  event: StepEvent,
  ports: Pick<RecoveryPorts, Needed | 'ledger' | 'clock'>,
) => Promise<Readonly<Record<string, unknown>>>;

/**
 * A step of the state machine. Its work must be safe to do again from any point: an execution may be cut off anywhere, and the next one
 * begins at the beginning.
 */
export function step<Needed extends keyof RecoveryPorts = never>(
  name: string,
  work: Work<Needed>,
): RecoveryStep<Needed> {
  return async (event, ports) => {
    const run = await begin(name, event, ports);
    const result = await work(run, ports);
    await note(event.execution, ports, (current, now) => ({
      steps: { ...current.steps, [name]: { startedAt: current.steps[name]?.startedAt ?? now, endedAt: now } },
    }));
    return result;
  };
}

/**
 * Writes down what a step found out.
 * @throws Refused when another execution has taken over.
 */
export async function note(
  execution: string,
  { ledger, clock }: { readonly ledger: RecoveryLedger; readonly clock: Clock },
  change: (run: RecoveryRun, now: string) => Partial<RecoveryRun>,
): Promise<RecoveryRun> {
  const now = clock.now().toISOString();
  const { run } = await update(ledger, (entry) => {
    const held = heldBy(entry, execution);
    return { ...entry, run: { ...held, ...change(held, now) } };
  });
  if (run === undefined) throw new Error('The ledger has lost the run that was just written');
  return run;
}

/** Waits: the step is asked again after a pause, so often as the state machine allows. */
export function until(condition: boolean, what: string): asserts condition {
  if (!condition) throw new NotYet(what);
}

function begin(
  name: string,
  { execution }: StepEvent,
  ports: { ledger: RecoveryLedger; clock: Clock },
): Promise<RecoveryRun> {
  return note(execution, ports, ({ steps }, now) =>
    // The first start counts, also when the step is asked again while it waits.
    steps[name] === undefined ? { steps: { ...steps, [name]: { startedAt: now } } } : {},
  );
}

/**
 * The run that the ledger holds.
 * @throws Refused when that is not, or no longer, the execution's.
 */
export function heldBy({ run }: LedgerEntry, execution: string): RecoveryRun {
  if (run === undefined || run.execution !== execution || run.phase !== 'running')
    throw new Refused(
      `The ledger is held by ${run?.execution ?? 'nobody'} (${run?.phase ?? 'no run'}), not by ${execution}`,
    );
  return run;
}
