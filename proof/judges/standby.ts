// The region that takes over, as judges see it: its stacks, and which of them stands for which of the region that serves.

import type { Assembly, Value } from '../../assembly/graph.ts';
import { textOf } from '../../assembly/graph.ts';
import { stackId } from '../../design/stack-names.ts';
import type { JudgeCase } from './judge.ts';

export interface StandbyRegion {
  readonly region: string;
  /** Stacks and resources of the environment in that region. */
  readonly graph: Assembly;
  /** Ids of its stacks, each with that of the stack at home that it stands for. */
  readonly twins: ReadonlyMap<string, string>;
}

/** Absent when the document has no region that takes over, or nothing is built there. */
export function standbyOf({ everywhere, design, environment }: JudgeCase): StandbyRegion | undefined {
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

/** A value as text in which regions and stacks that stand for one another have one name, so that it can be compared across regions. */
export function placeless(value: Value | undefined, { region, twins }: StandbyRegion, home: string): string {
  const text = textOf(value ?? null)
    .replaceAll(region, '<region>')
    .replaceAll(home, '<region>');
  return [...twins].reduce((left, [standby, primary]) => left.replaceAll(`${standby}/`, `${primary}/`), text);
}
