// What the document's names demand of CloudFront: a way to it in Route 53, and a name for the load balancer that somebody vouches for
// (INP-1). Judged as part of the lines that give domain and zone; see domain.ts.
import { at, isSettled, literal, type Resource, type Value } from '../../../assembly/graph.ts';
import type { PropertyPath } from '../../../assembly/properties.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence, StatementCase } from '../judge.ts';

interface Origin {
  readonly distribution: Resource;
  readonly path: PropertyPath;
  readonly name: Value | undefined;
}

const distributionsOf = ({ everywhere }: StatementCase) => ofType(everywhere, 'AWS::CloudFront::Distribution');

/** Places that CloudFront asks and that are no bucket. */
function originsOf(distribution: Resource): readonly Origin[] {
  const path = ['DistributionConfig', 'Origins'];
  return listOf(at(distribution.properties, ...path)).flatMap((origin, index) =>
    at(origin, 'CustomOriginConfig') === undefined
      ? []
      : [{ distribution, path: [...path, index, 'DomainName'], name: at(origin, 'DomainName') }],
  );
}

/**
 * CloudFront asks the load balancer by a name that its certificate is for, or it refuses the answer. Nothing to see when a certificate
 * lies in an account, where no template tells its names.
 */
export function originEvidence(judgeCase: StatementCase, shown: readonly (Value | undefined)[]): readonly Evidence[] {
  const { everywhere: graph } = judgeCase;
  const certificates = shown.map((value) => targetOf(graph, value));
  if (certificates.some((certificate) => certificate === undefined)) return [];
  const vouched = certificates.flatMap((certificate) => [
    literal(certificate?.properties.DomainName),
    ...listOf(certificate?.properties.SubjectAlternativeNames).map(literal),
  ]);
  return distributionsOf(judgeCase).flatMap((distribution) => {
    const origins = originsOf(distribution);
    const right = origins.find(({ name }) => vouched.some((one) => isFor(one, literal(name))));
    const [first] = right === undefined ? origins : [right];
    if (first === undefined) return [];
    const holds = right !== undefined ? true : isSettled(first.name) ? false : undefined;
    return [seen(graph, distribution, first.path, first.name, vouched, holds)];
  });
}

/** `*.example.com` is for each name one step below `example.com`. */
function isFor(certified: Value | undefined, name: Value | undefined): boolean {
  if (typeof certified !== 'string' || typeof name !== 'string') return false;
  return certified === name || (certified.startsWith('*.') && name.replace(/^[^.]+/, '*') === certified);
}

/** Each name of a distribution leads to it, and the name that it asks leads to a load balancer. */
export function recordEvidence(judgeCase: StatementCase): readonly Evidence[] {
  const { everywhere: graph } = judgeCase;
  const loadBalancers = ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  return distributionsOf(judgeCase).flatMap((distribution) => {
    const path = ['DistributionConfig', 'Aliases'];
    const aliases = listOf(at(distribution.properties, ...path)).map((name, index) => ({
      path: [...path, index],
      name,
      targets: [distribution],
    }));
    const origins = originsOf(distribution)
      .filter(({ name }) => literal(name) !== undefined)
      .map((origin) => ({ ...origin, targets: loadBalancers }));
    return [...aliases, ...origins].map(({ path: place, name, targets }) => {
      const records = recordsOf(judgeCase, name);
      const led = records.some((record) => targets.some((target) => leadsTo(record, target)));
      const observed =
        records.length === 0 ? `no record of ${name}` : records.map((record) => at(record, 'AliasTarget'));
      const expected = `a record that leads to ${targets.map((target) => target.path).join(' or ')}`;
      return seen(graph, distribution, place, led ? name : observed, expected, led);
    });
  });
}

/** Records of a name, by themselves and in groups. */
function recordsOf({ everywhere }: StatementCase, name: Value | undefined): readonly Value[] {
  const records = [
    ...ofType(everywhere, 'AWS::Route53::RecordSet').map(({ properties }): Value => properties),
    ...ofType(everywhere, 'AWS::Route53::RecordSetGroup').flatMap(({ properties }) => listOf(properties.RecordSets)),
  ];
  return records.filter((record) => String(literal(at(record, 'Name'))).replace(/\.$/, '') === literal(name));
}

const leadsTo = (record: Value, target: Resource) =>
  pointsAt(at(record, 'AliasTarget', 'DNSName'), target) || pointsAt(at(record, 'ResourceRecords'), target);
