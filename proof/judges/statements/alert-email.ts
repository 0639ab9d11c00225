// INP-1: who is told. Every topic that something alarming is reported to is mailed to the document's address, whole, and to no other.
import { at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { nothing, sameLiteral, seen } from '../evidence.ts';
import type { Evidence, Finding, JudgeCase, StatementJudge } from '../judge.ts';
import { listOf, ofType, pointing, targetOf } from '../relations.ts';

export const alertEmail: StatementJudge = { id: 'INP-1', path: 'inputs.alertEmail', judge: judgeAddress };

function judgeAddress(judgeCase: JudgeCase): Finding {
  const { everywhere: graph, design } = judgeCase;
  const address = design.inputs.alertEmail;
  const topics = alertTopicsOf(judgeCase);
  if (topics.length === 0) return [nothing('a topic that alarms report to')];
  const strangers = ofType(graph, 'AWS::SNS::Topic')
    .flatMap((topic) => subscriptionsOf(judgeCase, topic))
    .filter(({ value }) => isMail(value) && sameLiteral(at(value, 'Endpoint'), address) === false);
  return [
    ...topics.map((topic) => told(judgeCase, topic, address)),
    ...strangers.map(({ resource, path, value }) =>
      seen(graph, resource, [...path, 'Endpoint'], at(value, 'Endpoint'), address, false),
    ),
  ];
}

/** Topics that alarms report to, and those that AWS's own events (a task that stopped, a backup that failed) are handed on to. */
function alertTopicsOf({ everywhere: graph }: JudgeCase): readonly Resource[] {
  const actions = ofType(graph, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').flatMap(({ properties }) =>
    listOf(properties.AlarmActions),
  );
  const events = ofType(graph, 'AWS::Events::Rule')
    .filter(({ properties }) =>
      listOf(at(properties, 'EventPattern', 'source')).some((source) => textOf(source).startsWith('aws.')),
    )
    .flatMap(({ properties }) => listOf(properties.Targets).flatMap((target) => at(target, 'Arn') ?? []));
  const targets = [...actions, ...events].flatMap((value) => targetOf(graph, value) ?? []);
  return [...new Set(targets)].filter(({ type }) => type === 'AWS::SNS::Topic');
}

interface Subscription {
  readonly resource: Resource;
  readonly path: readonly (string | number)[];
  readonly value: Value;
}

/** A topic's subscriptions: those within it, and resources of their own. */
function subscriptionsOf({ everywhere: graph }: JudgeCase, topic: Resource): readonly Subscription[] {
  const within = listOf(topic.properties.Subscription).map((value, index) => ({
    resource: topic,
    path: ['Subscription', index],
    value,
  }));
  const alone = pointing(graph, 'AWS::SNS::Subscription', 'TopicArn', topic).map((resource) => ({
    resource,
    path: [],
    value: resource.properties,
  }));
  return [...within, ...alone];
}

const isMail = (subscription: Value) => /^email(-json)?$/.test(String(literal(at(subscription, 'Protocol'))));

/** An alarm's message has no attributes for a filter to find: a filtered subscription would hear nothing. */
function told(judgeCase: JudgeCase, topic: Resource, address: string): Evidence {
  const { everywhere: graph } = judgeCase;
  const mails = subscriptionsOf(judgeCase, topic).filter(({ value }) => isMail(value));
  const right = mails.find(({ value }) => sameLiteral(at(value, 'Endpoint'), address) !== false);
  if (right === undefined) {
    const found = mails.map(({ value }) => textOf(at(value, 'Endpoint')));
    return seen(graph, topic, ['Subscription'], found.length > 0 ? found : 'no e-mail subscription', address, false);
  }
  const { resource, path, value } = right;
  if (at(value, 'FilterPolicy') !== undefined) {
    return seen(graph, resource, [...path, 'FilterPolicy'], at(value, 'FilterPolicy'), 'no filter', false);
  }
  const endpoint = at(value, 'Endpoint');
  return seen(graph, resource, [...path, 'Endpoint'], endpoint, address, sameLiteral(endpoint, address));
}
