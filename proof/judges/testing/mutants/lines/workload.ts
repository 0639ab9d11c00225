// Mutants of database, cache, messaging and compute (STK-3, 4, 6, 7, SIZE-1…3, 5, BKP-1, BKP-6).
import { healthCheckRules } from '../../../../../assembly/questions/target-groups.ts';
import { ofType } from '../../../../../assembly/relations.ts';
import { type Json, type Mutant, only, type Platform } from '../mutant.ts';
import { resourcePath, stackPath } from './paths.ts';

/** Sets a property of the first resource of a type. */
const set = (type: string, property: string, value: Json | undefined) => (platform: Platform) =>
  platform.set(only(ofType(platform.graph, type)), [property], value);

const target = 'AWS::ApplicationAutoScaling::ScalableTarget';
const cluster = 'AWS::RDS::DBCluster';
const redis = 'AWS::ElastiCache::ReplicationGroup';

export const workloadMutants: readonly Mutant[] = [
  {
    id: 'SIZE-1',
    name: 'fewer tasks are kept running',
    spoil: set(target, 'MinCapacity', 0),
    reddens: () => ['multiAz.production', 'requestsPerSecond', 'sizes.production.task.minimum'],
  },
  {
    id: 'SIZE-2',
    name: 'a database instance is of another class',
    spoil: set('AWS::RDS::DBInstance', 'DBInstanceClass', 'db.r6g.xlarge'),
    reddens: () => ['sizes.production.aurora.instanceClass'],
  },
  {
    id: 'SIZE-3',
    name: 'the cache has other nodes',
    spoil: set(redis, 'CacheNodeType', 'cache.r6g.xlarge'),
    reddens: () => ['sizes.production.cache.nodeType'],
  },
  {
    id: 'SIZE-5',
    name: 'a function has another time limit',
    spoil: (platform) => {
      for (const lambda of ofType(platform.graph, 'AWS::Lambda::Function')) platform.set(lambda, ['Timeout'], 900);
    },
    reddens: () => ['sizes.production.functions.timeoutSeconds'],
  },
  {
    id: 'STK-3',
    name: 'the cluster has no parameter group of its own',
    spoil: (platform) => platform.remove(only(ofType(platform.graph, 'AWS::RDS::DBClusterParameterGroup'))),
    reddens: (design) => [resourcePath(design, 'DatabaseStack', 'parameter-group')],
  },
  {
    id: 'BKP-1',
    name: 'backups of the database are kept for another time',
    spoil: set(cluster, 'BackupRetentionPeriod', 35),
    reddens: (design) => [
      'backup.aurora.retentionDays.production',
      resourcePath(design, 'DatabaseStack', 'backup-policy'),
    ],
  },
  {
    id: 'BKP-6',
    name: 'development takes snapshots of the cache',
    environment: 'development',
    spoil: set(redis, 'SnapshotRetentionLimit', 2),
    reddens: () => ['backup.cache.automatic', 'backup.cache.retentionDays.development'],
  },
  {
    id: 'STK-6',
    name: 'the service runs on instances',
    spoil: (platform) => {
      const service = only(ofType(platform.graph, 'AWS::ECS::Service'));
      platform.set(service, ['CapacityProviderStrategy'], undefined);
      platform.set(service, ['LaunchType'], 'EC2');
    },
    reddens: (design) => [resourcePath(design, 'ComputeStack', 'service')],
  },
  {
    id: 'STK-6',
    name: 'the stack waits for the one that watches it',
    spoil: (platform) => platform.waitFor('ProductionComputeStack', 'ProductionMonitoringStack'),
    reddens: (design) => [`${stackPath(design, 'ComputeStack')}.dependsOn`],
  },
  {
    id: 'STK-3',
    name: 'the cluster does not use the parameter group',
    spoil: set(cluster, 'DBClusterParameterGroupName', undefined),
    reddens: (design) => [resourcePath(design, 'DatabaseStack', 'parameter-group')],
  },
  {
    id: 'STK-4',
    name: 'the cache does not use the parameter group',
    spoil: set(redis, 'CacheParameterGroupName', undefined),
    reddens: (design) => [resourcePath(design, 'CacheStack', 'parameter-group')],
  },
  {
    id: 'STK-6',
    name: 'the service runs in a cluster that is not the platform’s',
    spoil: set('AWS::ECS::Service', 'Cluster', 'default'),
    reddens: (design) => [resourcePath(design, 'ComputeStack', 'cluster')],
  },
  {
    id: 'STK-6',
    name: 'the load balancer is a network load balancer',
    spoil: set('AWS::ElasticLoadBalancingV2::LoadBalancer', 'Type', 'network'),
    reddens: (design) => [resourcePath(design, 'ComputeStack', 'load-balancer')],
  },
  {
    id: 'STK-6',
    name: 'no listener leads to the tasks',
    spoil: (platform) => {
      for (const listener of ofType(platform.graph, 'AWS::ElasticLoadBalancingV2::Listener'))
        platform.set(listener, ['DefaultActions'], [{ Type: 'fixed-response' }]);
      // Rules for health checks alone stay: what they lead to serves nobody, and is told from the tasks by them.
      const { graph, everywhere } = platform.case;
      const ofHealthChecks = new Set(healthCheckRules(graph, everywhere));
      for (const rule of ofType(graph, 'AWS::ElasticLoadBalancingV2::ListenerRule'))
        if (!ofHealthChecks.has(rule)) platform.set(rule, ['Actions'], [{ Type: 'fixed-response' }]);
    },
    reddens: (design) => [resourcePath(design, 'ComputeStack', 'load-balancer')],
  },
  {
    id: 'STK-6',
    name: 'the stack does not wait for the cache',
    spoil: (platform) => platform.cut('ProductionComputeStack', 'ProductionCacheStack'),
    reddens: (design) => [`${stackPath(design, 'ComputeStack')}.dependsOn`],
  },
  {
    id: 'STK-7',
    name: 'a rule is switched off',
    spoil: set('AWS::Events::Rule', 'State', 'DISABLED'),
    reddens: (design) => [resourcePath(design, 'MessagingStack', 'schedule')],
  },
];
