// SIZE-1…5: how big each part of an environment is.
import type { Resource } from '../../../assembly/graph.ts';
import type { PropertyPath } from '../../../assembly/properties.ts';
import { functionsOf, instancesOf, nodesOf, servicesOf } from '../../../assembly/questions/compute.ts';
import { targetOfService } from '../../../assembly/questions/scaling.ts';
import { ofType } from '../../../assembly/relations.ts';
import type { Sizes } from '../../../design/schema.ts';
import { equals, nothing, onStack, seen } from '../evidence.ts';
import { type Evidence, evidenceIn, type Finding, type StatementCase, type StatementJudge } from '../judge.ts';
import { countNatGateways } from './nat-gateways.ts';

type Part = (judgeCase: StatementCase, sizes: Sizes) => Finding;

/** What each size of the design is read from; a part of the path judges all below it. */
const parts: Readonly<Record<string, readonly [id: string, judge: Part]>> = {
  'task.cpu': ['SIZE-1', (judgeCase, { task }) => onTasks(judgeCase, ['Cpu'], task.cpu)],
  'task.memoryMiB': ['SIZE-1', (judgeCase, { task }) => onTasks(judgeCase, ['Memory'], task.memoryMiB)],
  'task.minimum': ['SIZE-1', (judgeCase, { task }) => onTargets(judgeCase, 'MinCapacity', task.minimum)],
  'task.maximum': ['SIZE-1', (judgeCase, { task }) => onTargets(judgeCase, 'MaxCapacity', task.maximum)],
  'aurora.instanceClass': ['SIZE-2', auroraClass],
  'aurora.instances': ['SIZE-2', auroraInstances],
  'cache.nodeType': ['SIZE-3', cacheNodeType],
  'cache.nodes': ['SIZE-3', cacheNodes],
  natGateways: ['SIZE-4', countNatGateways],
  'functions.memoryMiB': [
    'SIZE-5',
    (judgeCase, { functions }) => onFunctions(judgeCase, ['MemorySize'], functions?.memoryMiB),
  ],
  'functions.timeoutSeconds': [
    'SIZE-5',
    (judgeCase, { functions }) => onFunctions(judgeCase, ['Timeout'], functions?.timeoutSeconds),
  ],
};

const groups = ['task', 'aurora', 'cache', 'functions'] as const;
const sizesOf = ({ design, environment }: StatementCase) => design.sizes[environment];

export const sizes: readonly StatementJudge[] = [
  ...Object.entries(parts).map(([path, [id, judge]]) => ({
    id,
    path: `sizes.*.${path}`,
    judge: (judgeCase: StatementCase) => judge(judgeCase, sizesOf(judgeCase)),
  })),
  ...groups.map((group) => ({
    id: parts[Object.keys(parts).find((path) => path.startsWith(`${group}.`)) ?? '']?.[0] ?? 'SIZE-1',
    path: `sizes.*.${group}`,
    judge: (judgeCase: StatementCase) => together(judgeCase, (path) => path.startsWith(`${group}.`)),
  })),
  { id: 'SIZE-1', path: 'sizes.*', judge: (judgeCase) => together(judgeCase, () => true) },
];

function together(judgeCase: StatementCase, wanted: (path: string) => boolean): Finding {
  const findings = Object.entries(parts)
    .filter(([path]) => wanted(path))
    .map(([, [, judge]]) => judge(judgeCase, sizesOf(judgeCase)));
  const evidence = findings.flatMap(evidenceIn);
  const open = findings.find((finding) => 'notJudged' in finding);
  if (open !== undefined) return { ...open, evidence };
  return evidence.length > 0 ? evidence : (findings[0] ?? []);
}

function all(
  { graph }: StatementCase,
  found: readonly Resource[],
  path: PropertyPath,
  expected: string | number,
  what: string,
): readonly Evidence[] {
  if (found.length === 0) return [nothing(what)];
  return found.map((resource) => equals(graph, resource, path, expected));
}

function onTasks(judgeCase: StatementCase, path: PropertyPath, expected: number): Finding {
  const tasks = servicesOf(judgeCase.graph).flatMap(({ task }) => task ?? []);
  return all(judgeCase, [...new Set(tasks)], path, expected, 'a service with a task definition');
}

function onTargets(judgeCase: StatementCase, property: string, expected: number): Finding {
  const { graph } = judgeCase;
  const services = servicesOf(graph);
  if (services.length === 0) return [nothing('a service that is scaled')];
  return services.map(({ service }) => {
    const target = targetOfService(graph, service);
    return target === undefined
      ? nothing(`a scalable target of ${service.path}`)
      : equals(graph, target, [property], expected);
  });
}

function onFunctions(judgeCase: StatementCase, path: PropertyPath, expected: number | undefined): Finding {
  if (expected === undefined) return { notApplicable: 'the design has no functions' };
  return all(judgeCase, functionsOf(judgeCase.graph, judgeCase.design), path, expected, 'a function');
}

function auroraClass(judgeCase: StatementCase, { aurora }: Sizes): Finding {
  const { graph } = judgeCase;
  const instances = ofType(graph, 'AWS::RDS::DBCluster').flatMap((cluster) => instancesOf(graph, cluster));
  return all(judgeCase, instances, ['DBInstanceClass'], aurora.instanceClass, 'an instance of an Aurora cluster');
}

function auroraInstances({ graph }: StatementCase, { aurora }: Sizes): Finding {
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  if (clusters.length === 0) return [nothing('an Aurora cluster')];
  return clusters.map((cluster) => {
    const count = instancesOf(graph, cluster).length;
    return onStack(graph, cluster.stack, '/Resources', count, aurora.instances, count === aurora.instances);
  });
}

function cacheNodeType(judgeCase: StatementCase, { cache }: Sizes): Finding {
  if (cache === undefined) return noCache;
  const found = ofType(judgeCase.graph, 'AWS::ElastiCache::ReplicationGroup');
  return all(judgeCase, found, ['CacheNodeType'], cache.nodeType, 'a replication group');
}

function cacheNodes({ graph }: StatementCase, { cache }: Sizes): Finding {
  if (cache === undefined) return noCache;
  const found = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  if (found.length === 0) return [nothing('a replication group')];
  return found.map((group) => {
    const nodes = nodesOf(group);
    return seen(graph, group, ['NumCacheClusters'], nodes, cache.nodes, nodes === cache.nodes);
  });
}

const noCache = { notApplicable: 'the design has no cache' };
