// The names of an environment in Route 53: people's way to CloudFront, and CloudFront's to the load balancer (ARC-1, DR-8).
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { SiteNames } from '../edge.ts';

export interface SiteRecordsProps {
  readonly hostedZoneId: string;
  readonly names: SiteNames;
  readonly distribution: IDistribution;
  readonly loadBalancer: { readonly dnsName: string; readonly hostedZoneId: string };
  /** Id of the health check by which Route 53 may turn away from this load balancer; absent: there is nowhere else to turn. */
  readonly failover: string | undefined;
}

/**
 * Aliases, so that an address that AWS changes is never out of date. CloudFront has addresses of both kinds, the load balancer of IPv4
 * alone. Where another region stands by, the name of the origin is the first of a failover pair from the first day on: a record cannot
 * become one of a pair while it is in use.
 *
 * The zone must lie in the account that is deployed to. Without `hosted_zone_id` somebody enters the same records by hand.
 *
 * Day 2: `dig +short origin.<domain>` tells which region is asked.
 *
 * @cost aliases to AWS's own names are answered for nothing; the zone, $0.50 a month, is not made here.
 */
export class SiteRecords extends Construct {
  constructor(scope: Construct, id: string, props: SiteRecordsProps) {
    super(scope, id);
    const { hostedZoneId, names, distribution, loadBalancer, failover } = props;
    for (const type of ['A', 'AAAA']) {
      new CfnRecordSet(this, `Site${type}`, {
        hostedZoneId,
        name: names.site,
        type,
        aliasTarget: {
          dnsName: distribution.distributionDomainName,
          hostedZoneId: CloudFrontTarget.CLOUDFRONT_ZONE_ID,
          evaluateTargetHealth: false,
        },
      });
    }
    new CfnRecordSet(this, 'Origin', {
      hostedZoneId,
      name: names.origin,
      type: 'A',
      aliasTarget: { ...loadBalancer, evaluateTargetHealth: false },
      ...(failover === undefined ? {} : { setIdentifier: 'primary', failover: 'PRIMARY', healthCheckId: failover }),
    });
  }
}
