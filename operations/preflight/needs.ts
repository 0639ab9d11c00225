// What the templates need of each quota in a region, computed from the resources, and how much of it they hold already.
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import type { EnvironmentGraph } from '../../assembly/environment-graph.ts';
import type { Resource } from '../../assembly/graph.ts';
import { numberAt, textAt } from '../../assembly/properties.ts';
import { nodesOf } from '../../assembly/questions/compute.ts';
import { placementOf } from '../../assembly/questions/placements.ts';
import { targetOfService } from '../../assembly/questions/scaling.ts';
import { listOf } from '../../assembly/relations.ts';
import type { Context, RegionContext } from './context.ts';
import type { QuotaName } from './result.ts';

export interface Need {
  readonly quota: QuotaName;
  /** With the most tasks that scaling allows. */
  readonly least: number;
  /** The same while a new version of the tasks stands beside the old one, or a waiting region has taken over. */
  readonly most: number;
  /** What we hold of it already; asked of AWS where CloudFormation alone cannot say. */
  readonly there: (place: RegionContext) => Promise<number>;
}

export function needsOf(context: Context, region: string): readonly Need[] {
  const { environmentGraph } = context;
  const all = (type: string) => environmentGraph.all(type, region);
  const services = all('AWS::ECS::Service').map((service) => planOf(environmentGraph, service));
  const total = (of: (service: ServicePlan) => number) => services.reduce((sum, each) => sum + of(each), 0);
  /** Counted as the template has them, so many for each resource that is there. */
  const counted = (quota: QuotaName, resources: readonly Resource[], each = (_: Resource) => 1): Need => {
    const sum = (some: readonly Resource[]) => some.reduce((whole, resource) => whole + each(resource), 0);
    const need = sum(resources);
    return {
      quota,
      least: need,
      most: need,
      there: async (place) => {
        const deployed = await place.deployed;
        return sum(resources.filter((resource) => deployed.physical(resource) !== undefined));
      },
    };
  };
  const fixedInterfaces = counted('networkInterfaces', interfaceOwners.flatMap(all), (resource) =>
    interfacesOf(environmentGraph, resource, region),
  );
  return [
    counted('vpcs', all('AWS::EC2::VPC')),
    counted('internetGateways', all('AWS::EC2::InternetGateway')),
    counted('natGatewaysPerZone', fullestZone(environmentGraph, region)),
    counted('elasticIps', all('AWS::EC2::EIP')),
    counted('loadBalancers', all('AWS::ElasticLoadBalancingV2::LoadBalancer')),
    counted('cacheNodes', all('AWS::ElastiCache::ReplicationGroup'), leastNodesOf),
    counted('dbClusters', all('AWS::RDS::DBCluster')),
    counted('dbInstances', all('AWS::RDS::DBInstance')),
    {
      quota: 'networkInterfaces',
      least: fixedInterfaces.least + total(({ maximum }) => maximum),
      most: fixedInterfaces.most + total(most),
      there: async (place) => (await fixedInterfaces.there(place)) + (await running(place, services, () => 1)),
    },
    {
      quota: 'fargateVcpus',
      least: total(({ maximum, vcpus }) => maximum * vcpus),
      most: total((each) => most(each) * each.vcpus),
      there: (place) => running(place, services, ({ vcpus }) => vcpus),
    },
    concurrencyOf(environmentGraph, region),
  ];
}

interface ServicePlan {
  readonly service: Resource;
  readonly vcpus: number;
  readonly maximum: number;
  /** What it must be able to take over from the home region, where it waits with no task. */
  readonly reserve: number;
  /** How many times as many tasks there may be during a deployment. */
  readonly rollover: number;
}

/** Old and new tasks side by side, or those of the home region. */
const most = ({ maximum, rollover, reserve }: ServicePlan): number => Math.max(Math.ceil(maximum * rollover), reserve);

function planOf(environmentGraph: EnvironmentGraph, service: Resource): ServicePlan {
  const definition = environmentGraph.find(service.properties.TaskDefinition);
  const maximum = maximumOf(environmentGraph, service);
  const atHome = environmentGraph
    .all('AWS::ECS::Service', environmentGraph.home)
    .map((each) => maximumOf(environmentGraph, each));
  return {
    service,
    vcpus: definition === undefined ? 0 : numberAt(definition, ['Cpu'], 256) / 1024,
    maximum,
    reserve: maximum === 0 ? Math.max(0, ...atHome) : 0,
    rollover: numberAt(service, ['DeploymentConfiguration', 'MaximumPercent'], 200) / 100,
  };
}

