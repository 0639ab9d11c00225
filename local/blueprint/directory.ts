// The directory of a platform: what a reference in the templates is on this machine. It fills up while the parts start, and turns the
// templates' values into the texts that tasks and functions are told.

import {
  isComposite,
  isReference,
  isUnresolved,
  literal,
  type Reference,
  type Unresolved,
  type Value,
} from '../../assembly/graph.ts';
import { said } from '../../assembly/words.ts';
import type { Words } from '../../design/messages/words.ts';
import { localProblem, words } from '../problems.ts';
import type { Blueprint } from './blueprint.ts';

/** The number of the account, where a template asks for one. */
export const account = '000000000000';

export interface Directory {
  /** Enters what a resource is here, by attribute; the empty name stands for the resource itself (`Ref`). */
  enter(key: string, attributes: Readonly<Record<string, string>>): void;
  /** Enters the value of a secret, by its ARN. */
  enterSecret(arn: string, value: string): void;
  secret(arn: string): string | undefined;
  /**
   * A value as text; secrets that it points to are put in.
   * @throws LocalProblem that names `where` and what nothing here stands for.
   */
  text(value: Value | undefined, where: Words): string;
  /** The same, `undefined` when nothing here stands for a part of it. */
  textIfKnown(value: Value | undefined): string | undefined;
  /** What a container gets for `ValueFrom`: a secret, or `<arn>:<key>:<stage>:<version>` of one. */
  secretText(value: Value | undefined, where: Words): string;
}

export function openDirectory(): Directory {
  const entries = new Map<string, Readonly<Record<string, string>>>();
  const secrets = new Map<string, string>();

  function reference({ $ref, attribute = '' }: Reference): string | undefined {
    return entries.get($ref)?.[attribute];
  }

  function resolve(value: Value | undefined): { readonly text: string } | { readonly missing: Words | string } {
    if (isReference(value)) {
      const text = reference(value);
      return text === undefined ? { missing: `${value.$ref} ${value.attribute ?? ''}`.trim() } : { text };
    }
    if (isUnresolved(value)) return unresolved(value);
    if (isComposite(value)) {
      const parts = value.$join.map(resolve);
      const missing = parts.find((part) => 'missing' in part);
      return missing ?? { text: parts.map((part) => ('text' in part ? part.text : '')).join('') };
    }
    const plain = literal(value);
    return plain === undefined ? { missing: JSON.stringify(value) ?? '–' } : { text: String(plain) };
  }

  /** What templates alone do not tell: the account's number, and the last part of an ARN that a region picks out of another's. */
  function unresolved({
    $unresolved: why,
    about,
  }: Unresolved): { readonly text: string } | { readonly missing: Words | string } {
    if (why.$said === said.accountNumber.$said) return { text: account };
    const [only, ...others] = about;
    const arn = only === undefined || others.length > 0 ? undefined : reference(only);
    if (why.$said !== said.selectUnknown.$said || arn?.startsWith('arn:') !== true) return { missing: why };
    return { text: arn.split(':').at(-1) ?? '' };
  }

  function textIfKnown(value: Value | undefined): string | undefined {
    const found = resolve(value);
    return 'text' in found ? withSecrets(found.text) : undefined;
  }

  /** Puts secrets in the place of CloudFormation's dynamic references. */
  function withSecrets(text: string): string | undefined {
    let known = true;
    const whole = text.replace(
      /\{\{resolve:secretsmanager:(.+?):SecretString(?::([^:}]*))?(?::[^}]*)?\}\}/g,
      (_, arn: string, field = '') => {
        const value = fieldOf(secrets.get(arn), field);
        known &&= value !== undefined;
        return value ?? '';
      },
    );
    return known ? whole : undefined;
  }

  function text(value: Value | undefined, where: Words): string {
    const found = resolve(value);
    const whole = 'text' in found ? withSecrets(found.text) : undefined;
    if (whole !== undefined) return whole;
    throw localProblem('noCounterpart', { where, what: 'missing' in found ? found.missing : words.unknownSecret });
  }

  return {
    enter: (key, attributes) => void entries.set(key, { ...entries.get(key), ...attributes }),
    enterSecret: (arn, value) => void secrets.set(arn, value),
    secret: (arn) => secrets.get(arn),
    text,
    textIfKnown,
    secretText(value, where) {
      const from = text(value, where);
      const arn = [...secrets.keys()].find((name) => from === name || from.startsWith(`${name}:`));
      const found = arn === undefined ? undefined : fieldOf(secrets.get(arn), from.slice(arn.length + 1).split(':')[0]);
      if (found === undefined) throw localProblem('noCounterpart', { where, what: from });
      return found;
    },
  };
}

/** A field of a secret that is JSON; the secret itself where no field is named. */
function fieldOf(secret: string | undefined, field = ''): string | undefined {
  if (field === '' || secret === undefined) return secret;
  const value: unknown = JSON.parse(secret)[field];
  return value === undefined ? undefined : String(value);
}

/** Enters resources that are no more than a name here. */
export function enterNames({ service, functions, region }: Blueprint, directory: Directory): void {
  const cluster = `${service.cluster.stack}-${service.cluster.logicalId}`;
  const arn = `arn:aws:ecs:${region}:${account}:cluster/${cluster}`;
  directory.enter(service.cluster.key, { '': cluster, Arn: arn });
  for (const { key, name } of functions)
    directory.enter(key, { '': name, Arn: `arn:aws:lambda:${region}:${account}:function:${name}` });
}
