// Whether an event fits a rule's pattern, as EventBridge decides it, for the operators that a pattern of ours could use.

import { isList, isProperties, type Value } from '../../assembly/graph.ts';
import { localProblem } from '../problems.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** `textOf` gives a pattern's text where it is made of references; a value that nothing here stands for fits nothing. */
export function fitsPattern(pattern: Value, event: Json, textOf: (value: Value) => string | undefined): boolean {
  if (!isProperties(pattern)) return false;
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or') return isList(wanted) && wanted.some((each) => fitsPattern(each, event, textOf));
    const inner = isObject(event) ? event[name] : undefined;
    if (isProperties(wanted)) return inner !== undefined && fitsPattern(wanted, inner, textOf);
    if (!isList(wanted)) return false;
    const given = Array.isArray(inner) ? inner : [inner];
    return wanted.some((each) => given.some((value) => fitsValue(each, value, textOf)));
  });
}

const isObject = (value: Json | undefined): value is { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fitsValue(wanted: Value, given: Json | undefined, textOf: (value: Value) => string | undefined): boolean {
  if (!isProperties(wanted)) {
    if (wanted === null || typeof wanted !== 'object') return wanted === given;
    return textOf(wanted) === given;
  }
  const [[operator, operand = null] = []] = Object.entries(wanted);
  const text = typeof given === 'string' ? given : undefined;
  const other = textOf(operand) ?? undefined;
  switch (operator) {
    case 'prefix':
      return text !== undefined && other !== undefined && text.startsWith(other);
    case 'suffix':
      return text !== undefined && other !== undefined && text.endsWith(other);
    case 'equals-ignore-case':
      return text !== undefined && text.toLowerCase() === other?.toLowerCase();
    case 'exists':
      return operand === (given !== undefined);
    case 'anything-but': {
      const refused = isList(operand) ? operand : [operand];
      return given !== undefined && !refused.some((each) => fitsValue(each, given, textOf));
    }
    default:
      throw localProblem('unknownPattern', { operator: String(operator) });
  }
}
