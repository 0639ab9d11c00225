// A deployed platform as load, drills and the smoke test see it: what it is made of is read from the graph, by which names it goes from
// CloudFormation, and what it does now from the services themselves.

import { DescribeTasksCommand, paginateListTasks, StopTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { FailoverDBClusterCommand } from '@aws-sdk/client-rds';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { type EnvironmentGraph, environmentGraphOf } from '../../assembly/environment-graph.ts';
import { type Assembly, at, literal, type Resource } from '../../assembly/graph.ts';
import { listAt, numberAt } from '../../assembly/properties.ts';
import { instancesOf } from '../../assembly/questions/compute.ts';
import { deadLetterOf } from '../../assembly/questions/queues.ts';
import { scalingOfService } from '../../assembly/questions/scaling.ts';
import { templateHash } from '../../assembly/template-hash.ts';
import { secondsToAct } from '../../aws/target-tracking.ts';
import { Refusal } from '../../design/refusal.ts';
import type { Design, Environment } from '../../design/schema.ts';
import { refusals } from '../refusals.ts';
import type { Faults, QueueName, Target } from '../target.ts';
import { addressLimitOf } from './address-limit.ts';
import type { AwsClients } from './clients.ts';
import { type Deployed, readDeployed } from './deployed.ts';
import { inspectionsOf } from './inspections.ts';
import { builtTemplate, deployedTemplate, templateDifferences } from './templates.ts';

export interface AwsTargetInput {
  readonly clients: AwsClients;
  readonly graph: Assembly;
  /** Directory of the cloud assembly that the graph was read from. */
  readonly assembly: string;
  readonly environment: Environment;
  readonly design: Pick<Design, 'environments' | 'criteria' | 'requestsPerSecond' | 'tests' | 'region'>;
  /** Where the API answers, where it is not to be the platform's own address. */
  readonly url?: string;
  /** A token of the document's issuer for this customer: it is nobody else's to make. */
  readonly token: (customer: string) => Promise<string>;
}

/** What the account lacks for there to be a platform. */
export class NotDeployed extends Refusal {
  /** A stack, or a resource by its type. */
  readonly missing: string;
  constructor(missing: string) {
    super(refusals.notDeployed({ missing }));
    this.missing = missing;
  }
}

/**
 * Looks the platform up.
 * @throws NotDeployed when there is none, and what AWS refuses
 */
export async function openAwsTarget(input: AwsTargetInput): Promise<Target> {
  const { clients, graph, environment, design, token } = input;
  const environmentGraph = environmentGraphOf(graph, environment, design.region);
  const deployed = await readDeployed(clients, environmentGraph);
  const parts = findParts(environmentGraph, deployed);
  const reach: Reach = { clients, environmentGraph, deployed, parts };
  const { environments, criteria, requestsPerSecond, tests } = design;
  return {
    kind: 'aws',
    environment,
    url: (input.url ?? addressOf(environmentGraph, deployed)).replace(/\/$/, ''),
    templateHash: await hashOf(input, environmentGraph),
    design: { environments, criteria, requestsPerSecond, tests },
    scaling: scalingOf(environmentGraph, parts),
    queues: parts.queues.map(({ name, resource, maxReceiveCount }) => ({
      name,
      visibilityTimeout: numberAt(resource, ['VisibilityTimeout'], 30),
      maxReceiveCount,
    })),
    headers: async (customer) => ({ authorization: `Bearer ${await token(customer)}` }),
    tasks: async () => (await tasksInTraffic(reach)).flatMap(({ taskArn }) => taskArn ?? []),
    deadLetters: (name) => deadLetters(reach, name),
    faults: faultsOf(reach),
    // Another address may lead past the firewall, or through another one.
    ...(input.url === undefined ? addressLimitOf(environmentGraph) : {}),
    inspections: inspectionsOf({ clients, environmentGraph, deployed, service: parts.service }),
  };
}

interface ServiceResources {
  readonly service: Resource;
  readonly cluster: string;
  readonly serviceName: string;
  readonly targetGroup: string;
  readonly queues: readonly {
    readonly name: QueueName;
    readonly resource: Resource;
    readonly url: string;
    readonly deadLetterUrl: string;
    readonly maxReceiveCount: number;
  }[];
}

interface Reach {
  readonly clients: AwsClients;
  readonly environmentGraph: EnvironmentGraph;
  readonly deployed: Deployed;
  readonly parts: ServiceResources;
}

function findParts(environmentGraph: EnvironmentGraph, deployed: Deployed): ServiceResources {
  const present = (resource: Resource | undefined, what: string): string => {
    const id = resource && deployed.physical(resource);
    if (id === undefined) throw new NotDeployed(resource?.key ?? what);
    return id;
  };
  const [service] = environmentGraph.all('AWS::ECS::Service', environmentGraph.home);
  if (service === undefined) throw new NotDeployed('AWS::ECS::Service');
  const serviceName = present(service, 'AWS::ECS::Service');
  const variable = (name: string) =>
    listAt(environmentGraph.find(service.properties.TaskDefinition) ?? service, ['ContainerDefinitions'])
      .flatMap((container) => at(container, 'Environment') ?? [])
      .find((each) => literal(at(each, 'Name')) === name);
  const variables = { fulfilment: 'FULFILMENT_QUEUE', work: 'WORK_QUEUE' } as const;
  return {
    service,
    serviceName,
    cluster: present(environmentGraph.find(service.properties.Cluster), 'AWS::ECS::Cluster'),
    targetGroup: present(
      environmentGraph.find(at(service.properties, 'LoadBalancers', 0, 'TargetGroupArn')),
      'AWS::ElasticLoadBalancingV2::TargetGroup',
    ),
    queues: (['fulfilment', 'work'] as const).flatMap((name) => {
      const resource = environmentGraph.find(at(variable(variables[name]), 'Value'));
      const dead = resource && deadLetterOf(environmentGraph, resource);
      if (resource === undefined || dead === undefined) return [];
      const maxReceiveCount = numberAt(resource, ['RedrivePolicy', 'maxReceiveCount'], 10);
      return { name, resource, url: present(resource, name), deadLetterUrl: present(dead, name), maxReceiveCount };
    }),
  };
}

/** The address that the stack of the distribution gives out. */
function addressOf(environmentGraph: EnvironmentGraph, deployed: Deployed): string {
  for (const { stack } of environmentGraph.all('AWS::CloudFront::Distribution')) {
    const outputs = deployed.stack(stack)?.Outputs ?? [];
    const address = outputs.find(({ OutputValue }) => OutputValue?.startsWith('https://'))?.OutputValue;
    if (address !== undefined) return address;
  }
  throw new NotDeployed('AWS::CloudFront::Distribution');
}

/**
 * Of the templates that the account has: that of the build where both are the same, and one of no build where they are not, so that what
 * is measured of one platform never counts for another.
 */
async function hashOf({ clients, assembly }: AwsTargetInput, environmentGraph: EnvironmentGraph): Promise<string> {
  for (const stack of environmentGraph.stacks) {
    const deployed = await deployedTemplate(clients, stack).catch(() => undefined);
    if (deployed === undefined || templateDifferences(builtTemplate(assembly, stack), deployed).length > 0)
      return `differs from the build in ${stack.name}`;
  }
  return templateHash(assembly, environmentGraph.stacks);
}

/** Seconds that Fargate is given to bring a task into traffic, or out of it; AWS promises none. */
const taskTime = 180;

function scalingOf(environmentGraph: EnvironmentGraph, { service }: ServiceResources): Target['scaling'] {
  const tracking = scalingOfService(environmentGraph, service)?.tracking;
  if (tracking === undefined) {
    const desired = numberAt(service, ['DesiredCount'], 1);
    const [requestsPerTask, never] = [Number.MAX_SAFE_INTEGER, 0];
    return { minimum: desired, maximum: desired, requestsPerTask, secondsToScaleOut: never, secondsToScaleIn: never };
  }
  const { minimum, maximum, requestsPerTask } = tracking;
  const seconds = secondsToAct(tracking);
  return {
    minimum,
    maximum,
    requestsPerTask,
    secondsToScaleOut: seconds.out + taskTime,
    secondsToScaleIn: seconds.in + taskTime,
  };
}

/** The service's running tasks that the load balancer finds healthy. */
async function tasksInTraffic({ clients, environmentGraph, parts }: Reach): Promise<readonly Task[]> {
  const { cluster, serviceName, targetGroup } = parts;
  const { TargetHealthDescriptions = [] } = await clients
    .loadBalancing(environmentGraph.home)
    .send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }));
  const healthy = new Set(
    TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').map(
      ({ Target }) => Target?.Id,
    ),
  );
  const client = clients.containers(environmentGraph.home);
  const tasks: Task[] = [];
  const pages = paginateListTasks({ client }, { cluster, serviceName, desiredStatus: 'RUNNING', maxResults: 100 });
  for await (const { taskArns = [] } of pages) {
    if (taskArns.length === 0) continue;
    const found = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
    tasks.push(...(found.tasks ?? []));
  }
  return tasks.filter(({ attachments = [] }) =>
    attachments
      .flatMap(({ details = [] }) => details)
      .some(({ name, value }) => name === 'privateIPv4Address' && healthy.has(value)),
  );
}

