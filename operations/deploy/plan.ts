// What a deployment would do: for each stack the changes that CloudFormation announces, what they mean, and a digest of exactly these.
// A plan leaves nothing behind but change sets, which `discard` throws away.

import type { TemplateNode } from '../../assembly/scope.ts';
import type { Words } from '../../design/messages/words.ts';
import type { Change } from './changes.ts';
import type { Deployable, DeployableStack } from './deployable.ts';
import type { DeployPorts } from './ports.ts';
import type { ReadKey } from './reads.ts';
import type { Remedy } from './statuses.ts';

export interface StackPlan {
  readonly stack: DeployableStack;
  /** `recreate`: what a failed first creation left behind is deleted first; it never served anybody. */
  readonly does: 'nothing' | 'create' | 'recreate' | 'update';
  /** The gravest first. */
  readonly changes: readonly Change[];
  /** Outputs that it reads, of stacks before it, whose value this deployment may change. */
  readonly follows: readonly ReadKey[];
  /** The change set that stands ready, and the body that it was made of. */
  readonly ready?: { readonly changeSet: string; readonly body: TemplateNode };
}

export interface Plan {
  readonly deployable: Deployable;
  readonly commit: string | undefined;
  /** In the order of the manifest. */
  readonly stacks: readonly StackPlan[];
  /** Outputs that may come out differently. All those of a stack that is not there yet: `<region>/<stack>/`. */
  readonly moves: ReadonlySet<ReadKey>;
  /** Names of migrations that were not run before. */
  readonly migrations: readonly string[];
  readonly onFailure: OnFailure;
  /** Id of the record that it goes back to. */
  readonly backTo?: string;
  readonly digest: string;
}

export type OnFailure = 'keep' | 'restore';

/** What stands in the way of a plan. */
export type Obstacle =
  | { readonly kind: 'moving'; readonly stack: string; readonly region: string; readonly status: string }
  | {
      readonly kind: 'stuck';
      readonly stack: string;
      readonly region: string;
      readonly status: string;
      readonly reason: string;
      readonly remedy: Remedy | undefined;
    }
  | {
      readonly kind: 'no-change-set';
      readonly stack: string;
      readonly region: string;
      readonly reason: Words | string;
    };

export interface PlanInput {
  readonly deployable: Deployable;
  /** Unique to this run; letters, digits and hyphens. */
  readonly run: string;
  readonly commit: string | undefined;
  readonly migrations: readonly string[];
  readonly onFailure: OnFailure;
}

export type PlanPorts = Pick<DeployPorts, 'cloudFormation' | 'assets' | 'clock' | 'signal' | 'tell'>;

/** Throws the plan's change sets away. */
export async function discard(
  { cloudFormation }: Pick<DeployPorts, 'cloudFormation'>,
  plan: Pick<Plan, 'stacks'>,
): Promise<void> {
  for (const { stack, ready } of plan.stacks) {
    if (ready !== undefined) await cloudFormation.discard(stack.place, ready.changeSet);
  }
}

export const isEmpty = ({ stacks, migrations }: Pick<Plan, 'stacks' | 'migrations'>): boolean =>
  stacks.every(({ does }) => does === 'nothing') && migrations.length === 0;
