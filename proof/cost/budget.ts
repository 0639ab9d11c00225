// The amount that the document does not want a month to pass, beside the computed cost.

import { monthlyBudget } from '../../design/budget.ts';
import { isProduction } from '../../design/environments.ts';
import type { Criterion, Design, Environment } from '../../design/schema.ts';
import { cents } from './money.ts';

export interface Budget {
  /** Criterion that names the amount; absent where it is the budget's own (see design/budget.ts). */
  readonly criterion?: string;
  /** USD a month. */
  readonly amount: number;
  /** USD a month that is left; negative when the cost is over it. */
  readonly headroom: number;
}

/** AC-COST-4's amount for production, where a criterion about cost names one; else the environment's budget. */
export function budgetOf(design: Design, environment: Environment, monthly: number): Budget {
  const isMeant = ({ subjects, figures }: Criterion) => subjects.includes('cost') && figures.dollars !== undefined;
  const criterion = isProduction(design, environment) ? design.criteria.find(isMeant) : undefined;
  const amount = criterion?.figures.dollars ?? monthlyBudget(design, environment);
  return {
    criterion: criterion?.id,
    amount,
    headroom: cents(amount - monthly),
  };
}
