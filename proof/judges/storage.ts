// Which bucket is which. A foreign template has no names that we know, so buckets are told apart by who writes to them.
import {
  type Assembly,
  at,
  isList,
  isSettled,
  literal,
  type Resource,
  textOf,
  type Value,
} from '../../assembly/graph.ts';
import type { PropertyPath } from '../../assembly/properties.ts';
import {
  allows,
  coversActions,
  identityStatements,
  servicesIn,
  statementsOn,
} from '../../assembly/questions/policies.ts';
import { listOf, ofType, pointsAt } from '../../assembly/relations.ts';

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
  return ofType(graph, 'AWS::S3::Bucket').filter(
    (bucket) =>
      destinations.some((value) => pointsAt(value, bucket)) ||
      statementsOn(graph, bucket).some(
        (placed) => allows(placed) && servicesIn(placed.statement).some((service) => logServices.includes(service)),
      ),
  );
}

/** Application data: every other bucket that a role of the workload may write to, or, when no policy names any, every other bucket. */
export function dataBuckets(graph: Assembly): readonly Resource[] {
  const logs = logBuckets(graph);
  const others = ofType(graph, 'AWS::S3::Bucket').filter((bucket) => !logs.includes(bucket));
  const writing = identityStatements(graph).filter(
    (placed) => allows(placed) && coversActions(placed.statement, ['s3:PutObject']),
  );
  const written = others.filter((bucket) =>
    writing.some(({ statement }) => pointsAt(at(statement, 'Resource'), bucket)),
  );
  return written.length > 0 ? written : others;
}

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

/** Where a bucket has, or may have, rules of which the templates do not say whether they are on or of what they speak. */
export function openRules(bucket: Resource): readonly PropertyPath[] {
  const path = ['LifecycleConfiguration', 'Rules'];
  const rules = at(bucket.properties, ...path);
  if (!isSettled(rules) && !isList(rules)) return [path];
  const deciding = ['Status', 'Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'];
  return listOf(rules).flatMap((rule, index) =>
    at(rule, 'Status') === 'Disabled' || deciding.every((name) => isSettled(at(rule, name))) ? [] : [[...path, index]],
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
