// AC-PERF-5: there is a cache, the tasks know where it is, and their security groups let them reach it.

import {
  type Assembly,
  isUnresolved,
  literal,
  type Resource,
  referencesIn,
  type Value,
} from '../../../../assembly/graph.ts';
import { containersOf, environmentOf, hasUnknownVariables } from '../../../../assembly/questions/containers.ts';
import { groupsOf, lets } from '../../../../assembly/questions/security-groups.ts';
import { ofType, targetOf } from '../../../../assembly/relations.ts';
import { all, any, unknownIf } from '../../../../assembly/truth.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/performance.ts';
import { fargateServices } from '../service/fargate-services.ts';

export const queryCache: CriterionJudge = {
  id: 'AC-PERF-5',
  about: ['cache'],
  judge: judgeCache,
};

function judgeCache({ graph, design, environment, documented }: CriterionCase): Finding {
  if (perEnvironment(design.sizes, environment).cache === undefined) return { notApplicable: said.noCacheInDocument };
  const caches = ofType(
    graph,
    'AWS::ElastiCache::ReplicationGroup',
    'AWS::ElastiCache::ServerlessCache',
    'AWS::ElastiCache::CacheCluster',
  ).filter(({ properties }) => properties.ReplicationGroupId === undefined || properties.CacheNodeType === undefined);
  if (!documented && ofType(graph, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance').length === 0) {
    return noneOf(graph, said.nothingToCache);
  }
  if (caches.length === 0) return [missing(said.someCache)];
  const { services, unknown } = fargateServices(graph);
  if (services.length === 0 && unknown.length === 0) return [missing(said.cacheUser)];
  return [
    ...unknown,
    ...caches.flatMap((cache) => [
      on(cache).property('Engine').otherwise('redis').isOneOf(['redis', 'valkey']),
      ...services.flatMap((service) => useEvidence(graph, cache, service)),
    ]),
  ];
}

/** The address that writes reach, in the environment of a container, and a way through both security groups. */
function useEvidence(graph: Assembly, cache: Resource, service: Resource): readonly Observation[] {
  const task = targetOf(graph, service.properties.TaskDefinition);
  if (task === undefined) {
    return [
      on(service).property('TaskDefinition').holds(undefined, { expected: said.taskTold, observed: said.foreignTask }),
    ];
  }
  const containers = containersOf(task);
  const variables = containers.flatMap(({ path, container }) =>
    environmentOf(container).map((variable) => ({ ...variable, path: [...path, 'Environment'] })),
  );
  const told = variables.find(({ value }) => isAddress(value, cache));
  const mayBeTold =
    containers.some(({ container }) => hasUnknownVariables(container)) ||
    variables.some(({ value }) => isUnresolved(value) && value.about.length === 0);
  const observed = told?.name ?? (mayBeTold ? said.toldPerhaps : said.noneTold);
  return [
    on(task)
      .property(...(told?.path ?? ['ContainerDefinitions']))
      .holds(told !== undefined || unknownIf(mayBeTold), { expected: said.cacheAddress, observed }),
    wayEvidence(graph, cache, service),
  ];
}

/** Whether a value has the cache's address in it, and that of its writer. */
const isAddress = (value: Value, cache: Resource): boolean =>
  referencesIn(value).some(
    ({ $ref, attribute = '' }) => $ref === cache.key && attribute.includes('Address') && !attribute.includes('Reader'),
  );

function wayEvidence(graph: Assembly, cache: Resource, service: Resource): Observation {
  const [callers, cacheGroups] = [groupsOf(graph, service), groupsOf(graph, cache)];
  const port = Number(literal(cache.properties.Port ?? 6379));
  const expected = said.wayIn({ port });
  const claims = on(cache).property('SecurityGroupIds');
  if (callers.length === 0 || cacheGroups.length === 0) {
    return claims.holds(undefined, { expected, observed: said.foreignGroups });
  }
  const ways = callers.flatMap((caller) =>
    cacheGroups.map((cacheGroup) =>
      all([lets(graph, caller, cacheGroup, 'egress', port), lets(graph, cacheGroup, caller, 'ingress', port)]),
    ),
  );
  const isOpen = Number.isNaN(port) ? undefined : any(ways);
  const observed = isOpen === undefined ? said.reachPerhaps : isOpen ? said.tasksMayReach : said.closedToTasks;
  return claims.holds(isOpen, { expected, observed });
}
