// INP-1: the name that the platform answers to, and what vouches for it: certificates, and the zone that they are validated in.
import { at, isSettled, type Resource, type Value } from '../../../../assembly/graph.ts';
import { isLiteral, type PropertyPath } from '../../../../assembly/properties.ts';
import { listOf, ofType, targetOf, textHolds } from '../../../../assembly/relations.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on, onStack, unsure } from '../../on.ts';
import { said } from '../../words/domain.ts';
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
  readonly path: PropertyPath;
  readonly value: Value | undefined;
  /** Whether what is found here counts: who comes there may not come by TLS. */
  readonly judged: (evidence: Observation) => Observation;
}

const asItIs = (evidence: Observation) => evidence;

/** What load balancers show to who comes by TLS. */
function origins({ graph }: StatementCase): readonly Shown[] {
  const path = ['Certificates', 0, 'CertificateArn'];
  return ofType(graph, 'AWS::ElasticLoadBalancingV2::Listener').flatMap((resource) => {
    const isSecret = textHolds(resource.properties.Protocol, (name) => name === 'HTTPS' || name === 'TLS');
    const value = at(resource.properties, ...path);
    return isSecret === false ? [] : [{ resource, path, value, judged: isSecret ? asItIs : unsure }];
  });
}

/** What CloudFront shows. */
function edges({ everywhere }: StatementCase): readonly Shown[] {
  const path = ['DistributionConfig', 'ViewerCertificate', 'AcmCertificateArn'];
  return ofType(everywhere, 'AWS::CloudFront::Distribution').map((resource) => ({
    resource,
    path,
    value: at(resource.properties, ...path),
    judged: asItIs,
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
  const [listeners, distributions] = [origins(judgeCase), edges(judgeCase)];
  if (listeners.length === 0) return [missing(said.listenerWithCertificate({ domain }))];
  const given = [certificates?.origin, certificates?.edge].filter((arn) => arn !== undefined);
  // A certificate that the document names by its ARN lies in an account; which names it holds no template says.
  const open = [...listeners, ...distributions].filter(({ value }) => !given.some((arn) => isLiteral(value, arn)));
  const evidence = open.flatMap(({ resource, path, value, judged }): readonly Observation[] => {
    const certificate = targetOf(graph, value);
    const shown = on(resource).property(...path);
    return certificate === undefined
      ? [judged(shown.holds(isSettled(value) ? false : undefined, { expected: said.certificateFor({ domain }) }))]
      : namesOf(certificate).map((name) => judged(isBelow(certificate, name, domain)));
  });
  const asked = [
    ...distributions.flatMap(({ resource }) => aliasEvidence(resource, domain)),
    ...originEvidence(
      judgeCase,
      listeners.map(({ value }) => value),
    ),
  ];
  if (evidence.length + asked.length > 0) return [...evidence, ...asked];
  return { notJudged: said.certificatesByArn };
}

function aliasEvidence(distribution: Resource, domain: string): readonly Observation[] {
  const path = ['DistributionConfig', 'Aliases'];
  const aliases = listOf(at(distribution.properties, ...path));
  if (aliases.length > 0) return aliases.map((_, index) => isBelow(distribution, [...path, index], domain));
  return [
    on(distribution)
      .property(...path)
      .holds(false, { expected: said.domainOrBelow({ domain }), observed: said.noOwnName }),
  ];
}

/** Where a certificate names what it is for. */
const namesOf = ({ properties }: Resource): readonly PropertyPath[] => [
  ['DomainName'],
  ...listOf(properties.SubjectAlternativeNames).map((_, index) => ['SubjectAlternativeNames', index]),
];

const isBelow = (resource: Resource, path: PropertyPath, domain: string): Observation =>
  on(resource)
    .property(...path)
    .fits((name) => name === domain || name.endsWith(`.${domain}`), said.domainOrBelow({ domain }));

function noCertificate(judgeCase: StatementCase): readonly Observation[] {
  const { everywhere: graph } = judgeCase;
  const expected = said.noCertificate;
  const strange = [
    ...ofType(graph, 'AWS::CertificateManager::Certificate').map((one) =>
      on(one).property('DomainName').holds(false, { expected }),
    ),
    ...[...origins(judgeCase), ...edges(judgeCase)]
      .filter(({ value }) => value !== undefined)
      .map(({ resource, path, judged }) =>
        judged(
          on(resource)
            .property(...path)
            .isAbsent(expected),
        ),
      ),
  ];
  const [stack] = graph.stacks;
  if (stack === undefined) return [missing(expected)];
  if (strange.length > 0) return strange;
  return [onStack(stack.id, '/Resources', true, { expected, observed: said.noCertificateAnywhere })];
}

/** Certificates prove themselves, and names stand, in the document's zone. */
function judgeZone(judgeCase: StatementCase): Finding {
  const { everywhere: graph, design } = judgeCase;
  const { hostedZoneId = '' } = design.inputs;
  const certificates = ofType(graph, 'AWS::CertificateManager::Certificate');
  const records = ofType(graph, 'AWS::Route53::RecordSet');
  if (certificates.length + records.length === 0) return { notJudged: said.nothingInAnyZone };
  return [
    ...certificates.flatMap((certificate) => {
      const path = 'DomainValidationOptions';
      const options = listOf(certificate.properties[path]);
      if (options.length === 0)
        return [on(certificate).property(path).holds(false, { expected: hostedZoneId, observed: said.noZone })];
      return options.map((_, index) => on(certificate).property(path, index, 'HostedZoneId').is(hostedZoneId));
    }),
    ...records.map((record) => on(record).property('HostedZoneId').is(hostedZoneId)),
    ...recordEvidence(judgeCase),
  ];
}

function judgeOriginCertificate(judgeCase: StatementCase): readonly Observation[] {
  const arn = judgeCase.design.inputs.certificates?.origin ?? '';
  return shows(origins(judgeCase), arn, said.listenerThatShows({ arn }));
}

function judgeEdgeCertificate(judgeCase: StatementCase): readonly Observation[] {
  const arn = judgeCase.design.inputs.certificates?.edge ?? '';
  return shows(edges(judgeCase), arn, said.distributionThatShows({ arn }));
}

const shows = (places: readonly Shown[], arn: string, expected: Said): readonly Observation[] =>
  places.length === 0
    ? [missing(expected)]
    : places.map(({ resource, path, judged }) =>
        judged(
          on(resource)
            .property(...path)
            .is(arn),
        ),
      );

/** Both on one line. */
function judgeCertificates(judgeCase: StatementCase): readonly Observation[] {
  const { origin, edge } = judgeCase.design.inputs.certificates ?? {};
  return [
    ...(origin === undefined ? [] : judgeOriginCertificate(judgeCase)),
    ...(edge === undefined ? [] : judgeEdgeCertificate(judgeCase)),
  ];
}
