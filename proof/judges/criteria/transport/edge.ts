// From people to CloudFront, and from CloudFront to what stands behind it.
import { type Assembly, at, type Resource, textOf, type Value } from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import { listOf, ofType } from '../../../../assembly/relations.ts';
import { seen } from '../../evidence.ts';
import type { Evidence } from '../../judge.ts';
import { isTrue } from '../resources.ts';
import { type Hops, textSetting, versionEvidence } from './hop.ts';
import { viewerMinimum } from './versions.ts';

export const edgeHops: Hops = (graph, wanted) => [
  ...ofType(graph, 'AWS::CloudFront::Distribution').flatMap((distribution) => [
    ...viewerEvidence(graph, distribution, wanted),
    ...originEvidence(graph, distribution, wanted),
  ]),
  ...ofType(graph, 'AWS::CloudFront::VpcOrigin').flatMap((origin) =>
    customOrigin(graph, origin, ['VpcOriginEndpointConfig'], at(origin.properties, 'VpcOriginEndpointConfig'), wanted),
  ),
];

/** Each behaviour sends people to HTTPS, and the certificate's setting says from which version on. */
function viewerEvidence(graph: Assembly, distribution: Resource, wanted: number): readonly Evidence[] {
  const config = distribution.properties.DistributionConfig;
  const behaviours = [
    { path: ['DistributionConfig', 'DefaultCacheBehavior'], behaviour: at(config, 'DefaultCacheBehavior') },
    ...listOf(at(config, 'CacheBehaviors')).map((behaviour, index) => ({
      path: ['DistributionConfig', 'CacheBehaviors', index],
      behaviour,
    })),
  ];
  const certificate = at(config, 'ViewerCertificate');
  const own = certificate === undefined || isTrue(at(certificate, 'CloudFrontDefaultCertificate'));
  const version = textSetting(at(certificate, 'MinimumProtocolVersion'));
  return [
    ...behaviours.map(({ path, behaviour }) => {
      const policy = at(behaviour, 'ViewerProtocolPolicy');
      const known = textSetting(policy);
      const holds = known === 'unresolved' ? undefined : known === 'https-only' || known === 'redirect-to-https';
      return seen(
        graph,
        distribution,
        [...path, 'ViewerProtocolPolicy'],
        policy,
        'https-only or redirect-to-https',
        holds,
      );
    }),
    versionEvidence(
      graph,
      distribution,
      ['DistributionConfig', 'ViewerCertificate'],
      own ? "CloudFront's own certificate, with which it takes TLS 1.0" : (version ?? 'no least version said'),
      { wanted, least: own ? 1 : viewerMinimum(version) },
    ),
  ];
}

/** A bucket is spoken to as people speak to CloudFront, and its own policy refuses plain transport; every other origin says how. */
function originEvidence(graph: Assembly, distribution: Resource, wanted: number): readonly Evidence[] {
  return listOf(at(distribution.properties, 'DistributionConfig', 'Origins')).flatMap((origin, index) => {
    const path = ['DistributionConfig', 'Origins', index, 'CustomOriginConfig'];
    const config = at(origin, 'CustomOriginConfig');
    return config === undefined ? [] : customOrigin(graph, distribution, path, config, wanted);
  });
}

function customOrigin(
  graph: Assembly,
  resource: Resource,
  path: PropertyPath,
  config: Value | undefined,
  wanted: number,
): readonly Evidence[] {
  const policy = at(config, 'OriginProtocolPolicy');
  const known = textSetting(policy);
  const holds = known === 'unresolved' ? undefined : known === 'https-only';
  const protocols = listOf(at(config, 'OriginSSLProtocols')).map(textOf);
  const least = protocols.length === 0 ? 0 : Math.min(...protocols.map((one) => viewerMinimum(one) ?? Number.NaN));
  return [
    seen(graph, resource, [...path, 'OriginProtocolPolicy'], policy, 'https-only', holds),
    ...(known === 'http-only'
      ? []
      : [
          versionEvidence(
            graph,
            resource,
            [...path, 'OriginSSLProtocols'],
            protocols.length === 0 ? 'nothing said: every version' : protocols,
            { wanted, least: Number.isNaN(least) ? undefined : least },
          ),
        ]),
  ];
}
