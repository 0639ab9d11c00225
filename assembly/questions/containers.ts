// The containers of tasks, and what tasks and functions are told by their environment: addresses, names, and, where something is wrong,
// secrets.
import { type Assembly, at, isProperties, isSettled, literal, type Resource, textOf, type Value } from '../graph.ts';
import type { Placed, PropertyPath } from '../properties.ts';
import { listOf, ofType } from '../relations.ts';

/** The containers of a task definition with where they stand. */
export function containersOf(task: Resource): readonly { readonly path: PropertyPath; readonly container: Value }[] {
  return listOf(task.properties.ContainerDefinitions).map((container, index) => ({
    path: ['ContainerDefinitions', index],
    container,
  }));
}

/** What a container or a function is told: names and values of its environment. */
export function environmentOf(value: Value | undefined): readonly { readonly name: string; readonly value: Value }[] {
  return listOf(at(value, 'Environment')).flatMap((item) => {
    const name = literal(at(item, 'Name'));
    const told = at(item, 'Value');
    return name === undefined || told === undefined ? [] : [{ name: String(name), value: told }];
  });
}

/** Whether the templates do not say all that a container is told. */
export const hasUnknownVariables = (container: Value): boolean =>
  listOf(at(container, 'Environment')).some((item) => !isSettled(at(item, 'Name')));

export interface Telling {
  readonly resource: Resource;
  readonly path: PropertyPath;
  readonly name: string;
  readonly value: Value;
}

const variables = ['Environment', 'Variables'];

const tellers = (graph: Assembly) => ofType(graph, 'AWS::ECS::TaskDefinition', 'AWS::Lambda::Function');

/** Every variable of every container and function, in plain: anybody who may look at them reads it. */
export const tellings = (graph: Assembly): readonly Telling[] => tellers(graph).flatMap(tellingsOf);

/** The variables of one function, or of the containers of a task definition. */
export function tellingsOf(resource: Resource): readonly Telling[] {
  const told = at(resource.properties, ...variables);
  return [
    ...containersOf(resource).flatMap(({ path, container }) =>
      environmentOf(container).map(({ name, value }) => ({ resource, path: [...path, 'Environment'], name, value })),
    ),
    ...Object.entries(isProperties(told) ? told : {}).map(([name, value]) => ({
      resource,
      path: [...variables, name],
      name,
      value,
    })),
  ];
}

/** Where tasks and functions are told something of which the templates do not even hold the names. */
export const unknownTellings = (graph: Assembly): readonly Placed[] => tellers(graph).flatMap(unknownTellingsOf);

export function unknownTellingsOf(resource: Resource): readonly Placed[] {
  const told = at(resource.properties, ...variables);
  return [
    ...containersOf(resource).flatMap(({ path, container }) =>
      hasUnknownVariables(container) ? [{ resource, path: [...path, 'Environment'] }] : [],
    ),
    ...(isProperties(told) || isSettled(told) ? [] : [{ resource, path: variables }]),
  ];
}

/**
 * Whether a container collects traces for others: the X-Ray daemon, the CloudWatch agent, or an OpenTelemetry collector whose
 * configuration has the exporter.
 */
export function sendsTraces(container: Value): boolean {
  const image = textOf(at(container, 'Image'));
  const configuration = environmentOf(container)
    .map(({ value }) => textOf(value))
    .join('\n');
  const words = `${configuration}\n${textOf(at(container, 'Command'))}`;
  return /xray-daemon|aws-otel-collector|cloudwatch-agent/.test(image) || /awsxray|"traces_collected"/.test(words);
}

/** Whether a container sends its traces straight to X-Ray. */
export const sendsItself = (container: Value) =>
  environmentOf(container).some(
    ({ name, value }) => name.startsWith('OTEL_EXPORTER_OTLP') && /https:\/\/xray\./.test(textOf(value)),
  );
