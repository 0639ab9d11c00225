// What is left of the environment's budget this month, as AWS Budgets has it (which is hours old).

import { DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import { textAt } from '../../assembly/properties.ts';
import { refusals } from '../refusals.ts';
import type { Context } from './context.ts';
import { finding, type PreflightFinding } from './result.ts';

export async function checkBudget({
  clients,
  environmentGraph,
  account,
  ...context
}: Context): Promise<readonly PreflightFinding[]> {
  const budgets = environmentGraph
    .all('AWS::Budgets::Budget')
    .filter((each) => textAt(each, ['Budget', 'BudgetType']) === 'COST');
  if (budgets.length === 0) return [finding('noBudget', 'warn', {})];
  const deployed = await context.deployed;
  return Promise.all(
    budgets.map(async (budget) => {
      const BudgetName = deployed.physical(budget);
      if (BudgetName === undefined) {
        const [amount, unit] = [
          textAt(budget, ['Budget', 'BudgetLimit', 'Amount']),
          textAt(budget, ['Budget', 'BudgetLimit', 'Unit']),
        ];
        return finding('budgetToCome', 'ok', { limit: `${amount} ${unit}` });
      }
      // Budgets has one address for all regions.
      const { Budget } = await clients
        .budgets('us-east-1')
        .send(new DescribeBudgetCommand({ AccountId: account, BudgetName }));
      const limit = amountOf(Budget?.BudgetLimit);
      const spent = amountOf(Budget?.CalculatedSpend?.ActualSpend);
      const forecast = amountOf(Budget?.CalculatedSpend?.ForecastedSpend);
      if (limit === undefined || spent === undefined)
        return finding('unread', 'unknown', { why: refusals.noBudgetFigures({ budget: BudgetName }) });
      if (spent >= limit) return finding('budgetSpent', 'fail', { limit, spent });
      if (forecast !== undefined && forecast > limit)
        return finding('budgetForecastOver', 'warn', { limit, spent, forecast });
      return finding('budgetRoom', 'ok', { limit, spent, forecast: forecast ?? null });
    }),
  );
}

const amountOf = (spend: { readonly Amount: string | undefined } | undefined): number | undefined =>
  spend?.Amount === undefined ? undefined : Number(spend.Amount);
