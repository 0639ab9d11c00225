// The region that takes over: its stacks, and which of them stands for which of the region that serves.

import type { Environment } from '../../design/schema.ts';
import { stackId } from '../../design/stack-names.ts';
import { type Assembly, isComposite, isList, isProperties, isUnresolved, textOf, type Value } from '../graph.ts';
import type { Truth } from '../truth.ts';
import { said } from '../words.ts';
import type { MemberScope } from './members.ts';

export interface StandbyRegion {
  readonly region: string;
  /** Stacks and resources of the environment in that region. */
  readonly graph: Assembly;
  /** Ids of its stacks, each with that of the stack at home that it stands for. */
  readonly twins: ReadonlyMap<string, string>;
}

/** Absent when the document has no region that takes over, or nothing is built there. */
export function standbyOf({
  everywhere,
  design,
  environment,
}: Pick<MemberScope, 'everywhere' | 'design'> & { readonly environment: Environment }): StandbyRegion | undefined {
  const region = design.recovery?.region;
  const stacks = everywhere.stacks.filter((stack) => stack.region === region);
  if (region === undefined || stacks.length === 0) return undefined;
  const ids = new Set(stacks.map(({ id }) => id));
  const twins = design.stacks.flatMap(({ name }) => {
    const twin = stacks.find(({ id }) => id.endsWith(name));
    return twin === undefined ? [] : [[twin.id, stackId(environment, name)] as const];
  });
  return {
    region,
    graph: { stacks, resources: everywhere.resources.filter(({ stack }) => ids.has(stack)) },
    twins: new Map(twins),
  };
}

/** Whether two values are the same but for where they are. */
export function isSame(here: Value | undefined, there: Value | undefined, standby: StandbyRegion, home: string): Truth {
  if (isOpen(here) || isOpen(there)) return undefined;
  return placeless(here, standby, home) === placeless(there, standby, home);
}

/** Whether the templates leave a part of a value open. The account's number is one and the same in both regions. */
export function isOpen(value: Value | undefined): boolean {
  if (isUnresolved(value)) return value.$unresolved.$said !== said.accountNumber.$said;
  if (isComposite(value)) return value.$join.some(isOpen);
  if (isList(value)) return value.some(isOpen);
  return isProperties(value) && Object.values(value).some(isOpen);
}

/** A value as text in which regions and stacks that stand for one another have one name, so that it can be compared across regions. */
export function placeless(value: Value | undefined, { region, twins }: StandbyRegion, home: string): string {
  const text = textOf(value ?? null)
    .replaceAll(region, '<region>')
    .replaceAll(home, '<region>');
  return [...twins].reduce((left, [standby, primary]) => left.replaceAll(`${standby}/`, `${primary}/`), text);
}
