// Whether what a service tells a topic reaches somebody.
import { type Assembly, at, type Resource, textOf } from '../../../../assembly/graph.ts';
import { keyStatements, letsService, statementsOn } from '../../../../assembly/questions/policies.ts';
import { isMail, isOf, type Subscription, subscriptionsIn } from '../../../../assembly/questions/topics.ts';
import { targetOf, textHolds } from '../../../../assembly/relations.ts';
import { all, any, type Truth } from '../../../../assembly/truth.ts';
import type { Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/operation.ts';

/**
 * Evidence that a service may publish to a topic: its policy lets it, and so does the policy of the key that it is encrypted with. A
 * topic without a policy has AWS's own, which lets the account's alarms in and no other service.
 */
export function hearing(graph: Assembly, topic: Resource, service: string): readonly Observation[] {
  const statements = statementsOn(graph, topic);
  const { truth, placed } = letsService(statements, service, 'sns:Publish');
  const isUsual = statements.length === 0 && service === 'cloudwatch.amazonaws.com';
  const expected = shared.mayPublish({ service });
  const refusal = statements.length > 0 ? shared.topicPolicyRefuses : shared.noTopicPolicy;
  const evidence =
    placed === undefined
      ? on(topic).holds(isUsual, { expected, observed: isUsual ? shared.usualTopicPolicy : refusal })
      : on(placed.resource)
          .property(...placed.path)
          .holds(truth, { expected, observed: truth ? shared.itMay : shared.perhapsNot });
  return [evidence, ...keyEvidence(graph, topic, service)];
}

/** A key of AWS's own (`alias/aws/sns`) lets nobody use it but SNS for those of the account: alarms cannot. */
function keyEvidence(graph: Assembly, topic: Resource, service: string): readonly Observation[] {
  const named = topic.properties.KmsMasterKeyId;
  if (named === undefined) return [];
  const key = targetOf(graph, named);
  const expected = shared.keyForService({ service });
  if (key === undefined) {
    const isOfAws = textOf(named).endsWith('alias/aws/sns');
    return [
      on(topic)
        .property('KmsMasterKeyId')
        .holds(isOfAws ? false : undefined, { expected }),
    ];
  }
  const grants = ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) =>
    letsService(keyStatements(key), service, action),
  );
  const truth = all(grants.map((grant) => grant.truth));
  const place = grants.findLast(({ placed }) => placed !== undefined)?.placed;
  const observed = truth === undefined ? shared.perhapsNot : truth ? shared.itMay : shared.itMayNot;
  return [
    on(key)
      .property(...(place?.path ?? ['KeyPolicy']))
      .holds(truth, { expected, observed }),
  ];
}

/** Whether mail goes out for what a topic is told; a filter may hold some of it back. */
export function mailEvidence(graph: Assembly, topic: Resource): Observation {
  const mails = subscriptionsIn(graph).flatMap((one) => {
    const truth = all([isOf(one, topic), isWholeMail(one)]);
    return truth === false ? [] : [{ ...one, truth }];
  });
  const truth = any(mails.map((one) => one.truth));
  const expected = said.mailSubscription;
  const first = mails.find((one) => one.truth) ?? mails[0];
  if (first === undefined) return on(topic).holds(false, { expected, observed: said.nobodyMailed });
  const addresses = mails.map(({ subscription }) => textOf(at(subscription, 'Endpoint')));
  const observed = truth === undefined ? said.mailPerhaps : said.mailTo({ addresses });
  return on(first.resource)
    .property(...first.path, 'Protocol')
    .holds(truth, { expected, observed });
}

/** Whether somebody gets mail of everything. */
const isWholeMail = (one: Subscription): Truth =>
  all([
    isMail(one),
    textHolds(at(one.subscription, 'Endpoint'), (address) => /.@./.test(address)),
    at(one.subscription, 'FilterPolicy') === undefined && one.resource.condition === undefined ? true : undefined,
  ]);
