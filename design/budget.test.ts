import { describe, expect, test } from 'vitest';
import { monthlyBudget } from './budget.ts';
import { exampleDesign } from './fixtures/example-design.ts';
import { formEnvironments } from './schema.ts';

const { budget: _, ...unsaid } = exampleDesign.inputs;
const costing = (monthly: number) => ({
  inputs: unsaid,
  cost: {
    ...exampleDesign.cost,
    environments: { ...exampleDesign.cost.environments, production: { monthly, notes: [] } },
  },
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
