// AC-PERF-5: there is a cache, the tasks know where it is, and their security groups let them reach it.

import { type Assembly, isReference, literal, type Resource } from '../../../assembly/graph.ts';
import { groupsOf, lets } from '../../../assembly/questions/security-groups.ts';
import { ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { perEnvironment } from '../../../design/environments.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { containersOf, environmentOf, fargateServices } from './resources.ts';

export const queryCache: CriterionJudge = {
  id: 'AC-PERF-5',
  about: ['cache'],
  judge: judgeCache,
};

function judgeCache({ graph, design, environment, documented }: CriterionCase): Finding {
  if (perEnvironment(design.sizes, environment).cache === undefined)
    return { notApplicable: 'the document has no cache' };
  const caches = ofType(
    graph,
    'AWS::ElastiCache::ReplicationGroup',
    'AWS::ElastiCache::ServerlessCache',
    'AWS::ElastiCache::CacheCluster',
  ).filter(({ properties }) => properties.ReplicationGroupId === undefined || properties.CacheNodeType === undefined);
  if (!documented && ofType(graph, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance').length === 0) {
    return { notApplicable: 'there is no database whose results could be kept' };
  }
  if (caches.length === 0) return [nothing('a cache')];
  return fargateServices(graph).length === 0
    ? [nothing('a service that uses the cache')]
    : caches.flatMap((cache) => [
        engineEvidence(graph, cache),
        ...fargateServices(graph).flatMap((service) => useEvidence(graph, cache, service)),
      ]);
}

function engineEvidence(graph: Assembly, cache: Resource): Evidence {
  const engine = literal(cache.properties.Engine) ?? 'redis';
  return seen(graph, cache, ['Engine'], engine, 'redis or valkey', engine === 'redis' || engine === 'valkey');
}

/** The address that writes reach, in the environment of a container, and a way through both security groups. */
function useEvidence(graph: Assembly, cache: Resource, service: Resource): readonly Evidence[] {
  const task = targetOf(graph, service.properties.TaskDefinition);
  if (task === undefined)
    return [
      seen(graph, service, ['TaskDefinition'], 'not in the templates', 'a task that is told of the cache', undefined),
    ];
  const told = containersOf(task)
    .flatMap(({ path, container }) =>
      environmentOf(container).map(({ name, value }) => ({ path: [...path, 'Environment'], name, value })),
    )
    .find(
      ({ value }) =>
        isReference(value) &&
        pointsAt(value, cache) &&
        /Address/.test(value.attribute ?? '') &&
        !/Reader/.test(value.attribute ?? ''),
    );
  const observed = told === undefined ? 'no container is told' : told.name;
  return [
    seen(graph, task, told?.path ?? ['ContainerDefinitions'], observed, "the cache's address", told !== undefined),
    wayEvidence(graph, cache, service),
  ];
}

function wayEvidence(graph: Assembly, cache: Resource, service: Resource): Evidence {
  const [callers, doors] = [groupsOf(graph, service), groupsOf(graph, cache)];
  const port = Number(literal(cache.properties.Port) ?? 6379);
  if (callers.length === 0 || doors.length === 0) {
    return seen(
      graph,
      cache,
      ['SecurityGroupIds'],
      'groups that are not in the templates',
      `a way in on port ${port}`,
      undefined,
    );
  }
  const open = callers.some((caller) =>
    doors.some((door) => lets(graph, caller, door, 'egress', port) && lets(graph, door, caller, 'ingress', port)),
  );
  return seen(
    graph,
    cache,
    ['SecurityGroupIds'],
    open ? 'the tasks may reach it' : 'closed to the tasks',
    `a way in on port ${port}`,
    open,
  );
}
