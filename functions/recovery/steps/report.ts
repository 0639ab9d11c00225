// The last step: says what was done, how long each part took and what may be lost, keeps that, and lets go of the ledger.
import { type RecoveryRun, update } from '../ledger.ts';
import type { RecoveryPorts } from '../ports.ts';
import { note, type StepEvent } from '../step.ts';

const name = 'report';

interface Report {
  readonly action: RecoveryRun['action'];
  readonly reason: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Milliseconds from the first start until requests went to the region; absent when a person has to lead them there. */
  readonly trafficAfterMs?: number;
  readonly steps: readonly { readonly name: string; readonly startedAt: string; readonly ms: number }[];
  readonly promotion?: RecoveryRun['promotion'];
  /** One sentence each. */
  readonly notes: readonly string[];
}

export async function report(
  { execution }: Pick<StepEvent, 'execution'>,
  { ledger, clock, news, archive, traffic }: Pick<RecoveryPorts, 'ledger' | 'clock' | 'news' | 'archive' | 'traffic'>,
): Promise<Readonly<Record<string, unknown>>> {
  const { run: last } = await ledger.read();
  // It was done, and only the answer was lost.
  if (last?.execution === execution && last.phase === 'done') return { ...reportOf(last, true, last.endedAt ?? '') };
  const byHand = (await traffic.goesTo()) === 'by-hand';
  const run = await note(execution, { ledger, clock }, ({ steps }, now) => ({
    steps: { ...steps, [name]: { startedAt: steps[name]?.startedAt ?? now, endedAt: now } },
  }));
  const endedAt = run.steps[name]?.endedAt ?? run.startedAt;
  const made = reportOf(run, !byHand, endedAt);
  const place = await archive.keep(
    `${run.startedAt.replaceAll(':', '')}-${run.action}.json`,
    JSON.stringify(made, null, 2),
  );
  await news.tell(`${run.action} to the ${run.to} region is done`, textOf(made, place));
  await update(ledger, ({ run: held, ...entry }) => {
    if (held?.execution !== execution) return undefined;
    const { awaySince: _, ...home } = entry;
    return { ...(run.to === 'primary' ? home : entry), run: { ...held, phase: 'done', endedAt } };
  });
  return { ...made, place };
}

function reportOf(
  { action, reason, startedAt, steps, promotion }: RecoveryRun,
  moved: boolean,
  endedAt: string,
): Report {
  const led = steps['await-traffic']?.endedAt;
  return {
    action,
    reason,
    startedAt,
    endedAt,
    ...(moved && led !== undefined ? { trafficAfterMs: Date.parse(led) - Date.parse(startedAt) } : {}),
    steps: Object.entries(steps)
      .map(([name, times]) => ({
        name,
        startedAt: times.startedAt,
        ms: Date.parse(times.endedAt ?? endedAt) - Date.parse(times.startedAt),
      }))
      .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)),
    promotion,
    notes: notesOf(action, moved, promotion),
  };
}

function notesOf(action: RecoveryRun['action'], moved: boolean, promotion: RecoveryRun['promotion']): string[] {
  const notes: string[] = [];
  if (promotion?.how === 'failover') {
    const since = promotion.lastReplicatedWrite;
    notes.push(
      since === undefined
        ? 'Writes that the standby region had not received are lost; when the last one arrived was not measured.'
        : `Writes after ${since} may be lost: that is the last one known to have arrived.`,
      'Nothing was asked of the failed region. Aurora turns away what its old writer is still sent, as far as it reaches it.',
      'When that region is back, Aurora tries to keep what its database held in a snapshot, `rds:unplanned-global-failover-…`: lost writes can be read there.',
    );
  } else notes.push('The database changed hands without a loss.');
  if (action === 'failover')
    notes.push(
      "What waits in the failed region's queues comes after failback: imported lines that no task had read yet. What its tasks tried in vain lies in its dead-letter queues.",
    );
  if (!moved)
    notes.push(
      "There is no domain, so no record leads people here: point the distribution's API origin at this region's load balancer.",
    );
  return notes;
}

function textOf({ action, reason, startedAt, endedAt, trafficAfterMs, steps, notes }: Report, place: string): string {
  return [
    `${action}, begun ${startedAt}, done ${endedAt}. Reason: ${reason === '' ? 'none given' : reason}`,
    ...(trafficAfterMs === undefined
      ? []
      : [`Requests went to the other region after ${Math.round(trafficAfterMs / 1000)} s.`]),
    ...notes,
    '',
    ...steps.map(({ name, ms }) => `${name}: ${Math.round(ms / 1000)} s`),
    '',
    `Kept at ${place}`,
  ].join('\n');
}
