// What the document's names demand of CloudFront: a way to it in Route 53, and a name for the load balancer that somebody vouches for
// (INP-1). Judged as part of the lines that give domain and zone; see domain.ts.
import { at, isSettled, literal, type Value } from '../../../../assembly/graph.ts';
import { originsOf } from '../../../../assembly/questions/distributions.ts';
import { isFor, leadsTo, recordsOf } from '../../../../assembly/questions/domain-names.ts';
import { listOf, ofType, targetOf } from '../../../../assembly/relations.ts';
import { all, any } from '../../../../assembly/truth.ts';
import type { Observation, StatementCase } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/domain.ts';

const distributionsOf = ({ everywhere }: StatementCase) => ofType(everywhere, 'AWS::CloudFront::Distribution');

/**
 * CloudFront asks the load balancer by a name that its certificate is for, or it refuses the answer. Nothing to see when a certificate
 * lies in an account, where no template tells its names.
 */
export function originEvidence(
  judgeCase: StatementCase,
  shown: readonly (Value | undefined)[],
): readonly Observation[] {
  const certificates = shown.map((value) => targetOf(judgeCase.everywhere, value));
  if (certificates.some((certificate) => certificate === undefined)) return [];
  const vouched = certificates.flatMap((certificate) => [
    ...listOf(certificate?.properties.DomainName),
    ...listOf(certificate?.properties.SubjectAlternativeNames),
  ]);
  return distributionsOf(judgeCase).flatMap((distribution) => {
    const origins = originsOf(distribution).map((origin) => ({
      ...origin,
      isVouched: any(vouched.map((one) => isFor(one, origin.name))),
    }));
    const shownOrigin = origins.find(({ isVouched }) => isVouched) ?? origins[0];
    if (shownOrigin === undefined) return [];
    const holds = any(origins.map(({ isVouched }) => isVouched));
    return [
      on(distribution)
        .property(...shownOrigin.path)
        .holds(holds, { expected: vouched }),
    ];
  });
}

/** Each name of a distribution leads to it, and the name that it asks leads to a load balancer. */
export function recordEvidence(judgeCase: StatementCase): readonly Observation[] {
  const loadBalancers = ofType(judgeCase.everywhere, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  return distributionsOf(judgeCase).flatMap((distribution) => {
    const path = ['DistributionConfig', 'Aliases'];
    const aliases = listOf(at(distribution.properties, ...path)).map((name, index) => ({
      path: [...path, index],
      name,
      targets: [distribution],
    }));
    // An origin without a name of its own is asked by the one that AWS gives it.
    const origins = originsOf(distribution)
      .filter(({ name }) => literal(name) !== undefined || !isSettled(name))
      .map((origin) => ({ ...origin, targets: loadBalancers }));
    return [...aliases, ...origins].map(({ path: place, name, targets }) => {
      const records = recordsOf(judgeCase.everywhere, name);
      const leads = any(
        records.map(({ record, isOfName }) => all([isOfName, any(targets.map((target) => leadsTo(record, target)))])),
      );
      const text = literal(name);
      const observed =
        leads === true || text === undefined
          ? {}
          : {
              observed:
                records.length === 0
                  ? said.noRecordOf({ name: String(text) })
                  : records.map(({ record }) => at(record, 'AliasTarget') ?? null),
            };
      const expected = said.recordTo({ targets: targets.map((target) => target.path) });
      return on(distribution)
        .property(...place)
        .holds(text === undefined ? undefined : leads, { expected, ...observed });
    });
  });
}
