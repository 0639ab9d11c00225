// How judges put down what they saw: `on(cluster).property('Engine').is('aurora-mysql')`. What is unknown is never taken for absent or wrong.
import { at, isComposite, isReference, isSettled, type Resource, type Value } from '../../assembly/graph.ts';
import { isLiteral, type Literal, type PropertyPath } from '../../assembly/properties.ts';
import { refersTo, textHolds } from '../../assembly/relations.ts';
import { any, not, type Truth } from '../../assembly/truth.ts';
import type { Said } from '../../design/messages/said.ts';
import type { Observation } from './judge.ts';
import { said } from './words/evidence.ts';

/** What a judge's own reasoning found; `observed` is the property as it stands unless said. */
export interface Found {
  readonly expected: Value | Said;
  readonly observed?: Value | Said | undefined;
}

/** What can be claimed of a property, each giving evidence that it is so, is not so, or is not known. */
export interface Claims {
  /** What AWS takes where the template says nothing. */
  otherwise(value: Literal): Claims;
  /** It is a literal; numbers and truths may be written as texts, as CloudFormation allows. */
  is(expected: Literal, inWords?: Said): Observation;
  isNot(unwanted: Literal): Observation;
  isOneOf(expected: readonly Literal[]): Observation;
  /** It is a number, and no smaller. */
  isAtLeast(least: number, inWords?: Said): Observation;
  /** It is a number, and no larger. */
  isAtMost(most: number, inWords?: Said): Observation;
  /** It is a text, number or truth of which that holds. */
  fits(holds: (text: string) => boolean, expected: Value | Said): Observation;
  isThere(expected?: Said): Observation;
  isAbsent(expected?: Said): Observation;
  /** It is the resource, or is made from it. */
  refersTo(resource: Resource, expected?: Said): Observation;
  /** The judge has worked out whether it is as expected; `undefined` where the templates do not settle it. */
  holds(truth: Truth, found: Found): Observation;
}

export interface Subject extends Claims {
  property(...path: PropertyPath): Claims;
}

/** Evidence on a resource: on one property of it, or on the resource as a whole, where `holds` is the one claim that makes sense. */
export const on = (resource: Resource): Subject => ({
  ...claimsOn(resource, [], undefined),
  property: (...path) => claimsOn(resource, path, undefined),
});

/** Evidence on a stack's template. @param property JSON pointer within it */
export const onStack = (stack: string, property: string, truth: Truth, found: Found): Observation => ({
  resource: stack,
  logicalId: '',
  stack,
  property,
  observed: found.observed ?? null,
  expected: found.expected,
  verdict: verdictOf(truth),
});

/** Evidence on a file of the source tree. @param stack the one that it is about, if any */
export const onFile = (file: string, truth: Truth, found: Found, stack = ''): Observation => ({
  ...onStack(stack, '', truth, found),
  resource: stack === '' ? file : stack,
  template: file,
});

/** Evidence that there is none of what should be there. @param stack its id, where it should be in a certain one */
export const missing = (expected: Value | Said, stack = ''): Observation => ({
  resource: '',
  logicalId: '',
  stack,
  property: '',
  observed: said.nothingFound,
  expected,
  verdict: 'fail',
});

/**
 * Evidence that there is none of what should be there, unless it is one of the resources of which the templates do not say enough.
 * @param possible those resources
 */
export const missingUnless = (
  possible: readonly Resource[],
  expected: Value | Said,
  stack = '',
): readonly Observation[] =>
  possible.length === 0
    ? [missing(expected, stack)]
    : possible.map((one) => on(one).holds(undefined, { expected, observed: said.mayBeIt }));

/** Evidence on what may not be meant at all: what is wrong with it is no failure then. */
export const unsure = (one: Observation): Observation =>
  one.verdict === 'fail' ? { ...one, verdict: 'unresolved' } : one;

function claimsOn(resource: Resource, path: PropertyPath, byDefault: Literal | undefined): Claims {
  const written = path.length === 0 ? undefined : at(resource.properties, ...path);
  const value = written ?? byDefault;
  const holds = (
    truth: Truth,
    { expected, observed = written ?? (byDefault === undefined ? null : said.notSaid({ value: byDefault })) }: Found,
  ) => observation(resource, path, observed, expected, truth);
  return {
    otherwise: (literal) => claimsOn(resource, path, literal),
    is: (wanted, expected: Literal | Said = wanted) => holds(isLiteral(value, wanted), { expected }),
    isNot: (unwanted) => holds(not(isLiteral(value, unwanted)), { expected: said.notValue({ value: unwanted }) }),
    isOneOf: (expected) => holds(isOneOf(value, expected), { expected: said.oneOf({ values: expected }) }),
    isAtLeast: (least, expected = said.atLeast({ least })) =>
      holds(
        compared(value, (number) => number >= least),
        { expected },
      ),
    isAtMost: (most, expected = said.atMost({ most })) =>
      holds(
        compared(value, (number) => number <= most),
        { expected },
      ),
    fits: (isRight, expected) => holds(textHolds(value, isRight), { expected }),
    isThere: (expected = said.there) => holds(isThere(value), { expected }),
    isAbsent: (expected = said.absent) => holds(not(isThere(value)), { expected }),
    refersTo: (target, expected = said.refersTo({ resource: target.path })) =>
      holds(refersTo(value, target), { expected }),
    holds,
  };
}

function observation(
  resource: Resource,
  path: PropertyPath,
  observed: Value | Said | undefined,
  expected: Value | Said,
  truth: Truth,
): Observation {
  return {
    resource: resource.path,
    logicalId: resource.logicalId,
    stack: resource.stack,
    ...(resource.templateFile === undefined ? {} : { template: resource.templateFile }),
    property: [resource.pointer, ...path.map(escaped)].join('/'),
    observed: observed ?? null,
    expected,
    ...defaultsAt(resource, path),
    // What an unknown condition may hide cannot be relied on.
    verdict: verdictOf(resource.condition !== undefined && truth ? undefined : truth),
  };
}

/** The defaults of parameters that a property was read with. */
function defaultsAt({ defaults = [] }: Resource, path: PropertyPath): Pick<Observation, 'defaults'> {
  const place = path.map((segment) => `/${escaped(segment)}`).join('');
  const taken = defaults.filter(
    ({ pointer }) => `${pointer}/`.startsWith(`${place}/`) || `${place}/`.startsWith(`${pointer}/`),
  );
  const distinct = [...new Map(taken.map(({ parameter, value }) => [parameter, { parameter, value }])).values()];
  return distinct.length === 0 ? {} : { defaults: distinct };
}

const verdictOf = (truth: Truth) => (truth === undefined ? 'unresolved' : truth ? 'pass' : 'fail');

const escaped = (segment: string | number) => String(segment).replaceAll('~', '~0').replaceAll('/', '~1');

const isOneOf = (value: Value | undefined, expected: readonly Literal[]): Truth =>
  any(expected.map((one) => isLiteral(value, one)));

/** Whether a number is as asked; what is no number is not. */
function compared(value: Value | undefined, isRight: (number: number) => boolean): Truth {
  if (value === undefined || value === null || typeof value === 'boolean') return false;
  if (typeof value === 'object')
    return isSettled(value) && !isReference(value) && !isComposite(value) ? false : undefined;
  const number = Number(value);
  return !Number.isNaN(number) && isRight(number);
}

/** Whether something is there; what is unresolved may be nothing. */
export const isThere = (value: Value | undefined): Truth =>
  value === undefined || value === null ? false : isSettled(value) || isComposite(value) ? true : undefined;
