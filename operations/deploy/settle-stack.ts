// How a stack came out of its turn, noted and told: whether the run may go on.
import type { StackResult } from './deploy-stack.ts';
import type { DeployableStack } from './deployable.ts';
import type { DeploymentRun, Ended } from './deployment-run.ts';
import { AwsFault, namedFault } from './fault.ts';

export function settleStack(run: DeploymentRun, stack: DeployableStack, result: StackResult | AwsFault): Ended {
  if (result instanceof AwsFault) return settleFault(run, stack, result);
  const { tell } = run.ports;
  switch (result.kind) {
    case 'moving':
      run.stand(stack, { result: 'moving', status: result.status });
      return 'moving';
    case 'not-begun':
      return 'moving';
    case 'done':
    case 'unchanged':
      run.stand(stack, { result: result.kind });
      tell({ at: 'stack', stack: stack.id, does: result.kind });
      return 'well';
    case 'failed': {
      const { status, remedy, cause, reason } = result;
      const why = cause === undefined ? reason : `${cause.logicalId} (${cause.type}): ${cause.reason}`;
      run.stand(stack, { result: 'failed', status, why, remedy });
      break;
    }
    case 'beyond-approval':
      run.stand(stack, { result: result.kind, why: result.changes.map(({ logicalId }) => logicalId).join(', ') });
      break;
    case 'unreadable':
      run.stand(stack, { result: result.kind, why: result.reads.join(', ') });
      break;
  }
  tell({ at: 'stack', stack: stack.id, does: 'failed' });
  return 'failed';
}

function settleFault(run: DeploymentRun, stack: DeployableStack, fault: AwsFault): Ended {
  // Nobody knows whether AWS goes on: that is for the next run to find out.
  const lost = fault.kind !== 'refused';
  run.stand(stack, { result: lost ? 'moving' : 'fault', why: namedFault(fault) });
  return lost ? 'moving' : 'failed';
}
