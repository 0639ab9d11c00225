// What stands before the sample's load balancer, written by hand: a distribution in its own region, with names and records.

import type { Node, TemplateNode } from '../../../assembly/scope.ts';
import { isProduction } from '../../../design/environments.ts';
import type { Design, Environment } from '../../../design/schema.ts';

export const sampleEdgeRegion = 'us-east-1';

/**
 * @param balancer an attribute of the load balancer, by a reference to its stack
 */
export function sampleEdge(
  design: Design,
  environment: Environment,
  balancer: (attribute: string) => Node,
): Record<string, TemplateNode> {
  const { domain, hostedZoneId, certificates } = design.inputs;
  const own = certificates?.edge;
  const site = isProduction(design, environment) ? `www.${domain}` : `${environment}.${domain}`;
  const named = domain !== 'none';
  const made: Record<string, TemplateNode> = {
    Files: { Type: 'AWS::S3::Bucket', Properties: {} },
    Site: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Origins: [
            {
              Id: 'files',
              DomainName: { 'Fn::GetAtt': ['Files', 'RegionalDomainName'] },
              S3OriginConfig: { OriginAccessIdentity: '' },
            },
            {
              Id: 'api',
              DomainName: named ? `api.${domain}` : balancer('DNSName'),
              CustomOriginConfig: { OriginProtocolPolicy: named ? 'https-only' : 'http-only' },
            },
          ],
          ...(named
            ? { Aliases: [site], ViewerCertificate: { AcmCertificateArn: own ?? { Ref: 'Certificate' } } }
            : {}),
        },
      },
    },
  };
  if (named && own === undefined) {
    made.Certificate = {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: {
        DomainName: site,
        ...(hostedZoneId === undefined
          ? {}
          : { DomainValidationOptions: [{ DomainName: site, HostedZoneId: hostedZoneId }] }),
      },
    };
  }
  if (!named || hostedZoneId === undefined) return made;
  const record = (Name: string, DNSName: Node): TemplateNode => ({
    Type: 'AWS::Route53::RecordSet',
    Properties: { HostedZoneId: hostedZoneId, Name: `${Name}.`, Type: 'A', AliasTarget: { DNSName } },
  });
  made.ToSite = record(site, { 'Fn::GetAtt': ['Site', 'DomainName'] });
  made.ToApi = record(`api.${domain}`, balancer('DNSName'));
  return made;
}
