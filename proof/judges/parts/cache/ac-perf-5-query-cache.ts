// AC-PERF-5: there is a cache, tasks or functions know where it is, and their security groups let them reach it.

import { type Assembly, isUnresolved, type Resource, referencesIn, type Value } from '../../../../assembly/graph.ts';
import { numberOf, type PropertyPath } from '../../../../assembly/properties.ts';
import { type Telling, tellingsOf, unknownTellingsOf } from '../../../../assembly/questions/containers.ts';
import { isInNetwork } from '../../../../assembly/questions/placements.ts';
import { lets, wornBy } from '../../../../assembly/questions/security-groups.ts';
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
  of: [],
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
  const taskOf = ({ properties }: Resource) => targetOf(graph, properties.TaskDefinition);
  const users = [
    ...services.map((service) => userOf(service, taskOf(service), ['ContainerDefinitions'])),
    ...functionsOfNetwork(graph),
  ];
  if (users.length === 0 && unknown.length === 0) return [missing(said.cacheUser)];
  return [
    ...unknown,
    ...caches.flatMap((cache) => [
      on(cache).property('Engine').otherwise('redis').isOneOf(['redis', 'valkey']),
      ...useEvidence(graph, cache, users, unknown.length > 0),
    ]),
  ];
}

/** What runs and may ask a cache. */
interface User {
  readonly resource: Resource;
  /** What is told to it stands here; absent where no template holds it. */
  readonly teller: Resource | undefined;
  readonly variables: readonly Telling[];
  readonly place: PropertyPath;
  /** Whether the templates do not say all that it is told. */
  readonly isOpen: boolean;
}

const userOf = (resource: Resource, teller: Resource | undefined, place: PropertyPath): User => ({
  resource,
  teller,
  variables: teller === undefined ? [] : tellingsOf(teller),
  place,
  isOpen: teller !== undefined && unknownTellingsOf(teller).length > 0,
});

/** Functions that stand in a network: no other reaches a cache. */
const functionsOfNetwork = (graph: Assembly): readonly User[] =>
  ofType(graph, 'AWS::Lambda::Function')
    .filter((one) => isInNetwork(graph, one))
    .map((one) => userOf(one, one, ['Environment', 'Variables']));

/**
 * The address that writes reach, in the environment of a user, and a way through both security groups. One of several is enough; where
 * none is told, each shows that it is not, or may be; unless there may be others.
 */
function useEvidence(
  graph: Assembly,
  cache: Resource,
  users: readonly User[],
  mayBeOthers: boolean,
): readonly Observation[] {
  const told = users.filter(({ variables }) => variables.some(({ value }) => isAddress(value, cache)));
  if (told.length === 0 && mayBeOthers) return [];
  const services = users.filter(({ resource }) => resource.type === 'AWS::ECS::Service');
  const shown = told.length > 0 ? told : services.length > 0 ? services : users;
  return shown.flatMap((user) => [toldEvidence(cache, user), wayEvidence(graph, cache, user.resource)]);
}

function toldEvidence(cache: Resource, { resource, teller, variables, place, isOpen }: User): Observation {
  if (teller === undefined) {
    return on(resource)
      .property('TaskDefinition')
      .holds(undefined, { expected: said.taskTold, observed: said.foreignTask });
  }
  const told = variables.find(({ value }) => isAddress(value, cache));
  const mayBeTold = isOpen || variables.some(({ value }) => isUnresolved(value) && value.about.length === 0);
  const observed = told?.name ?? (mayBeTold ? said.toldPerhaps : said.noneTold);
  return on(teller)
    .property(...(told?.path ?? place))
    .holds(told !== undefined || unknownIf(mayBeTold), { expected: said.cacheAddress, observed });
}

/** Whether a value has the cache's address in it, and that of its writer. */
const isAddress = (value: Value, cache: Resource): boolean =>
  referencesIn(value).some(
    ({ $ref, attribute = '' }) => $ref === cache.key && attribute.includes('Address') && !attribute.includes('Reader'),
  );

function wayEvidence(graph: Assembly, cache: Resource, user: Resource): Observation {
  const [callers, callees] = [wornBy(graph, user), wornBy(graph, cache)];
  const port = numberOf(cache.properties.Port ?? 6379);
  const expected = port === undefined ? said.wayInSomewhere : said.wayIn({ port });
  const claims = on(cache).property(...callees.path);
  if (callers.groups.length === 0 || callees.groups.length === 0) {
    return claims.holds(undefined, { expected, observed: said.foreignGroups });
  }
  const ways = callers.groups.flatMap((caller) =>
    callees.groups.map((callee) =>
      all([lets(graph, caller, callee, 'egress', port), lets(graph, callee, caller, 'ingress', port)]),
    ),
  );
  const isOpen = port === undefined ? undefined : any([...ways, unknownIf(callers.isOpen || callees.isOpen)]);
  const observed = isOpen === undefined ? said.reachPerhaps : isOpen ? said.tasksMayReach : said.closedToTasks;
  return claims.holds(isOpen, { expected, observed });
}
