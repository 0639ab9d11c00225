// The estimate as the page shows it: what it comes to in each environment, the document beside it, other ways to have the same.
import { perEnvironment } from '../../../design/environments.ts';
import type { Design } from '../../../design/schema.ts';
import type { CostProblem } from '../../cost/problem.ts';
import type { CostEntry } from '../../cost/report.ts';
import type { Scenario } from '../../cost/scenarios/scenarios.ts';
import type { EnvironmentCost, ReportCost } from '../report-data.ts';

export function reportCost(
  cost: readonly CostEntry[],
  problems: readonly CostProblem[],
  scenarios: readonly Scenario[],
  design: Design,
): ReportCost {
  return {
    environments: cost.map((entry) => environmentCost(entry, design)),
    document: cost.find(({ document }) => document !== undefined)?.document ?? null,
    scenarios,
    problems: problems.map(({ message }) => message),
  };
}

function environmentCost(entry: CostEntry, design: Design): EnvironmentCost {
  const { environment, monthly, yearly, groups, budget, prices, lines, usage } = entry;
  return {
    environment,
    monthly,
    yearly,
    groups,
    prices,
    budget,
    stated: perEnvironment(design.cost.environments, environment).monthly,
    lines: lines.map(
      ({ group, item, region, unit, quantity, unitPrice, monthly: amount, resource, confidence, purpose }) => ({
        group,
        item,
        region,
        unit,
        quantity,
        unitPrice,
        monthly: amount,
        resource,
        confidence,
        purpose,
      }),
    ),
    assumed: usage.filter(({ origin }) => origin === 'derived').map(({ key, value, unit }) => ({ key, value, unit })),
  };
}
