// AC-PERF-4: static files, which are those in a bucket, reach people by way of a CloudFront behaviour that keeps them.
import {
  type Assembly,
  at,
  isSettled,
  literal,
  type Resource,
  textOf,
  type Value,
} from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import { listOf, ofType, refersTo, targetOf } from '../../../../assembly/relations.ts';
import { all, any, type Truth } from '../../../../assembly/truth.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { CriterionCase, CriterionJudge } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/performance.ts';

export const staticCache: CriterionJudge = {
  id: 'AC-PERF-4',
  about: ['edge'],
  judge: judgeCaching,
};

function judgeCaching({ everywhere: graph }: CriterionCase): Finding {
  const distributions = ofType(graph, 'AWS::CloudFront::Distribution');
  if (distributions.length === 0) return [missing(said.distributionOfFiles)];
  return distributions.flatMap((distribution) => distributionEvidence(graph, distribution));
}

function distributionEvidence(graph: Assembly, distribution: Resource): readonly Observation[] {
  const config = distribution.properties.DistributionConfig;
  const behaviours = [
    { path: ['DistributionConfig', 'DefaultCacheBehavior'], behaviour: at(config, 'DefaultCacheBehavior') },
    ...listOf(at(config, 'CacheBehaviors')).map((behaviour, index) => ({
      path: ['DistributionConfig', 'CacheBehaviors', index],
      behaviour,
    })),
  ].map((one) => ({ ...one, leads: leadsToBucket(graph, config, one.behaviour) }));
  const leading = behaviours.filter(({ leads }) => leads);
  if (leading.length === 0) {
    const leads = any(behaviours.map((one) => one.leads));
    const observed = leads === undefined ? said.wayToBucketPerhaps : said.noWayToBucket;
    return [on(distribution).property('DistributionConfig').holds(leads, { expected: said.filesKept, observed })];
  }
  return [
    on(distribution).property('DistributionConfig', 'Enabled').is(true),
    ...leading.map(({ path, behaviour }) => behaviourEvidence(graph, distribution, path, behaviour)),
  ];
}

/** Whether a behaviour leads to an origin that is a bucket, by itself or by a group of origins. */
function leadsToBucket(graph: Assembly, config: Value | undefined, behaviour: Value | undefined): Truth {
  const target = at(behaviour, 'TargetOriginId');
  const members = listOf(at(config, 'OriginGroups', 'Items')).flatMap((group) =>
    isSame(at(group, 'Id'), target) === false
      ? []
      : listOf(at(group, 'Members', 'Items')).map((member) => at(member, 'OriginId')),
  );
  return any(
    listOf(at(config, 'Origins')).map((origin) =>
      all([any([target, ...members].map((id) => isSame(at(origin, 'Id'), id))), isBucket(graph, origin)]),
    ),
  );
}

function isSame(one: Value | undefined, other: Value | undefined): Truth {
  if (one === undefined || other === undefined) return false;
  return isSettled(one) && isSettled(other) ? textOf(one) === textOf(other) : undefined;
}

const isBucket = (graph: Assembly, origin: Value): Truth =>
  any([
    at(origin, 'S3OriginConfig') !== undefined,
    ...ofType(graph, 'AWS::S3::Bucket').map((bucket) => refersTo(at(origin, 'DomainName'), bucket)),
  ]);

/** AWS's own cache policies. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const managed: Readonly<Record<string, { readonly name: string; readonly keeps: boolean }>> = {
  '658327ea-f89d-4fab-a63d-7e88639e58f6': { name: 'CachingOptimized', keeps: true },
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': { name: 'CachingOptimizedForUncompressedObjects', keeps: true },
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': { name: 'CachingDisabled', keeps: false },
};

function behaviourEvidence(
  graph: Assembly,
  distribution: Resource,
  path: PropertyPath,
  behaviour: Value | undefined,
): Observation {
  const expected = said.keepingPolicy;
  const id = at(behaviour, 'CachePolicyId');
  if (id === undefined) {
    const { observed, holds } = keeps(at(behaviour, 'ForwardedValues') === undefined ? undefined : behaviour);
    return on(distribution)
      .property(...path)
      .holds(holds, { expected, observed });
  }
  const own = targetOf(graph, id);
  if (own !== undefined) {
    const { observed, holds } = keeps(at(own.properties, 'CachePolicyConfig'));
    return on(own).property('CachePolicyConfig').holds(holds, { expected, observed });
  }
  const known = managed[String(literal(id))];
  return on(distribution)
    .property(...path, 'CachePolicyId')
    .holds(known?.keeps, { expected, observed: known?.name ?? id });
}

/** Seconds that files are kept where nothing is said: by default, and at most. */
const usual = { DefaultTTL: 86_400, MaxTTL: 31_536_000 };

/** Files are kept as they say themselves, within bounds, or for the default time. */
function keeps(config: Value | undefined): { readonly observed: Said; readonly holds: Truth } {
  if (config === undefined) return { observed: said.noCachePolicy, holds: false };
  const usually = at(config, 'DefaultTTL') ?? usual.DefaultTTL;
  const most = at(config, 'MaxTTL') ?? usual.MaxTTL;
  const isPositive = (value: Value): Truth => {
    const seconds = Number(literal(value));
    return Number.isNaN(seconds) ? undefined : seconds > 0;
  };
  return {
    observed: said.keptFor({ usually: textOf(usually), most: textOf(most) }),
    holds: all([isPositive(usually), isPositive(most)]),
  };
}
