// The monthly budget of an environment (AC-COST-4): what the author gives, or what follows from the document's own estimate.
import { perEnvironment } from './environments.ts';
import type { Design, Environment } from './schema.ts';

/** Dollars between budgets that nobody gave. */
const step = 100;

/**
 * USD a month. The form has no field for it: the amount stands in a criterion, and criteria are held against what was built, never built
 * from (DOC-8). So it is the input `budget`, or else the environment's stated month rounded up to the next $100, which leaves what a
 * month varies by. $1,485.24 and $1,451.7 both give $1,500.
 */
export function monthlyBudget({ inputs, cost }: Pick<Design, 'inputs' | 'cost'>, environment: Environment): number {
  const cents = Math.round(perEnvironment(cost.environments, environment).monthly * 100);
  return inputs.budget?.[environment] ?? Math.max(1, Math.ceil(cents / 100 / step)) * step;
}
