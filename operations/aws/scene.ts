// One environment's part of the graph, over all the regions that it is in.
import { isOfEnvironment } from '../../assembly/environments.ts';
import { type Assembly, type Resource, resourceOf, type Stack, type Value } from '../../assembly/graph.ts';
import type { Environment } from '../../design/schema.ts';

export interface Scene {
  readonly environment: Environment;
  /** The region that the tasks run in. */
  readonly home: string;
  /** In the order of the manifest. */
  readonly stacks: readonly Stack[];
  readonly resources: readonly Resource[];
  /** Sorted. */
  readonly regions: readonly string[];
  /** The resources of a type: everywhere, or in one region. */
  all(type: string, region?: string): readonly Resource[];
  /** The resource that a value is, or is an attribute of. */
  find(value: Value | undefined): Resource | undefined;
  regionOf(resource: Pick<Resource, 'stack'>): string;
}

/** @param home region of the document */
export function sceneOf(graph: Assembly, environment: Environment, home: string): Scene {
  const stacks = graph.stacks.filter(isOfEnvironment(environment));
  const regions = new Map(stacks.map(({ id, region }) => [id, region]));
  const resources = graph.resources.filter(({ stack }) => regions.has(stack));
  const byKey = new Map(resources.map((resource) => [resource.key, resource]));
  const regionOf = ({ stack }: Pick<Resource, 'stack'>) => regions.get(stack) ?? home;
  return {
    environment,
    home,
    stacks,
    resources,
    regions: [...new Set(regions.values())].sort(),
    all: (type, region) =>
      resources.filter((each) => each.type === type && (region === undefined || regionOf(each) === region)),
    find: (value) => byKey.get(resourceOf(value) ?? ''),
    regionOf,
  };
}
