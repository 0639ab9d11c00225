// The certificates that CloudFront and the load balancer show: the document's, or Amazon's for names of the document's domain (AC-SEC-3).

import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { Refusal } from '../../../../design/refusal.ts';
import type { Design, Environment } from '../../../../design/schema.ts';
import { type SiteNames, siteNames } from '../../edge.ts';
import { refusals } from '../../refusals.ts';

export interface SiteCertificateProps {
  readonly design: Pick<Design, 'inputs' | 'environments'>;
  readonly environment: Environment;
  /** Which of the environment's names it is for. CloudFront takes a certificate of its own region alone, so there is one for each. */
  readonly place: keyof SiteNames;
}

const given = { site: 'edge', origin: 'origin' } as const;

/**
 * None when the document has no domain: nobody vouches for a name that does not exist, and the load balancer then has no HTTPS.
 *
 * Without `hosted_zone_id` the first deploy waits until somebody enters the record that ACM shows:
 * `aws acm describe-certificate --query 'Certificate.DomainValidationOptions'`. It renews itself for as long as that record stands. The
 * record of a name is the same in every region of an account, so a second region asks for no other.
 *
 * @cost none: public certificates are free.
 */
export function siteCertificate(
  scope: Construct,
  id: string,
  { design, environment, place }: SiteCertificateProps,
): ICertificate | undefined {
  const { inputs } = design;
  const own = inputs.certificates?.[given[place]];
  const names = siteNames(design, environment);
  if (names === undefined) {
    if (own === undefined) return undefined;
    throw new Refusal(refusals.certificateWithoutDomain({ certificate: own }));
  }
  if (own !== undefined) return Certificate.fromCertificateArn(scope, id, own);
  const zone =
    inputs.hostedZoneId === undefined
      ? undefined
      : HostedZone.fromHostedZoneAttributes(scope, `${id}Zone`, {
          hostedZoneId: inputs.hostedZoneId,
          zoneName: inputs.domain,
        });
  return new Certificate(scope, id, { domainName: names[place], validation: CertificateValidation.fromDns(zone) });
}