/** What waits there, what somebody has in hand, and what is not to be seen yet: about right, as SQS counts. */
async function deadLetters({ clients, environmentGraph, parts }: Reach, name: QueueName): Promise<number> {
  const queue = parts.queues.find((each) => each.name === name);
  if (queue === undefined) return 0;
  const { Attributes = {} } = await clients
    .queues(environmentGraph.home)
    .send(new GetQueueAttributesCommand({ QueueUrl: queue.deadLetterUrl, AttributeNames: [...counted] }));
  return counted.reduce((sum, attribute) => sum + Number(Attributes[attribute] ?? 0), 0);
}
const counted = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** The cache is not among them: ElastiCache can be failed over and deleted, but not stopped and started. */
function faultsOf(reach: Reach): Faults {
  const { clients, environmentGraph, deployed, parts } = reach;
  const [cluster] = environmentGraph.all('AWS::RDS::DBCluster', environmentGraph.home);
  const identifier = cluster && deployed.physical(cluster);
  const instances = (cluster === undefined ? [] : instancesOf(environmentGraph, cluster)).filter(
    (each) => deployed.physical(each) !== undefined,
  );
  return {
    // ECS tells the task to end before it ends it: AWS offers no way to take one away without a word.
    async killTask() {
      const [task] = await tasksInTraffic(reach);
      if (task?.taskArn === undefined) throw new Refusal(refusals.noTaskInTraffic);
      await clients
        .containers(environmentGraph.home)
        .send(new StopTaskCommand({ cluster: parts.cluster, task: task.taskArn, reason: 'hashira drill' }));
      return task.taskArn;
    },
    ...(identifier === undefined || instances.length < 2
      ? {}
      : {
          async failDatabaseOver() {
            const command = new FailoverDBClusterCommand({ DBClusterIdentifier: identifier });
            await clients.database(environmentGraph.home).send(command);
          },
        }),
    async sendMessage(name, body) {
      const queue = parts.queues.find((each) => each.name === name);
      if (queue === undefined) throw new Refusal(refusals.noQueue({ queue: name }));
      await clients
        .queues(environmentGraph.home)
        .send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));
    },
  };
}
