// What a deployment would do to one stack, as CloudFormation announces it.
import type { TemplateNode } from '../../assembly/scope.ts';
import { isUnsettled, type View } from './account-view.ts';
import { creations, inOrder } from './changes.ts';
import type { StackState } from './cloudformation.ts';
import type { DeployableStack } from './deployable.ts';
import type { Obstacle, PlanInput, PlanPorts, StackPlan } from './plan.ts';
import { pendingReads } from './reads.ts';
import { bodyWith } from './stack-body.ts';
import { classified, deployedTemplate, isSame, makeChangeSet, sameTags, withCommit } from './stack-change.ts';
import { remedyOf, standingOf } from './statuses.ts';

/** What stands in the way is an answer as well. @throws AwsFault */
export async function planStack(
  ports: PlanPorts,
  input: PlanInput,
  stack: DeployableStack,
  view: View,
): Promise<StackPlan | Obstacle> {
  const state = view.states.get(stack.id);
  const where = { stack: stack.id, region: stack.place.region };
  switch (standingOf(state?.status)) {
    case 'absent':
    case 'review':
      return { stack, does: 'create', changes: inOrder(creations(stack.template)), follows: [] };
    case 'remains':
      return { stack, does: 'recreate', changes: inOrder(creations(stack.template)), follows: [] };
    case 'moving':
      return { kind: 'moving', ...where, status: state?.status ?? '' };
    case 'stuck': {
      const status = state?.status ?? '';
      return { kind: 'stuck', ...where, status, reason: state?.reason ?? '', remedy: remedyOf(status) };
    }
    case 'settled':
      return planUpdate(ports, input, stack, view);
  }
}

async function planUpdate(
  ports: PlanPorts,
  input: PlanInput,
  stack: DeployableStack,
  view: View,
): Promise<StackPlan | Obstacle> {
  const state = view.states.get(stack.id);
  const template = await deployedTemplate(ports, stack.place);
  view.templates.set(stack.id, template);
  const body = withCommit(await bodyOf(stack, { template, state }, view), input.commit);
  const nothing: StackPlan = { stack, does: 'nothing', changes: [], follows: [] };
  if (isSame(body, template) && sameTags(stack.tags, state?.tags ?? {})) return nothing;
  // Whoever goes on with a run plans anew under its id, and a name that is taken would be another plan's.
  const changeSet = `hashira-${input.run}-${ports.clock.now().toString(36)}-plan`;
  const made = await makeChangeSet(ports, stack, body, { name: changeSet, state });
  if (made.state === 'ready') {
    const changes = inOrder(classified(made, template, body));
    return { stack, does: 'update', changes, follows: pendingReads(body), ready: { changeSet, body } };
  }
  await ports.cloudFormation.discard(stack.place, changeSet);
  if (made.state === 'empty') return nothing;
  return { kind: 'no-change-set', stack: stack.id, region: stack.place.region, reason: made.reason ?? '' };
}

/** A stack's template with its reads as they stand now; those that this deployment may change are pending. */
async function bodyOf(
  stack: DeployableStack,
  before: { readonly template: TemplateNode; readonly state: StackState | undefined },
  view: Pick<View, 'state' | 'unsettled'>,
): Promise<TemplateNode> {
  return bodyWith(stack, before, async (read) => (isUnsettled(view.unsettled, read) ? undefined : view.state(read)));
}
