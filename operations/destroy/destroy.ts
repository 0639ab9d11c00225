// Takes an environment away: what waits for others first, in waves. Each step looks at what is there, so whoever is interrupted, or failed
// half-way, gives the same command again.
import type { Clock } from '../../common/clock.ts';
import type { Words } from '../../design/messages/words.ts';
import type { Environment } from '../../design/schema.ts';
import { type Awaited, awaitStack } from '../deploy/await-stack.ts';
import type { StackState } from '../deploy/cloudformation.ts';
import { wavesOf } from '../deploy/deployable.ts';
import { faultOf, namedFault } from '../deploy/fault.ts';
import type { Progress } from '../deploy/progress.ts';
import { type DestroyPlan, type DestroyPorts, refusalsOf, resourcesOf, type StackToDelete, storesOf } from './plan.ts';

export interface RunPorts extends DestroyPorts {
  readonly clock: Clock;
  readonly tell: (progress: Progress) => void;
  /** Somebody wants to stop. What AWS is doing goes on; nothing new is begun. */
  readonly signal: AbortSignal;
}

export interface Deletion {
  readonly stack: string;
  readonly region: string;
  /** `not-begun`: one that waits for it could not be deleted, or somebody stopped. `other`: it is no longer what was approved. */
  readonly result: 'deleted' | 'failed' | 'moving' | 'not-begun' | 'other';
  readonly status?: string;
  readonly why?: Words | string;
}

export interface Destroyed {
  readonly outcome: 'destroyed' | 'failed' | 'interrupted';
  /** In the order in which they went. */
  readonly stacks: readonly Deletion[];
}

/** Services deliver logs for some minutes after they are gone: a bucket that was empty may be filled once more. */
const attempts = 3;

/** Whatever AWS does is in the result. @param run unique to it; letters, digits and hyphens */
export async function destroy(ports: RunPorts, plan: DestroyPlan, run: string): Promise<Destroyed> {
  const stacks: Deletion[] = [];
  const planned = new Map(plan.stacks.map((one) => [one.stack.id, one]));
  let ended: Destroyed['outcome'] = 'destroyed';
  for (const wave of wavesOf(plan.deployable.stacks).toReversed()) {
    const going = wave.flatMap(({ id }) => planned.get(id) ?? []);
    if (going.length === 0) continue;
    if (ports.signal.aborted && ended === 'destroyed') ended = 'interrupted';
    if (ended !== 'destroyed') {
      stacks.push(...going.map((one) => ({ ...whereOf(one), result: 'not-begun' as const })));
      continue;
    }
    ports.tell({ at: 'wave', stacks: going.map(({ stack }) => stack.id) });
    const results = await Promise.all(going.map((one) => deleteStack(ports, one, plan.deployable.environment, run)));
    stacks.push(...results);
    if (results.some(({ result }) => result === 'failed' || result === 'other')) ended = 'failed';
    else if (results.some(({ result }) => result !== 'deleted')) ended = 'interrupted';
  }
  return { outcome: ended, stacks };
}

const whereOf = ({ stack }: StackToDelete) => ({ stack: stack.id, region: stack.place.region });

async function deleteStack(
  ports: RunPorts,
  planned: StackToDelete,
  environment: Environment,
  run: string,
): Promise<Deletion> {
  const where = whereOf(planned);
  try {
    const result = await attempt(ports, planned, environment, run);
    ports.tell({ at: 'stack', stack: where.stack, does: result.result === 'deleted' ? 'done' : 'failed' });
    return { ...where, ...result };
  } catch (error) {
    const fault = faultOf(error);
    return { ...where, result: fault.kind === 'refused' ? 'failed' : 'moving', why: namedFault(fault) };
  }
}

type Result = Omit<Deletion, 'stack' | 'region'>;

async function attempt(
  ports: RunPorts,
  { stack, id }: StackToDelete,
  environment: Environment,
  run: string,
): Promise<Result> {
  // By its ARN: nobody finds a deleted stack by its name, and a new one of the same name is not the one that was approved.
  const place = { ...stack.place, name: id };
  let state = await ports.cloudFormation.describe(place);
  let awaited: Awaited | undefined;
  for (let count = 1; count <= attempts; count += 1) {
    if (isGone(state)) return { result: 'deleted' };
    if (state.status === 'DELETE_IN_PROGRESS') awaited = await awaitStack(ports, stack.id, place);
    else {
      const [refusal] = refusalsOf(stack, state, environment);
      if (refusal !== undefined) return { result: 'other', status: state.status, why: refusal.kind };
      for (const store of storesOf(stack, await resourcesOf(ports, { ...stack, place }))) {
        if (ports.signal.aborted) return { result: 'not-begun' };
        await ports.stores.makeReady(store, ports.signal);
      }
      if (ports.signal.aborted) return { result: 'not-begun' };
      const token = `hashira-${run}-${count}`;
      await ports.cloudFormation.delete(place, token);
      ports.tell({ at: 'stack', stack: stack.id, does: 'starts' });
      awaited = await awaitStack(ports, stack.id, place, token);
    }
    if (awaited.standing === 'moving') return { result: 'moving', status: awaited.state?.status ?? '' };
    state = awaited.state;
  }
  if (isGone(state)) return { result: 'deleted' };
  const cause = awaited?.cause;
  const why = cause === undefined ? (state.reason ?? '') : `${cause.logicalId} (${cause.type}): ${cause.reason}`;
  return { result: 'failed', status: state.status, why };
}

const isGone = (state: StackState | undefined): state is undefined =>
  state === undefined || state.status === 'DELETE_COMPLETE';
