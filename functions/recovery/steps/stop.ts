// What happens when a step cannot go on: the ledger says so, which lets the next execution take over, and people are told of it.
import { update } from '../ledger.ts';
import type { RecoveryPorts } from '../ports.ts';
import type { StepEvent } from '../step.ts';

export interface StopEvent extends StepEvent {
  readonly failure: { readonly Error: string; readonly Cause: string };
}

export async function stop(
  { execution, action, failure }: StopEvent,
  { ledger, news }: Pick<RecoveryPorts, 'ledger' | 'news'>,
): Promise<Readonly<Record<string, unknown>>> {
  const { run } = await update(ledger, (entry) => {
    if (entry.run?.execution !== execution || entry.run.phase !== 'running') return undefined;
    const said = { error: failure.Error, cause: failure.Cause };
    return { ...entry, run: { ...entry.run, phase: 'stopped', failure: said } };
  });
  if (run !== undefined && run.execution !== execution) {
    await news.tell(
      `${action} was taken over from`,
      `${execution} has stopped: ${run.execution} took over from it and goes on. There is nothing to start again.`,
    );
    return { takenOverBy: run.execution };
  }
  const open = Object.entries(run?.steps ?? {}).find(([, { endedAt }]) => endedAt === undefined)?.[0];
  await news.tell(
    `${action} has stopped`,
    [
      `${action} stopped${open === undefined ? '' : ` in ${open}`}: ${failure.Error}, ${failure.Cause}`,
      'The runbook says what to do at each step. Starting the state machine again with the same input goes on from here.',
      execution,
    ].join('\n'),
  );
  return { step: open };
}
