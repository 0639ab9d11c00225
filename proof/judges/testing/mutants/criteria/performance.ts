// Mutants of AC-PERF-1…5.

import { at, isReference, literal, textOf } from '../../../../../assembly/graph.ts';
import { listOf, ofType, pointsAt } from '../../../../../assembly/relations.ts';
import { perEnvironment } from '../../../../../design/environments.ts';
import { type Json, only, type Platform } from '../mutant.ts';
import { first, latencyAlarms, scalableTarget, scalingPolicy, taskDefinition, variableOf } from './find.ts';
import { type CriterionMutant, mutantsOf } from './mutant.ts';

/** Does something to every alarm on response times. */
function eachLatencyAlarm(platform: Platform, spoil: (alarm: ReturnType<typeof latencyAlarms>[number]) => void): void {
  only(latencyAlarms(platform));
  for (const alarm of latencyAlarms(platform)) spoil(alarm);
}

const response = mutantsOf('AC-PERF-1', [
  {
    name: 'nothing watches how long answers take',
    spoil: (platform) => eachLatencyAlarm(platform, (alarm) => platform.remove(alarm)),
  },
  {
    name: 'nobody is told before it takes two seconds',
    spoil: (platform) => eachLatencyAlarm(platform, (alarm) => platform.set(alarm, ['Threshold'], 2)),
  },
  {
    name: 'the alarm tells nobody',
    subtle: true,
    spoil: (platform) => eachLatencyAlarm(platform, (alarm) => platform.set(alarm, ['AlarmActions'], undefined)),
  },
  {
    name: 'the actions of the alarm are switched off',
    subtle: true,
    spoil: (platform) => eachLatencyAlarm(platform, (alarm) => platform.set(alarm, ['ActionsEnabled'], 'false')),
  },
  {
    name: 'the alarm is on a load balancer that is not there',
    subtle: true,
    spoil: (platform) =>
      eachLatencyAlarm(platform, (alarm) =>
        platform.set(alarm, ['Dimensions'], [{ Name: 'LoadBalancer', Value: 'app/another/0123456789abcdef' }]),
      ),
  },
  {
    name: 'the alarm is on the errors of the load balancer',
    spoil: (platform) =>
      eachLatencyAlarm(platform, (alarm) => platform.set(alarm, ['MetricName'], 'TargetConnectionErrorCount')),
  },
]);

const tracking = 'TargetTrackingScalingPolicyConfiguration';
const targetOf = (platform: Platform) =>
  Number(literal(at(scalingPolicy(platform).properties, tracking, 'TargetValue')));

const out = mutantsOf('AC-PERF-2', [
  {
    name: 'tasks come at twice the traffic',
    spoil: (platform) => platform.set(scalingPolicy(platform), [tracking, 'TargetValue'], targetOf(platform) * 2),
  },
  { name: 'nothing scales the service', spoil: (platform) => platform.remove(scalingPolicy(platform)) },
  {
    name: 'there may be no more tasks than the least',
    spoil: (platform) =>
      platform.set(
        scalableTarget(platform),
        ['MaxCapacity'],
        perEnvironment(platform.design.sizes, platform.environment).task.minimum,
      ),
  },
  {
    name: 'scaling out is suspended',
    subtle: true,
    spoil: (platform) =>
      platform.set(scalableTarget(platform), ['SuspendedState'], { DynamicScalingOutSuspended: true }),
  },
  {
    name: 'the policy looks at the traffic of other targets',
    subtle: true,
    spoil: (platform) =>
      platform.set(
        scalingPolicy(platform),
        [tracking, 'PredefinedMetricSpecification', 'ResourceLabel'],
        'app/other/1/targetgroup/other/1',
      ),
  },
  {
    name: 'there are so many tasks to begin with that none are added',
    subtle: true,
    spoil: (platform) => platform.set(scalableTarget(platform), ['MinCapacity'], 4),
  },
]);

const back = mutantsOf('AC-PERF-3', [
  {
    name: 'tasks that came stay',
    spoil: (platform) => platform.set(scalingPolicy(platform), [tracking, 'DisableScaleIn'], 'true'),
  },
  { name: 'three tasks are left', spoil: (platform) => platform.set(scalableTarget(platform), ['MinCapacity'], 3) },
  {
    name: 'scaling in is suspended',
    subtle: true,
    spoil: (platform) =>
      platform.set(scalableTarget(platform), ['SuspendedState'], { DynamicScalingInSuspended: 'true' }),
  },
  { name: 'nothing scales the service', spoil: (platform) => platform.remove(scalingPolicy(platform)) },
  {
    name: 'a task goes once in four hours',
    subtle: true,
    spoil: (platform) => platform.set(scalingPolicy(platform), [tracking, 'ScaleInCooldown'], 4 * 3600),
  },
  {
    name: 'the least traffic is too much for the least tasks',
    subtle: true,
    spoil: (platform) => platform.set(scalingPolicy(platform), [tracking, 'TargetValue'], 300),
  },
]);

