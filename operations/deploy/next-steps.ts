// What to type after a deployment, however it ended.
import type { DeploymentRun } from './deployment-run.ts';
import type { Plan } from './plan.ts';
import type { Outcome } from './records.ts';
import type { Remedy } from './statuses.ts';

/** What to type next; the command puts it into words. */
export type NextStep =
  | { readonly do: 'resume' | 'deploy-again' | 'history' | 'look-at-smoke' }
  /** `to`: id of the record; absent: the one before. */
  | { readonly do: 'rollback'; readonly to?: string }
  | { readonly do: Remedy; readonly stack: string; readonly region: string };

export function nextSteps(outcome: Outcome, run: DeploymentRun): readonly NextStep[] {
  const { plan } = run.input;
  // What is interrupted goes on under the same record. A rollback is planned anew: it keeps no old checkout.
  if (outcome === 'interrupted') return plan.backTo === undefined ? [{ do: 'resume' }] : backAgain(plan);
  if (outcome === 'deployed' || outcome === 'rolled-back') return [{ do: 'history' }];
  const stuck = [...run.standings.values()].flatMap(({ id, region, remedy }) =>
    remedy === undefined ? [] : [{ do: remedy, stack: id, region }],
  );
  if (stuck.length > 0) return stuck;
  if (run.smoke?.passed === false)
    return [{ do: 'look-at-smoke' }, ...(outcome === 'failed' ? [{ do: 'rollback' as const }] : [])];
  return plan.backTo === undefined ? [{ do: 'deploy-again' }] : backAgain(plan);
}

const backAgain = ({ backTo }: Pick<Plan, 'backTo'>): readonly NextStep[] => [{ do: 'rollback', to: backTo }];
