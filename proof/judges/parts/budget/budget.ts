// A budget for a month's cost of an environment tells a topic when the amount is passed, and the topic may be told. The document's input
// gives the amount, and so does its criterion (AC-COST-4); there may be other budgets, of services or of the account.

import {
  type Assembly,
  at,
  hasUnknownPart,
  isProperties,
  isSettled,
  isUnresolved,
  type Resource,
  textOf,
  type Value,
} from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { listOf, ofType, targetOf, textHolds } from '../../../../assembly/relations.ts';
import { all, unknownIf } from '../../../../assembly/truth.ts';
import { monthlyBudget } from '../../../../design/budget.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/cost-criteria.ts';
import { hearing } from '../topic/topics.ts';

const judgeInput = ({ everywhere, design, environment }: StatementCase): Finding =>
  judgeBudgets(everywhere, environment, monthlyBudget(design, environment));

export const budgetInput: readonly StatementJudge[] = ['inputs.budget', 'inputs.budget.*'].map((path) => ({
  id: 'AC-COST-4',
  path,
  judge: judgeInput,
}));

/** @param amount USD a month */
export function judgeBudgets(graph: Assembly, environment: string, amount: number): Finding {
  const budgets = ofType(graph, 'AWS::Budgets::Budget').filter(
    ({ properties }) => isLiteral(at(properties, 'Budget', 'BudgetType'), 'COST') !== false,
  );
  if (budgets.length === 0) return [missing(said.monthlyBudgetOf({ amount }))];
  // One that is right is enough: there may be others, of services or of the account.
  const judged = budgets.map((one) => budgetEvidence(graph, one, amount, environment));
  return (
    judged.find((evidence) => evidence.every(({ verdict }) => verdict === 'pass')) ??
    judged.find((evidence) => evidence.every(({ verdict }) => verdict !== 'fail')) ??
    judged[0] ??
    []
  );
}

function budgetEvidence(
  graph: Assembly,
  resource: Resource,
  amount: number,
  environment: string,
): readonly Observation[] {
  const { Budget } = resource.properties;
  const limit = at(Budget, 'BudgetLimit', 'Amount');
  const unit = at(Budget, 'BudgetLimit', 'Unit');
  const { property, filters, isOther } = filtersOf(Budget);
  return [
    ...(at(Budget, 'BudgetType') === 'COST' ? [] : [on(resource).property('Budget', 'BudgetType').is('COST')]),
    on(resource)
      .property('Budget', 'BudgetLimit')
      .holds(all([textHolds(limit, (text) => Number(text) === amount), isLiteral(unit, 'USD')]), {
        expected: said.amountAndUnit({ amount: String(amount), unit: 'USD' }),
        observed: limit === undefined ? null : said.amountAndUnit({ amount: textOf(limit), unit: textOf(unit) }),
      }),
    on(resource).property('Budget', 'TimeUnit').is('MONTHLY'),
    on(resource)
      .property('Budget', property)
      .holds(all([!isOther, ...filters.map((text) => isFilterOf(text, environment))]), {
        expected: said.taggedOrWhole({ environment }),
        observed: filters.length === 0 ? said.wholeAccount : said.filteredBy({ filters }),
      }),
    ...noticeEvidence(graph, resource, amount),
  ];
}

const isFilterOf = (text: string, environment: string) =>
  text === `user:Environment$${environment}` || unknownIf(hasUnknownPart(text));

/** What a budget counts: by the tag of the environment, or all there is. */
function filtersOf(budget: Value | undefined) {
  const written = at(budget, 'CostFilters');
  const expression = at(budget, 'FilterExpression');
  if (expression !== undefined) {
    const tag = at(expression, 'Tags');
    const filters = listOf(at(tag, 'Values')).map(
      (value) => `user:${textOf(at(tag, 'Key')).replace(/^user:/, '')}$${textOf(value)}`,
    );
    return { property: 'FilterExpression', filters, isOther: tag === undefined };
  }
  return {
    property: 'CostFilters',
    filters: listOf(at(written, 'TagKeyValue')).map(textOf),
    isOther: isProperties(written) && Object.keys(written).some((key) => key !== 'TagKeyValue'),
  };
}

/** A notice of what was really spent, at the amount itself or before, to a topic that somebody listens to. */
function noticeEvidence(graph: Assembly, resource: Resource, amount: number): readonly Observation[] {
  const written = resource.properties.NotificationsWithSubscribers;
  const told = listOf(written).flatMap((notice, index) => {
    const share = shareOf(at(notice, 'Notification'), amount);
    if (share === undefined) return [];
    return listOf(at(notice, 'Subscribers')).flatMap((subscriber) =>
      at(subscriber, 'SubscriptionType') === 'SNS' ? [{ index, share, address: at(subscriber, 'Address') }] : [],
    );
  });
  const [first] = told;
  if (first === undefined) {
    const isOpen = !listOf(written).every(isKnownNotice);
    return [
      on(resource)
        .property('NotificationsWithSubscribers')
        .holds(unknownIf(isOpen), {
          expected: said.noticeToSns,
          observed: isOpen ? said.noticePerhaps : said.noSuchNotice,
        }),
    ];
  }
  const topic = targetOf(graph, first.address);
  return [
    on(resource)
      .property('NotificationsWithSubscribers', first.index)
      .holds(topic === undefined ? undefined : true, {
        expected: said.topicOfTemplates,
        observed: said.noticeAt({ share: first.share, topic: topic?.path ?? textOf(first.address) }),
      }),
    ...(topic === undefined ? [] : hearing(graph, topic, 'budgets.amazonaws.com')),
  ];
}

/** Percent of the amount at which a notice of what was spent is given; `undefined` for one that comes later, or of something else. */
function shareOf(notice: Value | undefined, amount: number): number | undefined {
  const isOfSpent = at(notice, 'NotificationType') === 'ACTUAL';
  if (!isOfSpent || !textOf(at(notice, 'ComparisonOperator')).startsWith('GREATER')) return undefined;
  const threshold = Number(textOf(at(notice, 'Threshold')));
  const share = at(notice, 'ThresholdType') === 'ABSOLUTE_VALUE' ? (threshold / amount) * 100 : threshold;
  return share > 0 && share <= 100 ? share : undefined;
}

const isKnownNotice = (notice: Value): boolean =>
  isSettled(at(notice, 'Notification')) &&
  listOf(at(notice, 'Subscribers')).every((subscriber) => !isUnresolved(at(subscriber, 'SubscriptionType')));
