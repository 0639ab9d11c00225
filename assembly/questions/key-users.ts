// Which services of AWS use which key under their own names, found by relation: an alarm that tells a topic has CloudWatch use the key that
// the topic is encrypted with.
import { arnOf } from '../../aws/arns.ts';
import type { KeyUseName } from '../../aws/key-uses.ts';
import { type Assembly, at, literal, type Resource, type Value } from '../graph.ts';
import { accountOf, listOf, ofType, regionOf, targetOf } from '../relations.ts';
import { alarmsIn } from './alarms.ts';
import { subscriptionsIn } from './topics.ts';

/** A use of a key that its policy must allow. */
export interface KeyUser {
  readonly use: KeyUseName;
  readonly key: Resource;
  /** On whose behalf the service comes. */
  readonly source: Resource;
  /** The source's ARN as far as the templates tell it, for `aws:SourceArn`. */
  readonly arn: string;
}

/** Every use in a graph. */
export function keyUsers(graph: Assembly): readonly KeyUser[] {
  return [
    ...alarms(graph),
    ...rules(graph),
    ...subscriptions(graph),
    ...budgets(graph),
    ...notifyingBuckets(graph),
    ...ofType(graph, 'AWS::CloudTrail::Trail').flatMap((trail) => usersOfTrail(graph, trail)),
    ...deliveries(graph),
    ...distributions(graph),
    ...logGroups(graph),
  ];
}

/** What a trail has CloudTrail do with keys: its own, and that of a bucket that has a bucket key. */
export function usersOfTrail(graph: Assembly, trail: Resource): readonly KeyUser[] {
  const bucket = targetOf(graph, trail.properties.S3BucketName);
  const withBucketKey = encryptionOf(bucket).some((rule) => String(literal(at(rule, 'BucketKeyEnabled'))) === 'true');
  const own = keyAt(graph, trail.properties.KMSKeyId);
  return [
    ...use(graph, 'trailEncryptsFiles', own, trail),
    ...use(graph, 'trailLooksAtKey', own, trail),
    ...(withBucketKey ? use(graph, 'trailToBucketWithKey', keyOf(graph, bucket), trail) : []),
  ];
}

function alarms(graph: Assembly): readonly KeyUser[] {
  return alarmsIn(graph).flatMap((alarm) =>
    ['AlarmActions', 'OKActions', 'InsufficientDataActions']
      .flatMap((property) => listOf(alarm.properties[property]))
      .flatMap((action) => use(graph, 'alarmToTopic', keyOfTold(graph, action), alarm)),
  );
}

function rules(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::Events::Rule').flatMap((rule) =>
    listOf(rule.properties.Targets)
      .flatMap((target) => [at(target, 'Arn'), at(target, 'DeadLetterConfig', 'Arn')])
      .flatMap((told) => use(graph, 'ruleToTopicOrQueue', keyOfTold(graph, told), rule)),
  );
}

function subscriptions(graph: Assembly): readonly KeyUser[] {
  return subscriptionsIn(graph).flatMap(({ resource, subscription, topic = resource }) =>
    [at(subscription, 'Endpoint'), at(subscription, 'RedrivePolicy', 'deadLetterTargetArn')].flatMap((told) => {
      const queue = targetOf(graph, told);
      if (queue?.type !== 'AWS::SQS::Queue') return [];
      return use(graph, 'topicToQueue', keyOf(graph, queue), topic);
    }),
  );
}

function budgets(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::Budgets::Budget').flatMap((budget) =>
    listOf(budget.properties.NotificationsWithSubscribers)
      .flatMap((notification) => listOf(at(notification, 'Subscribers')))
      .flatMap((subscriber) => use(graph, 'budgetToTopic', keyOfTold(graph, at(subscriber, 'Address')), budget)),
  );
}

function notifyingBuckets(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::S3::Bucket').flatMap((bucket) => {
    const { NotificationConfiguration: written } = bucket.properties;
    const told = [
      ...listOf(at(written, 'TopicConfigurations')).map((one) => at(one, 'Topic')),
      ...listOf(at(written, 'QueueConfigurations')).map((one) => at(one, 'Queue')),
    ];
    return told.flatMap((one) => use(graph, 'bucketToTopicOrQueue', keyOfTold(graph, one), bucket));
  });
}

/** A delivery's source is of the region that its destination is set up in, wherever the bucket lies. */
function deliveries(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::Logs::DeliveryDestination').flatMap((destination) => {
    const bucket = destination.properties.DestinationResourceArn;
    return use(graph, 'logsToBucket', keyOfTold(graph, bucket), destination);
  });
}

function distributions(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::CloudFront::Distribution').flatMap((distribution) =>
    listOf(at(distribution.properties, 'DistributionConfig', 'Origins')).flatMap((origin) =>
      use(graph, 'distributionReadsBucket', keyOfTold(graph, at(origin, 'DomainName')), distribution),
    ),
  );
}

function logGroups(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::Logs::LogGroup').flatMap((group) =>
    use(graph, 'logGroupEncrypted', keyAt(graph, group.properties.KmsKeyId), group),
  );
}

function use(graph: Assembly, name: KeyUseName, key: Resource | undefined, source: Resource): readonly KeyUser[] {
  const [region, account] = [regionOf(graph, source), accountOf(graph, source)];
  const arn = arnOf(source.type, { region, account, name: source.logicalId });
  return key === undefined || arn === undefined ? [] : [{ use: name, key, source, arn }];
}

/** The key of what is told something, by a value that names it. */
const keyOfTold = (graph: Assembly, value: Value | undefined) => keyOf(graph, targetOf(graph, value));

function keyAt(graph: Assembly, value: Value | undefined): Resource | undefined {
  const key = targetOf(graph, value);
  return key?.type === 'AWS::KMS::Key' ? key : undefined;
}

const encryptionOf = (bucket: Resource | undefined): readonly Value[] =>
  listOf(at(bucket?.properties.BucketEncryption, 'ServerSideEncryptionConfiguration'));

/** The key that a bucket, topic or queue is encrypted with. */
function keyOf(graph: Assembly, thing: Resource | undefined): Resource | undefined {
  const [rule] = encryptionOf(thing);
  return keyAt(graph, thing?.properties.KmsMasterKeyId ?? at(rule, 'ServerSideEncryptionByDefault', 'KMSMasterKeyID'));
}
