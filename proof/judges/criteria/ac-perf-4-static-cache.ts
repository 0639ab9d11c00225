// AC-PERF-4: static files, which are those in a bucket, reach people by way of a CloudFront behaviour that keeps them.
import { type Assembly, at, literal, type Resource, type Value } from '../../../assembly/graph.ts';
import type { PropertyPath } from '../../../assembly/properties.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { isTrue } from './resources.ts';

export const staticCache: CriterionJudge = {
  id: 'AC-PERF-4',
  about: ['edge'],
  judge: judgeCaching,
};

function judgeCaching({ everywhere: graph }: CriterionCase): Finding {
  const distributions = ofType(graph, 'AWS::CloudFront::Distribution');
  const evidence = distributions.flatMap((distribution) => distributionEvidence(graph, distribution));
  return evidence.length === 0 ? [nothing('a CloudFront distribution with static files behind it')] : evidence;
}

function distributionEvidence(graph: Assembly, distribution: Resource): readonly Evidence[] {
  const config = distribution.properties.DistributionConfig;
  const buckets = listOf(at(config, 'Origins')).filter((origin) => isBucket(graph, origin));
  const ids = buckets.map((origin) => literal(at(origin, 'Id')));
  const behaviours = [
    { path: ['DistributionConfig', 'DefaultCacheBehavior'], behaviour: at(config, 'DefaultCacheBehavior') },
    ...listOf(at(config, 'CacheBehaviors')).map((behaviour, index) => ({
      path: ['DistributionConfig', 'CacheBehaviors', index],
      behaviour,
    })),
  ].filter(({ behaviour }) => ids.includes(literal(at(behaviour, 'TargetOriginId'))));
  if (behaviours.length === 0) {
    return [
      seen(
        graph,
        distribution,
        ['DistributionConfig'],
        'no behaviour leads to a bucket',
        'static files, kept by CloudFront',
        false,
      ),
    ];
  }
  const enabled = at(config, 'Enabled');
  return [
    seen(graph, distribution, ['DistributionConfig', 'Enabled'], enabled, true, isTrue(enabled)),
    ...behaviours.map(({ path, behaviour }) => behaviourEvidence(graph, distribution, path, behaviour)),
  ];
}

function isBucket(graph: Assembly, origin: Value): boolean {
  if (at(origin, 'S3OriginConfig') !== undefined) return true;
  return ofType(graph, 'AWS::S3::Bucket').some((bucket) => pointsAt(at(origin, 'DomainName'), bucket));
}

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
): Evidence {
  const expected = 'a cache policy that keeps files';
  const id = at(behaviour, 'CachePolicyId');
  if (id === undefined) {
    const kept = keeps(at(behaviour, 'ForwardedValues') === undefined ? undefined : behaviour, 86_400, 31_536_000);
    return seen(graph, distribution, path, kept.observed, expected, kept.holds);
  }
  const own = targetOf(graph, id);
  if (own !== undefined) {
    const kept = keeps(at(own.properties, 'CachePolicyConfig'), 86_400, 31_536_000);
    return seen(graph, own, ['CachePolicyConfig'], kept.observed, expected, kept.holds);
  }
  const known = managed[String(literal(id))];
  return seen(graph, distribution, [...path, 'CachePolicyId'], known?.name ?? id, expected, known?.keeps);
}

/** Seconds that files are kept: as they say themselves, within bounds, or for the default time. */
function keeps(
  config: Value | undefined,
  usual: number,
  longest: number,
): { readonly observed: string; readonly holds: boolean | undefined } {
  if (config === undefined) return { observed: 'no cache policy', holds: false };
  const [usually, most] = [at(config, 'DefaultTTL') ?? usual, at(config, 'MaxTTL') ?? longest].map((value) =>
    Number(literal(value)),
  );
  const observed = `kept for ${usually} s, at most ${most} s`;
  if (usually === undefined || most === undefined || Number.isNaN(usually) || Number.isNaN(most))
    return { observed, holds: undefined };
  return { observed, holds: usually > 0 && most > 0 };
}
