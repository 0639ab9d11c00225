// Migrations as a task of the service's own kind: same network and roles, the release's image, another command. It is started once for
// each token, and waited for to its end.
import {
  ConflictException,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import type { Clock } from '../../common/clock.ts';
import { until } from '../../common/until.ts';
import type { AwsClients } from '../aws/clients.ts';
import { refusals } from '../refusals.ts';
import { asking } from './aws-clients.ts';
import { ownFault } from './fault.ts';
import type { MigrationTask } from './migrations.ts';
import type { Migrations } from './ports.ts';

/** Milliseconds between two looks at the task, and after which nobody waits any longer. */
const look = 3_000;
const longest = 60 * 60_000;

export function awsMigrations(clients: Pick<AwsClients, 'containers'>, clock: Clock): Migrations {
  return {
    run: (task, token) =>
      asking(async () => {
        const client = clients.containers(task.region);
        const service = await serviceOf(client, task);
        const arn = await start(
          client,
          task,
          { service, definition: await definitionOf(client, task, service) },
          token,
        );
        const { last } = await until(
          async () => (await client.send(new DescribeTasksCommand({ cluster: task.cluster, tasks: [arn] }))).tasks?.[0],
          (found) => found?.lastStatus === 'STOPPED',
          { within: longest, every: look, clock },
        );
        if (last?.lastStatus === 'STOPPED') return endOf(last, task.container);
        // It may still be at work: to begin another one, or to go on without it, would both be wrong.
        throw ownFault(refusals.migrationTooSlow({ task: arn, minutes: longest / 60_000 }));
      }),
  };
}

async function serviceOf(client: ECSClient, { cluster, service }: MigrationTask): Promise<Service> {
  const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [service] }));
  const [found] = services;
  if (found?.taskDefinition === undefined) throw ownFault(refusals.noService({ service }));
  return found;
}

/** The service's task definition, or, where the release has another image, one like it under a name of its own. */
async function definitionOf(client: ECSClient, task: MigrationTask, { taskDefinition = '' }: Service): Promise<string> {
  const { taskDefinition: found } = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const containers = found?.containerDefinitions ?? [];
  if (containers.some(({ name, image }) => name === task.container && image === task.image)) return taskDefinition;
  const { taskDefinition: made } = await client.send(
    new RegisterTaskDefinitionCommand({
      family: `${found?.family ?? task.service}-migrations`,
      // Only what migrates: a collector beside it would keep the task from ending.
      containerDefinitions: containers
        .filter(({ name }) => name === task.container)
        .map(({ dependsOn: _, ...container }) => ({ ...container, image: task.image })),
      cpu: found?.cpu,
      memory: found?.memory,
      networkMode: found?.networkMode,
      requiresCompatibilities: found?.requiresCompatibilities,
      runtimePlatform: found?.runtimePlatform,
      executionRoleArn: found?.executionRoleArn,
      taskRoleArn: found?.taskRoleArn,
      volumes: found?.volumes,
    }),
  );
  if (made?.taskDefinitionArn === undefined) throw ownFault(refusals.noTaskDefinition);
  return made.taskDefinitionArn;
}

/**
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html: the same token starts no second task for a day. Asked
 * again with another revision of the definition ECS refuses, and names the task that the token has started.
 */
async function start(
  client: ECSClient,
  task: MigrationTask,
  { service, definition }: { readonly service: Service; readonly definition: string },
  token: string,
): Promise<string> {
  const command = new RunTaskCommand({
    cluster: task.cluster,
    taskDefinition: definition,
    launchType: service.launchType,
    platformVersion: service.platformVersion,
    networkConfiguration: service.networkConfiguration,
    overrides: { containerOverrides: [{ name: task.container, command: [...task.command] }] },
    clientToken: token.slice(-64),
    startedBy: token.slice(-128),
    count: 1,
  });
  const { tasks = [], failures = [] } = await client.send(command).catch((error: unknown) => {
    const [taskArn] = error instanceof ConflictException ? (error.resourceIds ?? []) : [];
    if (taskArn === undefined) throw error;
    return { tasks: [{ taskArn }], failures: [] };
  });
  const [started] = tasks;
  if (started?.taskArn !== undefined) return started.taskArn;
  const why = failures.map(({ reason = '', detail = '' }) => `${reason} ${detail}`.trim()).join('; ');
  throw ownFault(refusals.noMigrationTask({ why }));
}

/** The container's exit code decides; a task that never got so far has none, and ECS says why. */
function endOf({ taskArn = '', containers = [], stoppedReason = '' }: Task, name: string) {
  const container = containers.find((each) => each.name === name);
  const code = container?.exitCode;
  const message =
    code === undefined
      ? `${taskArn}: ${container?.reason ?? stoppedReason}`
      : refusals.migrationEnded({ task: taskArn, code });
  return { passed: code === 0, message };
}
