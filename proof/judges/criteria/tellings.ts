// What tasks and functions are told by their environment: addresses, names, and, where something is wrong, secrets.
import { type Assembly, at, type Resource, type Value } from '../../../assembly/graph.ts';
import type { PropertyPath } from '../../../assembly/properties.ts';
import { ofType } from '../../../assembly/relations.ts';
import { containersOf, environmentOf } from './resources.ts';

export interface Telling {
  readonly resource: Resource;
  readonly path: PropertyPath;
  readonly name: string;
  readonly value: Value;
}

/** Every variable of every container and function, in plain: anybody who may look at them reads it. */
export function tellings(graph: Assembly): readonly Telling[] {
  const tasks = ofType(graph, 'AWS::ECS::TaskDefinition').flatMap((resource) =>
    containersOf(resource).flatMap(({ path, container }) =>
      environmentOf(container).map(({ name, value }) => ({ resource, path: [...path, 'Environment'], name, value })),
    ),
  );
  const functions = ofType(graph, 'AWS::Lambda::Function').flatMap((resource) => {
    const variables = at(resource.properties, 'Environment', 'Variables') ?? {};
    return Object.entries(variables).map(([name, value]) => ({
      resource,
      path: ['Environment', 'Variables', name],
      name,
      value,
    }));
  });
  return [...tasks, ...functions];
}
