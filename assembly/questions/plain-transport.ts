// Statements that refuse plain transport, or an older version of TLS, to whoever comes to a bucket, queue or topic.
import { at, isUnresolved, literal, type Resource, textOf, type Value } from '../graph.ts';
import { isLiteral } from '../properties.ts';
import { listOf, pointsAt, suffixOf, textHolds } from '../relations.ts';
import { all, any, type Truth } from '../truth.ts';
import { conditionsOf, coversActions, hasUnknownConditions, isForEverybody } from './policies.ts';

/** Whether a statement keeps everybody from carrying data. */
export const refuses = (statement: Value, actions: readonly string[]): Truth =>
  all([
    isLiteral(at(statement, 'Effect'), 'Deny'),
    isForEverybody(statement),
    any([
      coversActions(statement, actions),
      ...listOf(at(statement, 'Action')).map((one) => textHolds(one, () => false)),
    ]),
  ]);

/** Refused when plain, and not only under a further condition. */
export function isPlain(statement: Value): Truth {
  if (hasUnknownConditions(statement)) return undefined;
  const [condition, ...others] = conditionsOf(statement);
  const [name, values] = condition ?? [];
  return all([
    others.length === 0,
    name === 'Bool aws:securetransport' || name === 'BoolIfExists aws:securetransport',
    values?.length === 1,
    isLiteral(values?.[0], 'false'),
  ]);
}

export function isOlder(statement: Value, wanted: number): boolean {
  const [condition, ...others] = conditionsOf(statement);
  const [name, values] = condition ?? [];
  return others.length === 0 && name === 'NumericLessThan s3:tlsversion' && Number(literal(values?.[0])) >= wanted;
}

/** Whether a statement is about a thing itself, or about what is in it. */
export function coversPart(statement: Value, thing: Resource, part: '' | '/*'): Truth {
  const name = literal(thing.properties.BucketName);
  return any(
    listOf(at(statement, 'Resource')).map((resource): Truth => {
      if (resource === '*') return true;
      if (name !== undefined && textOf(resource) === `arn:aws:s3:::${name}${part}`) return true;
      const suffix = suffixOf(resource);
      if (pointsAt(resource, thing) && (suffix === part || suffix === '*')) return true;
      return isUnresolved(resource) ? undefined : false;
    }),
  );
}
