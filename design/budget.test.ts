import { describe, expect, test } from 'vitest';
import { allowedMonth, monthlyBudget } from './budget.ts';
import { exampleDesign } from './fixtures/example-design.ts';
import { type Criterion, formEnvironments } from './schema.ts';
import { readSentence } from './words/sentence.ts';

const { budget: _, ...unsaid } = exampleDesign.inputs;
const costing = (monthly: number) => ({
  inputs: unsaid,
  cost: {
    ...exampleDesign.cost,
    environments: { ...exampleDesign.cost.environments, production: { monthly, notes: [] } },
  },
});

describe('the amount that a month is held to', () => {
  const stating = (text: string) => {
    const criterion: Criterion = { id: 'AC-COST-4', group: '', pattern: 'ubiquitous', ...readSentence(text) };
    return { criterion, design: { ...exampleDesign, criteria: [criterion] } };
  };

  test("is a criterion's in production, and the budget's own in the other environments", () => {
    const { criterion, design } = stating('a month costs no more than $1,234');
    expect(allowedMonth(design, 'production')).toEqual({ amount: 1234, criterion });
    expect(allowedMonth(design, 'staging')).toEqual({ amount: monthlyBudget(design, 'staging'), criterion: undefined });
  });

  test('is that of the criterion at hand, whatever else the document states', () => {
    const { design } = stating('a month costs no more than $1,234');
    const { criterion } = stating('a budget tells SNS above $900');
    expect(allowedMonth(design, 'production', criterion).amount).toBe(900);
  });

  test.each([
    ['states no amount', 'a month costs little'],
    ['is not about cost', 'a table has $1,234'],
  ])("is the budget's own where the one criterion %s", (_, text) => {
    const { design } = stating(text);
    expect(allowedMonth(design, 'production').amount).toBe(monthlyBudget(design, 'production'));
  });
});

describe('the budget of an environment (AC-COST-4)', () => {
  test.each([
    [1485.24, 1500],
    [1451.7, 1500],
    [742.62, 800],
    [371.31, 400],
    [1500, 1500],
    [1500.01, 1600],
    // 4.35 is a little less than 4.35 in binary; a hundred of them must not cost a step.
    [4.35 * 100 * 4.597701149425287, 2000],
    [0, 100],
  ])('is, for a stated month of $%d, $%d', (monthly, budget) => {
    expect(monthlyBudget(costing(monthly), 'production')).toBe(budget);
  });

  test('is the one that the author gives, for the environments that have one', () => {
    const inputs = { ...exampleDesign.inputs, budget: { production: 2345.5, development: 50 } };
    const found = formEnvironments.map((environment) => monthlyBudget({ ...exampleDesign, inputs }, environment));
    expect(found).toEqual([2345.5, monthlyBudget(exampleDesign, 'staging'), 50]);
  });
});
