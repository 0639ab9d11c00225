// What tasks and functions are told by their environment: addresses, names, and, where something is wrong, secrets.
import { type Assembly, at, isProperties, isSettled, type Resource, type Value } from '../../../../assembly/graph.ts';
import type { Placed, PropertyPath } from '../../../../assembly/properties.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { containersOf, environmentOf, hasUnknownVariables } from '../../resources.ts';

export interface Telling {
  readonly resource: Resource;
  readonly path: PropertyPath;
  readonly name: string;
  readonly value: Value;
}

const variables = ['Environment', 'Variables'];

/** Every variable of every container and function, in plain: anybody who may look at them reads it. */
export function tellings(graph: Assembly): readonly Telling[] {
  const tasks = ofType(graph, 'AWS::ECS::TaskDefinition').flatMap((resource) =>
    containersOf(resource).flatMap(({ path, container }) =>
      environmentOf(container).map(({ name, value }) => ({ resource, path: [...path, 'Environment'], name, value })),
    ),
  );
  const functions = ofType(graph, 'AWS::Lambda::Function').flatMap((resource) => {
    const told = at(resource.properties, ...variables);
    return Object.entries(isProperties(told) ? told : {}).map(([name, value]) => ({
      resource,
      path: [...variables, name],
      name,
      value,
    }));
  });
  return [...tasks, ...functions];
}

/** Where tasks and functions are told something of which the templates do not even hold the names. */
export function unknownTellings(graph: Assembly): readonly Placed[] {
  const tasks = ofType(graph, 'AWS::ECS::TaskDefinition').flatMap((resource) =>
    containersOf(resource).flatMap(({ path, container }) =>
      hasUnknownVariables(container) ? [{ resource, path: [...path, 'Environment'] }] : [],
    ),
  );
  const functions = ofType(graph, 'AWS::Lambda::Function').flatMap((resource) => {
    const told = at(resource.properties, ...variables);
    return isProperties(told) || isSettled(told) ? [] : [{ resource, path: variables }];
  });
  return [...tasks, ...functions];
}
