// Small readings of resources that several criteria share.
import {
  type Assembly,
  at,
  isComposite,
  isReference,
  isSettled,
  literal,
  type Resource,
  referencesIn,
  type Value,
} from '../../assembly/graph.ts';
import { isLiteral, type PropertyPath } from '../../assembly/properties.ts';
import { listOf, ofType, refersTo, targetOf, textHolds } from '../../assembly/relations.ts';
import { any, type Truth, unknownIf } from '../../assembly/truth.ts';
import type { Observation } from './judge.ts';
import { on } from './on.ts';
import { said } from './words/criteria.ts';

/** Whether a value is true, written as a truth or as a word. */
export const isTrue = (value: Value | undefined): Truth => isLiteral(value, true);

/** Whether a key that is named is one of the templates' own that is switched off or on its way out. */
export function isDeadKey(graph: Assembly, key: Value | undefined): Truth {
  const target = targetOf(graph, key);
  return target?.type === 'AWS::KMS::Key' && isLiteral(target.properties.Enabled, 'false');
}

/** The Fargate services of a graph, and evidence on those of which the templates do not say whether they are. */
export function fargateServices(graph: Assembly): {
  readonly services: readonly Resource[];
  readonly unknown: readonly Observation[];
} {
  const found = ofType(graph, 'AWS::ECS::Service').map((service) => ({ service, truth: isFargate(graph, service) }));
  return {
    services: found.filter(({ truth }) => truth === true).map(({ service }) => service),
    unknown: found
      .filter(({ truth }) => truth === undefined)
      .map(({ service }) => on(service).property('LaunchType').holds(undefined, { expected: said.fargateOrNot })),
  };
}

function isFargate(graph: Assembly, { properties }: Resource): Truth {
  const { LaunchType, CapacityProviderStrategy, TaskDefinition } = properties;
  const providers = listOf(CapacityProviderStrategy).map((one): Truth => {
    const provider = at(one, 'CapacityProvider');
    // A provider of the templates' own is a group of EC2 instances.
    return isReference(provider) ? false : textHolds(provider, (name) => name.startsWith('FARGATE'));
  });
  const task = targetOf(graph, TaskDefinition);
  const compatible = task === undefined ? unknownIf(TaskDefinition !== undefined) : isForFargate(task);
  return any([isLiteral(LaunchType, 'FARGATE'), ...providers, LaunchType === undefined && compatible]);
}

/** Whether a task definition may be run on Fargate. */
export const isForFargate = ({ properties }: Resource): Truth =>
  any(listOf(properties.RequiresCompatibilities).map((one) => isLiteral(one, 'FARGATE')));

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

/** What stands after the reference that an ARN begins with: `/*` of a bucket's objects; `undefined` when it begins with none. */
export function suffixOf(value: Value): string | undefined {
  if (!isComposite(value)) return typeof value === 'object' ? '' : undefined;
  const last = value.$join.at(-1);
  return typeof last === 'string' ? last : '';
}

/** Whether an ARN is of a thing with all that is in it, and not of a part of it. */
export function holdsWhole(value: Value, thing: Resource): Truth {
  // What stands for the account or the region in an ARN is no thing.
  const parts = isComposite(value) ? value.$join.filter((part) => referencesIn(part).length > 0) : [value];
  const refers = any(parts.map((part) => refersTo(part, thing)));
  return refers === true ? ['', '/'].includes(suffixOf(value) ?? '') : refers;
}
