// A task beside the service: the service's own task definition and network, another command.

import { createHash } from 'node:crypto';
import { DescribeServicesCommand, DescribeTasksCommand, ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs';
import { NotYet } from '../errors.ts';
import type { OneOff } from '../ports.ts';
import { clientOptions } from './clients.ts';
import type { RegionResources } from './variables.ts';

/** The container whose command is another. */
const container = 'api';

export function fargateOneOff({ region, cluster, service }: RegionResources): OneOff {
  const ecs = new ECSClient(clientOptions(region));
  return {
    async start(command, token) {
      const { services: [found] = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
      if (found?.taskDefinition === undefined) throw new Error(`There is no service ${service} in ${region}`);
      const { tasks: [task] = [], failures: [failure] = [] } = await ecs.send(
        new RunTaskCommand({
          cluster,
          taskDefinition: found.taskDefinition,
          networkConfiguration: found.networkConfiguration,
          platformVersion: found.platformVersion,
          launchType: 'FARGATE',
          overrides: { containerOverrides: [{ name: container, command: [command] }] },
          // Asked twice with one token, ECS starts one task.
          clientToken: createHash('sha256').update(`${token} ${command}`).digest('hex'),
        }),
      );
      // A region that takes over is where everybody asks for capacity at that hour.
      if (task?.taskArn === undefined)
        throw new NotYet(`ECS started no task: ${failure?.reason ?? 'it gave no reason'}`);
      return task.taskArn;
    },
    async outcome(task) {
      const { tasks: [found] = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [task] }));
      // ECS forgets a task an hour after its end: nobody knows then how it ended.
      if (found === undefined) return 'failed';
      if (found.lastStatus !== 'STOPPED') return 'running';
      return found.containers?.find(({ name }) => name === container)?.exitCode === 0 ? 'succeeded' : 'failed';
    },
  };
}
