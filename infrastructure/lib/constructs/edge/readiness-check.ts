// Whether the platform is ready, as seen from the outside of AWS's regions (DR-2, DR-8).
import { CfnHealthCheck } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import { readinessPath } from '../../edge.ts';

export interface ReadinessCheckProps {
  /** The load balancer's own name, which says the same whatever the records say. */
  readonly domainName: string;
  readonly encrypted: boolean;
  /** Seconds between two questions of one checker: 10 where another region may have to take over, else 30. */
  readonly every: 10 | 30;
}

/**
 * Asked by some fifteen checkers around the world every 30 seconds, or 10, straight at the load balancer and past CloudFront,
 * which would also answer for another region. Three failures in a row are a failure, so after some 90 seconds, or 30. They do not look at the
 * certificate's name.
 *
 * Day 2: `aws route53 get-health-check-status --health-check-id <id>` tells what each checker saw.
 *
 * @cost $0.50 a month, $1.00 more for HTTPS, and $1.00 more for every 10 seconds.
 */
export function readinessCheck(scope: Construct, id: string, { domainName, encrypted, every }: ReadinessCheckProps) {
  return new CfnHealthCheck(scope, id, {
    healthCheckConfig: {
      type: encrypted ? 'HTTPS' : 'HTTP',
      port: encrypted ? 443 : 80,
      fullyQualifiedDomainName: domainName,
      resourcePath: readinessPath,
      requestInterval: every,
      failureThreshold: 3,
      ...(encrypted ? { enableSni: true } : {}),
    },
  });
}
