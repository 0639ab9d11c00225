// One environment's part of the graph: the resources of the region that its tasks run in, found by type, read with care.

import { isOfEnvironment } from '../../assembly/environments.ts';
import { type Assembly, type Resource, resourceOf, type Value } from '../../assembly/graph.ts';
import { textAt } from '../../assembly/properties.ts';
import type { Environment } from '../../design/schema.ts';
import { type RegionRole, stackId } from '../../design/stack-names.ts';
import { localProblem } from '../problems.ts';

export interface Scene {
  readonly environment: Environment;
  readonly region: string;
  /** Ids of its stacks. */
  readonly stacks: readonly string[];
  readonly resources: readonly Resource[];
  all(type: string): readonly Resource[];
  /** Those of a type in every region of the environment: what one region makes, another may have a replica of. */
  everywhere(type: string): readonly Resource[];
  /** The one resource of a type; a problem when there is none. */
  one(type: string, what: string): Resource;
  /** The resource that a value is, or is an attribute of. */
  find(value: Value | undefined): Resource | undefined;
}

/** The resources of one region. @throws LocalProblem when the environment has none in the templates. */
export function sceneOf(graph: Assembly, environment: Environment, role: RegionRole = 'primary'): Scene {
  // The stacks that wait in another region bear the environment's name as well.
  const named = graph.stacks.filter(isOfEnvironment(environment));
  const homeId = stackId(environment, 'ComputeStack', role);
  const home = named.find(({ id }) => id === homeId) ?? (role === 'primary' ? named[0] : undefined);
  if (role === 'standby' && home === undefined) throw localProblem('noStandby', { environment });
  // What moves regions about stands beside them and is no part of one.
  const stacks = named
    .filter(({ id, region }) => region === home?.region && id !== stackId(environment, 'RecoveryStack'))
    .map(({ id }) => id);
  const resources = graph.resources.filter(({ stack }) => stacks.includes(stack));
  const all = (type: string) => resources.filter((resource) => resource.type === type);
  return {
    environment,
    region: home?.region ?? '',
    stacks,
    resources,
    all,
    everywhere: (type) =>
      graph.resources.filter((each) => each.type === type && named.some(({ id }) => id === each.stack)),
    one(type, what) {
      const [first] = all(type);
      if (first === undefined) throw localProblem('notInTemplates', { environment, what: `${what} (${type})` });
      return first;
    },
    find(value) {
      const key = resourceOf(value);
      return resources.find((resource) => resource.key === key);
    },
  };
}

/** The name of a resource here: the one that the template gives, or one as CloudFormation makes them. */
export const physicalName = (resource: Resource, property: string): string =>
  textAt(resource, [property]) ?? `${resource.stack}-${resource.logicalId}`;
