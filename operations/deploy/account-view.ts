// What the planner knows of the account, and which outputs the deployment that is planned may change.
import { isNode, member, type Node, type TemplateNode } from '../../assembly/scope.ts';
import { canonical } from './canonical.ts';
import type { StackState } from './cloudformation.ts';
import { type Deployable, placeIn } from './deployable.ts';
import type { PlanPorts, StackPlan } from './plan.ts';
import type { Read, ReadKey } from './reads.ts';

/** What the planner knows of the account. */
export interface View {
  readonly states: ReadonlyMap<string, StackState | undefined>;
  state(read: Pick<Read, 'stack' | 'region'>): Promise<StackState | undefined>;
  /** Outputs that this deployment may change. */
  readonly unsettled: Set<ReadKey>;
  /** The deployed templates of the stacks that are there. */
  readonly templates: Map<string, TemplateNode>;
}

/** @throws AwsFault */
export async function viewOf({ cloudFormation }: PlanPorts, { stacks }: Deployable): Promise<View> {
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

/** Whether what a read reads is among the outputs that may change. */
export const isUnsettled = (unsettled: ReadonlySet<ReadKey>, read: Read): boolean =>
  unsettled.has(read.key) || unsettled.has(everyOutput(read));

/** Stands for all outputs of a stack that is not there yet. */
const everyOutput = ({ stack, region }: Pick<Read, 'stack' | 'region'>): ReadKey => `${region}/${stack}/`;

/** Notes which outputs of a planned stack may come out differently. */
export function noteUnsettled(view: View, plan: StackPlan | undefined): void {
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
