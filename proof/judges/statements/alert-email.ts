// INP-1: who is told. Every topic that something alarming is reported to is mailed to the document's address, whole, and to no other.
import { type Assembly, at, type Resource, textOf } from '../../../assembly/graph.ts';
import { alarmsIn, topicsOf } from '../../../assembly/questions/alarms.ts';
import { isMail, type Subscription, subscriptionsOf } from '../../../assembly/questions/topics.ts';
import { listOf, ofType, targetOf } from '../../../assembly/relations.ts';
import { nothing, sameLiteral, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';

export const alertEmail: StatementJudge = { id: 'INP-1', path: 'inputs.alertEmail', judge: judgeAddress };

function judgeAddress({ everywhere: graph, design }: StatementCase): Finding {
  const address = design.inputs.alertEmail;
  const topics = alertTopicsOf(graph);
  if (topics.length === 0) return [nothing('a topic that alarms report to')];
  const strangers = ofType(graph, 'AWS::SNS::Topic')
    .flatMap((topic) => subscriptionsOf(graph, topic))
    .filter((one) => isMail(one) && sameLiteral(endpointOf(one), address) === false);
  return [
    ...topics.map((topic) => toldOf(graph, topic, address)),
    ...strangers.map((one) => seen(graph, one.resource, [...one.path, 'Endpoint'], endpointOf(one), address, false)),
  ];
}

/** Topics that alarms report to, and those that AWS's own events (a task that stopped, a backup that failed) are handed on to. */
function alertTopicsOf(graph: Assembly): readonly Resource[] {
  const told = alarmsIn(graph).flatMap((alarm) => topicsOf(graph, alarm));
  const events = ofType(graph, 'AWS::Events::Rule')
    .filter(({ properties }) =>
      listOf(at(properties, 'EventPattern', 'source')).some((source) => textOf(source).startsWith('aws.')),
    )
    .flatMap(({ properties }) => listOf(properties.Targets).flatMap((target) => at(target, 'Arn') ?? []));
  const handedOn = events.flatMap((value) => targetOf(graph, value) ?? []);
  return [...new Set([...told, ...handedOn])].filter(({ type }) => type === 'AWS::SNS::Topic');
}

const endpointOf = ({ subscription }: Subscription) => at(subscription, 'Endpoint');

/** An alarm's message has no attributes for a filter to find: a filtered subscription would hear nothing. */
function toldOf(graph: Assembly, topic: Resource, address: string): Evidence {
  const mails = subscriptionsOf(graph, topic).filter(isMail);
  const right = mails.find((one) => sameLiteral(endpointOf(one), address) !== false);
  if (right === undefined) {
    const found = mails.map((one) => textOf(endpointOf(one)));
    return seen(graph, topic, ['Subscription'], found.length > 0 ? found : 'no e-mail subscription', address, false);
  }
  const { resource, path, subscription } = right;
  const filter = at(subscription, 'FilterPolicy');
  if (filter !== undefined) return seen(graph, resource, [...path, 'FilterPolicy'], filter, 'no filter', false);
  const endpoint = endpointOf(right);
  return seen(graph, resource, [...path, 'Endpoint'], endpoint, address, sameLiteral(endpoint, address));
}
