// The certificate that the load balancer shows: the document's, or one of Amazon's for a name of the document's domain (AC-SEC-3).
import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Environment, Inputs } from '../../../design/schema.ts';

/** The name that CloudFront calls the load balancer by: `origin.example.com` in production, `origin.staging.example.com` in staging. */
function originName(domain: string, environment: Environment): string {
  return environment === 'production' ? `origin.${domain}` : `origin.${environment}.${domain}`;
}

/**
 * None when the document has no domain: nobody vouches for a name that does not exist, and the load balancer then has no HTTPS.
 *
 * Without `hosted_zone_id` the first deploy waits until somebody enters the record that ACM shows:
 * `aws acm describe-certificate --query 'Certificate.DomainValidationOptions'`. It renews itself for as long as that record stands.
 *
 * @cost none: public certificates are free.
 */
export function originCertificate(
  scope: Construct,
  id: string,
  inputs: Inputs,
  environment: Environment,
): ICertificate | undefined {
  const own = inputs.certificates?.origin;
  if (own !== undefined) return Certificate.fromCertificateArn(scope, id, own);
  if (inputs.domain === 'none') return undefined;
  const zone =
    inputs.hostedZoneId === undefined
      ? undefined
      : HostedZone.fromHostedZoneAttributes(scope, `${id}Zone`, {
          hostedZoneId: inputs.hostedZoneId,
          zoneName: inputs.domain,
        });
  return new Certificate(scope, id, {
    domainName: originName(inputs.domain, environment),
    validation: CertificateValidation.fromDns(zone),
  });
}
