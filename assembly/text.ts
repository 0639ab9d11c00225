// Texts made of parts that may not be text: how joining, splitting and selecting treat references and what is unresolved.
import {
  type Composite,
  isComposite,
  isList,
  isReference,
  isUnresolved,
  type Reference,
  type Unresolved,
  type Value,
} from './graph.ts';
import { unresolved } from './scope.ts';
import { said } from './words.ts';

export type TextPart = string | Reference | Unresolved;

/** A value as parts of a text. */
export function partsOf(value: Value): readonly TextPart[] {
  if (isReference(value) || isUnresolved(value)) return [value];
  if (isComposite(value)) return value.$join;
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)];
}

/** The most that is put together as one text: characters, and parts that are none. Lambda's inline code has at most 4 MB. */
export const longest = 5_000_000;
const mostParts = 50_000;

/** Text of parts; a composite only when some part is no text. */
export function textFrom(parts: readonly TextPart[]): string | TextPart | Composite {
  const length = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  if (length > longest || parts.length > mostParts) return unresolved(said.textTooLong);
  const merged: TextPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (part !== '') merged.push(part);
  }
  const [first = ''] = merged;
  return merged.length <= 1 ? first : { $join: merged };
}

/** `Fn::Join`. */
export function join(delimiter: Value | undefined, list: Value | undefined): Value {
  if (typeof delimiter !== 'string' || !isList(list)) return unresolved(said.joinUnknown, list);
  return textFrom(list.flatMap((item, index) => [...(index === 0 ? [] : [delimiter]), ...partsOf(item)]));
}

/** `Fn::Select`. */
export function select(index: Value | undefined, list: Value | undefined): Value {
  const place = typeof index === 'string' ? Number(index) : index;
  if (typeof place !== 'number' || !isList(list)) return unresolved(said.selectUnknown, list);
  return list[place] ?? unresolved(said.selectOutside({ place, count: list.length }));
}

/** `Fn::Split`; a text with a reference in it cannot be split, since nobody knows what the reference contains. */
export function split(delimiter: Value | undefined, text: Value | undefined): Value {
  if (typeof delimiter !== 'string' || delimiter === '' || typeof text !== 'string') {
    return unresolved(said.splitUnknown, text);
  }
  const items = text.split(delimiter, mostParts + 1);
  return items.length > mostParts ? unresolved(said.listTooLong) : items;
}
