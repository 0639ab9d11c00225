// What a deployment would do, before anything is done: for each stack the changes that CloudFormation announces, what they mean, and a
// digest of exactly these. Making a plan leaves nothing behind but change sets, which `discard` throws away.
import { createHash } from 'node:crypto';
import { isNode, member, type Node, type TemplateNode } from '../../assembly/scope.ts';
import { canonical } from './canonical.ts';
import { type Change, creations, inOrder } from './changes.ts';
import type { Place, StackState } from './cloudformation.ts';
import { type Deployable, type DeployableStack, wavesOf } from './deployable.ts';
import type { Ports } from './ports.ts';
import { type Deployed, pendingReads, type Read, type ReadKey, readsOf, valueDigest, withReads } from './reads.ts';
import { classified, deployedTemplate, isSame, makeChangeSet, sameTags, withCommit } from './stack-change.ts';
import { type Remedy, remedyOf, standingOf } from './statuses.ts';

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
  | { readonly kind: 'no-change-set'; readonly stack: string; readonly region: string; readonly reason: string };

export interface PlanInput {
  readonly deployable: Deployable;
  /** Unique to this run; letters, digits and hyphens. */
  readonly run: string;
  readonly commit: string | undefined;
  readonly migrations: readonly string[];
  readonly onFailure: OnFailure;
}

type PlanPorts = Pick<Ports, 'cloudFormation' | 'assets' | 'clock' | 'signal' | 'tell'>;

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

/** Throws the plan's change sets away. */
export async function discard(
  { cloudFormation }: Pick<Ports, 'cloudFormation'>,
  plan: Pick<Plan, 'stacks'>,
): Promise<void> {
  for (const { stack, ready } of plan.stacks) {
    if (ready !== undefined) await cloudFormation.discard(stack.place, ready.changeSet);
  }
}

/**
 * Stacks that have no part in a plan and read what it may change. Nobody would bring them the new value: the name of a load balancer that
 * is gone, for one.
 */
export const cutOff = (stacks: readonly DeployableStack[], { moves, stacks: own }: Plan): readonly DeployableStack[] =>
  stacks.filter(
    ({ id, template, place }) =>
      own.every(({ stack }) => stack.id !== id) &&
      readsOf(template, place.region).some((read) => moves.has(read.key) || moves.has(everyOutput(read))),
  );

export const isEmpty = ({ stacks, migrations }: Pick<Plan, 'stacks' | 'migrations'>): boolean =>
  stacks.every(({ does }) => does === 'nothing') && migrations.length === 0;

/** What the planner knows of the account. */
interface View {
  readonly states: ReadonlyMap<string, StackState | undefined>;
  state(read: Pick<Read, 'stack' | 'region'>): Promise<StackState | undefined>;
  /** Outputs that this deployment may change. */
  readonly unsettled: Set<ReadKey>;
  /** The deployed templates of the stacks that are there. */
  readonly templates: Map<string, TemplateNode>;
}

async function viewOf({ cloudFormation }: PlanPorts, { stacks }: Deployable): Promise<View> {
  const states = new Map<string, StackState | undefined>();
  for (const { id, place } of stacks) states.set(id, await cloudFormation.describe(place));
  const others = new Map<string, StackState | undefined>();
  return {
    states,
    unsettled: new Set(),
    templates: new Map(),
    async state({ stack, region }) {
      const own = stacks.find(({ place }) => place.name === stack && place.region === region);
      if (own !== undefined) return states.get(own.id);
      const key = `${region}/${stack}`;
      if (!others.has(key)) others.set(key, await cloudFormation.describe({ ...placeIn(stacks, region), name: stack }));
      return others.get(key);
    },
  };
}

/** A place in a region, in the name of whoever deploys there. */
export function placeIn(stacks: readonly DeployableStack[], region: string): Omit<Place, 'name'> {
  const role = stacks.find(({ place }) => place.region === region)?.place.role;
  return { region, ...(role === undefined ? {} : { role }) };
}

async function planStack(
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
  return bodyWith(stack, before, async (read) =>
    view.unsettled.has(read.key) || view.unsettled.has(everyOutput(read)) ? undefined : view.state(read),
  );
}

/**
 * A stack's template as it is to be handed in, with its reads turned where their value is another than at its last deployment.
 * @param before what is deployed; `undefined` where the stack is new
 * @param stateOf the stack that a read reads; `undefined` where its output cannot be known yet
 */
export async function bodyWith(
  stack: DeployableStack,
  before: { readonly template: TemplateNode; readonly state: StackState | undefined } | undefined,
  stateOf: (read: Read) => Promise<StackState | undefined>,
): Promise<TemplateNode> {
  const states = new Map<ReadKey, StackState | undefined>();
  // Two passes: the states are asked for, the template is made of them.
  for (const read of readsOf(stack.template, stack.place.region)) states.set(read.key, await stateOf(read));
  const deployed: Deployed | undefined =
    before === undefined
      ? undefined
      : {
          template: before.template,
          isOlderThan: ({ key }) => (states.get(key)?.updated ?? 0) > (before.state?.updated ?? 0),
        };
  const digest = ({ key, output }: Read) => {
    const value = states.get(key)?.outputs[output];
    return value === undefined ? undefined : valueDigest(value);
  };
  return withReads(stack.template, stack.place.region, digest, deployed);
}

/** Stands for all outputs of a stack that is not there yet. */
const everyOutput = ({ stack, region }: Pick<Read, 'stack' | 'region'>): ReadKey => `${region}/${stack}/`;

/** Notes which outputs of a planned stack may come out differently. */
function noteUnsettled(view: View, plan: StackPlan | undefined): void {
  if (plan === undefined || plan.does === 'nothing') return;
  const { name: stack, region } = plan.stack.place;
  if (plan.does !== 'update') {
    view.unsettled.add(everyOutput({ stack, region }));
    return;
  }
  const remade = new Set(
    plan.changes
      .filter(({ action, replacement }) => action !== 'Modify' || replacement !== 'False')
      .map(({ logicalId }) => logicalId),
  );
  const before = member(view.templates.get(plan.stack.id), 'Outputs');
  const after = member(plan.ready?.body, 'Outputs');
  for (const [output, node] of Object.entries(isNode(after) ? after : {})) {
    const old = member(before, output);
    const isNew = old === undefined || canonical(old) !== canonical(node);
    if (isNew || mentions(node, remade)) view.unsettled.add(`${region}/${stack}/${output}`);
  }
}

/** Whether a value is made of one of these resources. `Fn::Sub` names them within a text. */
function mentions(node: Node | undefined, logicalIds: ReadonlySet<string>): boolean {
  const names = canonical(node).match(/[A-Za-z0-9]+/g) ?? [];
  return names.some((name) => logicalIds.has(name));
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
