// What mutants of several criteria spoil.
import { at, type Resource, textOf } from '../../../../../assembly/graph.ts';
import { dataBuckets, logBuckets } from '../../../../../assembly/questions/buckets.ts';
import { promotionOrder } from '../../../../../assembly/questions/compute.ts';
import { targetOfService } from '../../../../../assembly/questions/scaling.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../../../assembly/relations.ts';
import { auroraClusters } from '../../../parts/aurora/ac-rel-1-database-zones.ts';
import { fargateServices } from '../../../parts/service/fargate-services.ts';
import { only, type Platform } from '../mutant.ts';

/** The first resource of a type. */
export const first = ({ graph }: Platform, type: string): Resource => only(ofType(graph, type));

export const dataBucket = ({ graph }: Platform): Resource => only(dataBuckets(graph));
export const logBucket = ({ graph }: Platform): Resource => only(logBuckets(graph));
/** The bucket of static files: neither data nor logs. */
export const siteBucket = ({ graph }: Platform): Resource =>
  only(
    ofType(graph, 'AWS::S3::Bucket').filter(
      (bucket) => ![...dataBuckets(graph), ...logBuckets(graph)].includes(bucket),
    ),
  );

export const cluster = ({ graph }: Platform): Resource => only(auroraClusters(graph).clusters);
export const service = ({ graph }: Platform): Resource => only(fargateServices(graph).services);
export const scalableTarget = (platform: Platform): Resource =>
  only([targetOfService(platform.graph, service(platform))]);
export const scalingPolicy = (platform: Platform): Resource =>
  only(
    ofType(platform.graph, 'AWS::ApplicationAutoScaling::ScalingPolicy').filter(({ properties }) =>
      pointsAt(properties.ScalingTargetId, scalableTarget(platform)),
    ),
  );
export const taskDefinition = (platform: Platform): Resource =>
  only([targetOf(platform.graph, service(platform).properties.TaskDefinition)]);

/** Instances of the cluster that are not promoted first. */
export function readers(platform: Platform): readonly Resource[] {
  const found = promotionOrder(platform.graph, cluster(platform)).slice(1);
  only(found);
  return found;
}

/** Policies on a thing, by the property that names it. */
export const policiesOn = ({ graph }: Platform, type: string, property: string, thing: Resource): readonly Resource[] =>
  ofType(graph, type).filter(({ properties }) => listOf(properties[property]).some((item) => pointsAt(item, thing)));

/** The alarms on how long the load balancer's targets take. */
export const latencyAlarms = ({ graph }: Platform): readonly Resource[] =>
  ofType(graph, 'AWS::CloudWatch::Alarm').filter(({ properties }) => properties.MetricName === 'TargetResponseTime');

/** Index of a container by what it is told. */
export function containerWith(platform: Platform, words: RegExp): number {
  const containers = listOf(taskDefinition(platform).properties.ContainerDefinitions);
  const index = containers.findIndex((container) => words.test(textOf(container)));
  if (index < 0) throw new Error(`no container with ${words}`);
  return index;
}

/** Place of a variable of a container. */
export function variableOf(platform: Platform, isWanted: (value: NonNullable<ReturnType<typeof at>>) => boolean) {
  const containers = listOf(taskDefinition(platform).properties.ContainerDefinitions);
  for (const [index, container] of containers.entries()) {
    const place = listOf(at(container, 'Environment')).findIndex((item) => isWanted(at(item, 'Value') ?? ''));
    if (place >= 0) return ['ContainerDefinitions', index, 'Environment', place, 'Value'] as const;
  }
  throw new Error('no container is told so');
}
