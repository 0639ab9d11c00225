// The resource graph: what the templates of an app say, as plain data with its references resolved. Whoever looks at a platform
// (proof, local, operations) looks at this; how a template comes to say something is the business of intrinsics.ts.
import { type Said, unknownMark } from '../design/messages/said.ts';
import { said } from './words.ts';

/** A value that is another resource, or an attribute of one: the tagged form of `Ref` and `Fn::GetAtt`. */
export interface Reference {
  /** Key of the resource, `<stack id>/<logical id>`. */
  readonly $ref: string;
  /** Absent for the resource itself (`Ref`). */
  readonly attribute?: string;
}

/** A value that the templates do not settle. */
export interface Unresolved {
  readonly $unresolved: Said;
  /** The references that it is made from, if any: a part of an ARN is unknown, but whose ARN it is is not. */
  readonly about: readonly Reference[];
  /** It is one of several values, by a condition that is not known: what it is about may not be in it at all. */
  readonly isChoice?: true;
}

/** A text with parts that are not text: `arn:aws:s3:::` and a bucket and `/*`. Has at least one part that is no string. */
export interface Composite {
  readonly $join: readonly (string | Reference | Unresolved)[];
}

export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | Reference
  | Unresolved
  | Composite
  | { readonly [key: string]: Value };

export type Properties = { readonly [key: string]: Value };

export interface Output {
  readonly value: Value;
  /** The name it is exported by; absent when it is not. */
  readonly exportName?: Value;
  readonly description?: string;
}

export interface Stack {
  /** The assembly's own name for it, e.g. `ProductionNetworkStack`; a bare template's file name without its endings. */
  readonly id: string;
  /** The name it has in CloudFormation. */
  readonly name: string;
  /** Region code; `unknown-region` when nothing says where the stack goes. */
  readonly region: string;
  /** Number of the account that it is deployed in, where CloudFormation has been asked. */
  readonly account?: string | undefined;
  /** Relative to the assembly's directory. */
  readonly templateFile: string;
  readonly description: string;
  /** Absent for bare templates, which cannot say. */
  readonly terminationProtection?: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, Output>>;
  /** Each parameter's value: what it is given, or its default. */
  readonly parameters: Readonly<Record<string, Value>>;
  /** Ids of the stacks that it waits for, by the manifest, or reads outputs of. Sorted. */
  readonly dependsOn: readonly string[];
}

export interface Resource {
  /** `<stack id>/<logical id>`. */
  readonly key: string;
  /** Id of its stack. */
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Construct path; `<stack id>/<logical id>` where no one recorded it. */
  readonly path: string;
  readonly properties: Properties;
  /** JSON pointer to its properties in the stack's template file, or in `templateFile`. */
  readonly pointer: string;
  /** The nested template that it stands in, relative to the assembly's directory; absent for the stack's own. */
  readonly templateFile?: string;
  /** It is a nested stack whose template has been read: what that holds is in the graph. */
  readonly isOpened?: true;
  /** Parameters whose defaults its properties were read with, and where: nobody has said what a deployment gives them. */
  readonly defaults?: readonly TakenDefault[];
  /** The template's condition for it, when what comes of that is unknown. A resource whose condition is false is not in the graph. */
  readonly condition?: string;
  /** `Delete` unless the template says otherwise. */
  readonly deletionPolicy: string;
  /** Keys of the resources that it waits for. */
  readonly dependsOn: readonly string[];
  readonly metadata?: Properties;
}

/** A default that was taken for a parameter. */
export interface TakenDefault {
  readonly parameter: string;
  readonly value: Value;
  /** JSON pointer below the resource's properties to where the parameter is named. */
  readonly pointer: string;
}

/** Stacks and resources in the order of manifest and templates. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  readonly resources: readonly Resource[];
  /** See alternatives.ts; absent when every condition of the templates is known, and in a part of a graph. */
  readonly alternatives?: () => readonly Alternative[];
}

/** The graph as it is when what the templates' conditions ask for has certain answers. */
export interface Alternative {
  readonly graph: Assembly;
  readonly answers: readonly ConditionValue[];
}

/** What a condition asks for, and what it is taken to be. */
export interface ConditionValue {
  /** Id of the stack whose condition asks. */
  readonly stack: string;
  /** Name of a parameter, or else the template's own text. */
  readonly what: string;
  /** A value that it is compared with; `true` and `false` for what is not compared with a text; `undefined`: none of those. */
  readonly value: string | boolean | undefined;
  /** A value that it may have where it is none of those. */
  readonly otherwise?: string;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export function isReference(value: unknown): value is Reference {
  return isObject(value) && '$ref' in value;
}

export function isUnresolved(value: unknown): value is Unresolved {
  return isObject(value) && '$unresolved' in value;
}

export function isComposite(value: unknown): value is Composite {
  return isObject(value) && '$join' in value;
}

/** Whether a value is known as far as templates can tell: no part of it is unresolved. References count as known. */
export function isSettled(value: Value | undefined): boolean {
  if (isUnresolved(value)) return false;
  if (isComposite(value)) return value.$join.every(isSettled);
  if (isList(value)) return value.every(isSettled);
  return isObject(value) && !isReference(value) ? Object.values(value).every(isSettled) : true;
}

export function isList(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** An object with members of its own: neither list nor tagged value. */
export function isProperties(value: unknown): value is Properties {
  return isObject(value) && !isList(value) && !isReference(value) && !isUnresolved(value) && !isComposite(value);
}

/** The key of the resource that a value is, or is an attribute of; of a composite or underivable value, the one it is made from. */
export function resourceOf(value: Value | undefined): string | undefined {
  const keys = new Set(referencesIn(value).map(({ $ref }) => $ref));
  return isReference(value) || isUnresolved(value) || isComposite(value)
    ? keys.size === 1
      ? [...keys][0]
      : undefined
    : undefined;
}

/** A value that is text, number or truth, as it stands; `undefined` for all else. */
export function literal(value: Value | undefined): string | number | boolean | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** Every reference anywhere within a value, in order. */
export function referencesIn(value: Value | undefined): readonly Reference[] {
  if (isReference(value)) return [value];
  if (isUnresolved(value)) return value.about;
  if (isComposite(value)) return value.$join.flatMap(referencesIn);
  if (isList(value)) return value.flatMap(referencesIn);
  return isProperties(value) ? Object.values(value).flatMap(referencesIn) : [];
}

/** A value as text, with `${<resource key>.<attribute>}` for references and `unknownMark` for what is unresolved; for JSON within text. */
export function textOf(value: Value | undefined): string {
  if (isReference(value)) return `\${${value.$ref}${value.attribute === undefined ? '' : `.${value.attribute}`}}`;
  if (isUnresolved(value)) return unknownMark;
  if (isComposite(value)) return value.$join.map(textOf).join('');
  return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
}

/** Whether a part of a text of `textOf` is not known. */
export const hasUnknownPart = (text: string): boolean => text.includes(unknownMark);

/**
 * The member of a value at a path of keys and indices, e.g. `at(properties, 'Rules', 0, 'Status')`. `undefined` is what is not there; a member
 * of what is unresolved is unresolved for the same reason, and so is a member of what only a deployment gives an inside.
 */
export function at(value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((inner, key) => {
    if (isUnresolved(inner)) return inner;
    if (isReference(inner)) return { $unresolved: said.memberOf({ value: textOf(inner) }), about: [inner] };
    if (typeof key === 'number') return isList(inner) ? inner[key] : undefined;
    return isProperties(inner) ? inner[key] : undefined;
  }, value);
}
