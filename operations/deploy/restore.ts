// Back to the last release that served people, after a run that failed (`--on-failure restore`, RBK-2). What holds data stays as it is: no
// template brings back what a store has lost, and an older one may lose more.
import type { Words } from '../../design/messages/words.ts';
import { refusals } from '../refusals.ts';
import { awaitMoving } from './await-stack.ts';
import { cutOff } from './cut-off.ts';
import { deployStack, type StackAttempt, type StackResult } from './deploy-stack.ts';
import { type DeployableStack, placeIn, wavesOf } from './deployable.ts';
import { type AwsFault, faultOf, ownFault } from './fault.ts';
import { isStateful } from './holds-data.ts';
import { makePlan } from './make-plan.ts';
import { discard, type Plan, type StackPlan } from './plan.ts';
import type { DeployPorts } from './ports.ts';
import { type DeploymentRecord, isGood, type Templates } from './records.ts';

export interface RestoreInput {
  readonly plan: Plan;
  readonly run: string;
  /** Stacks that may go back. */
  readonly stacks: readonly DeployableStack[];
  /** Told how each stack came out of it. */
  readonly settle: (stack: DeployableStack, result: StackResult | AwsFault) => void;
}

/** Why nothing, or not everything, went back; the command puts it into words. */
export interface NotRestored {
  readonly why: /** Somebody wanted to stop. */
    | 'interrupted'
    /** The older release does not bear these migrations, or nobody says that it does. */
    | 'migrations'
    | 'no-record'
    /** These stacks hold data, stay as they are, and read what going back would replace. */
    | 'cut-off'
    /** All is as the record has it already. */
    | 'nothing'
    /** The stacks say which and why, or else the message does. */
    | 'fault';
  /** Names of migrations or ids of stacks; of a fault its message, if it has one. */
  readonly what: readonly (Words | string)[];
}

export type Restored =
  | { readonly outcome: 'restored' }
  /** `failed`: nothing was done. */
  | { readonly outcome: 'failed' | 'restore-failed'; readonly because: NotRestored };

/** Never throws for what AWS does. */
export async function restore(ports: DeployPorts, input: RestoreInput): Promise<Restored> {
  ports.tell({ at: 'restoring' });
  try {
    // Beside the stack that failed another one may still be at work, and nobody can plan for that.
    await awaitMoving(ports, input.stacks);
    const good = (await ports.records.list()).find(isGood);
    if (good === undefined) return { outcome: 'failed', because: { why: 'no-record', what: [] } };
    const stacks = recorded(input.stacks, good, await ports.records.templates(good.id));
    return await goBack(ports, input, { good, stacks });
  } catch (error) {
    return { outcome: 'restore-failed', because: { why: 'fault', what: [faultOf(error).said] } };
  }
}

/** @throws AwsFault, also where no plan can be made */
async function goBack(
  ports: DeployPorts,
  { plan, run, settle }: RestoreInput,
  { good, stacks }: { readonly good: DeploymentRecord; readonly stacks: readonly DeployableStack[] },
): Promise<Restored> {
  const planned = async (name: string): Promise<Plan> => {
    const deployable = { ...plan.deployable, stacks };
    const words = {
      deployable,
      run: `${run}-${name}`,
      commit: good.commit,
      migrations: [],
      onFailure: 'keep' as const,
    };
    const made = await makePlan(ports, words);
    if (!('obstacles' in made)) return made;
    throw ownFault(refusals.noPlan({ obstacles: made.obstacles }));
  };
  const turn = (name: string): StackAttempt => ({
    token: `hashira-${run}-${ports.clock.now().toString(36)}-${name}`,
    commit: good.commit,
    placeIn: (region) => placeIn(plan.deployable.stacks, region),
  });
  const back = await planned('restore');
  const left = cutOff(plan.deployable.stacks, back);
  if (left.length > 0) {
    await discard(ports, back);
    return { outcome: 'failed', because: { why: 'cut-off', what: left.map(({ id }) => id) } };
  }
  if (busyOf(back).length === 0) return { outcome: 'failed', because: { why: 'nothing', what: [] } };
  // Whoever reads goes back before what it reads. Then what it read may be another value again, so it looks once more, the other way.
  const whole =
    (await each(ports, busyOf(back).toReversed(), turn('restore'), settle)) &&
    (await each(ports, busyOf(await planned('reads')), turn('reads'), settle));
  return whole ? { outcome: 'restored' } : { outcome: 'restore-failed', because: { why: 'fault', what: [] } };
}

/** The stacks to which a plan does something, each after those that it waits for. */
function busyOf({ stacks, deployable }: Plan): readonly StackPlan[] {
  const order = wavesOf(deployable.stacks).flat();
  return order.flatMap(({ id }) => stacks.find(({ stack, does }) => stack.id === id && does !== 'nothing') ?? []);
}

/** One after the other, those that fail no obstacle to the others. @returns whether all went well */
async function each(
  ports: DeployPorts,
  plans: readonly StackPlan[],
  turn: StackAttempt,
  settle: RestoreInput['settle'],
): Promise<boolean> {
  let whole = true;
  for (const planned of plans) {
    const result = await deployStack(ports, planned, turn).catch((error: unknown) => {
      const fault = faultOf(error);
      settle(planned.stack, fault);
      throw fault;
    });
    settle(planned.stack, result);
    if (result.kind !== 'done' && result.kind !== 'unchanged') whole = false;
  }
  return whole;
}

/** Those of the stacks that hold no data, now or then, as a record has them; each waits only for others of them. */
export function recorded(
  stacks: readonly DeployableStack[],
  record: Pick<DeploymentRecord, 'stacks'>,
  templates: Templates,
): DeployableStack[] {
  const found = stacks.flatMap((stack) => {
    const text = templates[stack.id];
    const then = record.stacks.find(({ id }) => id === stack.id);
    if (text === undefined || then === undefined) return [];
    const template: DeployableStack['template'] = JSON.parse(text);
    return isStateful(stack.template) || isStateful(template) ? [] : [{ ...stack, template, hash: then.hash }];
  });
  const ids = new Set(found.map(({ id }) => id));
  return found.map((stack) => ({ ...stack, waitsFor: stack.waitsFor.filter((id) => ids.has(id)) }));
}
