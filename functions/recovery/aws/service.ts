// The tasks of a region: ECS, and the bounds that Application Auto Scaling keeps them in.
import { ApplicationAutoScalingClient, RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { RegionService } from '../ports.ts';
import { clientOptions } from './clients.ts';
import type { RegionResources } from './variables.ts';

export function fargateService({ region, cluster, service }: RegionResources): RegionService {
  const ecs = new ECSClient(clientOptions(region));
  const scaling = new ApplicationAutoScalingClient(clientOptions(region));
  const describe = async () => {
    const { services: [found] = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    if (found === undefined) throw new Error(`There is no service ${service} in ${region}`);
    return { desired: found.desiredCount ?? 0, running: (found.runningCount ?? 0) + (found.pendingCount ?? 0) };
  };
  return {
    async scale({ minimum, maximum }) {
      // The bounds first, or scaling would move the count back.
      await scaling.send(
        new RegisterScalableTargetCommand({
          ServiceNamespace: 'ecs',
          ResourceId: `service/${cluster}/${service}`,
          ScalableDimension: 'ecs:service:DesiredCount',
          MinCapacity: minimum,
          MaxCapacity: maximum,
        }),
      );
      // A count within the bounds is scaling's, and stays: this may be done again while people are served.
      const { desired } = await describe();
      const wanted = Math.min(Math.max(desired, minimum), maximum);
      if (wanted !== desired) await ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount: wanted }));
    },
    async running() {
      return (await describe()).running;
    },
  };
}
