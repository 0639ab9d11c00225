// Waits until CloudFormation is done with a stack, and tells meanwhile which resources it is busy with.
import { until } from '../../common/until.ts';
import type { StackEvent, StackReference, StackState } from './cloudformation.ts';
import type { DeployableStack } from './deployable.ts';
import type { DeployPorts } from './ports.ts';
import type { Busy } from './progress.ts';
import { standingOf } from './statuses.ts';

/** Milliseconds between two looks; many stacks at a time, and CloudFormation throttles an account as a whole. */
const look = 5_000;
/** A global database or a distribution takes its time, but not this long. */
const longestWait = 3 * 60 * 60_000;

export interface Awaited {
  /** `undefined` when the stack is gone. */
  readonly state: StackState | undefined;
  /** `moving`: waiting has ended, the work has not. */
  readonly standing: ReturnType<typeof standingOf>;
  /** What failed first, and CloudFormation's words for why. */
  readonly cause?: { readonly logicalId: string; readonly type: string; readonly reason: string };
}

/**
 * @param id name of the stack in what is told
 * @param token of the operation that is awaited; absent: whatever is under way
 * @throws AwsFault
 */
export async function awaitStack(
  { cloudFormation, clock, tell, signal }: Pick<DeployPorts, 'cloudFormation' | 'clock' | 'tell' | 'signal'>,
  id: string,
  place: StackReference,
  token?: string,
): Promise<Awaited> {
  const { last } = await until(
    async () => {
      const state = await cloudFormation.describe(place);
      const standing = standingOf(state?.status);
      const events = await cloudFormation.events(place, token);
      if (standing === 'moving')
        tell({ at: 'waiting', stack: id, status: state?.status ?? '', busy: busyIn(events, clock.now()) });
      return { state, standing, events };
    },
    ({ standing }) => standing !== 'moving',
    { within: longestWait, every: look, clock, signal },
  );
  return { state: last.state, standing: last.standing, ...causeOf(last.events) };
}

/** Waits for what an interrupted run has left under way: a stack that moves can be planned for by nobody. @throws AwsFault */
export async function awaitMoving(
  ports: Pick<DeployPorts, 'cloudFormation' | 'clock' | 'tell' | 'signal'>,
  stacks: readonly DeployableStack[],
): Promise<void> {
  await Promise.all(
    stacks.map(async ({ id, place }) => {
      const state = await ports.cloudFormation.describe(place);
      if (standingOf(state?.status) === 'moving') await awaitStack(ports, id, place);
    }),
  );
}

/** The resources whose latest event says that they are in progress, the longest first. */
function busyIn(events: readonly StackEvent[], now: number): readonly Busy[] {
  const latest = new Map<string, StackEvent>();
  for (const event of events) {
    if (!latest.has(event.logicalId)) latest.set(event.logicalId, event);
  }
  return [...latest.values()]
    .filter(({ status, ofStack }) => status.endsWith('_IN_PROGRESS') && !ofStack)
    .map(({ logicalId, type, status, at }) => ({
      logicalId,
      type,
      status,
      seconds: Math.max(0, Math.round((now - at) / 1000)),
    }))
    .sort((a, b) => b.seconds - a.seconds || (a.logicalId < b.logicalId ? -1 : 1));
}

/** Whoever failed first is the cause; those that were cancelled on its account are not. */
function causeOf(events: readonly StackEvent[]): Pick<Awaited, 'cause'> {
  const failed = events.filter(
    ({ status, reason = '' }) => status.endsWith('_FAILED') && !/^Resource (creation|update) cancelled/i.test(reason),
  );
  const first = failed.at(-1);
  if (first === undefined) return {};
  const { logicalId, type, reason = '' } = first;
  return { cause: { logicalId, type, reason } };
}
