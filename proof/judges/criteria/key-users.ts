// Which services of AWS use which key under their own names, found by relation: an alarm that tells a topic has CloudWatch use the key that
// the topic is encrypted with.
import { type Assembly, at, literal, type Resource, type Value } from '../../../assembly/graph.ts';
import type { KeyUseName } from '../../../design/catalogue/key-uses.ts';
import { listOf, ofType, targetOf } from '../relations.ts';

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
  const arn = arnOf(graph, trail, 'cloudtrail', 'trail/');
  const bucket = targetOf(graph, trail.properties.S3BucketName);
  const withBucketKey = encryptionOf(bucket).some((rule) => String(literal(at(rule, 'BucketKeyEnabled'))) === 'true');
  return [
    ...use('a trail encrypts files', keyAt(graph, trail.properties.KMSKeyId), trail, arn),
    ...use('a trail looks at its key', keyAt(graph, trail.properties.KMSKeyId), trail, arn),
    ...(withBucketKey ? use('a trail writes to a bucket with a bucket key', keyOf(graph, bucket), trail, arn) : []),
  ];
}

function alarms(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').flatMap((alarm) =>
    ['AlarmActions', 'OKActions', 'InsufficientDataActions']
      .flatMap((property) => listOf(alarm.properties[property]))
      .flatMap((action) =>
        use(
          'an alarm tells a topic',
          keyOf(graph, targetOf(graph, action)),
          alarm,
          arnOf(graph, alarm, 'cloudwatch', 'alarm:'),
        ),
      ),
  );
}

function rules(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::Events::Rule').flatMap((rule) =>
    listOf(rule.properties.Targets)
      .flatMap((target) => [at(target, 'Arn'), at(target, 'DeadLetterConfig', 'Arn')])
      .flatMap((told) =>
        use(
          'a rule tells a topic or queue',
          keyOf(graph, targetOf(graph, told)),
          rule,
          arnOf(graph, rule, 'events', 'rule/'),
        ),
      ),
  );
}

function subscriptions(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::SNS::Subscription').flatMap((subscription) => {
    const topic = targetOf(graph, subscription.properties.TopicArn) ?? subscription;
    const { Endpoint, RedrivePolicy } = subscription.properties;
    return [Endpoint, at(RedrivePolicy, 'deadLetterTargetArn')].flatMap((told) => {
      const queue = targetOf(graph, told);
      if (queue?.type !== 'AWS::SQS::Queue') return [];
      return use('a topic tells a queue', keyOf(graph, queue), topic, arnOf(graph, topic, 'sns', ''));
    });
  });
}

function budgets(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::Budgets::Budget').flatMap((budget) =>
    listOf(budget.properties.NotificationsWithSubscribers)
      .flatMap((notification) => listOf(at(notification, 'Subscribers')))
      .flatMap((subscriber) => {
        const topic = targetOf(graph, at(subscriber, 'Address'));
        return use(
          'a budget tells a topic',
          keyOf(graph, topic),
          budget,
          `arn:aws:budgets::${account}:budget/${budget.logicalId}`,
        );
      }),
  );
}

function notifyingBuckets(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::S3::Bucket').flatMap((bucket) => {
    const { NotificationConfiguration: written } = bucket.properties;
    const told = [
      ...listOf(at(written, 'TopicConfigurations')).map((one) => at(one, 'Topic')),
      ...listOf(at(written, 'QueueConfigurations')).map((one) => at(one, 'Queue')),
    ];
    return told.flatMap((one) =>
      use(
        'a bucket tells a topic or queue',
        keyOf(graph, targetOf(graph, one)),
        bucket,
        `arn:aws:s3:::${bucket.logicalId}`,
      ),
    );
  });
}

/** A delivery's source is of the region that its destination is set up in, wherever the bucket lies. */
function deliveries(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::Logs::DeliveryDestination').flatMap((destination) =>
    use(
      'logs are delivered to a bucket',
      keyOf(graph, targetOf(graph, destination.properties.DestinationResourceArn)),
      destination,
      arnOf(graph, destination, 'logs', 'delivery-source:'),
    ),
  );
}

function distributions(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::CloudFront::Distribution').flatMap((distribution) =>
    listOf(at(distribution.properties, 'DistributionConfig', 'Origins')).flatMap((origin) =>
      use(
        'a distribution reads a bucket',
        keyOf(graph, targetOf(graph, at(origin, 'DomainName'))),
        distribution,
        `arn:aws:cloudfront::${account}:distribution/${distribution.logicalId}`,
      ),
    ),
  );
}

function logGroups(graph: Assembly): readonly KeyUser[] {
  return ofType(graph, 'AWS::Logs::LogGroup').flatMap((group) =>
    use(
      'a log group is encrypted',
      keyAt(graph, group.properties.KmsKeyId),
      group,
      arnOf(graph, group, 'logs', 'log-group:'),
    ),
  );
}

/** The account's number as `textOf` has it: the templates do not know it. */
const account = `\${?}`;

function arnOf(graph: Assembly, { stack, logicalId }: Resource, service: string, kind: string): string {
  return `arn:aws:${service}:${regionOf(graph, stack)}:${account}:${kind}${logicalId}`;
}

/** Region of a stack. */
export const regionOf = (graph: Assembly, stack: string): string =>
  graph.stacks.find(({ id }) => id === stack)?.region ?? 'unknown-region';

function use(name: KeyUseName, key: Resource | undefined, source: Resource, arn: string): readonly KeyUser[] {
  return key === undefined ? [] : [{ use: name, key, source, arn }];
}

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
