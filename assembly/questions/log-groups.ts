// Log groups: which one a container or a function writes to, and those that a resource is told of by ARN, in the form in which AWS takes
// it there.

import { logGroupPlaces } from '../../aws/log-group-arns.ts';
import {
  type Assembly,
  at,
  isComposite,
  isList,
  isProperties,
  isReference,
  isSettled,
  isUnresolved,
  literal,
  type Resource,
  textOf,
  type Value,
} from '../graph.ts';
import type { PropertyPath } from '../properties.ts';
import { ofType, targetOf } from '../relations.ts';
import type { Truth } from '../truth.ts';

/** A log group's ARN in a property. */
export interface NamedLogGroup {
  readonly resource: Resource;
  readonly path: PropertyPath;
  readonly value: Value;
  /** Type and property as the table has them. */
  readonly place: string;
  /** Whether the form is the one that AWS takes; `undefined` where the templates do not say, or the table does not know the place. */
  readonly isTaken: Truth;
}

/** Every ARN of a log group in a graph, but for those in policies. */
export function namedLogGroups(graph: Assembly): readonly NamedLogGroup[] {
  return graph.resources
    .filter(({ type }) => !type.startsWith('AWS::IAM::'))
    .flatMap((resource) => inValue(graph, resource, [], resource.properties));
}

function inValue(graph: Assembly, resource: Resource, path: PropertyPath, value: Value): readonly NamedLogGroup[] {
  if (isList(value)) return value.flatMap((item, index) => inValue(graph, resource, [...path, index], item));
  if (isProperties(value)) {
    return Object.entries(value).flatMap(([name, item]) => inValue(graph, resource, [...path, name], item));
  }
  const form = formOf(graph, value);
  if (form === undefined) return [];
  const place = [resource.type, path.map((step) => (typeof step === 'number' ? '[]' : `.${step}`)).join('')].join('');
  const wanted = logGroupPlaces[place];
  const isTaken = wanted === undefined || form.hasStar === undefined ? undefined : wanted.star === form.hasStar;
  return [{ resource, path, value, place, isTaken }];
}

/** Whether an ARN of a log group ends in `:*`, as CloudFormation's own attribute does; `undefined` for what is no such ARN. */
function formOf(graph: Assembly, value: Value): { readonly hasStar: Truth } | undefined {
  const isArn = ({ attribute }: { attribute?: string }) => attribute === 'Arn';
  const isGroup = targetOf(graph, value)?.type === 'AWS::Logs::LogGroup';
  if (isReference(value)) return isGroup && isArn(value) ? { hasStar: true } : undefined;
  // What was made of the attribute may have lost its end.
  if (isUnresolved(value)) return isGroup && value.about.some(isArn) ? { hasStar: undefined } : undefined;
  if (!isComposite(value) && typeof value !== 'string') return undefined;
  // The attribute with something after it is no group any more, but a stream of it.
  if (!/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/.test(textOf(value))) return undefined;
  const last = isComposite(value) ? value.$join.at(-1) : value;
  return { hasStar: isUnresolved(last) ? undefined : textOf(value).endsWith(':*') };
}

/** What a container's log configuration names as its log group; unresolved where its driver is. */
export function groupOfContainer(log: Value | undefined): Value | undefined {
  const driver = at(log, 'LogDriver');
  if (!isSettled(driver)) return driver;
  return driver === 'awslogs' ? at(log, 'Options', 'awslogs-group') : undefined;
}

/** The log group that a value is, or names as the templates name it. */
export function logGroupOf(graph: Assembly, value: Value | undefined): Resource | undefined {
  const target = targetOf(graph, value);
  if (target?.type === 'AWS::Logs::LogGroup') return target;
  const name = literal(value);
  return ofType(graph, 'AWS::Logs::LogGroup').find(
    ({ properties }) => name !== undefined && literal(properties.LogGroupName) === name,
  );
}

/** A name that a deployment makes may be what a value is, whichever of the two is not known. */
export const mayBeLogGroup = (graph: Assembly, value: Value | undefined): boolean =>
  (!isSettled(value) && !isReference(value)) ||
  (literal(value) !== undefined &&
    ofType(graph, 'AWS::Logs::LogGroup').some(({ properties }) => !isSettled(properties.LogGroupName)));

/** The group that Lambda would make by itself, if the templates make it first. */
export function groupByName(graph: Assembly, lambda: Resource): Value | undefined {
  const names = [textOf({ $ref: lambda.key }), textOf(lambda.properties.FunctionName)].map(
    (name) => `/aws/lambda/${name}`,
  );
  const group = ofType(graph, 'AWS::Logs::LogGroup').find(({ properties }) =>
    names.includes(textOf(properties.LogGroupName)),
  );
  return group === undefined ? undefined : { $ref: group.key };
}
