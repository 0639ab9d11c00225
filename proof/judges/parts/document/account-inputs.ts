// INP-1, AC-COST-4, AC-SEC-7: inputs that are about the account: what a month may cost, and whose trail records management events.
import {
  type Assembly,
  at,
  isSettled,
  isUnresolved,
  literal,
  type Resource,
  type Value,
} from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { mayBeTopic } from '../../../../assembly/questions/topics.ts';
import { listOf, ofType, targetOf } from '../../../../assembly/relations.ts';
import { all, any, not, type Truth } from '../../../../assembly/truth.ts';
import { monthlyBudget } from '../../../../design/budget.ts';
import { isProduction } from '../../../../design/environments.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/inputs.ts';
import { said as logWords } from '../../words/logs.ts';

export const accountInputs: readonly StatementJudge[] = [
  { id: 'AC-COST-4', path: 'inputs.budget', judge: judgeBudget },
  { id: 'AC-COST-4', path: 'inputs.budget.*', judge: judgeBudget },
  { id: 'INP-1', path: 'inputs.accounts', judge: judgeAccounts },
];

/** A monthly budget of the amount, of what carries the environment's tag, that is told to a topic when it is spent. */
function judgeBudget({ everywhere, design, environment }: StatementCase): Finding {
  const budgets = ofType(everywhere, 'AWS::Budgets::Budget');
  if (budgets.length === 0) return [missing(said.budget)];
  const amount = monthlyBudget(design, environment);
  const tag = `user:Environment$${environment}`;
  return budgets.flatMap((budget) => {
    const limit = ['Budget', 'BudgetLimit', 'Amount'];
    const filters = ['Budget', 'CostFilters', 'TagKeyValue'];
    const isOfTag = any(listOf(at(budget.properties, ...filters)).map((value) => isLiteral(value, tag)));
    return [
      on(budget)
        .property(...limit)
        .holds(
          holdsFor(at(budget.properties, ...limit), (number) => number === amount),
          { expected: amount },
        ),
      on(budget).property('Budget', 'TimeUnit').is('MONTHLY'),
      on(budget)
        .property(...filters)
        .holds(isOfTag, { expected: tag }),
      spentEvidence(everywhere, budget),
    ];
  });
}

/** Whether a number is as it should be; not known where the templates do not say it. */
function holdsFor(value: Value | undefined, isRight: (number: number) => boolean): Truth {
  return isSettled(value) ? isRight(Number(literal(value))) : undefined;
}

function spentEvidence(graph: Assembly, budget: Resource): Observation {
  const isTold = (subscriber: Value): Truth => {
    const address = at(subscriber, 'Address');
    return targetOf(graph, address)?.type === 'AWS::SNS::Topic' || (mayBeTopic(address) ? undefined : false);
  };
  const held = any(
    listOf(budget.properties.NotificationsWithSubscribers).map((notice) =>
      all([
        isLiteral(at(notice, 'Notification', 'NotificationType'), 'ACTUAL'),
        not(isLiteral(at(notice, 'Notification', 'ThresholdType'), 'ABSOLUTE_VALUE')),
        holdsFor(at(notice, 'Notification', 'Threshold'), (threshold) => threshold <= 100),
        any(listOf(at(notice, 'Subscribers')).map(isTold)),
      ]),
    ),
  );
  return on(budget).property('NotificationsWithSubscribers').holds(held, { expected: said.toldWhenSpent });
}

/** `one`: production's trail records management events for all, since a further copy costs; `each`: every environment's does. */
function judgeAccounts({ graph, design, environment }: StatementCase): Finding {
  const wanted = design.inputs.accounts === 'each' || isProduction(design, environment);
  const trails = ofType(graph, 'AWS::CloudTrail::Trail');
  const records = any(trails.map(recordsManagement));
  const trail = trails.find((one) => recordsManagement(one) === records) ?? trails[0];
  if (trail === undefined) return [missing(logWords.trail)];
  const { AdvancedEventSelectors, EventSelectors } = trail.properties;
  return [
    on(trail)
      .property('AdvancedEventSelectors')
      .holds(wanted ? records : not(records), {
        expected: wanted ? said.managementEvents : said.noManagementEvents,
        observed: AdvancedEventSelectors ?? EventSelectors,
      }),
  ];
}

/** All of them, reading and writing; a trail that does not say records them. */
function recordsManagement({ properties: { AdvancedEventSelectors, EventSelectors } }: Resource): Truth {
  if (AdvancedEventSelectors === undefined) {
    const selectors = listOf(EventSelectors);
    if (selectors.length === 0) return true;
    return any(
      selectors.map((selector) =>
        all([
          not(isLiteral(at(selector, 'IncludeManagementEvents'), false)),
          isLiteral(at(selector, 'ReadWriteType') ?? 'All', 'All'),
        ]),
      ),
    );
  }
  return any(
    listOf(AdvancedEventSelectors).map((selector) => {
      const fields = listOf(at(selector, 'FieldSelectors'));
      const [only] = fields;
      return all([
        fields.length === 1 || (fields.some(isUnresolved) ? undefined : false),
        isLiteral(at(only, 'Field'), 'eventCategory'),
        any(listOf(at(only, 'Equals')).map((value) => isLiteral(value, 'Management'))),
      ]);
    }),
  );
}
