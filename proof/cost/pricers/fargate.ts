// ECS services on Fargate: CPU and memory of each task for the hours it runs, and the images that tasks are started from.
import { at, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { containerInsightsOf } from '../../../assembly/questions/compute.ts';
import { scalingOfService, targetOfService } from '../../../assembly/questions/scaling.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { refuse } from '../problem.ts';
import { tracesOfTasks } from './monitoring.ts';
import { absent, type Charge, type Pricer, type Site, settledNumber, settledText } from './site.ts';

/** GB of disk that a task has for nothing. */
const freeDiskGb = 20;

export const fargateService: Pricer = {
  type: 'AWS::ECS::Service',
  price(service, site) {
    const task = targetOf(site.graph, service.properties.TaskDefinition);
    if (task === undefined) {
      const found = textOf(service.properties.TaskDefinition) || absent;
      return refuse('unresolved-quantity', { resource: service.path, property: 'TaskDefinition', found });
    }
    const taskHours = averageTasks(service, site) * site.runningHours;
    const processor = settledText(task, ['RuntimePlatform', 'CpuArchitecture'], 'X86_64') === 'ARM64' ? 'arm' : 'x86';
    const kind = `${buyingOf(service)}.${processor}`;
    const disk = settledNumber(task, ['EphemeralStorage', 'SizeInGiB'], freeDiskGb) - freeDiskGb;
    return [
      { item: `${kind}.vcpu-hour`, quantity: (settledNumber(task, ['Cpu']) / 1024) * taskHours },
      { item: `${kind}.gb-hour`, quantity: (settledNumber(task, ['Memory']) / 1024) * taskHours },
      ...(disk > 0 ? [{ item: 'fargate.disk.gb-hour', quantity: disk * taskHours }] : []),
    ];
  },
};

/** `fargate`, or what else its tasks are bought as, which then has to have a price of its own. */
function buyingOf({ properties }: Resource): string {
  const providers = listOf(properties.CapacityProviderStrategy).map((one) => literal(at(one, 'CapacityProvider')));
  if (providers.includes('FARGATE_SPOT')) return 'fargate-spot';
  const launch = literal(properties.LaunchType) ?? (providers.includes('FARGATE') ? 'FARGATE' : 'EC2');
  return launch === 'FARGATE' ? 'fargate' : `ecs-${String(launch).toLowerCase()}`;
}

/**
 * Tasks on average: as many as target tracking settles at under the average traffic, within the service's bounds; the least where no
 * traffic comes (a standby region), and the desired count where nothing scales.
 */
function averageTasks(service: Resource, site: Site): number {
  const target = targetOfService(site.graph, service);
  if (target === undefined) return settledNumber(service, ['DesiredCount'], 1);
  const least = settledNumber(target, ['MinCapacity']);
  if (site.regionOf(service) !== site.home) return least;
  const perTask = scalingOfService(site.graph, service)?.tracking.requestsPerTask;
  if (perTask === undefined) return least;
  // Tasks scale on the rate while they run, so the average is taken over the running hours alone.
  const perMinute = site.usage.read('requests') / (site.runningHours * 60);
  return Math.min(Math.max(least, Math.ceil(perMinute / perTask)), settledNumber(target, ['MaxCapacity']));
}

export const taskDefinition: Pricer = {
  type: 'AWS::ECS::TaskDefinition',
  price: (task, site) => [...imagesOf(task, site), ...tracesOfTasks(task, site)],
};

/** Images in the repository that CDK pushes to; one of the templates' own has a pricer of its own. */
function imagesOf(task: Resource, site: Site): readonly Charge[] {
  const images = listOf(task.properties.ContainerDefinitions).map((one) => at(one, 'Image'));
  const owned = ofType(site.graph, 'AWS::ECR::Repository');
  const pushed = images.filter(
    (image) => textOf(image).includes('.dkr.ecr.') && !owned.some((repository) => pointsAt(image, repository)),
  );
  return pushed.length === 0 ? [] : [{ item: 'ecr.gb-month', quantity: site.usage.read('imageGb') }];
}

export const repository: Pricer = {
  type: 'AWS::ECR::Repository',
  price: (_, { usage }) => [{ item: 'ecr.gb-month', quantity: usage.read('imageGb') }],
};

/** Container Insights: metrics of clusters, services and tasks, charged as custom ones. */
export const cluster: Pricer = {
  type: 'AWS::ECS::Cluster',
  price(resource, site) {
    const value = String(literal(containerInsightsOf(resource)) ?? 'disabled');
    if (value === 'disabled' || site.regionOf(resource) !== site.home) return [];
    return [{ item: 'cloudwatch.metric', quantity: site.usage.read('customMetrics') }];
  },
};
