// Whether what a service tells a topic reaches somebody.
import { type Assembly, at, type Resource, textOf } from '../../../assembly/graph.ts';
import { allows, keyStatements, letsService, statementsOn } from '../../../assembly/questions/policies.ts';
import { isMail, subscriptionsOf } from '../../../assembly/questions/topics.ts';
import { targetOf } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence } from '../judge.ts';

/**
 * Evidence that a service may publish to a topic: its policy lets it, and so does the policy of the key that it is encrypted with. A
 * topic without a policy has AWS's own, which lets the account's alarms in and no other service.
 */
export function hearing(graph: Assembly, topic: Resource, service: string): readonly Evidence[] {
  const statements = statementsOn(graph, topic);
  const opened = statements.some(allows);
  const granted = letsService(statements, service, 'sns:Publish');
  const usual = !opened && service === 'cloudwatch.amazonaws.com';
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
  const statements = keyStatements(key);
  const [decrypt, generate] = ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) =>
    letsService(statements, service, action),
  );
  const place = generate ?? decrypt;
  const holds = decrypt !== undefined && generate !== undefined;
  return [seen(graph, key, place?.path ?? ['KeyPolicy'], holds ? 'it may' : 'it may not', expected, holds)];
}

/** Whether mail goes out for what a topic is told; a filter may hold some of it back. */
export function mailEvidence(graph: Assembly, topic: Resource): Evidence {
  const mails = subscriptionsOf(graph, topic).filter(isMail);
  const [first] = mails;
  const expected = 'a subscription by mail';
  if (first === undefined) return seen(graph, topic, [], 'nobody is sent mail', expected, false);
  const free = mails.some(({ subscription }) => at(subscription, 'FilterPolicy') === undefined);
  const certain = mails.some(({ resource }) => resource.condition === undefined);
  const observed = `mail to ${mails.map(({ subscription }) => textOf(at(subscription, 'Endpoint'))).join(', ')}`;
  return seen(
    graph,
    first.resource,
    [...first.path, 'Protocol'],
    observed,
    expected,
    free && certain ? true : undefined,
  );
}
