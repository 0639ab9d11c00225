// One stack, when its turn has come. Whatever was planned, what is executed is looked at once more: the very change set of the plan where
// nothing it reads has changed since, and else a new one that must stay within what was approved.

import type { TemplateNode } from '../../assembly/scope.ts';
import type { Words } from '../../design/messages/words.ts';
import { type Awaited, awaitStack } from './await-stack.ts';
import { canonical } from './canonical.ts';
import { type Change, isWithin } from './changes.ts';
import type { StackReference, StackState } from './cloudformation.ts';
import type { DeployableStack } from './deployable.ts';
import type { StackPlan } from './plan.ts';
import type { DeployPorts } from './ports.ts';
import { pendingReads, type ReadKey } from './reads.ts';
import { bodyWith } from './stack-body.ts';
import { classified, deployedTemplate, isSame, makeChangeSet, sameTags, withCommit } from './stack-change.ts';
import { type Remedy, remedyOf, standingOf, succeeded } from './statuses.ts';

/** How a stack came out of its turn. */
export type StackResult =
  | { readonly kind: 'done' | 'unchanged'; readonly changes: readonly Change[] }
  /** CloudFormation did not do it. `status` is where its own rollback has left the stack. */
  | {
      readonly kind: 'failed';
      readonly status: string;
      readonly remedy: Remedy | undefined;
      readonly cause: Awaited['cause'];
      readonly reason: Words | string;
    }
  /** It would do more than was approved. Nothing was done. */
  | { readonly kind: 'beyond-approval'; readonly changes: readonly Change[] }
  /** It reads outputs that are not there. Nothing was done. */
  | { readonly kind: 'unreadable'; readonly reads: readonly ReadKey[] }
  /** Waiting has ended, AWS goes on. */
  | { readonly kind: 'moving'; readonly status: string }
  /** Somebody wanted to stop before anything was done to it. */
  | { readonly kind: 'not-begun' };

export interface StackAttempt {
  /** Unique to the run and to the attempt; letters, digits and hyphens. */
  readonly token: string;
  readonly commit: string | undefined;
  /** In whose name a region is asked. */
  readonly placeIn: (region: string) => Omit<StackReference, 'name'>;
}

/** @throws AwsFault */
export async function deployStack(ports: DeployPorts, plan: StackPlan, turn: StackAttempt): Promise<StackResult> {
  const { cloudFormation } = ports;
  const { stack } = plan;
  let state = await cloudFormation.describe(stack.place);
  // An interrupted run may have left something under way.
  if (standingOf(state?.status) === 'moving') {
    const awaited = await awaitStack(ports, stack.id, stack.place);
    if (awaited.standing === 'moving') return { kind: 'moving', status: awaited.state?.status ?? '' };
    state = awaited.state;
  }
  if (standingOf(state?.status) === 'stuck') return failure({ state, standing: 'stuck' });
  if (standingOf(state?.status) === 'remains') {
    if (plan.does !== 'recreate') return failure({ state, standing: 'remains' });
    if (ports.signal.aborted) return { kind: 'not-begun' };
    const removed = await remove(ports, stack, state, turn);
    if (removed !== undefined) return removed;
    state = undefined;
  }
  return execute(ports, plan, turn, state);
}

