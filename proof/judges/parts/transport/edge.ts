// From people to CloudFront, and from CloudFront to what stands behind it.
import { at, type Resource, textOf, type Value } from '../../../../assembly/graph.ts';
import { isLiteral, isTrue, type PropertyPath } from '../../../../assembly/properties.ts';
import { behavioursOf } from '../../../../assembly/questions/distributions.ts';
import { listOf, ofType, textHolds } from '../../../../assembly/relations.ts';
import { all, any, type Truth } from '../../../../assembly/truth.ts';
import { viewerMinimum } from '../../../../aws/tls-versions.ts';
import type { Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/transport.ts';
import { type Hops, textSetting, versionEvidence } from './hop.ts';

export const edgeHops: Hops = (graph, wanted) => [
  ...ofType(graph, 'AWS::CloudFront::Distribution').flatMap((distribution) => [
    ...viewerEvidence(distribution, wanted),
    ...originEvidence(distribution, wanted),
  ]),
  ...ofType(graph, 'AWS::CloudFront::VpcOrigin').flatMap((origin) =>
    customOrigin(origin, ['VpcOriginEndpointConfig'], wanted, false),
  ),
];

/** Where the behaviours of a distribution say how people may come. */
const viewerPolicies = (distribution: Resource): readonly PropertyPath[] =>
  behavioursOf(distribution).map(({ path }) => [...path, 'ViewerProtocolPolicy']);

const isHttps = (policy: Value | undefined): Truth =>
  textHolds(policy, (text) => text === 'https-only' || text === 'redirect-to-https');

/** Each behaviour sends people to HTTPS, and the certificate's setting says from which version on. */
function viewerEvidence(distribution: Resource, wanted: number): readonly Observation[] {
  const certificate = at(distribution.properties, 'DistributionConfig', 'ViewerCertificate');
  const isOwn = any([certificate === undefined, isTrue(at(certificate, 'CloudFrontDefaultCertificate'))]);
  const version = textSetting(at(certificate, 'MinimumProtocolVersion'));
  const least = isOwn === undefined ? undefined : isOwn ? 1 : viewerMinimum(version);
  const observed = isOwn ? said.certificateOfCloudFront : (version ?? said.noLeastVersion);
  return [
    ...viewerPolicies(distribution).map((path) =>
      on(distribution)
        .property(...path)
        .holds(isHttps(at(distribution.properties, ...path)), { expected: said.httpsViewers }),
    ),
    versionEvidence(distribution, ['DistributionConfig', 'ViewerCertificate'], observed, { wanted, least }),
  ];
}

/** A bucket is spoken to as people speak to CloudFront, and its own policy refuses plain transport; every other origin says how. */
function originEvidence(distribution: Resource, wanted: number): readonly Observation[] {
  const { properties } = distribution;
  const areViewersSecure = all(viewerPolicies(distribution).map((path) => isHttps(at(properties, ...path))));
  return listOf(at(properties, 'DistributionConfig', 'Origins')).flatMap((_, index) => {
    const path = ['DistributionConfig', 'Origins', index, 'CustomOriginConfig'];
    return at(properties, ...path) === undefined ? [] : customOrigin(distribution, path, wanted, areViewersSecure);
  });
}

/** @param areViewersSecure whether whoever comes to the origin by way of CloudFront comes over HTTPS */
function customOrigin(
  resource: Resource,
  path: PropertyPath,
  wanted: number,
  areViewersSecure: Truth,
): readonly Observation[] {
  const config = at(resource.properties, ...path);
  const policy = at(config, 'OriginProtocolPolicy');
  const followsViewers = all([isLiteral(policy, 'match-viewer'), areViewersSecure]);
  const protocols = listOf(at(config, 'OriginSSLProtocols')).map(textOf);
  const evidence = on(resource)
    .property(...path, 'OriginProtocolPolicy')
    .holds(any([isLiteral(policy, 'https-only'), followsViewers]), {
      expected: 'https-only',
      observed: followsViewers ? said.viewersOverHttps : policy,
    });
  if (policy === 'http-only') return [evidence];
  const observed = protocols.length === 0 ? said.everyVersion : protocols;
  return [
    evidence,
    versionEvidence(resource, [...path, 'OriginSSLProtocols'], observed, { wanted, least: leastOf(protocols, wanted) }),
  ];
}

/** The least version in a list; one that is too old is enough to know, whatever the others are. */
function leastOf(protocols: readonly string[], wanted: number): number | undefined {
  const versions = protocols.map(viewerMinimum);
  const old = versions.find((version) => version !== undefined && version < wanted);
  if (protocols.length === 0) return 0;
  return old ?? (versions.includes(undefined) ? undefined : wanted);
}
