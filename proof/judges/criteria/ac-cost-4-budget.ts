// AC-COST-4: a budget for a month's cost of the environment tells a topic when the amount is passed, and the topic may be told. The
// sentence's amount is production's, whose cost the document states; the others have budgets of their own (ADR-022).

import { type Assembly, at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { listOf, ofType, targetOf } from '../../../assembly/relations.ts';
import { monthlyBudget } from '../../../design/budget.ts';
import { isProduction } from '../../../design/environments.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { type CriterionCase, type CriterionJudge, unread } from './criterion.ts';
import { hearing } from './topics.ts';

export const budget: CriterionJudge = {
  id: 'AC-COST-4',
  about: ['topic', 'budget'],
  deviation: ({ design, environment }) => (isProduction(design, environment) ? undefined : 'ADR-022'),
  judge: judgeBudgets,
};

function judgeBudgets({ everywhere: graph, criterion, design, environment }: CriterionCase): Finding {
  const stated = criterion.figures.dollars;
  if (stated === undefined) return unread('an amount in dollars');
  const amount = isProduction(design, environment) ? stated : monthlyBudget(design, environment);
  const budgets = ofType(graph, 'AWS::Budgets::Budget').filter(
    ({ properties }) => literal(at(properties, 'Budget', 'BudgetType')) === 'COST',
  );
  if (budgets.length === 0) return [nothing(`a budget of $${amount} a month`)];
  // One that is right is enough: there may be others, of services or of the account.
  const judged = budgets.map((one) => budgetEvidence(graph, one, amount, environment));
  return judged.find((evidence) => evidence.every(({ verdict }) => verdict === 'pass')) ?? judged[0] ?? [];
}

function budgetEvidence(graph: Assembly, resource: Resource, amount: number, environment: string): readonly Evidence[] {
  const { Budget } = resource.properties;
  const limit = at(Budget, 'BudgetLimit', 'Amount');
  const unit = at(Budget, 'BudgetLimit', 'Unit');
  const span = at(Budget, 'TimeUnit');
  const known = literal(limit);
  const filters = filtersOf(Budget);
  return [
    seen(
      graph,
      resource,
      ['Budget', 'BudgetLimit'],
      `${textOf(limit)} ${textOf(unit)}`,
      `${amount} USD`,
      known === undefined ? undefined : Number(known) === amount && literal(unit) === 'USD',
    ),
    seen(graph, resource, ['Budget', 'TimeUnit'], span, 'MONTHLY', literal(span) === 'MONTHLY'),
    seen(
      graph,
      resource,
      ['Budget', filters.property],
      filters.texts.length === 0 ? 'the whole account' : filters.texts,
      `all that is tagged ${environment}, or the whole account`,
      filters.texts.every((text) => text === `user:Environment$${environment}`) && !filters.other,
    ),
    ...noticeEvidence(graph, resource, amount),
  ];
}

/** What a budget counts: by the tag of the environment, or all there is. */
function filtersOf(budget: Value | undefined) {
  const filters = at(budget, 'CostFilters');
  const expression = at(budget, 'FilterExpression');
  if (expression !== undefined) {
    const tag = at(expression, 'Tags');
    const texts = listOf(at(tag, 'Values')).map(
      (value) => `user:${textOf(at(tag, 'Key')).replace(/^user:/, '')}$${textOf(value)}`,
    );
    return { property: 'FilterExpression', texts, other: tag === undefined };
  }
  const keys = typeof filters === 'object' && filters !== null ? Object.keys(filters) : [];
  return {
    property: 'CostFilters',
    texts: listOf(at(filters, 'TagKeyValue')).map(textOf),
    other: keys.some((key) => key !== 'TagKeyValue'),
  };
}

/** A notice of what was really spent, at the amount itself or before, to a topic that somebody listens to. */
function noticeEvidence(graph: Assembly, resource: Resource, amount: number): readonly Evidence[] {
  const notices = listOf(resource.properties.NotificationsWithSubscribers).flatMap((notice, index) => {
    const said = at(notice, 'Notification');
    if (
      literal(at(said, 'NotificationType')) !== 'ACTUAL' ||
      !String(literal(at(said, 'ComparisonOperator'))).startsWith('GREATER')
    )
      return [];
    const threshold = Number(literal(at(said, 'Threshold')));
    const share = literal(at(said, 'ThresholdType')) === 'ABSOLUTE_VALUE' ? (threshold / amount) * 100 : threshold;
    return share > 0 && share <= 100 ? [{ notice, index, share }] : [];
  });
  const path = ['NotificationsWithSubscribers'];
  const topics = notices.flatMap(({ notice, index, share }) =>
    listOf(at(notice, 'Subscribers')).flatMap((subscriber) =>
      literal(at(subscriber, 'SubscriptionType')) === 'SNS'
        ? [{ index, share, address: at(subscriber, 'Address') }]
        : [],
    ),
  );
  const [first] = topics;
  if (first === undefined) {
    return [
      seen(
        graph,
        resource,
        path,
        'no such notice',
        'a notice to SNS of what was spent, at 100 % of the amount or before',
        false,
      ),
    ];
  }
  const place = [...path, first.index];
  const topic = targetOf(graph, first.address);
  const observed = `at ${first.share} % to ${topic?.path ?? textOf(first.address)}`;
  return [
    seen(graph, resource, place, observed, 'a topic of the templates', topic === undefined ? undefined : true),
    ...(topic === undefined ? [] : hearing(graph, topic, 'budgets.amazonaws.com')),
  ];
}
