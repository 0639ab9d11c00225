// What a region's load balancer finds of the tasks behind it.
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Targets } from '../ports.ts';
import { clientOptions } from './clients.ts';
import type { RegionResources } from './variables.ts';

export function loadBalancerTargets({ region, targetGroup }: RegionResources): Targets {
  const client = new ElasticLoadBalancingV2Client(clientOptions(region));
  return {
    async healthy() {
      const command = new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup });
      const { TargetHealthDescriptions: targets = [] } = await client.send(command);
      return targets.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
    },
  };
}
