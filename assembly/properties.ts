// Properties read with care: as a number, a text, a list.
import { at, isComposite, isReference, isSettled, literal, type Resource, textOf, type Value } from './graph.ts';
import type { Truth } from './truth.ts';

/** Where in a resource's properties. */
export type PropertyPath = readonly (string | number)[];

/** What was found in a template, with where it stands. */
export interface Placed {
  readonly resource: Resource;
  readonly path: PropertyPath;
}

/** The number that a value is, written as one or as a text; `undefined` for what is none or is not known. */
export function numberOf(value: Value | undefined): number | undefined {
  const written = literal(value);
  const number = typeof written === 'boolean' || written === undefined ? Number.NaN : Number(written);
  return Number.isNaN(number) ? undefined : number;
}

/** A number of a resource's properties, or `otherwise`: what AWS takes where the template says nothing. */
export const numberAt = (resource: Resource, path: PropertyPath, otherwise: number): number =>
  numberOf(at(resource.properties, ...path)) ?? otherwise;

export function textAt(resource: Resource, path: PropertyPath): string | undefined {
  const value = literal(at(resource.properties, ...path));
  return value === undefined ? undefined : String(value);
}

export function listAt(resource: Resource, path: PropertyPath): readonly Value[] {
  const value = at(resource.properties, ...path);
  return Array.isArray(value) ? value : [];
}

export type Literal = string | number | boolean;

/** Whether a value is a literal; not known when it is unresolved or what only a deployment knows. */
export function isLiteral(value: Value | undefined, expected: Literal): Truth {
  if (value === undefined || value === null) return false;
  if (!isSettled(value) || isReference(value)) return undefined;
  if (isComposite(value)) return textOf(value) === String(expected) ? true : undefined;
  return typeof value === 'object' ? false : String(value) === String(expected);
}

/** Whether two values are one and the same; not known where a part of either is not, and false where one is not there. */
export function isEqual(one: Value | undefined, other: Value | undefined): Truth {
  if (one === undefined || other === undefined) return false;
  return isSettled(one) && isSettled(other) ? textOf(one) === textOf(other) : undefined;
}

/** Whether a value is true, written as a truth or as a word. */
export const isTrue = (value: Value | undefined): Truth => isLiteral(value, true);

/** Attributes as load balancers and target groups list them. */
export function attributesOf(resource: Resource, property: string): ReadonlyMap<string, string> {
  return new Map(
    listAt(resource, [property]).map((entry) => [
      String(literal(at(entry, 'Key')) ?? ''),
      String(literal(at(entry, 'Value')) ?? ''),
    ]),
  );
}
