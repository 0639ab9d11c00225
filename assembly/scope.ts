// What the functions of a template see while they are carried out: the template, the other stacks, and what is known already.
import type { Said } from '../design/messages/said.ts';
import { Refusal } from '../design/refusal.ts';
import { type ConditionValue, type Reference, referencesIn, type Unresolved, type Value } from './graph.ts';
import { refusals } from './refusals.ts';
import { said } from './words.ts';

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
  /** For a nested template: the resource that it is the template of. What it holds belongs to the stack of that resource. */
  readonly nestedIn?: NestedIn | undefined;
  /** Parameters that the caller has given; a value that CloudFormation hides stands there as it shows it. */
  readonly given?: Readonly<Record<string, string>>;
  /** What CloudFormation has looked up for the parameters that are read from SSM. */
  readonly lookedUp?: Readonly<Record<string, string>>;
  /** Number of the account that it is deployed in. */
  readonly account?: string | undefined;
  /** What all stacks of its region export, by name, where CloudFormation has been asked. */
  readonly exports?: Readonly<Record<string, string>>;
}

interface NestedIn {
  /** Id of the stack that is deployed. */
  readonly stack: string;
  /** Id of the source that has the resource: that stack's, or that of a template nested in it. */
  readonly source: string;
  readonly logicalId: string;
}

/** The scope of a template nested in a resource of another; `undefined` where nobody has read it. */
export const nestedScope = ({ source, stacks }: Scope, logicalId: string): Scope | undefined =>
  stacks.find(({ source: { nestedIn } }) => nestedIn?.source === source.id && nestedIn.logicalId === logicalId);

/** The scope of the template that names this one as nested. */
export const scopeAbove = ({ source: { nestedIn }, stacks }: Scope): Scope | undefined =>
  stacks.find(({ source }) => source.id === nestedIn?.source);

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
  /** What was found to be made from itself. */
  readonly circles: Set<string>;
  /** Shared by the stacks of an assembly. */
  readonly work: Work;
}

/** How much is done for one assembly; a template of a few hundred bytes can ask for more than anybody waits for. */
interface Work {
  steps: number;
  depth: number;
  /** What conditions ask for and templates do not tell, by stack and name. */
  readonly questions: Map<string, ConditionQuestion>;
  readonly answers: ReadonlyMap<string, ConditionValue>;
  readonly takesDefaults: boolean;
}

/** What a condition asks for that only a deployment knows. */
export interface ConditionQuestion {
  readonly stack: string;
  readonly what: string;
  /** The texts that conditions compare it with; absent when it is a truth. */
  readonly texts?: Set<string>;
  /** The only values that it may have, by the template. */
  readonly allowed?: readonly string[];
  /** What it is unless somebody says otherwise. */
  readonly byDefault?: string;
}

const keyOf = ({ stack, what }: { readonly stack: string; readonly what: string }) => `${stack} ${what}`;

/** The answer that is taken for a question of this graph; without one the question is noted down. */
export function answerTo(question: ConditionQuestion, { work }: Scope): ConditionValue | undefined {
  const key = keyOf(question);
  const known = work.questions.get(key);
  if (known === undefined) work.questions.set(key, question);
  else for (const text of question.texts ?? []) known.texts?.add(text);
  return work.answers.get(key);
}

/** The answer that is taken for what a stack's parameter is. */
export const answerOf = (stack: string, what: string, { work }: Scope): ConditionValue | undefined =>
  work.answers.get(keyOf({ stack, what }));

/** Whether this is the graph that takes defaults where conditions ask, and none of its alternatives. */
export const takesDefaults = ({ work }: Scope): boolean => work.takesDefaults;

const limits = {
  /** Nodes of templates that are looked at, and of the values that come of them. */
  steps: 5_000_000,
  /** Functions within one another, over all the places that they refer to. */
  depth: 200,
  /** Nodes of one value that others are made from, and how deep they may stand. */
  nodes: 50_000,
  levels: 100,
} as const;

