// Holds what a service says of a resource against the resource's template, property by property.
import { isComposite, isList, isProperties, isReference, isUnresolved, type Value } from '../../assembly/graph.ts';

/** The name that a resource has in the account, by its key; `undefined` when it is not there. */
export type PhysicalId = (key: string) => string | undefined;

/** What of a resource's properties was found again, by path, without places in lists. */
export interface Comparison {
  /** Of values that are as the template has them; a path as often as it has one. */
  readonly kept: readonly string[];
  /** Of those that are absent or otherwise. */
  readonly lost: readonly string[];
}

/**
 * @param said an answer of the service; its members are found whatever their letters' case, since APIs differ in it from templates
 * @param properties of the template
 */
export function compare(properties: Value, said: unknown, idOf: PhysicalId): Comparison {
  return walk(properties, said, [], idOf);
}

function walk(value: Value, said: unknown, path: readonly string[], idOf: PhysicalId): Comparison {
  if (isProperties(value)) {
    return whole(Object.entries(value).map(([key, inner]) => walk(inner, memberOf(said, key), [...path, key], idOf)));
  }
  if (isList(value)) {
    const items: readonly unknown[] = Array.isArray(said) ? said : [];
    // A service need not keep the order; each item has to be one of its items.
    return whole(
      value.map((item) => {
        const tries = [...items, undefined].map((other) => walk(item, other, path, idOf));
        return tries.reduce((best, next) => (next.lost.length < best.lost.length ? next : best));
      }),
    );
  }
  const place = [path.join('.')];
  return isSame(value, said, idOf) ? { kept: place, lost: [] } : { kept: [], lost: place };
}

function whole(parts: readonly Comparison[]): Comparison {
  return { kept: parts.flatMap(({ kept }) => kept), lost: parts.flatMap(({ lost }) => lost) };
}

function memberOf(said: unknown, key: string): unknown {
  if (typeof said !== 'object' || said === null) return undefined;
  return Object.entries(said).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

function isSame(value: Value, said: unknown, idOf: PhysicalId): boolean {
  if (said === undefined || said === null || typeof said === 'object') return false;
  return new RegExp(`^${patternOf(value, idOf)}$`, 's').test(String(said));
}

/** Any text but one that CloudFormation was to replace. */
const anything = '(?!\\{\\{resolve:).+';

/**
 * What a text has to look like. A reference is the other's name. An attribute of it is a text with the name in it, as an ARN is. What
 * an address is, or a secret, or what else templates leave open, the service alone knows.
 */
function patternOf(value: Value, idOf: PhysicalId): string {
  if (isUnresolved(value)) return anything;
  if (isComposite(value)) {
    const [first] = value.$join;
    if (typeof first === 'string' && first.startsWith('{{resolve:')) return anything;
    return value.$join.map((part) => patternOf(part, idOf)).join('');
  }
  if (!isReference(value)) return escaped(String(value));
  const id = idOf(value.$ref);
  // What is not there never matches.
  if (id === undefined) return '(?!)';
  if (value.attribute?.endsWith('Address')) return anything;
  const name = id.split(/[/:]/).at(-1) ?? id;
  return `.*${escaped(name)}${value.attribute === undefined ? '' : '.*'}`;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
