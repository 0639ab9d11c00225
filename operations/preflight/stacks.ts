// Whether CloudFormation can take a change to every stack. What each state allows is told in
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html (stack status codes).
import type { Context } from './context.ts';
import { finding, type PreflightFinding } from './result.ts';

export async function checkStacks({ environmentGraph, ...context }: Context): Promise<readonly PreflightFinding[]> {
  const deployed = await context.deployed;
  const findings: PreflightFinding[] = [];
  let there = 0;
  for (const { id, name: stack, region } of environmentGraph.stacks) {
    const found = deployed.stack(id);
    const status: string = found?.StackStatus ?? '';
    // One in review is an empty shell that an unexecuted change set left: it is made anew as if it were not there.
    if (found === undefined || status === 'REVIEW_IN_PROGRESS') continue;
    there++;
    const where = { stack, region, status };
    if (mustBeDeleted.includes(status)) findings.push(finding('stackToDelete', 'fail', where));
    else if (status.endsWith('_FAILED'))
      findings.push(finding('stackStuck', 'fail', { ...where, reason: found.StackStatusReason ?? '' }));
    else if (status.endsWith('_IN_PROGRESS')) findings.push(finding('stackBusy', 'fail', where));
    else if (status === 'UPDATE_ROLLBACK_COMPLETE') findings.push(finding('stackTakenBack', 'warn', where));
  }
  return findings.some(({ verdict }) => verdict === 'fail')
    ? findings
    : [finding('stacksWell', 'ok', { there, absent: environmentGraph.stacks.length - there }), ...findings];
}

/** A stack that never came to be, or is half gone, takes no update. */
const mustBeDeleted: readonly string[] = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'];
