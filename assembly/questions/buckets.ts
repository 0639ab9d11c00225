// Which bucket is which. A foreign template has no names that we know, so buckets are told apart by who writes to them.

import { covers } from '../../aws/permissions.ts';
import { type Assembly, at, isList, isSettled, literal, type Resource, textOf, type Value } from '../graph.ts';
import { isLiteral, listAt, type PropertyPath } from '../properties.ts';
import { listOf, ofType, refersTo, targetOf, textHolds } from '../relations.ts';
import { all, any, not, type Truth } from '../truth.ts';
import { identityStatements, statementsOn } from './policies.ts';

const logServices = [
  'delivery.logs.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'logging.s3.amazonaws.com',
  'logdelivery.elasticloadbalancing.amazonaws.com',
];

/** A bucket with what is known of its use. */
interface Used {
  readonly bucket: Resource;
  /** AWS's own log services write to it. */
  readonly takesLogs: Truth;
  /** It holds application data. */
  readonly holdsData: Truth;
}

const known = new WeakMap<Assembly, readonly Used[]>();

function usesIn(graph: Assembly): readonly Used[] {
  const uses = known.get(graph) ?? makeUses(graph);
  known.set(graph, uses);
  return uses;
}

/**
 * Logs go to the destinations of deliveries and trails, and where a bucket policy lets the log services write. Application data is in every
 * other bucket that a role of the workload may write to, or, when no policy names any, in every other bucket.
 */
function makeUses(graph: Assembly): readonly Used[] {
  const found = ofType(graph, 'AWS::S3::Bucket').map((bucket) => {
    const takesLogs = isForLogs(graph, bucket);
    return { bucket, takesLogs, isWritten: all([not(takesLogs), isWritten(graph, bucket)]) };
  });
  return found.map(({ bucket, takesLogs, isWritten: written }) => {
    const isOtherWritten = any(found.filter((other) => other.bucket !== bucket).map((other) => other.isWritten));
    return { bucket, takesLogs, holdsData: all([not(takesLogs), any([written, not(isOtherWritten)])]) };
  });
}

function isForLogs(graph: Assembly, bucket: Resource): Truth {
  const destinations = [
    ...ofType(graph, 'AWS::Logs::DeliveryDestination').map(({ properties }) => properties.DestinationResourceArn),
    ...ofType(graph, 'AWS::CloudTrail::Trail').map(({ properties }) => properties.S3BucketName),
    ...ofType(graph, 'AWS::S3::Bucket').map(({ properties }) =>
      at(properties, 'LoggingConfiguration', 'DestinationBucketName'),
    ),
    ...ofType(graph, 'AWS::EC2::FlowLog').map(({ properties }) => properties.LogDestination),
  ];
  return any([
    ...destinations.map((value) => refersTo(value, bucket)),
    ...statementsOn(graph, bucket).map(({ statement }) =>
      all([isAllowed(statement), some(at(statement, 'Principal', 'Service'), (name) => logServices.includes(name))]),
    ),
  ]);
}

const isWritten = (graph: Assembly, bucket: Resource): Truth =>
  any(
    identityStatements(graph).map(({ statement }) =>
      all([
        refersTo(at(statement, 'Resource'), bucket),
        isAllowed(statement),
        some(at(statement, 'Action'), (action) => covers(action, 's3:PutObject')),
      ]),
    ),
  );

const isAllowed = (statement: Value): Truth => textHolds(at(statement, 'Effect'), (effect) => effect === 'Allow');
const some = (list: Value | undefined, holds: (text: string) => boolean): Truth =>
  any(listOf(list).map((one) => textHolds(one, holds)));

export const takesLogs = (graph: Assembly, bucket: Resource): Truth =>
  usesIn(graph).find((one) => one.bucket === bucket)?.takesLogs;

export const holdsData = (graph: Assembly, bucket: Resource): Truth =>
  usesIn(graph).find((one) => one.bucket === bucket)?.holdsData;

/** Buckets that take logs, or may. */
export const logBuckets = (graph: Assembly): readonly Resource[] =>
  usesIn(graph).flatMap(({ bucket, takesLogs: isSo }) => (isSo === false ? [] : [bucket]));

/** Buckets that hold application data, or may. */
export const dataBuckets = (graph: Assembly): readonly Resource[] =>
  usesIn(graph).flatMap(({ bucket, holdsData: isSo }) => (isSo === false ? [] : [bucket]));

/** A rule by which a bucket's objects are copied. */
export interface Replication {
  readonly path: PropertyPath;
  readonly rule: Value;
  /** Whether it is switched on; rules that are not are left out. */
  readonly isOn: Truth;
  /** The bucket that copies go to, with its place. */
  readonly to: Value | undefined;
  readonly toPath: PropertyPath;
}

/** The rules of a bucket's replication that are switched on, or may be. */
export function replicationsOf(bucket: Resource): readonly Replication[] {
  const rules = ['ReplicationConfiguration', 'Rules'];
  return listOf(at(bucket.properties, ...rules)).flatMap((rule, index) => {
    const isOn = isLiteral(at(rule, 'Status'), 'Enabled');
    const path = [...rules, index];
    const toPath = [...path, 'Destination', 'Bucket'];
    return isOn === false ? [] : [{ path, rule, isOn, to: at(bucket.properties, ...toPath), toPath }];
  });
}

/** Buckets of the templates that a bucket's objects are copied to. */
export const replicaBucketsOf = (graph: Assembly, bucket: Resource): readonly Resource[] =>
  replicationsOf(bucket).flatMap(({ to }) => targetOf(graph, to) ?? []);

/** Where a bucket has the rules of its lifecycle. */
export const lifecyclePath: PropertyPath = ['LifecycleConfiguration', 'Rules'];

export interface LifecycleRule {
  /** Where in the bucket's properties. */
  readonly path: PropertyPath;
  readonly rule: Value;
  /** Empty: the whole bucket. */
  readonly prefix: string;
}

/** Enabled rules of a bucket. */
export function lifecycleOf(bucket: Resource): readonly LifecycleRule[] {
  return listAt(bucket, lifecyclePath).flatMap((rule, index) =>
    at(rule, 'Status') === 'Enabled'
      ? [{ path: [...lifecyclePath, index], rule, prefix: textOf(at(rule, 'Prefix') ?? '') }]
      : [],
  );
}

/** Where a bucket has, or may have, rules of which the templates do not say whether they are on or of what they speak. */
export function openRules(bucket: Resource): readonly PropertyPath[] {
  const rules = at(bucket.properties, ...lifecyclePath);
  if (!isSettled(rules) && !isList(rules)) return [lifecyclePath];
  const deciding = ['Status', 'Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'];
  return listOf(rules).flatMap((rule, index) =>
    at(rule, 'Status') === 'Disabled' || deciding.every((name) => isSettled(at(rule, name)))
      ? []
      : [[...lifecyclePath, index]],
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

/** Transitions of a rule, each with its place: the list, and the older single one. */
export function transitionsOf({
  rule,
  path,
}: LifecycleRule): readonly { readonly path: PropertyPath; readonly value: Value }[] {
  const older = at(rule, 'Transition');
  return [
    ...listOf(at(rule, 'Transitions')).map((value, index) => ({ value, path: [...path, 'Transitions', index] })),
    ...(older === undefined ? [] : [{ value: older, path: [...path, 'Transition'] }]),
  ];
}
