// INP-1: the name that the platform answers to, and what vouches for it: certificates, and the zone that they are validated in.
import { at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { listOf, ofType, targetOf } from '../../../assembly/relations.ts';
import { equals, nothing, onStack, sameLiteral, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';
import { originEvidence, recordEvidence } from './edge.ts';

export const domainJudges: readonly StatementJudge[] = [
  { id: 'INP-1', path: 'inputs.domain', judge: judgeDomain },
  { id: 'INP-1', path: 'inputs.hostedZoneId', judge: judgeZone },
  { id: 'INP-1', path: 'inputs.certificates.origin', judge: judgeOriginCertificate },
  { id: 'INP-1', path: 'inputs.certificates.edge', judge: judgeEdgeCertificate },
  { id: 'INP-1', path: 'inputs.certificates', judge: judgeCertificates },
];

/** Where a certificate is shown, and which. */
interface Shown {
  readonly resource: Resource;
  readonly path: readonly (string | number)[];
  readonly value: Value | undefined;
}

/** What load balancers show to who comes by TLS. */
function origins({ graph }: StatementCase): readonly Shown[] {
  return ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener')
    .filter(({ properties }) => ['HTTPS', 'TLS'].includes(textOf(properties.Protocol)))
    .map((resource) => {
      const path = ['Certificates', 0, 'CertificateArn'];
      return { resource, path, value: at(resource.properties, ...path) };
    });
}

/** What CloudFront shows. */
function edges({ everywhere }: StatementCase): readonly Shown[] {
  const path = ['DistributionConfig', 'ViewerCertificate', 'AcmCertificateArn'];
  return ofType(everywhere, 'AWS::CloudFront::Distribution').map((resource) => ({
    resource,
    path,
    value: at(resource.properties, ...path),
  }));
}

/**
 * Whoever comes by TLS is shown a certificate for a name of the domain, and CloudFront answers to one. `none`: there is no certificate,
 * and nothing that shows one.
 */
function judgeDomain(judgeCase: StatementCase): Finding {
  const { everywhere: graph, design } = judgeCase;
  const { domain, certificates } = design.inputs;
  if (domain === 'none') return noCertificate(judgeCase);
  if (origins(judgeCase).length === 0) return [nothing(`a listener with a certificate for ${domain}`)];
  const given = [certificates?.origin, certificates?.edge].filter((arn) => arn !== undefined);
  // A certificate that the document names by its ARN lies in an account; which names it holds no template says.
  const open = [...origins(judgeCase), ...edges(judgeCase)].filter(
    ({ value }) => !given.some((arn) => sameLiteral(value, arn) === true),
  );
  const expected = `${domain}, or a name below it`;
  const evidence = open.flatMap((one): readonly Evidence[] => {
    const certificate = targetOf(graph, one.value);
    if (certificate === undefined) return [seen(graph, one.resource, one.path, one.value, `one for ${domain}`, false)];
    return namesOf(certificate).map(({ path, value }) =>
      seen(graph, certificate, path, value, expected, isBelow(value, domain)),
    );
  });
  const asked = [
    ...edges(judgeCase).flatMap(({ resource }) => aliasEvidence(judgeCase, resource, expected)),
    ...originEvidence(
      judgeCase,
      origins(judgeCase).map(({ value }) => value),
    ),
  ];
  if (evidence.length + asked.length > 0) return [...evidence, ...asked];
  return { notJudged: 'the certificates are given by their ARNs; which names they hold no template says' };
}

function aliasEvidence(
  { everywhere, design }: StatementCase,
  distribution: Resource,
  expected: string,
): readonly Evidence[] {
  const path = ['DistributionConfig', 'Aliases'];
  const aliases = listOf(at(distribution.properties, ...path));
  if (aliases.length === 0) return [seen(everywhere, distribution, path, 'no name of its own', expected, false)];
  return aliases.map((value, index) =>
    seen(everywhere, distribution, [...path, index], value, expected, isBelow(value, design.inputs.domain)),
  );
}

const namesOf = ({ properties }: Resource) => [
  { path: ['DomainName'], value: properties.DomainName },
  ...listOf(properties.SubjectAlternativeNames).map((value, index) => ({
    path: ['SubjectAlternativeNames', index],
    value,
  })),
];

function isBelow(value: Value | undefined, domain: string): boolean | undefined {
  const name = literal(value);
  if (name === undefined) return undefined;
  return String(name) === domain || String(name).endsWith(`.${domain}`);
}

function noCertificate(judgeCase: StatementCase): readonly Evidence[] {
  const { everywhere: graph } = judgeCase;
  const expected = 'no certificate: the document has no domain';
  const strange = [
    ...ofType(graph, 'AWS::CertificateManager::Certificate').map((one) =>
      seen(graph, one, ['DomainName'], one.properties.DomainName, expected, false),
    ),
    ...[...origins(judgeCase), ...edges(judgeCase)]
      .filter(({ value }) => value !== undefined)
      .map(({ resource, path, value }) => seen(graph, resource, path, value, expected, false)),
  ];
  const [stack] = graph.stacks;
  if (strange.length > 0 || stack === undefined) return stack === undefined ? [nothing(expected)] : strange;
  return [onStack(graph, stack.id, '/Resources', 'no certificate in any stack', expected, true)];
}

/** Certificates prove themselves, and names stand, in the document's zone. */
function judgeZone(judgeCase: StatementCase): Finding {
  const { everywhere: graph, design } = judgeCase;
  const { hostedZoneId = '' } = design.inputs;
  const options = ofType(graph, 'AWS::CertificateManager::Certificate').flatMap((certificate) =>
    listOf(certificate.properties.DomainValidationOptions).map((_, index) => ({
      resource: certificate,
      path: ['DomainValidationOptions', index, 'HostedZoneId'],
    })),
  );
  const records = ofType(graph, 'AWS::Route53::RecordSet').map((resource) => ({ resource, path: ['HostedZoneId'] }));
  const places = [...options, ...records];
  const bare = ofType(graph, 'AWS::CertificateManager::Certificate').filter(
    ({ properties }) => listOf(properties.DomainValidationOptions).length === 0,
  );
  if (places.length + bare.length === 0) return { notJudged: 'no stack has a certificate or a record' };
  return [
    ...places.map(({ resource, path }) => equals(graph, resource, path, hostedZoneId)),
    ...bare.map((one) => seen(graph, one, ['DomainValidationOptions'], 'no zone', hostedZoneId, false)),
    ...recordEvidence(judgeCase),
  ];
}

function judgeOriginCertificate(judgeCase: StatementCase): readonly Evidence[] {
  const arn = judgeCase.design.inputs.certificates?.origin ?? '';
  const found = origins(judgeCase);
  if (found.length === 0) return [nothing(`a listener that shows ${arn}`)];
  return found.map(({ resource, path }) => equals(judgeCase.graph, resource, path, arn));
}

function judgeEdgeCertificate(judgeCase: StatementCase): readonly Evidence[] {
  const arn = judgeCase.design.inputs.certificates?.edge ?? '';
  const found = edges(judgeCase);
  if (found.length === 0) return [nothing(`a distribution that shows ${arn}`)];
  return found.map(({ resource, path }) => equals(judgeCase.everywhere, resource, path, arn));
}

/** Both on one line. */
function judgeCertificates(judgeCase: StatementCase): readonly Evidence[] {
  const { origin, edge } = judgeCase.design.inputs.certificates ?? {};
  return [
    ...(origin === undefined ? [] : judgeOriginCertificate(judgeCase)),
    ...(edge === undefined ? [] : judgeEdgeCertificate(judgeCase)),
  ];
}
