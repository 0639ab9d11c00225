// Where the distributions of CloudFront lead: their behaviours and origins.
import { type Assembly, at, type Resource, type Value } from '../graph.ts';
import { isEqual, type PropertyPath } from '../properties.ts';
import { listOf, ofType, refersTo } from '../relations.ts';
import { all, any, type Truth } from '../truth.ts';

/** The behaviours of a distribution with where they stand, the default one first. */
export const behavioursOf = ({
  properties,
}: Resource): readonly { readonly path: PropertyPath; readonly behaviour: Value | undefined }[] => [
  {
    path: ['DistributionConfig', 'DefaultCacheBehavior'],
    behaviour: at(properties, 'DistributionConfig', 'DefaultCacheBehavior'),
  },
  ...listOf(at(properties, 'DistributionConfig', 'CacheBehaviors')).map((behaviour, index) => ({
    path: ['DistributionConfig', 'CacheBehaviors', index],
    behaviour,
  })),
];

export interface Origin {
  readonly distribution: Resource;
  readonly path: PropertyPath;
  readonly name: Value | undefined;
}

/** Places that CloudFront asks and that are no bucket. */
export function originsOf(distribution: Resource): readonly Origin[] {
  const path = ['DistributionConfig', 'Origins'];
  return listOf(at(distribution.properties, ...path)).flatMap((origin, index) =>
    at(origin, 'CustomOriginConfig') === undefined
      ? []
      : [{ distribution, path: [...path, index, 'DomainName'], name: at(origin, 'DomainName') }],
  );
}

/** Whether a behaviour leads to an origin that is a bucket, by itself or by a group of origins. */
export function leadsToBucket(graph: Assembly, config: Value | undefined, behaviour: Value | undefined): Truth {
  const target = at(behaviour, 'TargetOriginId');
  const members = listOf(at(config, 'OriginGroups', 'Items')).flatMap((group) =>
    isEqual(at(group, 'Id'), target) === false
      ? []
      : listOf(at(group, 'Members', 'Items')).map((member) => at(member, 'OriginId')),
  );
  return any(
    listOf(at(config, 'Origins')).map((origin) =>
      all([any([target, ...members].map((id) => isEqual(at(origin, 'Id'), id))), isBucket(graph, origin)]),
    ),
  );
}

const isBucket = (graph: Assembly, origin: Value): Truth =>
  any([
    at(origin, 'S3OriginConfig') !== undefined,
    ...ofType(graph, 'AWS::S3::Bucket').map((bucket) => refersTo(at(origin, 'DomainName'), bucket)),
  ]);
