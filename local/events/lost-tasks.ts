// Rules are told of tasks that were lost, as they would from ECS.
import type { Blueprint } from '../blueprint/blueprint.ts';
import type { Directory } from '../blueprint/directory.ts';
import type { Service } from '../tasks/service.ts';
import type { EventBus } from './event-bus.ts';

interface About {
  readonly blueprint: Blueprint;
  readonly directory: Directory;
}

export function tellLostTasks(service: Service, bus: EventBus, { blueprint, directory }: About): void {
  const { cluster, key } = blueprint.service;
  const clusterArn = directory.textIfKnown({ $ref: cluster.key, attribute: 'Arn' }) ?? '';
  service.onLost(({ id, reason }) => {
    const detail = {
      clusterArn,
      taskArn: `${clusterArn.replace(':cluster/', ':task/')}/${id}`,
      group: `service:${key.split('/').at(-1)}`,
      availabilityZone: `${blueprint.region}a`,
      lastStatus: 'STOPPED',
      stopCode: reason.startsWith('Task failed') ? 'ServiceSchedulerInitiated' : 'EssentialContainerExited',
      stoppedReason: reason,
    };
    bus
      .emit('aws.ecs', 'ECS Task State Change', detail)
      .catch((error: unknown) => console.error(`events: ${String(error)}`));
  });
}
