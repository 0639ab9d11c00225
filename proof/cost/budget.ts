// The amount that the document does not want a month to pass, beside the computed cost.

import { allowedMonth } from '../../design/budget.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { cents } from './money.ts';

export interface Budget {
  /** Criterion that names the amount; absent where it is the budget's own (see design/budget.ts). */
  readonly criterion?: string;
  /** USD a month. */
  readonly amount: number;
  /** USD a month that is left; negative when the cost is over it. */
  readonly headroom: number;
}

export function budgetOf(design: Design, environment: Environment, monthly: number): Budget {
  const { amount, criterion } = allowedMonth(design, environment);
  return { criterion: criterion?.id, amount, headroom: cents(amount - monthly) };
}
