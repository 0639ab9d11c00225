// How judges put down what they saw.
import type { Assembly, Resource } from '../../assembly/graph.ts';
import type { PropertyPath } from '../../assembly/properties.ts';
import type { Evidence } from './judge.ts';

/**
 * Evidence on one property of a resource.
 * @param holds whether it is as expected; `undefined` when the templates do not settle it
 */
export function seen(
  graph: Assembly,
  resource: Resource,
  path: PropertyPath,
  observed: unknown,
  expected: unknown,
  holds: boolean | undefined,
): Evidence {
  // What an unknown condition may hide cannot be relied on.
  const sure = resource.condition === undefined ? holds : holds === false ? false : undefined;
  return {
    resource: resource.path,
    logicalId: resource.logicalId,
    stack: resource.stack,
    template: graph.stacks.find(({ id }) => id === resource.stack)?.templateFile ?? '',
    property: [resource.pointer, ...path.map(escaped)].join('/'),
    observed: observed ?? null,
    expected,
    verdict: sure === undefined ? 'unresolved' : sure ? 'pass' : 'fail',
  };
}

const escaped = (segment: string | number) => String(segment).replaceAll('~', '~0').replaceAll('/', '~1');

/** Evidence that there is none of what should be there. */
export function nothing(expected: string, stack = ''): Evidence {
  return {
    resource: '',
    logicalId: '',
    stack,
    template: '',
    property: '',
    observed: 'nothing of this kind found',
    expected,
    verdict: 'fail',
  };
}

/** Evidence on a stack's template as a whole. */
export function onStack(
  graph: Assembly,
  stack: string,
  property: string,
  observed: unknown,
  expected: unknown,
  holds: boolean | undefined,
): Evidence {
  return {
    resource: stack,
    logicalId: '',
    stack,
    template: graph.stacks.find(({ id }) => id === stack)?.templateFile ?? '',
    property,
    observed: observed ?? null,
    expected,
    verdict: holds === undefined ? 'unresolved' : holds ? 'pass' : 'fail',
  };
}
