// INP-1: who is told. Every topic that something alarming is reported to is mailed to the document's address, whole, and to no other.
import { type Assembly, at, type Resource, textOf } from '../../../../assembly/graph.ts';
import { isLiteral, type Placed } from '../../../../assembly/properties.ts';
import { alarmsIn } from '../../../../assembly/questions/alarms.ts';
import { isMail, isOf, mayBeTopic, type Subscription, subscriptionsIn } from '../../../../assembly/questions/topics.ts';
import { listOf, ofType, targetOf } from '../../../../assembly/relations.ts';
import { all, not } from '../../../../assembly/truth.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/monitoring.ts';

export const alertEmail: StatementJudge = { id: 'INP-1', path: 'inputs.alertEmail', judge: judgeAddress };

function judgeAddress({ everywhere: graph, design }: StatementCase): Finding {
  const address = design.inputs.alertEmail;
  const { topics, unknown } = alertTopicsOf(graph);
  const open = unknown.map(({ resource, path }) =>
    on(resource)
      .property(...path)
      .holds(undefined, { expected: said.knownTopics }),
  );
  if (topics.length === 0) return open.length > 0 ? open : [missing(said.topicOfAlarms)];
  return [...topics.map((topic) => toldOf(graph, topic, address)), ...open, ...strangers(graph, address)];
}

/** Whom the topics of the templates are mailed to besides. */
const strangers = (graph: Assembly, address: string): readonly Observation[] =>
  subscriptionsIn(graph).flatMap((one) => {
    const isStrange = all([
      isMail(one),
      not(isLiteral(endpointOf(one), address)),
      one.topic?.type === 'AWS::SNS::Topic',
    ]);
    return isStrange === false ? [] : [onEndpoint(one).holds(not(isStrange), { expected: address })];
  });

/** Topics that alarms report to, and those that AWS's own events (a task that stopped, a backup that failed) are handed on to. */
function alertTopicsOf(graph: Assembly) {
  const alarms = alarmsIn(graph).flatMap((resource) =>
    listOf(resource.properties.AlarmActions).map((value) => ({ resource, path: ['AlarmActions'], value })),
  );
  const events = ofType(graph, 'AWS::Events::Rule')
    .filter(({ properties }) =>
      listOf(at(properties, 'EventPattern', 'source')).some((source) => textOf(source).startsWith('aws.')),
    )
    .flatMap((resource) =>
      listOf(resource.properties.Targets).map((target, index) => ({
        resource,
        path: ['Targets', index, 'Arn'],
        value: at(target, 'Arn'),
      })),
    );
  const told = [...alarms, ...events].map((one) => ({ ...one, target: targetOf(graph, one.value) }));
  const topics = told.flatMap(({ target }) => (target?.type === 'AWS::SNS::Topic' ? [target] : []));
  const unknown: readonly Placed[] = told.filter(({ target, value }) => target === undefined && mayBeTopic(value));
  return { topics: [...new Set(topics)], unknown };
}

const endpointOf = ({ subscription }: Subscription) => at(subscription, 'Endpoint');

const onEndpoint = ({ resource, path }: Subscription) => on(resource).property(...path, 'Endpoint');

/** An alarm's message has no attributes for a filter to find: a filtered subscription would hear nothing. */
function toldOf(graph: Assembly, topic: Resource, address: string): Observation {
  const mails = subscriptionsIn(graph)
    .map((one) => ({ one, isMailed: all([isOf(one, topic), isMail(one)]) }))
    .filter(({ isMailed }) => isMailed !== false)
    .map(({ one, isMailed }) => ({ one, isMailed, isRight: all([isMailed, isLiteral(endpointOf(one), address)]) }));
  const right = mails.find(({ isRight }) => isRight) ?? mails.find(({ isRight }) => isRight === undefined);
  if (right === undefined) {
    const found = mails.map(({ one }) => textOf(endpointOf(one)));
    const observed = found.length > 0 ? found : said.noMail;
    return on(topic).property('Subscription').holds(false, { expected: address, observed });
  }
  const { one, isRight } = right;
  if (at(one.subscription, 'FilterPolicy') !== undefined) {
    return on(one.resource)
      .property(...one.path, 'FilterPolicy')
      .isAbsent(said.noFilter);
  }
  return onEndpoint(one).holds(isRight, { expected: address });
}
