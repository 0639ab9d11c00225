// The names of an environment in Route 53: people's way to CloudFront, and CloudFront's to the load balancer (ARC-1, DR-8).
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnRecordSet, type CfnRecordSetProps } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { SiteNames } from '../../edge.ts';

export interface SiteRecordsProps {
  readonly hostedZoneId: string;
  readonly names: SiteNames;
  readonly distribution: IDistribution;
  readonly loadBalancer: LoadBalancerName;
  /** Where Route 53 may turn; absent: there is nowhere else. */
  readonly failover: OriginFailover | undefined;
}

interface LoadBalancerName {
  readonly dnsName: string;
  readonly hostedZoneId: string;
}

/** The other load balancer, and the ids of the health checks that decide between the two. */
interface OriginFailover {
  readonly standby: LoadBalancerName;
  readonly primaryServes: string;
  readonly standbyReady: string;
}

/**
 * Aliases, so that an address that AWS changes is never out of date. CloudFront has addresses of both kinds, the load balancer of IPv4
 * alone. Where another region stands by, the name of the origin is a failover pair from the first day on: a record cannot become one of a
 * pair while it is in use. Nobody edits either of the two in a failover, which would need Route 53's control plane: their health checks
 * decide. When neither region is healthy Route 53 answers with the first.
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
    const origin = (id: string, to: LoadBalancerName, pair: Partial<CfnRecordSetProps>) =>
      new CfnRecordSet(this, id, {
        hostedZoneId,
        name: names.origin,
        type: 'A',
        aliasTarget: { ...to, evaluateTargetHealth: false },
        ...pair,
      });
    if (failover === undefined) {
      origin('Origin', loadBalancer, {});
      return;
    }
    const { standby, primaryServes, standbyReady } = failover;
    origin('Origin', loadBalancer, { setIdentifier: 'primary', failover: 'PRIMARY', healthCheckId: primaryServes });
    origin('StandbyOrigin', standby, { setIdentifier: 'standby', failover: 'SECONDARY', healthCheckId: standbyReady });
  }
}
