// The monthly budget of an environment (AC-COST-4): what the author gives, or what follows from the document's own estimate.
import { isProduction, perEnvironment } from './environments.ts';
import type { Criterion, Design, Environment } from './schema.ts';

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

/** The amount that an environment's month is held to, in USD, with the criterion that states it; without one it is the budget's own. */
export interface AllowedMonth {
  readonly amount: number;
  readonly criterion: Criterion | undefined;
}

/** A criterion's amount is production's; the other environments have budgets of their own (ADR-022). */
export function allowedMonth(
  design: Design,
  environment: Environment,
  stated: Criterion | undefined = design.criteria.find(isAboutCost),
): AllowedMonth {
  const criterion = isProduction(design, environment) ? stated : undefined;
  return { amount: criterion?.figures.dollars ?? monthlyBudget(design, environment), criterion };
}

const isAboutCost = ({ subjects, figures }: Criterion) => subjects.includes('cost') && figures.dollars !== undefined;
