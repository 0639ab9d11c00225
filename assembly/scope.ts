// What the functions of a template see while they are carried out: the template, the other stacks, and what is known already.
import { referencesIn, type Unresolved, type Value } from './graph.ts';

/** One template with what its surroundings say about it. */
export interface StackSource {
  readonly id: string;
  readonly name: string;
  /** `unknown-region` when nothing says. */
  readonly region: string;
  readonly templateFile: string;
  /** The template as parsed JSON, with functions in their long form. */
  readonly template: TemplateNode;
  readonly tags: Readonly<Record<string, string>>;
  readonly terminationProtection?: boolean;
  /** Ids of the stacks that the manifest makes it wait for. */
  readonly waitsFor: readonly string[];
  /** Construct paths by logical id, as far as recorded outside the template. */
  readonly paths: Readonly<Record<string, string>>;
}

export type Node = null | boolean | number | string | readonly Node[] | TemplateNode;
export type TemplateNode = { readonly [key: string]: Node };

/** The functions' view of one stack: its template, and how to reach the others. */
export interface Scope {
  readonly source: StackSource;
  readonly stacks: readonly Scope[];
  /** Ids of the stacks whose outputs have been read so far. */
  readonly reads: Set<string>;
  /** Outcomes of outputs and conditions, by kind and name. */
  readonly known: Map<string, Value | undefined>;
  /** What is being worked out right now; meeting it again is a circle. */
  readonly busy: Set<string>;
}

/** Scopes that see each other, one for each source. */
export function scopesOf(sources: readonly StackSource[]): readonly Scope[] {
  const stacks: Scope[] = [];
  for (const source of sources) {
    stacks.push({ source, stacks, reads: new Set(), known: new Map(), busy: new Set() });
  }
  return stacks;
}

/** The member of a template at a path of keys; `undefined` where the path ends early. */
export function member(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((inner, key) => (isNode(inner) ? inner[key] : undefined), node);
}

export function isNode(node: unknown): node is TemplateNode {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

export const isNodes = (node: Node): node is readonly Node[] => Array.isArray(node);

/** A value that is not known, and why; with the references that it would be made from. */
export function unresolved(reason: string, ...about: readonly (Value | undefined)[]): Unresolved {
  return { $unresolved: reason, about: about.flatMap(referencesIn) };
}

export const orUnresolved = (value: Value | undefined, reason: string): Value => value ?? unresolved(reason);

/** Works something out once for each scope; within itself it is unresolved. */
export function once(what: string, scope: Scope, work: () => Value | undefined): Value | undefined {
  if (scope.known.has(what)) return scope.known.get(what);
  if (scope.busy.has(what)) return unresolved(`${what} of ${scope.source.id} refers to itself`);
  scope.busy.add(what);
  const value = work();
  scope.busy.delete(what);
  scope.known.set(what, value);
  return value;
}
