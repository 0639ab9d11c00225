// Files and images of the stacks that are about to change, before anything is changed: a build that fails then has changed nothing.
import type { DeploymentRun, Ended } from './deployment-run.ts';
import { faultOf } from './fault.ts';

export async function publish(run: DeploymentRun): Promise<Ended> {
  if (!run.input.publish) return 'well';
  for (const { stack, does } of run.input.plan.stacks) {
    if (does === 'nothing') continue;
    run.ports.tell({ at: 'publishing', stack: stack.id });
    try {
      await run.ports.assets.publish(stack);
    } catch (error) {
      run.stand(stack, { result: 'fault', why: faultOf(error).said });
      return 'failed';
    }
  }
  return 'well';
}
