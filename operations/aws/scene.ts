// One environment's part of the graph, over all the regions that it is in.
import { isOfEnvironment } from '../../assembly/environments.ts';
import { type Assembly, at, literal, type Resource, resourceOf, type Stack, type Value } from '../../assembly/graph.ts';
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

type Path = readonly (string | number)[];

/** A number of a resource's properties, or `otherwise`: what AWS takes where the template says nothing. */
export function numberAt(resource: Resource, path: Path, otherwise: number): number {
  const value = literal(at(resource.properties, ...path));
  const number = typeof value === 'boolean' || value === undefined ? Number.NaN : Number(value);
  return Number.isNaN(number) ? otherwise : number;
}

export function textAt(resource: Resource, path: Path): string | undefined {
  const value = literal(at(resource.properties, ...path));
  return value === undefined ? undefined : String(value);
}

export function listAt(resource: Resource, path: Path): readonly Value[] {
  const value = at(resource.properties, ...path);
  return Array.isArray(value) ? value : [];
}