/** Creates or updates a stack that is at rest or not there. */
async function execute(
  ports: DeployPorts,
  plan: StackPlan,
  turn: StackAttempt,
  state: StackState | undefined,
): Promise<StackResult> {
  const { cloudFormation } = ports;
  const { stack } = plan;
  const isNew = standingOf(state?.status) !== 'settled';
  const template = isNew ? undefined : await deployedTemplate(ports, stack.place);
  const body = withCommit(
    await bodyWith(stack, template === undefined ? undefined : { template, state }, (read) =>
      // Whoever may deploy a region's stacks may look at them; another region has a role of its own.
      cloudFormation.describe({ ...turn.placeIn(read.region), name: read.stack }),
    ),
    turn.commit,
  );
  const missing = pendingReads(body);
  if (missing.length > 0) return { kind: 'unreadable', reads: missing };
  if (template !== undefined && isSame(body, template) && sameTags(stack.tags, state?.tags ?? {})) {
    await protect(ports, stack, state);
    return { kind: 'unchanged', changes: [] };
  }

  const prepared = await prepare(ports, plan, turn, { state, template, body });
  if ('kind' in prepared) return prepared;
  if (ports.signal.aborted) return { kind: 'not-begun' };
  await cloudFormation.execute(stack.place, prepared.changeSet, turn.token);
  ports.tell({ at: 'stack', stack: stack.id, does: 'starts' });
  const awaited = await awaitStack(ports, stack.id, stack.place, turn.token);
  if (awaited.standing === 'moving') return { kind: 'moving', status: awaited.state?.status ?? '' };
  if (awaited.state === undefined || !succeeded(awaited.state.status)) return failure(awaited);
  await protect(ports, stack, awaited.state);
  return { kind: 'done', changes: prepared.changes };
}

interface Prepared {
  readonly changeSet: string;
  readonly changes: readonly Change[];
}

/** The change set to execute: the one that was approved as it is, or a new one within it. */
async function prepare(
  ports: DeployPorts,
  { stack, ready, changes: approved, does }: StackPlan,
  { token }: StackAttempt,
  now: {
    readonly state: StackState | undefined;
    readonly template: TemplateNode | undefined;
    readonly body: TemplateNode;
  },
): Promise<Prepared | StackResult> {
  const { cloudFormation } = ports;
  if (ready !== undefined) {
    if (canonical(ready.body) === canonical(now.body)) return { changeSet: ready.changeSet, changes: approved };
    await cloudFormation.discard(stack.place, ready.changeSet);
  }
  const made = await makeChangeSet(ports, stack, now.body, { name: token, state: now.state });
  if (made.state === 'empty') {
    await cloudFormation.discard(stack.place, token);
    return { kind: 'unchanged', changes: [] };
  }
  if (made.state === 'pending') return { kind: 'not-begun' };
  if (made.state !== 'ready') {
    const { status = 'REVIEW_IN_PROGRESS' } = now.state ?? {};
    return { kind: 'failed', status, remedy: undefined, cause: undefined, reason: made.reason ?? '' };
  }
  const changes = classified(made, now.template, now.body);
  // A creation was approved by its template, which is the same.
  const isNew = now.template === undefined && (does === 'create' || does === 'recreate');
  if (isNew || isWithin(changes, approved)) return { changeSet: token, changes };
  await cloudFormation.discard(stack.place, token);
  return { kind: 'beyond-approval', changes };
}

/** Deletes what is left of a creation that failed. @returns how it failed; `undefined` when the stack is gone */
async function remove(
  ports: DeployPorts,
  stack: DeployableStack,
  state: StackState | undefined,
  { token }: StackAttempt,
): Promise<StackResult | undefined> {
  const { name } = stack.place;
  // By its ARN, since nobody finds a deleted stack by its name.
  const place = { ...stack.place, name: state?.id ?? name };
  const deletion = `${token}-delete`;
  await ports.cloudFormation.delete(place, deletion);
  const awaited = await awaitStack(ports, stack.id, place, deletion);
  if (awaited.standing === 'moving') return { kind: 'moving', status: awaited.state?.status ?? '' };
  return awaited.standing === 'absent' ? undefined : failure(awaited);
}

/** No change set can set it; so it is set once the stack is well, and a failed creation can still be deleted. */
async function protect(
  { cloudFormation }: DeployPorts,
  stack: DeployableStack,
  state: StackState | undefined,
): Promise<void> {
  if (state !== undefined && state.terminationProtection !== stack.terminationProtection) {
    await cloudFormation.protect(stack.place, stack.terminationProtection);
  }
}

function failure({ state, cause }: Pick<Awaited, 'state' | 'cause' | 'standing'>): StackResult {
  const status = state?.status ?? 'DELETE_COMPLETE';
  return { kind: 'failed', status, remedy: remedyOf(status), cause, reason: state?.reason ?? '' };
}
