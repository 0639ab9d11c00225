// A backup that was never restored is a hope. This one is taken under traffic, restored into a scratch server, held against its source
// row by row, written to, and removed; how old its state was is held against the document's RPO.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Backups, Target } from '../target.ts';
import { startTraffic } from '../traffic.ts';

type Tried = Awaited<ReturnType<Backups['tryBackup']>>;

export interface RestoreResult {
  readonly drill: 'restore';
  /** Orders accepted before the backup began, and how many of them the restored server has not. */
  readonly orders: number;
  readonly missing: number;
  readonly tables: Tried['tables'];
  readonly acceptsWrites: boolean;
  /** Milliseconds from the moment of the backup until its copy took writes, and the most that the document allows to lose; null: nothing. */
  readonly ageMs: number;
  readonly rpoMs: number | null;
  readonly steps: Tried['steps'];
}

type RestoreStep = 'calm' | 'backup' | 'restore';

interface RestoreOptions {
  readonly rate?: number;
  readonly tell?: (step: RestoreStep) => void;
  /** Seconds of traffic before the backup. */
  readonly before?: number;
}

/** No drill lasts longer, in seconds. */
const longest = 600;
/** So many orders are looked for, the last ones before the backup. */
const mostOrders = 1_000;

export async function runRestoreDrill(
  target: Target,
  backups: Backups,
  { rate = target.design.requestsPerSecond, tell = () => {}, before = 3 }: RestoreOptions = {},
): Promise<RestoreResult> {
  tell('calm');
  const traffic = await startTraffic(target, { rate, seconds: longest, persistence: 0 });
  try {
    await sleep(before * 1000);
    // Whoever had an answer by now has an order that no backup from here on may lack.
    const orders = [...traffic.accepted.values()].slice(-mostOrders).map(({ id }) => id);
    tell('backup');
    const backup = await backups.backUp();
    tell('restore');
    const { missing, steps, tables, acceptsWrites, ageMs } = await backups.tryBackup(orders);
    const { recovery } = target.design;
    return {
      drill: 'restore',
      orders: orders.length,
      missing: missing.length,
      tables: tables.map(({ name, rows, same }) => ({ name, rows, same })),
      acceptsWrites,
      ageMs,
      rpoMs: recovery === undefined ? null : recovery.rpoSeconds * 1000,
      steps: [...backup.steps, ...steps],
    };
  } finally {
    await traffic.stop();
    traffic.client.close();
  }
}

/** Whether the backup may be relied on. */
export function isRestored({ orders, missing, tables, acceptsWrites, ageMs, rpoMs }: RestoreResult): boolean {
  const whole = tables.length > 0 && tables.every(({ same }) => same);
  return orders > 0 && missing === 0 && whole && acceptsWrites && (rpoMs === null || ageMs <= rpoMs);
}
