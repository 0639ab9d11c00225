// An environment's part of a graph as those who run it ask for it: by type and region. It is an assembly itself, so that every question of
// questions/ can be asked of it.
import type { Environment } from '../design/schema.ts';
import { ofEnvironment } from './environments.ts';
import type { Assembly, Resource, Value } from './graph.ts';
import { ofType, targetOf } from './relations.ts';

export interface EnvironmentGraph extends Assembly {
  readonly environment: Environment;
  /** The region that the tasks run in. */
  readonly home: string;
  /** Sorted. */
  readonly regions: readonly string[];
  /** The resources of a type: everywhere, or in one region. */
  all(type: string, region?: string): readonly Resource[];
  /** The resource that a value is, or is an attribute of. */
  find(value: Value | undefined): Resource | undefined;
  regionOf(resource: Pick<Resource, 'stack'>): string;
}

/** @param home region of the document */
export const environmentGraphOf = (graph: Assembly, environment: Environment, home: string): EnvironmentGraph =>
  environmentGraphIn(ofEnvironment(graph, environment), environment, home);

/** Of a part of the environment alone. */
export function environmentGraphIn(part: Assembly, environment: Environment, home: string): EnvironmentGraph {
  const regions = new Map(part.stacks.map(({ id, region }) => [id, region]));
  const regionOf = ({ stack }: Pick<Resource, 'stack'>) => regions.get(stack) ?? home;
  return {
    ...part,
    environment,
    home,
    regions: [...new Set(regions.values())].sort(),
    all: (type, region) => ofType(part, type).filter((each) => region === undefined || regionOf(each) === region),
    find: (value) => targetOf(part, value),
    regionOf,
  };
}
