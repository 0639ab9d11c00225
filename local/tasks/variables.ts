// What tasks and functions are told when they start: what the templates say, with this machine's addresses in the place of AWS's.

import { resourceOf, type Value } from '../../assembly/graph.ts';
import type { Words } from '../../design/messages/words.ts';
import type { Directory } from '../blueprint/directory.ts';
import type { ContainerPlan, Named } from '../blueprint/service.ts';
import type { Address } from '../machine/network.ts';
import { words } from '../problems.ts';

export interface TaskContext {
  readonly directory: Directory;
  /** Set for all, over what the templates say: this machine's own. */
  readonly extras: Readonly<Record<string, string>>;
  /** Keys of resources that this machine has no counterpart of; what is told of them is left out. */
  readonly absent: ReadonlySet<string>;
  /** Parts that listen at a place of their own, by key. */
  readonly places: ReadonlyMap<string, Address>;
}

/** The environment of a task that listens at `place`. */
export function taskVariables(plan: ContainerPlan, place: Address, around: TaskContext): Record<string, string> {
  const variables = variablesOf(plan.environment, words.container(plan.name), around);
  const secrets = plan.secrets
    .filter(({ name }) => !isLeftOut(name, plan.environment, around))
    .map(({ name, value }) => [name, around.directory.secretText(value, words.secretOf(name, plan.name))]);
  // The container's port is a variable of it as well; where this machine could not give that port, it is told the other one.
  const ports = Object.entries(variables)
    .filter(([, value]) => value === String(plan.port))
    .filter(([name]) => name === 'PORT')
    .map(([name]) => [name, String(place.port)]);
  return {
    ...variables,
    ...Object.fromEntries(secrets),
    ...Object.fromEntries(ports),
    HOST: place.host,
    ...around.extras,
  };
}

/** Variables as a template lists them, as text. */
export function variablesOf(list: readonly Named[], whose: Words, around: TaskContext): Record<string, string> {
  return Object.fromEntries(
    list
      .filter(({ name }) => !isLeftOut(name, list, around))
      .map(({ name, value }) => [
        name,
        portBeside(name, list, around) ?? around.directory.text(value, words.variableOf(name, whose)),
      ]),
  );
}

/** `CACHE_HOST`, `CACHE_PORT` and `CACHE_TOKEN` are about the same thing. */
const subjectOf = (name: string): string => name.split('_')[0] ?? name;

/** Whether a variable is about something that is not here. */
function isLeftOut(name: string, list: readonly Named[], { absent }: TaskContext): boolean {
  return list.some((each) => subjectOf(each.name) === subjectOf(name) && absent.has(resourceOf(each.value) ?? ''));
}

/** The port of a part whose host a variable beside this one names: it need not be the one that the template has as a number. */
function portBeside(name: string, list: readonly Named[], { places }: TaskContext): string | undefined {
  if (!name.endsWith('_PORT')) return undefined;
  const host: Value | undefined = list.find((each) => each.name === `${subjectOf(name)}_HOST`)?.value;
  const place = places.get(resourceOf(host) ?? '');
  return place === undefined ? undefined : String(place.port);
}
