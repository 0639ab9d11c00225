// What the state machines of Step Functions do: their definitions, the functions that they call, and the roles that these act as.
import { type Assembly, type Resource, textOf, type Value } from '../graph.ts';
import { ofType, pointsAt, targetOf } from '../relations.ts';

export type Definition = Readonly<Record<string, unknown>>;

/** A definition as a template has it: as a text, or as an object. */
export const writtenDefinition = ({ properties }: Resource): Value | undefined =>
  properties.DefinitionString ?? properties.Definition;

/** `undefined` where it is no JSON, or only a deployment knows it. */
export function definitionOf(machine: Resource): Definition | undefined {
  try {
    const parsed: unknown = JSON.parse(textOf(writtenDefinition(machine) ?? '{}'));
    return Object(parsed);
  } catch {
    return undefined;
  }
}

/** The functions that a machine calls, as its definition names them. */
export const calledBy = (graph: Assembly, machine: Resource): readonly Resource[] =>
  ofType(graph, 'AWS::Lambda::Function').filter((one) => pointsAt(writtenDefinition(machine), one));

/** Roles of a machine and of its functions. */
export function rolesOfMachine(graph: Assembly, machine: Resource): readonly Resource[] {
  const roles = [machine.properties.RoleArn, ...calledBy(graph, machine).map(({ properties }) => properties.Role)];
  return roles.flatMap((role) => targetOf(graph, role) ?? []);
}
