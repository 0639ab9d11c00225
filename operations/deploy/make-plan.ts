// Makes a plan: asks CloudFormation of stack after stack, in the waves in which they would be deployed, and changes nothing.
import { createHash } from 'node:crypto';
import { noteUnsettled, viewOf } from './account-view.ts';
import { canonical } from './canonical.ts';
import { wavesOf } from './deployable.ts';
import { discard, type Obstacle, type Plan, type PlanInput, type PlanPorts, type StackPlan } from './plan.ts';
import { planStack } from './plan-stack.ts';

/** @throws AwsFault */
export async function makePlan(
  ports: PlanPorts,
  input: PlanInput,
): Promise<Plan | { readonly obstacles: readonly Obstacle[] }> {
  const { deployable, commit, migrations, onFailure } = input;
  const planned = new Map<string, StackPlan>();
  const obstacles: Obstacle[] = [];
  const view = await viewOf(ports, deployable);
  for (const wave of wavesOf(deployable.stacks)) {
    await Promise.all(
      wave.map(async (stack) => {
        ports.tell({ at: 'planning', stack: stack.id });
        const found = await planStack(ports, input, stack, view);
        if ('kind' in found) obstacles.push(found);
        else planned.set(stack.id, found);
      }),
    );
    for (const { id } of wave) noteUnsettled(view, planned.get(id));
  }
  const stacks = deployable.stacks.flatMap(({ id }) => planned.get(id) ?? []);
  const plan = { deployable, commit, stacks, moves: view.unsettled, migrations, onFailure, digest: '' };
  if (obstacles.length === 0) return { ...plan, digest: digestOf(plan) };
  await discard(ports, plan);
  return { obstacles };
}

/** Sixteen hexadecimal digits over what would be done, where, and with what if it fails; approval is for this and nothing else. */
function digestOf({ deployable, stacks, migrations, onFailure }: Omit<Plan, 'digest'>): string {
  const { environment, account } = deployable;
  const done = stacks.flatMap(({ stack, does, changes, follows }) =>
    does === 'nothing'
      ? []
      : [{ stack: stack.id, region: stack.place.region, does, built: stack.hash, tags: stack.tags, follows, changes }],
  );
  // A list of entries, whose order is that of the plan; within them keys have one order.
  const words = canonical(JSON.parse(JSON.stringify({ environment, account, onFailure, migrations, done })));
  return createHash('sha256').update(words).digest('hex').slice(0, 16);
}
