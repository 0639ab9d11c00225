// AC-PERF-4: static files, which are those in a bucket, reach people by way of a CloudFront behaviour that keeps them.
import { type Assembly, at, literal, type Resource, textOf, type Value } from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import { behavioursOf, leadsToBucket } from '../../../../assembly/questions/distributions.ts';
import { ofType, targetOf } from '../../../../assembly/relations.ts';
import { all, any, type Truth } from '../../../../assembly/truth.ts';
import { managedCachePolicies, usualCaching } from '../../../../aws/cache-policies.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { CriterionCase, CriterionJudge } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/performance.ts';

export const staticCache: CriterionJudge = {
  id: 'AC-PERF-4',
  of: [],
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
  const behaviours = behavioursOf(distribution).map((one) => ({
    ...one,
    leads: leadsToBucket(graph, config, one.behaviour),
  }));
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
  const known = managedCachePolicies[String(literal(id))];
  return on(distribution)
    .property(...path, 'CachePolicyId')
    .holds(known?.keeps, { expected, observed: known?.name ?? id });
}

/** Files are kept as they say themselves, within bounds, or for the default time. */
function keeps(config: Value | undefined): { readonly observed: Said; readonly holds: Truth } {
  if (config === undefined) return { observed: said.noCachePolicy, holds: false };
  const usually = at(config, 'DefaultTTL') ?? usualCaching.DefaultTTL;
  const most = at(config, 'MaxTTL') ?? usualCaching.MaxTTL;
  const isPositive = (value: Value): Truth => {
    const seconds = Number(literal(value));
    return Number.isNaN(seconds) ? undefined : seconds > 0;
  };
  return {
    observed: said.keptFor({ usually: textOf(usually), most: textOf(most) }),
    holds: all([isPositive(usually), isPositive(most)]),
  };
}
