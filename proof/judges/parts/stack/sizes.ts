// SIZE-1…5: how big each part of an environment is.
import type { Resource } from '../../../../assembly/graph.ts';
import type { PropertyPath } from '../../../../assembly/properties.ts';
import {
  functionsOf,
  instancesOf,
  nodesOf,
  possibleFunctionsOf,
  possibleInstancesOf,
  tasksOf,
} from '../../../../assembly/questions/compute.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import type { Said } from '../../../../design/messages/said.ts';
import type { Sizes } from '../../../../design/schema.ts';
import { evidenceIn, type Finding, type Observation, type StatementCase, type StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on, onStack } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { countNatGateways } from '../network/nat-gateways.ts';
import { onScalableTargets } from '../service/scalable-targets.ts';

type Part = (judgeCase: StatementCase, sizes: Sizes) => Finding;

/** What each size of the design is read from; a part of the path judges all below it. */
const aspects: Readonly<Record<string, readonly [id: string, judge: Part]>> = {
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
const sizesOf = ({ design, environment }: StatementCase) => perEnvironment(design.sizes, environment);

export const sizes: readonly StatementJudge[] = [
  ...Object.entries(aspects).map(([path, [id, judge]]) => ({
    id,
    path: `sizes.*.${path}`,
    judge: (judgeCase: StatementCase) => judge(judgeCase, sizesOf(judgeCase)),
  })),
  ...groups.map((group) => ({
    id: aspects[Object.keys(aspects).find((path) => path.startsWith(`${group}.`)) ?? '']?.[0] ?? 'SIZE-1',
    path: `sizes.*.${group}`,
    judge: (judgeCase: StatementCase) => together(judgeCase, (path) => path.startsWith(`${group}.`)),
  })),
  { id: 'SIZE-1', path: 'sizes.*', judge: (judgeCase) => together(judgeCase, () => true) },
];

function together(judgeCase: StatementCase, wanted: (path: string) => boolean): Finding {
  const findings = Object.entries(aspects)
    .filter(([path]) => wanted(path))
    .map(([, [, judge]]) => judge(judgeCase, sizesOf(judgeCase)));
  const evidence = findings.flatMap(evidenceIn);
  const open = findings.find((finding) => 'notJudged' in finding);
  if (open !== undefined) return { ...open, evidence };
  return evidence.length > 0 ? evidence : (findings[0] ?? []);
}

/** Each of the resources has a property of the document's; there is at least one. */
function onEach(
  found: readonly Resource[],
  path: PropertyPath,
  expected: string | number,
  what: Said,
): readonly Observation[] {
  if (found.length === 0) return [missing(what)];
  return found.map((resource) =>
    on(resource)
      .property(...path)
      .is(expected),
  );
}

function onTasks({ graph }: StatementCase, path: PropertyPath, expected: number): Finding {
  const { tasks, open } = tasksOf(graph);
  const unknown = missingUnless(open, parts.serviceWithTask);
  return tasks.length === 0
    ? unknown
    : [...onEach(tasks, path, expected, parts.serviceWithTask), ...(open.length === 0 ? [] : unknown)];
}

function onTargets({ graph }: StatementCase, property: string, expected: number): Finding {
  return onScalableTargets(graph, (target) => on(target).property(property).is(expected));
}

function onFunctions({ graph, design }: StatementCase, path: PropertyPath, expected: number | undefined): Finding {
  if (expected === undefined) return { notApplicable: parts.noFunctions };
  const found = functionsOf(graph, design);
  return found.length === 0
    ? missingUnless(possibleFunctionsOf(graph, design), parts.function)
    : onEach(found, path, expected, parts.function);
}

function auroraClass({ graph }: StatementCase, { aurora }: Sizes): Finding {
  const instances = ofType(graph, 'AWS::RDS::DBCluster').flatMap((cluster) => [
    ...instancesOf(graph, cluster),
    ...possibleInstancesOf(graph, cluster),
  ]);
  return onEach([...new Set(instances)], ['DBInstanceClass'], aurora.instanceClass, parts.auroraInstance);
}

function auroraInstances({ graph }: StatementCase, { aurora }: Sizes): Finding {
  const clusters = ofType(graph, 'AWS::RDS::DBCluster');
  if (clusters.length === 0) return [missing(parts.auroraCluster)];
  return clusters.map((cluster) => {
    const least = instancesOf(graph, cluster).length;
    const most = least + possibleInstancesOf(graph, cluster).length;
    const isBetween = least <= aurora.instances && aurora.instances <= most;
    return onStack(cluster.stack, '/Resources', isBetween && (least === most || undefined), {
      expected: aurora.instances,
      observed: least,
    });
  });
}

function cacheNodeType({ graph }: StatementCase, { cache }: Sizes): Finding {
  if (cache === undefined) return { notApplicable: parts.noCache };
  const found = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  return onEach(found, ['CacheNodeType'], cache.nodeType, parts.replicationGroup);
}

function cacheNodes({ graph }: StatementCase, { cache }: Sizes): Finding {
  if (cache === undefined) return { notApplicable: parts.noCache };
  const found = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  if (found.length === 0) return [missing(parts.replicationGroup)];
  return found.map((group) => {
    const nodes = nodesOf(group);
    const holds = nodes === undefined ? undefined : nodes === cache.nodes;
    return on(group).property('NumCacheClusters').holds(holds, { expected: cache.nodes, observed: nodes });
  });
}
