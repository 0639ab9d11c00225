// INP-1, AC-COST-4, AC-SEC-7: inputs that are about the account: what a month may cost, and whose trail records management events.

import { at, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { listOf, ofType, targetOf } from '../../../assembly/relations.ts';
import { monthlyBudget } from '../../../design/budget.ts';
import { isProduction } from '../../../design/environments.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';

export const accountInputs: readonly StatementJudge[] = [
  { id: 'AC-COST-4', path: 'inputs.budget', judge: judgeBudget },
  { id: 'AC-COST-4', path: 'inputs.budget.*', judge: judgeBudget },
  { id: 'INP-1', path: 'inputs.accounts', judge: judgeAccounts },
];

/** A monthly budget of the amount, of what carries the environment's tag, that is told to a topic when it is spent. */
function judgeBudget({ everywhere, design, environment }: StatementCase): Finding {
  const budgets = ofType(everywhere, 'AWS::Budgets::Budget');
  if (budgets.length === 0) return [nothing('a budget')];
  const amount = monthlyBudget(design, environment);
  return budgets.flatMap(({ properties, ...rest }) => {
    const budget: Resource = { ...rest, properties };
    const found = at(properties, 'Budget', 'BudgetLimit', 'Amount');
    const unit = at(properties, 'Budget', 'TimeUnit');
    const filters = at(properties, 'Budget', 'CostFilters', 'TagKeyValue');
    const tag = `user:Environment$${environment}`;
    return [
      seen(everywhere, budget, ['Budget', 'BudgetLimit', 'Amount'], found, amount, Number(literal(found)) === amount),
      seen(everywhere, budget, ['Budget', 'TimeUnit'], unit, 'MONTHLY', unit === 'MONTHLY'),
      seen(
        everywhere,
        budget,
        ['Budget', 'CostFilters', 'TagKeyValue'],
        filters,
        tag,
        listOf(filters).some((value) => textOf(value) === tag),
      ),
      spentEvidence(everywhere, budget),
    ];
  });
}

function spentEvidence(graph: StatementCase['graph'], budget: Resource): Evidence {
  const notices = listOf(budget.properties.NotificationsWithSubscribers);
  const held = notices.some((notice) => {
    const threshold = Number(literal(at(notice, 'Notification', 'Threshold')));
    return (
      at(notice, 'Notification', 'NotificationType') === 'ACTUAL' &&
      at(notice, 'Notification', 'ThresholdType') !== 'ABSOLUTE_VALUE' &&
      threshold <= 100 &&
      listOf(at(notice, 'Subscribers')).some(
        (subscriber) => targetOf(graph, at(subscriber, 'Address'))?.type === 'AWS::SNS::Topic',
      )
    );
  });
  const expected = 'a topic is told when the month has cost as much';
  return seen(graph, budget, ['NotificationsWithSubscribers'], notices, expected, held);
}

/** `one`: production's trail records management events for all, since a further copy costs; `each`: every environment's does. */
function judgeAccounts({ graph, design, environment }: StatementCase): Finding {
  const wanted = design.inputs.accounts === 'each' || isProduction(design, environment);
  const trails = ofType(graph, 'AWS::CloudTrail::Trail');
  if (trails.length === 0) return [nothing('a trail')];
  const recording = trails.filter(recordsManagement);
  const [trail] = recording.length > 0 ? recording : trails;
  if (trail === undefined) return [nothing('a trail')];
  const selectors = trail.properties.AdvancedEventSelectors ?? trail.properties.EventSelectors;
  const expected = wanted ? 'management events' : 'no management events';
  return [seen(graph, trail, ['AdvancedEventSelectors'], selectors, expected, recording.length > 0 === wanted)];
}

/** All of them, reading and writing; a trail that does not say records them. */
function recordsManagement({ properties: { AdvancedEventSelectors, EventSelectors } }: Resource): boolean {
  if (AdvancedEventSelectors === undefined) {
    const selectors = listOf(EventSelectors);
    return (
      selectors.length === 0 ||
      selectors.some(
        (selector) =>
          at(selector, 'IncludeManagementEvents') !== false && (at(selector, 'ReadWriteType') ?? 'All') === 'All',
      )
    );
  }
  return listOf(AdvancedEventSelectors).some((selector) => {
    const fields = listOf(at(selector, 'FieldSelectors'));
    const [only] = fields;
    return (
      fields.length === 1 &&
      at(only, 'Field') === 'eventCategory' &&
      listOf(at(only, 'Equals')).some((value) => value === 'Management')
    );
  });
}
