// Small readings of resources that several criteria share.
import { type Assembly, at, isComposite, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import type { PropertyPath } from '../../../assembly/properties.ts';
import { listOf, ofType, targetOf } from '../../../assembly/relations.ts';

/** Whether a value is true, written as a truth or as a word. */
export const isTrue = (value: Value | undefined): boolean => String(literal(value)) === 'true';

/** Whether a key that is named is one of the templates' own that is switched off or on its way out. */
export function isDeadKey(graph: Assembly, key: Value | undefined): boolean {
  const target = targetOf(graph, key);
  return target?.type === 'AWS::KMS::Key' && String(literal(target.properties.Enabled)) === 'false';
}

/** Fargate services in the design's region, each with its task definition. */
export function fargateServices(graph: Assembly): readonly Resource[] {
  return ofType(graph, 'AWS::ECS::Service').filter((service) => {
    const { LaunchType, CapacityProviderStrategy } = service.properties;
    if (literal(LaunchType) === 'FARGATE') return true;
    if (listOf(CapacityProviderStrategy).some((one) => textOf(at(one, 'CapacityProvider')).startsWith('FARGATE')))
      return true;
    const task = targetOf(graph, service.properties.TaskDefinition);
    return LaunchType === undefined && listOf(task?.properties.RequiresCompatibilities).includes('FARGATE');
  });
}

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

/** What stands after the reference that an ARN begins with: `/*` of a bucket's objects; `undefined` when it begins with none. */
export function suffixOf(value: Value): string | undefined {
  if (!isComposite(value)) return typeof value === 'object' ? '' : undefined;
  const last = value.$join.at(-1);
  return typeof last === 'string' ? last : '';
}