/** Counts work. @throws Refusal when it is more than any assembly needs */
export function spend(scope: Scope, steps: number): void {
  scope.work.steps += steps;
  if (scope.work.steps <= limits.steps) return;
  throw new Refusal(refusals.tooManySteps({ stack: scope.source.id, limit: limits.steps }));
}

/** Does what may go down further; where it is too deep already, what would come of it is not known. */
export function deeper<T>(scope: Scope, otherwise: T, work: () => T): T {
  if (scope.work.depth >= limits.depth) return otherwise;
  scope.work.depth += 1;
  try {
    return work();
  } finally {
    scope.work.depth -= 1;
  }
}

/**
 * How many nodes a value has, and how deep they stand within one another; it is not looked at further than `most` nodes. What stands in it
 * twice counts twice, and a long text as much as a node for every thousand characters.
 */
function measure(value: Value | undefined, most: number): { readonly nodes: number; readonly depth: number } {
  let [nodes, depth] = [0, 0];
  const waiting: [Value | undefined, number][] = [[value, 1]];
  for (let next = waiting.pop(); next !== undefined && nodes <= most; next = waiting.pop()) {
    const [inner, level] = next;
    nodes += typeof inner === 'string' ? 1 + Math.floor(inner.length / 1000) : 1;
    depth = Math.max(depth, level);
    if (typeof inner === 'object' && inner !== null) {
      for (const each of Object.values(inner)) waiting.push([each, level + 1]);
    }
  }
  return { nodes, depth };
}

/** Counts what stands in the graph: whoever looks at it walks through all of it. */
export function spendOn(value: Value | undefined, scope: Scope): void {
  spend(scope, measure(value, limits.steps).nodes);
}

/** Scopes that see each other, one for each source. */
export function scopesOf(sources: readonly StackSource[], answers?: readonly ConditionValue[]): readonly Scope[] {
  const stacks: Scope[] = [];
  const taken = new Map((answers ?? []).map((one) => [keyOf(one), one]));
  const work = { steps: 0, depth: 0, questions: new Map(), answers: taken, takesDefaults: answers === undefined };
  for (const source of sources) {
    stacks.push({ source, stacks, reads: new Set(), known: new Map(), busy: new Set(), circles: new Set(), work });
  }
  return stacks;
}

/** The member of a template at a path of keys; `undefined` where the path ends early. */
export function member(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>(
    (inner, key) => (isNode(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    node,
  );
}

export function isNode(node: unknown): node is TemplateNode {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

export const isNodes = (node: Node): node is readonly Node[] => Array.isArray(node);

/** A value that is not known, and why; with the references that it would be made from. */
export function unresolved(reason: Said, ...about: readonly (Value | undefined)[]): Unresolved {
  return { $unresolved: reason, about: distinct(about.flatMap(referencesIn)) };
}

/** Each once: what is made from one resource twice is not about two. */
function distinct(references: readonly Reference[]): readonly Reference[] {
  return [...new Map(references.map((one) => [`${one.$ref} ${one.attribute ?? ''}`, one])).values()];
}

export const orUnresolved = (value: Value | undefined, reason: Said): Value => value ?? unresolved(reason);

/** Works something out once for each scope; within itself it is unresolved. */
export function once(what: string, scope: Scope, work: () => Value | undefined): Value | undefined {
  if (scope.known.has(what)) return scope.known.get(what);
  if (scope.busy.has(what)) {
    scope.circles.add(what);
    return unresolved(said.circle({ what, stack: scope.source.id }));
  }
  scope.busy.add(what);
  const value = work();
  scope.busy.delete(what);
  const { nodes, depth } = measure(value, limits.nodes);
  spend(scope, nodes);
  const isLarge = nodes > limits.nodes || depth > limits.levels;
  const kept = isLarge ? unresolved(said.tooLarge({ what, stack: scope.source.id })) : value;
  scope.known.set(what, kept);
  return kept;
}
