// S3: what a bucket is for follows from who writes to it, and its charges from that.
import { at, type Resource } from '../../../assembly/graph.ts';
import { isLiteral } from '../../../assembly/properties.ts';
import {
  lifecycleOf,
  replicaBucketsOf,
  replicationsOf,
  takesLogs,
  transitionsOf,
} from '../../../assembly/questions/buckets.ts';
import { ofType, pointsAt } from '../../../assembly/relations.ts';
import { type Charge, type Pricer, partOf, type Site, settledNumber, settledText } from './site.ts';

type Purpose = 'data' | 'logs' | 'static' | 'replica';

function purposeOf(bucket: Resource, site: Site): Purpose {
  if (takesLogs(site.graph, bucket)) return 'logs';
  const served = ofType(site.graph, 'AWS::CloudFront::Distribution').some(({ properties }) =>
    pointsAt(properties.DistributionConfig, bucket),
  );
  if (served) return 'static';
  return site.regionOf(bucket) === site.home ? 'data' : 'replica';
}

/** Whether what is copied here comes from a bucket of logs. */
const copiesLogs = (bucket: Resource, site: Site): boolean =>
  ofType(site.graph, bucket.type).some(
    (other) => purposeOf(other, site) === 'logs' && replicaBucketsOf(site.graph, other).includes(bucket),
  );

export const bucket: Pricer = {
  type: 'AWS::S3::Bucket',
  price(resource, site) {
    const purpose = purposeOf(resource, site);
    return chargesOf(resource, purpose, site).map((charge) => ({ ...charge, purpose }));
  },
};

function chargesOf(resource: Resource, purpose: Purpose, site: Site): readonly Charge[] {
  const { usage } = site;
  const isAlike = (other: Resource) => purposeOf(other, site) === purpose;
  switch (purpose) {
    case 'logs':
      return [
        { item: 's3.standard.gb-month', quantity: partOf(site, resource, 'logBucketGb', isAlike) },
        ...replicationOf(resource, site, usage.read('replicatedLogGb')),
      ];
    case 'static':
      return [{ item: 's3.standard.gb-month', quantity: usage.read('staticGb') }];
    case 'replica':
      // Copies of logs are kept as long as the logs themselves.
      return copiesLogs(resource, site)
        ? [
            { item: 's3.standard.gb-month', quantity: usage.read('logBucketGb') },
            { item: 's3.put', quantity: usage.read('replicatedLogFiles') },
          ]
        : [
            { item: 's3.standard.gb-month', quantity: usage.read('replicatedGb') },
            { item: 's3.put', quantity: usage.read('objectPuts') },
          ];
    case 'data':
      return [
        { item: 's3.standard.gb-month', quantity: partOf(site, resource, 'objectGb', isAlike) },
        { item: 's3.put', quantity: partOf(site, resource, 'objectPuts', isAlike) },
        { item: 's3.get', quantity: partOf(site, resource, 'objectGets', isAlike) },
        ...agingOf(resource, site, isAlike),
        ...replicationOf(resource, site, usage.read('replicatedGb')),
      ];
  }
}

const coldClasses: Readonly<Record<string, string>> = {
  STANDARD_IA: 's3.standard-ia',
  GLACIER: 's3.glacier',
  DEEP_ARCHIVE: 's3.deep-archive',
};
/** Days after which a stock that is never deleted is counted: a year of it beyond the last transition. */
const horizon = 365;
const monthDays = 365 / 12;
/** Large objects are of a megabyte. */
const objectsPerGb = 1000;

/** The stock in colder classes once the lifecycle has run for a year, and each month's moves into them. */
function agingOf(resource: Resource, site: Site, isAlike: (other: Resource) => boolean): readonly Charge[] {
  const moves = lifecycleOf(resource)
    .flatMap(transitionsOf)
    .map(({ path }) => ({
      kind: settledText(resource, [...path, 'StorageClass']),
      after: settledNumber(resource, [...path, 'TransitionInDays']),
    }))
    .sort((one, other) => one.after - other.after);
  const monthly = moves.length === 0 ? 0 : partOf(site, resource, 'largeObjectGb', isAlike);
  return moves.flatMap(({ kind, after }, index) => {
    const until = moves[index + 1]?.after ?? after + horizon;
    const item = coldClasses[kind] ?? `s3.${kind.toLowerCase()}`;
    return [
      { item: `${item}.gb-month`, quantity: (monthly * (until - after)) / monthDays },
      { item: `${item}.transition`, quantity: monthly * objectsPerGb },
    ];
  });
}

/** Replication travels between regions, with a surcharge where its time is promised. */
function replicationOf(resource: Resource, site: Site, quantity: number): readonly Charge[] {
  if (site.regionOf(resource) !== site.home) return [];
  const found = replicationsOf(resource);
  if (found.length === 0) return [];
  const isTimed = found.some(
    ({ rule }) => isLiteral(at(rule, 'Destination', 'ReplicationTime', 'Status'), 'Enabled') !== false,
  );
  return [
    { item: 'transfer.between-regions.gb', quantity },
    ...(isTimed ? [{ item: 's3.replication-time.gb', quantity }] : []),
  ];
}
