// Which stacks are an environment's: by the tag `Environment` where the assembly has recorded one, else by the name.
import { type Environment, formEnvironments } from '../design/schema.ts';
import { environmentNamedBy } from '../design/stack-names.ts';
import type { Assembly, Stack } from './graph.ts';

type Named = Pick<Stack, 'id' | 'tags'>;

/** The environment of a stack, of those of the design; of the form's where there is none. `undefined` when nothing says. */
export const environmentOf = (
  { id, tags }: Named,
  known: readonly Environment[] = formEnvironments,
): Environment | undefined =>
  known.find((environment) => environment === tags.Environment) ?? environmentNamedBy(id, known);

/** @param known those that a stack may belong to: a tag that is none of them says nothing */
export const isOfEnvironment =
  (environment: Environment, known: readonly Environment[] = formEnvironments) =>
  (stack: Named): boolean =>
    environmentOf(stack, known.includes(environment) ? known : [...known, environment]) === environment;

/** The environments that the stacks of an assembly are tagged with; the form's where none is. */
export function environmentsIn({ stacks }: Assembly): readonly Environment[] {
  const tagged = [...new Set(stacks.flatMap(({ tags }) => tags.Environment ?? []))];
  return tagged.length === 0 ? formEnvironments : tagged;
}

/** The stacks and resources of an environment, in every region. */
export const ofEnvironment = (graph: Assembly, environment: Environment, known?: readonly Environment[]): Assembly =>
  partOf(graph, isOfEnvironment(environment, known));

/** The stacks that belong, with their resources. */
export function partOf(graph: Assembly, belongs: (stack: Stack) => boolean): Assembly {
  const stacks = graph.stacks.filter(belongs);
  const ids = new Set(stacks.map(({ id }) => id));
  return { stacks, resources: graph.resources.filter(({ stack }) => ids.has(stack)) };
}

/** The stacks and resources of a region, with those of no known region. */
export const inRegion = (graph: Assembly, region: string): Assembly =>
  partOf(graph, (stack) => [region, 'unknown-region'].includes(stack.region));

/** The environment's stacks and resources: everywhere, and in the design's region. */
export function graphsOfEnvironment(
  graph: Assembly,
  environment: Environment,
  region: string,
  known?: readonly Environment[],
) {
  const everywhere = ofEnvironment(graph, environment, known);
  return { everywhere, graph: inRegion(everywhere, region) };
}
