import { describe, expect, test } from 'vitest';
import { perEnvironment } from '../environments.ts';
import { exampleDesign } from '../fixtures/example-design.ts';
import { LineLedger } from '../lines.ts';
import type { Design } from '../schema.ts';
import { checkOptionalParts } from './optional-parts.ts';

const withoutGroup = (key: string) => (design: Design) => ({
  ...design,
  securityGroups: design.securityGroups.filter((group) => group.key !== key),
});
const withoutRole = (design: Design) => ({ ...design, roles: design.roles.filter(({ kind }) => kind !== 'lambda') });
const withoutStack = (design: Design) => ({
  ...design,
  stacks: design.stacks.filter(({ name }) => name !== 'CacheStack'),
});
const withoutSize =
  (name: 'cache' | 'functions') =>
  (design: Design): Design => {
    const { [name]: _, ...production } = perEnvironment(design.sizes, 'production');
    return { ...design, sizes: { ...design.sizes, production } };
  };

function problems(...changes: readonly ((design: Design) => Design)[]): string[] {
  const ledger = new LineLedger('');
  checkOptionalParts(
    changes.reduce<Design>((design, change) => change(design), exampleDesign),
    ledger,
  );
  return ledger.problems.map(({ message }) => message.en);
}

describe('a part that is there in one place and not in another is refused, with the place', () => {
  test.each([
    ['a cache without its group', withoutGroup('cache'), 'cache-sg'],
    ['a cache without its stack', withoutStack, 'CacheStack'],
    ['a cache without a size', withoutSize('cache'), 'ElastiCache Redis'],
    ['functions without their group', withoutGroup('lambda'), 'lambda-sg'],
    ['functions without their role', withoutRole, 'lambda-execution-role'],
    ['functions without a size', withoutSize('functions'), '月間コスト見積もり: Lambda'],
  ])('%s', (_, change, place) => {
    expect(problems(change)).toEqual([expect.stringContaining(place)]);
  });
});

test('a part that is whole, or is not there at all, is not', () => {
  expect(problems()).toEqual([]);
  expect(problems(withoutGroup('cache'), withoutStack, withoutSize('cache'))).toEqual([]);
  expect(problems(withoutGroup('lambda'), withoutRole, withoutSize('functions'))).toEqual([]);
});
