// Whether a run that failed may be taken back, and what of it.
import type { StackResult } from './deploy-stack.ts';
import type { DeployableStack } from './deployable.ts';
import type { DeploymentRun } from './deployment-run.ts';
import { AwsFault } from './fault.ts';
import type { Outcome } from './records.ts';
import { type NotRestored, restore } from './restore.ts';
import { settleStack } from './settle-stack.ts';
import { standingOf } from './statuses.ts';

/** Takes what holds no data back to the last release that served people, if this run has begun to change anything and if that can be. */
export async function goBack(run: DeploymentRun): Promise<Outcome> {
  const { plan, run: id } = run.input;
  if (!run.hasBegun) return 'failed';
  run.notRestored = hindrance(run);
  if (run.notRestored !== undefined) return 'failed';
  const back = await restore(run.ports, {
    plan,
    run: id,
    stacks: plan.deployable.stacks.filter((stack) => mayGoBack(run, stack)),
    settle: (stack, result) => settleBack(run, stack, result),
  });
  if (back.outcome !== 'restored') run.notRestored = back.because;
  return back.outcome;
}

function hindrance({ ports, input, ran }: DeploymentRun): NotRestored | undefined {
  const barriers = ran.filter((name) => input.incompatible?.includes(name) ?? true);
  if (barriers.length > 0) return { why: 'migrations', what: barriers };
  return ports.signal.aborted ? { why: 'interrupted', what: [] } : undefined;
}

/** One that failed and is at rest was taken back by CloudFormation, and may still read what is about to change. Others are for a person. */
function mayGoBack({ standings }: DeploymentRun, { id }: DeployableStack): boolean {
  const { result, status } = standings.get(id) ?? {};
  return result !== 'failed' || standingOf(status) === 'settled';
}

function settleBack(run: DeploymentRun, stack: DeployableStack, result: StackResult | AwsFault): void {
  if (!(result instanceof AwsFault) && (result.kind === 'done' || result.kind === 'unchanged')) {
    run.stand(stack, { result: 'restored' });
    run.ports.tell({ at: 'stack', stack: stack.id, does: 'restored' });
  } else settleStack(run, stack, result);
}
