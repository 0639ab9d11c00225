// One run at a time on one platform: a load beside a drill measures the drill, and two drills each see what the other broke. The process
// that runs the platform keeps the turn; whoever dies with it, or is silent for a minute, has given it back.
import { randomUUID } from 'node:crypto';
import type { DrillName } from './drills/drill-names.ts';

export type RunName = 'load' | `drill ${DrillName | 'restore'}`;

export type Taken = { readonly ticket: string } | { readonly busy: RunName };

export interface RunLock {
  /** `pid`: the process that runs it, where it is one of this machine. */
  take(run: RunName, pid: number): Taken | Promise<Taken>;
  /** Says that its holder is still at it. */
  keep(ticket: string): void | Promise<void>;
  giveBack(ticket: string): void | Promise<void>;
}

export interface LocalRunLock extends RunLock {
  take(run: RunName, pid: number): Taken;
  holder(): RunName | undefined;
}

/** Milliseconds after which a holder that says nothing has lost its turn, and between two times that it says something. */
const lease = 60_000;
const every = 10_000;

export function localRunLock(now: () => number = () => performance.now()): LocalRunLock {
  let held: { readonly run: RunName; readonly pid: number; readonly ticket: string; until: number } | undefined;
  const current = () => (held !== undefined && held.until > now() && isAlive(held.pid) ? held : undefined);
  return {
    take(run, pid) {
      const holder = current();
      if (holder !== undefined) return { busy: holder.run };
      held = { run, pid, ticket: randomUUID(), until: now() + lease };
      return { ticket: held.ticket };
    },
    keep(ticket) {
      if (held?.ticket === ticket) held.until = now() + lease;
    },
    giveBack(ticket) {
      if (held?.ticket === ticket) held = undefined;
    },
    holder: () => current()?.run,
  };
}

/** Somebody else has the turn. */
export class Busy extends Error {
  readonly run: RunName;

  constructor(run: RunName) {
    super(`busy with ${run}`);
    this.run = run;
  }
}

/** @throws Busy before anything is begun; a target that keeps no turn lets everybody at it. */
export async function withRunLock<T>(turn: RunLock | undefined, run: RunName, work: () => Promise<T>): Promise<T> {
  if (turn === undefined) return work();
  const taken = await turn.take(run, process.pid);
  if ('busy' in taken) throw new Busy(taken.busy);
  return whileHeld(turn, taken.ticket, work);
}

/** Keeps the turn for as long as the work takes, and gives it back however that ends. */
export async function whileHeld<T>(turn: RunLock, ticket: string, work: () => Promise<T>): Promise<T> {
  // One word that does not arrive is made up for by the next.
  const quietly = async (said: () => void | Promise<void>) => {
    try {
      await said();
    } catch {}
  };
  const timer = setInterval(() => void quietly(() => turn.keep(ticket)), every);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await quietly(() => turn.giveBack(ticket));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
