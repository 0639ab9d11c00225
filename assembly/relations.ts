// Finds resources by type, relation and tag: nothing here knows construct paths or logical ids, so that any template can be judged.
import { unknownMark } from '../design/messages/said.ts';
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
  referencesIn,
  resourceOf,
  textOf,
  type Value,
} from './graph.ts';
import { any, type Truth } from './truth.ts';

interface Index {
  readonly byType: ReadonlyMap<string, readonly Resource[]>;
  readonly byKey: ReadonlyMap<string, Resource>;
}

const indices = new WeakMap<Assembly, Index>();

function indexOf(graph: Assembly): Index {
  const known = indices.get(graph);
  if (known !== undefined) return known;
  const index = {
    byType: Map.groupBy(graph.resources, ({ type }) => type),
    byKey: new Map(graph.resources.map((resource) => [resource.key, resource])),
  };
  indices.set(graph, index);
  return index;
}

/** All resources of the types, in the graph's order for each type. */
export function ofType(graph: Assembly, ...types: readonly string[]): readonly Resource[] {
  return types.flatMap((type) => indexOf(graph).byType.get(type) ?? []);
}

/** The resource that a value stands for; `undefined` for literals and for what is outside the graph. */
export function targetOf(graph: Assembly, value: Value | undefined): Resource | undefined {
  const key = resourceOf(value);
  return key === undefined ? undefined : indexOf(graph).byKey.get(key);
}

/** The region that a resource goes to. */
export const regionOf = (graph: Assembly, { stack }: Pick<Resource, 'stack'>): string =>
  graph.stacks.find(({ id }) => id === stack)?.region ?? 'unknown-region';

/** The account's number; `unknownMark` where nobody has said it, as `textOf` has it then. */
export const accountOf = (graph: Assembly, { stack }: Pick<Resource, 'stack'>): string =>
  graph.stacks.find(({ id }) => id === stack)?.account ?? unknownMark;

/** Whether a resource goes to a region. */
export function isIn(graph: Assembly, resource: Pick<Resource, 'stack'>, region: string): Truth {
  const found = regionOf(graph, resource);
  return found === 'unknown-region' ? undefined : found === region;
}

/** Whether what a value stands for lies in a region: a resource where its stack is, and what is only named where its ARN or name says. */
export function liesIn(graph: Assembly, value: Value | undefined, region: string): Truth {
  const target = targetOf(graph, value);
  if (target !== undefined) return isIn(graph, target, region);
  const [, inArn] = /^arn:[^:]*:[^:]*:([^:$]+):/.exec(textOf(value)) ?? [];
  if (inArn !== undefined) return inArn === region;
  const isNamed = new RegExp(`(?<![a-z0-9])${region}(?![a-z0-9])`).test(textOf(value));
  return isNamed || (isSettled(value) ? false : undefined);
}

/** Whether a value is the resource or is made from it. */
export function pointsAt(value: Value | undefined, resource: Resource): boolean {
  return referencesIn(value).some(({ $ref }) => $ref === resource.key);
}

/** As `pointsAt`, where it matters that what is not known may be the resource as well as not. */
export function refersTo(value: Value | undefined, resource: Resource): Truth {
  if (isReference(value)) return value.$ref === resource.key;
  if (isUnresolved(value)) {
    const isAbout = value.about.some(({ $ref }) => $ref === resource.key);
    return value.isChoice || value.about.length === 0 ? undefined : isAbout;
  }
  if (isComposite(value)) return any(value.$join.map((part) => refersTo(part, resource)));
  if (isList(value)) return any(value.map((item) => refersTo(item, resource)));
  return isProperties(value) ? any(Object.values(value).map((item) => refersTo(item, resource))) : false;
}

/** Whether something of a type names the resource in that property. */
export const isNamedBy = (graph: Assembly, type: string, property: string, resource: Resource): Truth =>
  any(ofType(graph, type).map(({ properties }) => refersTo(properties[property], resource)));

/** Whether a value is text, number or truth of which something holds. */
export function textHolds(value: Value | undefined, holds: (text: string) => boolean): Truth {
  const written = literal(value);
  if (written !== undefined) return holds(String(written));
  return isUnresolved(value) || isComposite(value) || isReference(value) ? undefined : false;
}

/** Resources of a type of which a property is made from `resource`. */
export function pointing(graph: Assembly, type: string, property: string, resource: Resource): readonly Resource[] {
  return ofType(graph, type).filter(({ properties }) => pointsAt(properties[property], resource));
}

/** The value of a tag, unresolved where a tag may be it; tags are a list of Key and Value, or an object (SSM, some newer types). */
export function tagIn(tags: Value | undefined, key: string): Value | undefined {
  if (!isList(tags)) return at(tags, key);
  const keys = tags.map((tag) => at(tag, 'Key'));
  const index = keys.indexOf(key);
  return index < 0 ? keys.find((one) => !isSettled(one)) : at(tags[index], 'Value');
}

/** A resource's own tag. */
export const tagOf = ({ properties: { Tags, HostedZoneTags } }: Resource, key: string): Value | undefined =>
  tagIn(Tags ?? HostedZoneTags, key);

/** The resource of a type whose Name tag is a name, or else the property that AWS calls it by. */
export function named(graph: Assembly, type: string, property: string, name: string): Resource | undefined {
  const all = ofType(graph, type);
  return (
    all.find((one) => literal(tagOf(one, 'Name')) === name) ??
    all.find(({ properties }) => literal(properties[property]) === name)
  );
}

/** Resources of a type of which the templates do not say the name: `named` finds none of them. */
export const nameless = (graph: Assembly, type: string, property: string): readonly Resource[] =>
  ofType(graph, type).filter((one) => !isSettled(tagOf(one, 'Name')) || !isSettled(one.properties[property]));

/** The members of a list property; a lone value counts as a list of one, as in policies. */
export function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

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
