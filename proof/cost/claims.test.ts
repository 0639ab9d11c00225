// COST-1…4 as statements: a claim that does not hold is shown as what it is, and never fails the platform.
import { describe, expect, test } from 'vitest';
import { inLanguage } from '../../design/messages/words.ts';
import type { Design } from '../../design/schema.ts';
import { judgementOf, type StatementCase } from '../judges/judge.ts';
import { costClaims } from './claims.ts';
import { costLine, designWith } from './testing/design.ts';
import { samplePlatform } from './testing/graphs.ts';

const design = designWith({
  データベース: {
    'RDS Aurora PostgreSQL': [costLine('ストレージ', 10, [100, 'GB'], [0.1, '$/GB'])],
    DynamoDB: [costLine('ストレージ', 0.29, [1, 'GB'], [0.285, '$/GB'])],
  },
});

function judge(path: string, of: Design = design) {
  const graph = samplePlatform(of, 'production');
  const claim = costClaims.find((one) => {
    const [pattern, parts] = [one.path.split('.'), path.split('.')];
    return pattern.length === parts.length && pattern.every((part, index) => part === '*' || part === parts[index]);
  });
  if (claim === undefined) throw new Error(`no judge of ${path}`);
  const judgeCase: StatementCase = {
    graph,
    everywhere: graph,
    whole: graph,
    documented: true,
    runtime: [],
    design: of,
    environment: 'production',
    indices: path
      .split('.')
      .filter((part) => /^\d+$/.test(part))
      .map(Number),
    statement: { kind: 'claim', path, environments: ['production'] },
  };
  const { verdict, reason, evidence } = judgementOf(claim.judge(judgeCase));
  const deviation = typeof claim.deviation === 'function' ? claim.deviation(judgeCase) : claim.deviation;
  return { verdict, reason: inLanguage(reason ?? '', 'en'), deviation, evidence };
}

describe('a claim about cost', () => {
  test('that holds passes, with the amounts', () => {
    expect(judge('cost.groups.0.services.1.lines.0')).toMatchObject({
      verdict: 'pass',
      deviation: undefined,
      evidence: [{ observed: 0.29, expected: 0.29 }],
    });
  });

  test.each([
    [
      'a price of another region',
      'cost.groups.0.services.0.lines.0',
      /\$10 stated, \$12 computed; price of another region/,
    ],
    ['a service', 'cost.groups.0.services.0.subtotal', /\$10 stated, \$12 computed/],
    ['a group that leaves lines out', 'cost.groups.0.total', /\$10\.29 stated, \$\d+/],
    ['the month', 'cost.total', /\$10\.29 stated, \$\d+/],
    ['an environment', 'cost.environments.production.monthly', /\$10\.29 stated/],
  ])('that does not hold says so with the decision behind it, and fails nothing: %s', (_, path, reason) => {
    const judged = judge(path);
    expect(judged).toMatchObject({ verdict: 'not-applicable', deviation: 'ADR-032' });
    expect(judged.reason).toMatch(reason);
  });

  test('that sums other claims is held against them', () => {
    expect(judge('cost.yearly')).toMatchObject({ verdict: 'pass' });
    const wrong = { ...design, cost: { ...design.cost, yearly: { ...design.cost.yearly, total: 1 } } };
    expect(judge('cost.yearly', wrong)).toMatchObject({ verdict: 'not-applicable', deviation: 'ADR-032' });
    expect(judge('cost.yearly', wrong).reason).toContain('$1 is stated');
  });

  test('is not judged where the platform cannot be priced', () => {
    const elsewhere = { ...design, region: 'eu-west-1' };
    expect(judge('cost.total', elsewhere)).toMatchObject({ verdict: 'not-judged' });
    expect(judge('cost.total', elsewhere).reason).toContain('eu-west-1');
  });

  test('never fails, whatever it says', () => {
    for (const path of ['cost.total', 'cost.groups.0.total', 'cost.groups.0.services.0.lines.0', 'cost.yearly']) {
      expect(['fail', 'unresolved']).not.toContain(judge(path).verdict);
    }
  });
});
