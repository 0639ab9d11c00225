// What each step of a run has shown, as figures of the rows of docs/unproven.md that it can say something of.
import type { StackEvent } from '../deploy/cloudformation.ts';
import type { DeployResult } from '../deploy/deploy-result.ts';
import type { Deployable, DeployableStack } from '../deploy/deployable.ts';
import type { StackPlan } from '../deploy/plan.ts';
import type { SmokeReport } from '../deploy/ports.ts';
import { readsOf } from '../deploy/reads.ts';
import type { Destroyed } from '../destroy/destroy.ts';
import type { StackToDelete } from '../destroy/plan.ts';
import type { StackDrift } from '../drift/drift.ts';
import { type Facts, isAsBelieved, type ProofStep, type RowId, rowIds, type SeenFacts } from './evidence.ts';
import { type FailingCreation, failingId } from './failing-creation.ts';
import type { RemainingStack } from './standing.ts';

export const statusOf = ({ stacks }: DeployResult, { id }: DeployableStack): string | undefined =>
  stacks.find((one) => one.id === id)?.status;

const hasBegun = ({ result }: DeployResult['stacks'][number]) => result !== 'not-begun' && result !== 'unreadable';

/**
 * @param events of the operation on the stack that failed, newest first
 * @param left logical ids of what its rollback has left; absent where it did not end as one does
 */
export function ofFailure(
  { deployable, stack, resources }: FailingCreation,
  result: DeployResult,
  events: readonly StackEvent[],
  left: readonly string[] | undefined,
): SeenFacts {
  const waiting = deployable.stacks.filter(({ waitsFor }) => waitsFor.includes(stack.id)).map(({ id }) => id);
  const begun = result.stacks.filter((one) => waiting.includes(one.id) && hasBegun(one));
  const failed = events.findLast(({ ofStack, status }) => !ofStack && status === 'CREATE_FAILED');
  const failedAt = failed?.logicalId ?? 'nothing';
  return {
    'creation-fails': {
      stack: stack.id,
      status: statusOf(result, stack) ?? 'none',
      ...{ failedAt, waiting: waiting.length, begun: begun.length },
      next: result.next[0]?.do ?? 'nothing',
    },
    // What fails earlier has made less, and shows less.
    ...(left === undefined || failedAt !== failingId
      ? {}
      : { 'creation-taken-back': { stack: stack.id, resources: resources.length, left: [...left] } }),
  };
}

/** The next deployment begins with a stack that was taken back, and with no other that failed. */
export function endOfFailure(seen: SeenFacts, { stacks }: DeployResult, { id }: DeployableStack): ProofStep['ended'] {
  const failure = seen['creation-fails'];
  const others = stacks.some((one) => one.id !== id && (one.result === 'failed' || one.result === 'fault'));
  if (failure === undefined || others || !isAsBelieved('creation-fails', failure)) return 'failed';
  return endOf(seen);
}

/** @param failed as the plan had the stack that failed before */
export function ofDeployment(
  { stacks }: Deployable,
  { stack: { id }, does }: StackPlan,
  result: DeployResult,
): SeenFacts {
  const stood = new Set(
    result.stacks.flatMap((one) => (one.result === 'done' || one.result === 'unchanged' ? [one.id] : [])),
  );
  const readers = stacks.flatMap((stack) =>
    readsOf(stack.template, stack.place.region).flatMap(({ region }) =>
      region === stack.place.region ? [] : [stack.id],
    ),
  );
  return {
    'stacks-come-up': {
      stacks: stacks.length,
      stood: stood.size,
      regions: [...new Set(stacks.map(({ place }) => place.region))].sort(),
    },
    ...(readers.every((reader) => stood.has(reader))
      ? { 'outputs-across-regions': { reads: readers.length, readers: [...new Set(readers)] } }
      : {}),
    'goes-on-after-failure': { stack: id, does, stood: stood.has(id) },
    ...(result.smoke === undefined ? {} : ofSmoke(result.smoke)),
  };
}

function ofSmoke({ checks }: SmokeReport): SeenFacts {
  const ids = (wanted: string) => [...new Set(checks.flatMap(({ id, verdict }) => (verdict === wanted ? [id] : [])))];
  const [passed, failed, absent] = [ids('pass'), ids('fail'), ids('not-applicable')];
  // A check may say several things.
  const verdictOf = (id: string): 'fail' | 'pass' | undefined =>
    failed.includes(id) ? 'fail' : passed.includes(id) ? 'pass' : undefined;
  const [order, traces] = [verdictOf('order'), verdictOf('traces')];
  return {
    ...(order === undefined
      ? {}
      : { 'order-goes-through': { order, passed: passed.length, failed, notHere: absent.length } }),
    ...(traces === undefined || order !== 'pass' || verdictOf('edge') !== 'pass'
      ? {}
      : { 'trace-through-edge': { traces } }),
  };
}

/** A platform that stands can be compared and taken away, also one that does not serve. */
export function endOfDeployment({ stacks, migration, smoke }: DeployResult): ProofStep['ended'] {
  const stands = stacks.every(({ result }) => result === 'done' || result === 'unchanged');
  if (!stands || migration?.passed === false) return 'failed';
  return smoke?.passed === false ? 'otherwise' : 'well';
}

/** Nothing where there is something that could not be found out. */
export function ofDrift(stacks: number, drifts: readonly StackDrift[]): SeenFacts {
  if (drifts.some(({ template, account }) => template === 'unknown' || account === 'unknown')) return {};
  const figures = {
    stacks,
    same: drifts.filter(({ template }) => template === 'same').length,
    inSync: drifts.filter(({ account }) => account === 'in-sync').length,
    unchecked: drifts.reduce((sum, { unchecked }) => sum + unchecked, 0),
  };
  return { 'drift-after-deployment': figures };
}

export function ofDeletion(
  { stacks }: Deployable,
  planned: readonly StackToDelete[],
  result: Destroyed,
  standing: readonly RemainingStack[],
): SeenFacts {
  const figures = {
    stacks: stacks.length,
    deleted: result.stacks.filter(({ result: how }) => how === 'deleted').length,
    stores: planned.reduce((sum, one) => sum + one.stores.length, 0),
    standing: standing.length,
  };
  return { 'environment-goes': figures };
}

export const endOf = (seen: SeenFacts): ProofStep['ended'] =>
  rowIds.every((row) => isWell(row, seen[row])) ? 'well' : 'otherwise';

const isWell = <Row extends RowId>(row: Row, figures: Facts[Row] | undefined): boolean =>
  figures === undefined || isAsBelieved(row, figures);
