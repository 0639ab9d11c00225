// Mutants of AC-REL-1…6.
import { at, type Resource } from '../../../../../assembly/graph.ts';
import { instancesOf } from '../../../../../assembly/questions/compute.ts';
import { listOf, pointsAt, targetOf } from '../../../../../assembly/relations.ts';
import { type Json, only, type Platform } from '../mutant.ts';
import { cluster, first, readers, scalableTarget, service, taskDefinition, variableOf } from './find.ts';
import { type CriterionMutant, mutantsOf } from './mutant.ts';

const subnetGroup = (platform: Platform) =>
  only([targetOf(platform.graph, cluster(platform).properties.DBSubnetGroupName)]);

/** Leaves a list property with its first member. */
function onlyFirst(platform: Platform, resource: Resource, path: readonly (string | number)[]): void {
  const [one] = [platform.get(resource, path)].flat();
  platform.set(resource, path, [one ?? '']);
}

/** Puts all of these subnets into one zone. */
function oneZone(platform: Platform, subnets: readonly (Resource | undefined)[]): void {
  for (const subnet of subnets) platform.set(only([subnet]), ['AvailabilityZone'], `${platform.design.region}a`);
}

const databaseZones = mutantsOf('AC-REL-1', [
  {
    name: 'the cluster has one instance',
    spoil: (platform) => {
      for (const reader of readers(platform)) platform.remove(reader);
    },
  },
  {
    name: 'the reader stands in the zone of the writer',
    subtle: true,
    spoil: (platform) => {
      for (const instance of instancesOf(platform.graph, cluster(platform))) {
        platform.set(instance, ['AvailabilityZone'], `${platform.design.region}a`);
      }
    },
  },
  {
    name: 'the subnet group has one subnet',
    spoil: (platform) => onlyFirst(platform, subnetGroup(platform), ['SubnetIds']),
  },
  {
    name: 'all subnets of the group lie in one zone',
    subtle: true,
    spoil: (platform) =>
      oneZone(
        platform,
        listOf(subnetGroup(platform).properties.SubnetIds).map((item) => targetOf(platform.graph, item)),
      ),
  },
  {
    name: 'there is a second cluster with one instance',
    spoil: (platform) => {
      platform.add(cluster(platform), 'AWS::RDS::DBCluster', { Engine: 'aurora-postgresql' }, 'Second');
      platform.add(cluster(platform), 'AWS::RDS::DBInstance', { DBClusterIdentifier: { Ref: 'Second' } });
    },
  },
  {
    name: 'the reader belongs to a cluster only under a condition that never holds',
    subtle: true,
    spoil: (platform) => {
      for (const reader of readers(platform)) {
        const place = ['DBClusterIdentifier'];
        platform.set(reader, place, platform.never(reader, platform.get(reader, place) ?? ''));
      }
    },
  },
]);

const subnets = ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'];

const taskZones = mutantsOf('AC-REL-2', [
  { name: 'tasks have one subnet', spoil: (platform) => onlyFirst(platform, service(platform), subnets) },
  {
    name: 'all subnets of tasks lie in one zone',
    subtle: true,
    spoil: (platform) =>
      oneZone(
        platform,
        listOf(at(service(platform).properties, ...subnets)).map((item) => targetOf(platform.graph, item)),
      ),
  },
  { name: 'one task is enough', spoil: (platform) => platform.set(scalableTarget(platform), ['MinCapacity'], 1) },
  { name: 'no task is enough', spoil: (platform) => platform.set(scalableTarget(platform), ['MinCapacity'], 0) },
  {
    name: 'a second service has one subnet and one task',
    subtle: true,
    spoil: (platform) => {
      const place = service(platform);
      const [subnet] = [platform.get(place, subnets)].flat();
      platform.add(place, 'AWS::ECS::Service', {
        LaunchType: 'FARGATE',
        DesiredCount: 1,
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [subnet ?? ''] } },
      });
    },
  },
  {
    name: 'there are subnets only under a condition that never holds',
    spoil: (platform) => {
      const place = service(platform);
      platform.set(place, subnets, platform.never(place, platform.get(place, subnets) ?? []));
    },
  },
]);

const members = (platform: Platform) =>
  only(
    listOf(service(platform).properties.LoadBalancers).map((one) =>
      targetOf(platform.graph, at(one, 'TargetGroupArn')),
    ),
  );

