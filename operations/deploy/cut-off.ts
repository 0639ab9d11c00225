// Whom a plan would leave with a value that is gone.
import { isUnsettled } from './account-view.ts';
import type { DeployableStack } from './deployable.ts';
import type { Plan } from './plan.ts';
import { readsOf } from './reads.ts';

/**
 * Stacks that have no part in a plan and read what it may change. Nobody would bring them the new value: the name of a load balancer that
 * is gone, for one.
 */
export const cutOff = (stacks: readonly DeployableStack[], { moves, stacks: own }: Plan): readonly DeployableStack[] =>
  stacks.filter(
    ({ id, template, place }) =>
      own.every(({ stack }) => stack.id !== id) &&
      readsOf(template, place.region).some((read) => isUnsettled(moves, read)),
  );
