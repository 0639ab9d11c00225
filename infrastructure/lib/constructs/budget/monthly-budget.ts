// A word when a month costs more than it should, or is about to (AC-COST-4).
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Environment } from '../../../../design/schema.ts';

export interface MonthlyBudgetProps {
  readonly environment: Environment;
  /** USD a month. */
  readonly amount: number;
  /** Hears that the month will probably cost more. */
  readonly forecast: ITopic;
  /** Hears that it has. */
  readonly actual: ITopic;
}

/**
 * A budget of what carries the environment's tag. A budget has no name of its own here: names are account-wide, and AWS makes one up.
 *
 * Day 2: a tag counts from the day on which it is a cost allocation tag: once for each account that pays,
 * `aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=Environment,Status=Active`. Until then the budget
 * sees nothing.
 *
 * @cost free: budgets without actions cost nothing.
 */
export function monthlyBudget(scope: Construct, id: string, props: MonthlyBudgetProps): CfnBudget {
  const notice = (notificationType: 'ACTUAL' | 'FORECASTED', topic: ITopic) => ({
    notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold: 100, thresholdType: 'PERCENTAGE' },
    subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
  });
  return new CfnBudget(scope, id, {
    budget: {
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: props.amount, unit: 'USD' },
      costFilters: { TagKeyValue: [`user:Environment$${props.environment}`] },
    },
    notificationsWithSubscribers: [notice('ACTUAL', props.actual), notice('FORECASTED', props.forecast)],
  });
}
