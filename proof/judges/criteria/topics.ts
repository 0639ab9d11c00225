// Whether what a service tells a topic reaches somebody.
import { type Assembly, at, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { seen } from '../evidence.ts';
import type { Evidence } from '../judge.ts';
import { listOf, ofType, pointsAt, targetOf } from '../relations.ts';
import { letsService, statementsAt, statementsOn } from './policies.ts';

/** A topic's subscriptions: resources of their own, and those within it. */
function subscriptionsOf(graph: Assembly, topic: Resource) {
  const alone = ofType(graph, 'AWS::SNS::Subscription')
    .filter(({ properties }) => pointsAt(properties.TopicArn, topic))
    .map((resource) => ({ resource, path: ['Protocol'], subscription: resource.properties }));
  const within = listOf(topic.properties.Subscription).map((subscription, index) => ({
    resource: topic,
    path: ['Subscription', index],
    subscription,
  }));
  return [...alone, ...within];
}

/**
 * Evidence that a service may publish to a topic: its policy lets it, and so does the policy of the key that it is encrypted with. A
 * topic without a policy has AWS's own, which lets the account's alarms in and no other service.
 */
export function hearing(graph: Assembly, topic: Resource, service: string): readonly Evidence[] {
  const statements = statementsOn(graph, topic, 'AWS::SNS::Topic');
  const allows = statements.some(({ statement }) => at(statement, 'Effect') === 'Allow');
  const granted = letsService(statements, service, 'sns:Publish');
  const usual = !allows && service === 'cloudwatch.amazonaws.com';
  const replaced = statements.length > 0;
  const expected = `${service} may publish`;
  const evidence = granted
    ? seen(graph, granted.resource, granted.path, 'it may', expected, true)
    : seen(
        graph,
        topic,
        [],
        replaced ? 'its policy does not let it' : usual ? "AWS's own policy of a topic" : 'no policy',
        expected,
        usual && !replaced,
      );
  return [evidence, ...keyEvidence(graph, topic, service)];
}

/** A key of AWS's own (`alias/aws/sns`) lets nobody use it but SNS for those of the account: alarms cannot. */
function keyEvidence(graph: Assembly, topic: Resource, service: string): readonly Evidence[] {
  const named = topic.properties.KmsMasterKeyId;
  if (named === undefined) return [];
  const key = targetOf(graph, named);
  const expected = `a key that ${service} may use`;
  if (key === undefined) {
    const holds = textOf(named).endsWith('alias/aws/sns') ? false : undefined;
    return [seen(graph, topic, ['KmsMasterKeyId'], named, expected, holds)];
  }
  const statements = statementsAt(key, ['KeyPolicy']);
  const [decrypt, generate] = ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) =>
    letsService(statements, service, action),
  );
  const place = generate ?? decrypt;
  const holds = decrypt !== undefined && generate !== undefined;
  return [seen(graph, key, place?.path ?? ['KeyPolicy'], holds ? 'it may' : 'it may not', expected, holds)];
}

/** Whether mail goes out for what a topic is told; a filter may hold some of it back. */
export function mailEvidence(graph: Assembly, topic: Resource): Evidence {
  const mails = subscriptionsOf(graph, topic).filter(({ subscription }) =>
    /^email(-json)?$/.test(String(literal(at(subscription, 'Protocol')))),
  );
  const [first] = mails;
  const expected = 'a subscription by mail';
  if (first === undefined) return seen(graph, topic, [], 'nobody is sent mail', expected, false);
  const free = mails.some(({ subscription }) => at(subscription, 'FilterPolicy') === undefined);
  const certain = mails.some(({ resource }) => resource.condition === undefined);
  const observed = `mail to ${mails.map(({ subscription }) => textOf(at(subscription, 'Endpoint'))).join(', ')}`;
  return seen(graph, first.resource, first.path, observed, expected, free && certain ? true : undefined);
}
