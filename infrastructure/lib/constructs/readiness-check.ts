// Whether the platform is ready, as seen from the outside of AWS's regions (DR-2, DR-8).
import { CfnHealthCheck } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { readinessPath } from '../edge.ts';

export interface ReadinessCheckProps {
  /** The load balancer's own name, which says the same whatever the records say. */
  readonly domainName: string;
  readonly encrypted: boolean;
}

/**
 * Asked by some fifteen checkers around the world every 30 seconds, straight at the load balancer and past CloudFront, which would
 * also answer for another region. Three failures in a row are a failure, so after some 90 seconds. They do not look at the
 * certificate's name.
 *
 * Day 2: `aws route53 get-health-check-status --health-check-id <id>` tells what each checker saw.
 *
 * @cost $0.50 a month, and $1.00 for HTTPS.
 */
export function readinessCheck(scope: Construct, id: string, { domainName, encrypted }: ReadinessCheckProps) {
  return new CfnHealthCheck(scope, id, {
    healthCheckConfig: {
      type: encrypted ? 'HTTPS' : 'HTTP',
      port: encrypted ? 443 : 80,
      fullyQualifiedDomainName: domainName,
      resourcePath: readinessPath,
      requestInterval: 30,
      failureThreshold: 3,
      ...(encrypted ? { enableSni: true } : {}),
    },
  });
}
