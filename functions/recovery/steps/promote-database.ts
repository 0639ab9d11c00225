// Makes the database of the other region the one that takes writes, and writes down what may be lost by that.
import { NotYet } from '../errors.ts';
import type { Promotion, RecoveryRun } from '../ledger.ts';
import type { Replication } from '../ports.ts';
import { note, step, until } from '../step.ts';

const name = 'promote-database';

/** A measurement older than this (milliseconds) says that none arrive: CloudWatch has one every minute, a little late. */
const fresh = 150_000;
/** A lag beyond this (milliseconds) says that nobody sends any more: it lies below one second in calm times. */
const close = 5_000;
/** A switchover that was asked for, or that this step has found under way, this long ago (milliseconds) and has not happened will not. */
const timeout = 120_000;

/**
 * In a failover, what arrives of the other region's database decides: while its writes do, it is alive and a switchover loses nothing;
 * when they do not, or the switchover is refused or does not come about, the failover is forced and the last write that arrived is
 * written down. A planned move is only ever a switchover, which waits until nothing is missing.
 */
export const promoteDatabase = step<'database'>(name, async (run, ports) => {
  const { database, clock } = ports;
  const { to, execution, promotion, steps } = run;
  const writer = await database.writer();
  if (writer === to) return { writer, ...promotion };
  const now = clock.now().getTime();
  const begun = Date.parse(steps[name]?.startedAt ?? '');
  // A switchover whose first region fails on the way may never end. Whether a failover may cut in is Aurora's to say.
  const stuck = writer === undefined && run.action === 'failover' && now - begun > timeout;
  until(writer !== undefined || stuck, 'the database is changing its writer');

  const replication = await database.replication();
  const wanted = choose(run, replication, now, stuck);
  await record(wanted);
  if (wanted.how === 'failover') {
    await database.promote(to, 'failover', to);
  } else if (run.action !== 'failover') {
    await database.promote(to, 'switchover', run.from);
  } else {
    await database.promote(to, 'switchover', to).catch(async (error: unknown) => {
      if (error instanceof NotYet) throw error;
      await record({ ...wanted, how: 'failover', because: `the switchover was refused: ${String(error)}` });
      await database.promote(to, 'failover', to);
    });
  }
  throw new NotYet(`the database of the ${to} region is being promoted (${wanted.how})`);

  async function record(next: Promotion): Promise<void> {
    await note(execution, ports, () => ({ promotion: next }));
  }
});

function choose(
  { action, promotion }: RecoveryRun,
  replication: Replication | undefined,
  now: number,
  stuck: boolean,
): Promotion {
  const askedAt = new Date(now).toISOString();
  const written = replication === undefined ? promotion?.lastReplicatedWrite : lastWrite(replication);
  const findings = written === undefined ? {} : { lastReplicatedWrite: written };
  if (action !== 'failover') return { how: 'switchover', askedAt, ...findings };
  // Once forced, always forced: what arrived before the first time is what counts.
  if (promotion?.how === 'failover') return { ...promotion, askedAt };
  if (stuck || (promotion !== undefined && now - Date.parse(promotion.askedAt) > timeout))
    return { how: 'failover', askedAt, ...findings, because: 'the switchover did not come about' };
  if (replication !== undefined && now - Date.parse(replication.measuredAt) <= fresh && replication.lagMs <= close)
    return { how: 'switchover', askedAt: promotion?.askedAt ?? askedAt, ...findings };
  const because =
    replication === undefined
      ? 'no replication was measured'
      : `the last measurement, ${replication.lagMs} ms behind, is of ${replication.measuredAt}`;
  return { how: 'failover', askedAt, ...findings, because };
}

const lastWrite = ({ measuredAt, lagMs }: Replication) => new Date(Date.parse(measuredAt) - lagMs).toISOString();