function maximumOf(environmentGraph: EnvironmentGraph, service: Resource): number {
  const target = targetOfService(environmentGraph, service);
  const desired = numberAt(service, ['DesiredCount'], target === undefined ? 1 : 0);
  return target === undefined ? desired : Math.max(desired, numberAt(target, ['MaxCapacity'], desired));
}

/** What the tasks that run now hold. */
async function running(
  { clients, region, environmentGraph, ...place }: RegionContext,
  services: readonly ServicePlan[],
  each: (plan: ServicePlan) => number,
): Promise<number> {
  const deployed = await place.deployed;
  let sum = 0;
  for (const plan of services) {
    const service = deployed.physical(plan.service);
    const found = environmentGraph.find(plan.service.properties.Cluster);
    const cluster = found && deployed.physical(found);
    if (service === undefined || cluster === undefined) continue;
    const command = new DescribeServicesCommand({ cluster, services: [service] });
    const { services: [now] = [] } = await clients.containers(region).send(command);
    sum += (now?.runningCount ?? 0) * each(plan);
  }
  return sum;
}

/** The NAT gateways of the zone that gets most of them. */
function fullestZone(environmentGraph: EnvironmentGraph, region: string): readonly Resource[] {
  const zones = Map.groupBy(environmentGraph.all('AWS::EC2::NatGateway', region), (gateway) => {
    const subnet = environmentGraph.find(gateway.properties.SubnetId);
    return (subnet && textAt(subnet, ['AvailabilityZone'])) ?? '';
  });
  return [...zones.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
}

const interfaceOwners = [
  'AWS::EC2::NatGateway',
  'AWS::EC2::VPCEndpoint',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::RDS::DBInstance',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Lambda::Function',
];

const subnetCount = (environmentGraph: EnvironmentGraph, resource: Resource): number =>
  listOf(placementOf(environmentGraph, resource)?.value).length;

/** A group has one node where nothing says how many. */
const leastNodesOf = (group: Resource) => nodesOf(group) ?? 1;

/** Network interfaces of a resource, at the least; a load balancer under load takes more by itself. */
function interfacesOf(environmentGraph: EnvironmentGraph, resource: Resource, region: string): number {
  switch (resource.type) {
    case 'AWS::EC2::VPCEndpoint':
      return textAt(resource, ['VpcEndpointType']) === 'Interface' ? subnetCount(environmentGraph, resource) : 0;
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return subnetCount(environmentGraph, resource);
    case 'AWS::ElastiCache::ReplicationGroup':
      return leastNodesOf(resource);
    case 'AWS::Lambda::Function': {
      // Functions with the same subnets and groups share their interfaces: the first one of each kind counts for all.
      const network = (each: Resource) => JSON.stringify(each.properties.VpcConfig ?? null);
      const alike = environmentGraph
        .all('AWS::Lambda::Function', region)
        .find((each) => network(each) === network(resource));
      return alike?.key === resource.key ? subnetCount(environmentGraph, resource) : 0;
    }
    default:
      return 1;
  }
}

/** Concurrency that functions reserve, with the hundred that AWS keeps unreserved then; and what queues may call at once. */
function concurrencyOf(environmentGraph: EnvironmentGraph, region: string): Need {
  const functions = environmentGraph.all('AWS::Lambda::Function', region);
  const reserved = functions
    .map((each) => numberAt(each, ['ReservedConcurrentExecutions'], 0))
    .filter((each) => each > 0);
  const sum = (numbers: readonly number[]) => numbers.reduce((whole, each) => whole + each, 0);
  const called = environmentGraph
    .all('AWS::Lambda::EventSourceMapping', region)
    .map((each) => numberAt(each, ['ScalingConfig', 'MaximumConcurrency'], 1));
  const least = reserved.length === 0 ? functions.length : sum(reserved) + unreservedAtLeast;
  return {
    quota: 'functionConcurrency',
    least,
    // One call of each other function beside the queues at their fullest.
    most: Math.max(least, sum(called) + functions.length - called.length),
    there: async (place) => {
      const deployed = await place.deployed;
      const there = functions.filter((each) => deployed.physical(each) !== undefined);
      return sum(there.map((each) => numberAt(each, ['ReservedConcurrentExecutions'], 0)));
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const unreservedAtLeast = 100;
