// Which stacks are an environment's: by the tag `Environment` where the assembly has recorded one, else by the name.
import { type Environment, environments } from '../design/schema.ts';
import { environmentNamedBy } from '../design/stack-names.ts';
import type { Assembly, Stack } from './graph.ts';

type Named = Pick<Stack, 'id' | 'tags'>;

/** The environment of a stack; `undefined` when nothing says. */
export const environmentOf = ({ id, tags }: Named): Environment | undefined =>
  environments.find((environment) => environment === tags.Environment) ?? environmentNamedBy(id);

export const isOfEnvironment =
  (environment: Environment) =>
  (stack: Named): boolean =>
    environmentOf(stack) === environment;

/** The stacks and resources of an environment, in every region. */
export const ofEnvironment = (graph: Assembly, environment: Environment): Assembly =>
  partOf(graph, isOfEnvironment(environment));

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
export function placesOf(graph: Assembly, environment: Environment, region: string) {
  const everywhere = ofEnvironment(graph, environment);
  return { everywhere, graph: inRegion(everywhere, region) };
}
