// The ledger's one entry: which region serves, and how far the last failover came. Steps change it by reading, thinking and writing
// under the condition that nobody wrote meanwhile, so that two of anything never both believe that they were first.
import { NotYet } from './errors.ts';

/** The document's region, and the one that takes over. */
export type Role = 'primary' | 'standby';

export type PromotionKind = 'switchover' | 'failover';

export const actions = ['failover', 'switchover', 'failback'] as const;
/**
 * `failover`: the primary region is lost or cannot serve, and nothing is asked of it. `switchover`: both regions are well, and the standby
 * is to serve. `failback`: the way home.
 */
export type Action = (typeof actions)[number];

export interface LedgerEntry {
  /** Counts writes; 0 when there was none. */
  readonly revision: number;
  /** The region that may serve: the latch is held while it is `standby`. */
  readonly serving: Role;
  /** ISO time since when something may have been written in the standby region; absent while all is at home. */
  readonly awaySince?: string | undefined;
  /** The last run of the steps; absent before the first. */
  readonly run?: RecoveryRun;
}

export interface RecoveryRun {
  readonly phase: 'running' | 'stopped' | 'done';
  /** Of Step Functions, or of whatever runs the steps. */
  readonly execution: string;
  readonly action: Action;
  readonly reason: string;
  readonly from: Role;
  readonly to: Role;
  /** ISO time of the first start; a run that is taken up again keeps it. */
  readonly startedAt: string;
  /** ISO time since when the execution has the ledger. */
  readonly claimedAt?: string;
  readonly endedAt?: string;
  readonly steps: Readonly<Record<string, StepTimes>>;
  readonly promotion?: Promotion | undefined;
  /** The one-off task that sends orders again. */
  readonly resumeTask?: string | undefined;
  /** How many such tasks ended without having sent them. */
  readonly resumeFailures?: number;
  /** How far files were copied. */
  readonly filesCursor?: string | undefined;
  readonly failure?: { readonly error: string; readonly cause: string };
}

interface StepTimes {
  readonly startedAt: string;
  readonly endedAt?: string;
}

export interface Promotion {
  readonly how: PromotionKind;
  readonly askedAt: string;
  /** ISO time of the last write that was known to have arrived, where that was measured. */
  readonly lastReplicatedWrite?: string;
  /** Why a failover was asked for after all. */
  readonly because?: string;
}

/** The one record of what happens; kept where the standby region is. */
export interface RecoveryLedger {
  read(): Promise<LedgerEntry>;
  /** Writes an entry whose `revision` is one above the one read; `false` when somebody else was faster. */
  replace(next: LedgerEntry): Promise<boolean>;
}

export const firstEntry: LedgerEntry = { revision: 0, serving: 'primary' };

/** Tries before others are thought to write all the time. */
const tries = 5;

/**
 * Writes what `change` makes of the entry; `undefined` leaves it as it is. Gives what then stands in the ledger.
 * @throws NotYet when others were faster every time.
 */
export async function update(
  ledger: RecoveryLedger,
  change: (entry: LedgerEntry) => LedgerEntry | undefined,
): Promise<LedgerEntry> {
  for (let tried = 0; tried < tries; tried++) {
    const entry = await ledger.read();
    const changed = change(entry);
    if (changed === undefined) return entry;
    const next = { ...changed, revision: entry.revision + 1 };
    if (await ledger.replace(next)) return next;
  }
  throw new NotYet('others write to the ledger all the time');
}