const distribution = (platform: Platform) => first(platform, 'AWS::CloudFront::Distribution');

/** Places of the behaviours that lead to a bucket. */
function staticBehaviours(platform: Platform): readonly (readonly (string | number)[])[] {
  const config = distribution(platform).properties.DistributionConfig;
  const ids = listOf(at(config, 'Origins'))
    .filter((origin) => at(origin, 'S3OriginConfig') !== undefined)
    .map((origin) => literal(at(origin, 'Id')));
  const places: readonly (readonly (string | number)[])[] = [
    ['DefaultCacheBehavior'],
    ...listOf(at(config, 'CacheBehaviors')).map((_, index) => ['CacheBehaviors', index]),
  ];
  return places
    .filter((place) => ids.includes(literal(at(config, ...place, 'TargetOriginId'))))
    .map((place) => ['DistributionConfig', ...place]);
}

const disabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

function eachStatic(platform: Platform, property: string, value: Json | undefined): void {
  const places = staticBehaviours(platform);
  if (places.length === 0) throw new Error('no behaviour to spoil');
  for (const place of places) platform.set(distribution(platform), [...place, property], value);
}

const caching = mutantsOf('AC-PERF-4', [
  { name: 'there is no CloudFront', spoil: (platform) => platform.remove(distribution(platform)) },
  { name: 'static files are not kept', spoil: (platform) => eachStatic(platform, 'CachePolicyId', disabled) },
  {
    name: 'static files are kept for no time',
    subtle: true,
    spoil: (platform) => {
      platform.add(distribution(platform), 'AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: { Name: 'short', DefaultTTL: 0, MaxTTL: 0, MinTTL: 0 },
      });
      eachStatic(platform, 'CachePolicyId', { Ref: 'Intruder' });
    },
  },
  {
    name: 'static files are kept for no time, in the older way of saying so',
    spoil: (platform) => {
      eachStatic(platform, 'CachePolicyId', undefined);
      eachStatic(platform, 'ForwardedValues', { QueryString: false });
      eachStatic(platform, 'MaxTTL', 0);
      eachStatic(platform, 'DefaultTTL', 0);
    },
  },
  {
    name: 'CloudFront is switched off',
    subtle: true,
    spoil: (platform) => platform.set(distribution(platform), ['DistributionConfig', 'Enabled'], false),
  },
  {
    name: 'no behaviour leads to the bucket',
    spoil: (platform) => eachStatic(platform, 'TargetOriginId', 'somewhere-else'),
  },
]);

const cache = (platform: Platform) => first(platform, 'AWS::ElastiCache::ReplicationGroup');
const told = (platform: Platform) =>
  variableOf(
    platform,
    (value) => isReference(value) && pointsAt(value, cache(platform)) && /Address/.test(textOf(value)),
  );

const queries = mutantsOf('AC-PERF-5', [
  { name: 'there is no cache', spoil: (platform) => platform.remove(cache(platform)) },
  {
    name: 'no task is told of the cache',
    spoil: (platform) => platform.set(taskDefinition(platform), told(platform), 'localhost'),
  },
  {
    name: 'tasks are told where to read alone',
    subtle: true,
    spoil: (platform) =>
      platform.set(taskDefinition(platform), told(platform), platform.away(cache(platform), 'ReaderEndPoint.Address')),
  },
  {
    name: 'the cache lets nobody in',
    spoil: (platform) => {
      const port = String(literal(cache(platform).properties.Port) ?? 6379);
      for (const rule of ofType(platform.graph, 'AWS::EC2::SecurityGroupIngress')) {
        if (String(literal(rule.properties.FromPort)) === port) platform.remove(rule);
      }
    },
  },
  {
    name: 'the cache listens on a port that no rule knows',
    subtle: true,
    spoil: (platform) => platform.set(cache(platform), ['Port'], 6380),
  },
  { name: 'the cache is of another kind', spoil: (platform) => platform.set(cache(platform), ['Engine'], 'memcached') },
]);

export const performanceMutants: readonly CriterionMutant[] = [...response, ...out, ...back, ...caching, ...queries];