const replacement = mutantsOf('AC-REL-3', [
  { name: 'no service holds the number of tasks', spoil: (platform) => platform.remove(service(platform)) },
  { name: 'no task is enough', spoil: (platform) => platform.set(scalableTarget(platform), ['MinCapacity'], 0) },
  {
    name: 'somebody else than ECS holds the number',
    spoil: (platform) => platform.set(service(platform), ['DeploymentController'], { Type: 'EXTERNAL' }),
  },
  {
    name: 'nobody looks whether tasks are well',
    subtle: true,
    spoil: (platform) => platform.set(members(platform), ['HealthCheckEnabled'], false),
  },
  {
    name: 'a task goes on without its containers',
    subtle: true,
    spoil: (platform) => {
      for (const [index] of listOf(taskDefinition(platform).properties.ContainerDefinitions).entries()) {
        platform.set(taskDefinition(platform), ['ContainerDefinitions', index, 'Essential'], 'false');
      }
    },
  },
  {
    name: 'there is a task that no service runs',
    subtle: true,
    spoil: (platform) =>
      platform.add(service(platform), 'AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Name: 'lone' }] }),
  },
]);

/** The variable that names the database. */
const address = (platform: Platform) => variableOf(platform, (value) => pointsAt(value, cluster(platform)));

const failover = mutantsOf('AC-REL-4', [
  {
    name: 'there is no reader',
    spoil: (platform) => {
      for (const reader of readers(platform)) platform.remove(reader);
    },
  },
  {
    name: 'the reader is the last to be promoted',
    subtle: true,
    spoil: (platform) => {
      for (const reader of readers(platform)) platform.set(reader, ['PromotionTier'], 15);
    },
  },
  {
    name: 'the reader is smaller than the writer',
    subtle: true,
    spoil: (platform) => {
      for (const reader of readers(platform)) platform.set(reader, ['DBInstanceClass'], 'db.t4g.medium');
    },
  },
  {
    name: "tasks are told one instance's own address",
    subtle: true,
    spoil: (platform) => {
      const [instance] = instancesOf(platform.graph, cluster(platform));
      platform.set(taskDefinition(platform), address(platform), platform.away(only([instance]), 'Endpoint.Address'));
    },
  },
  {
    name: "tasks are told the readers' address",
    spoil: (platform) =>
      platform.set(
        taskDefinition(platform),
        address(platform),
        platform.away(cluster(platform), 'ReadEndpoint.Address'),
      ),
  },
  {
    name: 'the reader belongs to a cluster only under a condition that never holds',
    subtle: true,
    spoil: (platform) => {
      for (const reader of readers(platform)) {
        platform.set(
          reader,
          ['DBClusterIdentifier'],
          platform.never(reader, platform.get(reader, ['DBClusterIdentifier']) ?? ''),
        );
      }
    },
  },
]);

const retention = mutantsOf('AC-REL-5', [
  {
    name: 'backups are kept for six days',
    spoil: (platform) => platform.set(cluster(platform), ['BackupRetentionPeriod'], 6),
  },
  {
    name: 'nothing is said of backups',
    spoil: (platform) => platform.set(cluster(platform), ['BackupRetentionPeriod'], undefined),
  },
  {
    name: 'staging keeps one day',
    environment: 'staging',
    spoil: (platform) => platform.set(cluster(platform), ['BackupRetentionPeriod'], 1),
  },
  {
    name: 'development keeps none',
    environment: 'development',
    spoil: (platform) => platform.set(cluster(platform), ['BackupRetentionPeriod'], '0'),
  },
  {
    name: 'a lone instance of another stack keeps none',
    subtle: true,
    spoil: (platform) =>
      platform.add(first(platform, 'AWS::SQS::Queue'), 'AWS::RDS::DBInstance', {
        Engine: 'postgres',
        BackupRetentionPeriod: 0,
      }),
  },
  {
    name: 'seven days hang on a condition that never holds',
    subtle: true,
    spoil: (platform) =>
      platform.set(cluster(platform), ['BackupRetentionPeriod'], platform.never(cluster(platform), 7)),
  },
]);

const nightly = (MinCapacity: number): Json => [
  {
    ScheduledActionName: 'night',
    Schedule: 'cron(0 22 * * ? *)',
    ScalableTargetAction: { MinCapacity, MaxCapacity: 10 },
  },
];

const minimum = mutantsOf('AC-REL-6', [
  {
    name: 'scaling may leave one task',
    spoil: (platform) => platform.set(scalableTarget(platform), ['MinCapacity'], 1),
  },
  {
    name: 'staging may be left with one task',
    environment: 'staging',
    spoil: (platform) => platform.set(scalableTarget(platform), ['MinCapacity'], '1'),
  },
  {
    name: 'development may be left with none by day',
    environment: 'development',
    spoil: (platform) => platform.set(scalableTarget(platform), ['MinCapacity'], 0),
  },
  {
    name: 'one task is left at night',
    subtle: true,
    spoil: (platform) => platform.set(scalableTarget(platform), ['ScheduledActions'], nightly(1)),
  },
  {
    name: 'a schedule in another stack takes the minimum away',
    subtle: true,
    spoil: (platform) =>
      platform.add(cluster(platform), 'AWS::Scheduler::Schedule', {
        ScheduleExpression: 'cron(0 22 * * ? *)',
        Target: {
          Arn: 'arn:aws:scheduler:::aws-sdk:applicationautoscaling:registerScalableTarget',
          Input: {
            'Fn::Join': [
              '',
              ['{"ResourceId":"service/', platform.away(service(platform), 'Name'), '","MinCapacity":0}'],
            ],
          },
        },
      }),
  },
  { name: 'nothing bounds the service', spoil: (platform) => platform.remove(scalableTarget(platform)) },
]);

export const reliabilityMutants: readonly CriterionMutant[] = [
  ...databaseZones,
  ...taskZones,
  ...replacement,
  ...failover,
  ...retention,
  ...minimum,
];
