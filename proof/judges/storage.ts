// Which bucket is which. A foreign template has no names that we know, so buckets are told apart by who writes to them.
import { type Assembly, at, isList, literal, type Resource, textOf, type Value } from '../../assembly/graph.ts';
import { listOf, ofType, pointsAt } from './relations.ts';

const logServices = [
  'delivery.logs.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'logging.s3.amazonaws.com',
  'logdelivery.elasticloadbalancing.amazonaws.com',
];

/** Buckets that AWS's own log services write to: by their bucket policy, or as the destination of a delivery or a trail. */
export function logBuckets(graph: Assembly): readonly Resource[] {
  const destinations = [
    ...ofType(graph, 'AWS::Logs::DeliveryDestination').map(({ properties }) => properties.DestinationResourceArn),
    ...ofType(graph, 'AWS::CloudTrail::Trail').map(({ properties }) => properties.S3BucketName),
    ...ofType(graph, 'AWS::S3::Bucket').map(({ properties }) =>
      at(properties, 'LoggingConfiguration', 'DestinationBucketName'),
    ),
    ...ofType(graph, 'AWS::EC2::FlowLog').map(({ properties }) => properties.LogDestination),
  ];
  const policies = ofType(graph, 'AWS::S3::BucketPolicy').filter(({ properties }) =>
    listOf(at(properties, 'PolicyDocument', 'Statement')).some(
      (statement) =>
        at(statement, 'Effect') === 'Allow' &&
        listOf(at(statement, 'Principal', 'Service')).some((service) => logServices.includes(textOf(service))),
    ),
  );
  return ofType(graph, 'AWS::S3::Bucket').filter(
    (bucket) =>
      destinations.some((value) => pointsAt(value, bucket)) ||
      policies.some(({ properties }) => pointsAt(properties.Bucket, bucket)),
  );
}

/** Application data: every other bucket that a role of the workload may write to, or, when no policy names any, every other bucket. */
export function dataBuckets(graph: Assembly): readonly Resource[] {
  const logs = logBuckets(graph);
  const others = ofType(graph, 'AWS::S3::Bucket').filter((bucket) => !logs.includes(bucket));
  const policies = ofType(
    graph,
    'AWS::IAM::Policy',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::RolePolicy',
    'AWS::IAM::Role',
  );
  const written = others.filter((bucket) =>
    policies.some(({ properties }) => statementsOf(properties).some((statement) => writes(statement, bucket))),
  );
  return written.length > 0 ? written : others;
}

function statementsOf(properties: Resource['properties']): readonly Value[] {
  const documents = [
    properties.PolicyDocument,
    ...listOf(properties.Policies).map((policy) => at(policy, 'PolicyDocument')),
  ];
  return documents.flatMap((document) => listOf(at(document, 'Statement')));
}

const writes = (statement: Value, bucket: Resource) =>
  at(statement, 'Effect') === 'Allow' &&
  listOf(at(statement, 'Action')).some((action) => /^s3:(PutObject|\*)/.test(textOf(action))) &&
  pointsAt(at(statement, 'Resource'), bucket);

export interface LifecycleRule {
  readonly index: number;
  readonly rule: Value;
  /** Empty: the whole bucket. */
  readonly prefix: string;
}

/** Enabled rules of a bucket. */
export function lifecycleOf(bucket: Resource): readonly LifecycleRule[] {
  const rules = at(bucket.properties, 'LifecycleConfiguration', 'Rules');
  return (isList(rules) ? rules : []).flatMap((rule, index) =>
    at(rule, 'Status') === 'Enabled' ? [{ index, rule, prefix: textOf(at(rule, 'Prefix') ?? '') }] : [],
  );
}

/** Rules that speak of objects below a prefix: those of the prefix itself, of a part of its path, and of the whole bucket. */
export function rulesFor(bucket: Resource, prefix: string): readonly LifecycleRule[] {
  return lifecycleOf(bucket).filter((rule) => prefix.startsWith(rule.prefix) || rule.prefix.startsWith(prefix));
}

/** Whether a rule speaks of every object below its prefix. Small ones may be left out: S3 itself moves none under 128 KB. */
export function isWhole({ rule }: LifecycleRule): boolean {
  const least = Number(literal(at(rule, 'ObjectSizeGreaterThan')) ?? 0);
  return (
    listOf(at(rule, 'TagFilters')).length === 0 && at(rule, 'ObjectSizeLessThan') === undefined && least <= smallest
  );
}

/** 128 KB, below which a colder class costs more than it saves. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const smallest = 131_072;

/** Whether a rule ends the life of current objects. */
export function expires({ rule }: LifecycleRule): boolean {
  return at(rule, 'ExpirationInDays') !== undefined || at(rule, 'ExpirationDate') !== undefined;
}

/** Transitions of a rule: the list, and the older single one. */
export function transitionsOf({ rule }: LifecycleRule): readonly Value[] {
  return [...listOf(at(rule, 'Transitions')), ...listOf(at(rule, 'Transition'))];
}
