// What runs here of a graph: the resources of the one region that an environment's tasks run in.

import { type EnvironmentGraph, environmentGraphIn } from '../../assembly/environment-graph.ts';
import { ofEnvironment, partOf } from '../../assembly/environments.ts';
import type { Assembly, Resource } from '../../assembly/graph.ts';
import { textAt } from '../../assembly/properties.ts';
import { ofType } from '../../assembly/relations.ts';
import type { Environment } from '../../design/schema.ts';
import { type RegionRole, stackId } from '../../design/stack-names.ts';
import { localProblem } from '../problems.ts';

export interface LocalGraph extends EnvironmentGraph {
  /** Those of a type in every region of the environment: what one region makes, another may have a replica of. */
  everywhere(type: string): readonly Resource[];
  /** The one resource of a type; a problem when there is none. */
  one(type: string): Resource;
}

/** The resources of one region. @throws LocalProblem when the environment has none in the templates. */
export function localGraphOf(graph: Assembly, environment: Environment, role: RegionRole = 'primary'): LocalGraph {
  // The stacks that wait in another region bear the environment's name as well.
  const whole = ofEnvironment(graph, environment);
  const homeId = stackId(environment, 'ComputeStack', role);
  const home = whole.stacks.find(({ id }) => id === homeId) ?? (role === 'primary' ? whole.stacks[0] : undefined);
  if (role === 'standby' && home === undefined) throw localProblem('noStandby', { environment });
  // What moves regions about stands beside them and is no part of one.
  const here = partOf(
    whole,
    ({ id, region }) => region === home?.region && id !== stackId(environment, 'RecoveryStack'),
  );
  const inRegion = environmentGraphIn(here, environment, home?.region ?? '');
  return {
    ...inRegion,
    everywhere: (type) => ofType(whole, type),
    one(type) {
      const [first] = inRegion.all(type);
      if (first === undefined) throw localProblem('notInTemplates', { environment, what: type });
      return first;
    },
  };
}

/** The name of a resource here: the one that the template gives, or one as CloudFormation makes them. */
export const physicalName = (resource: Resource, property: string): string =>
  textAt(resource, [property]) ?? `${resource.stack}-${resource.logicalId}`;
