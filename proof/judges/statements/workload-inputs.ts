// INP-1: inputs that a property of the workload, the cache or the network carries out.
import { at, textOf } from '../../../assembly/graph.ts';
import { functionsOf, servicesOf } from '../../../assembly/questions/compute.ts';
import { targetOfService } from '../../../assembly/questions/scaling.ts';
import { listOf, ofType } from '../../../assembly/relations.ts';
import { equals, nothing, seen } from '../evidence.ts';
import type { Finding, StatementCase, StatementJudge } from '../judge.ts';
import { judgeInterfaceInput } from './endpoints.ts';

export const workloadInputs: readonly StatementJudge[] = [
  { id: 'INP-1', path: 'inputs.architecture', judge: judgeArchitecture },
  { id: 'INP-1', path: 'inputs.maxTasks', judge: judgeMaxTasks },
  { id: 'INP-1', path: 'inputs.cacheEngine', judge: judgeCacheEngine },
  { id: 'INP-1', path: 'inputs.jwtIssuer', judge: judgeIssuer },
  { id: 'INP-1', path: 'inputs.interfaceEndpoints', judge: judgeInterfaceInput },
];

/** Tasks and functions run on the document's processors; what a template leaves out runs on x86_64. */
function judgeArchitecture({ graph, design }: StatementCase): Finding {
  const { architecture } = design.inputs;
  const tasks = servicesOf(graph).flatMap(({ task }) => task ?? []);
  const functions = functionsOf(graph, design);
  if (tasks.length === 0) return [nothing('a service with a task definition')];
  return [
    ...[...new Set(tasks)].map((task) => {
      const path = ['RuntimePlatform', 'CpuArchitecture'];
      const found = at(task.properties, ...path) ?? 'X86_64';
      return seen(graph, task, path, found, architecture.toUpperCase(), found === architecture.toUpperCase());
    }),
    ...functions.map((one) => {
      const found = at(one.properties, 'Architectures', 0) ?? 'x86_64';
      return seen(graph, one, ['Architectures', 0], found, architecture, found === architecture);
    }),
  ];
}

/** Production's most tasks; no environment has more. */
function judgeMaxTasks({ graph, design, environment }: StatementCase): Finding {
  const { maxTasks } = design.inputs;
  const services = servicesOf(graph);
  if (services.length === 0) return [nothing('a service that is scaled')];
  return services.map(({ service }) => {
    const target = targetOfService(graph, service);
    if (target === undefined) return nothing(`a scalable target of ${service.path}`);
    if (environment === 'production') return equals(graph, target, ['MaxCapacity'], maxTasks);
    const most = Number(target.properties.MaxCapacity);
    const held = Number.isNaN(most) ? undefined : most <= maxTasks;
    return seen(graph, target, ['MaxCapacity'], target.properties.MaxCapacity, `at most ${maxTasks}`, held);
  });
}

function judgeCacheEngine({ graph, design, environment }: StatementCase): Finding {
  if (design.sizes[environment].cache === undefined) return { notApplicable: 'the design has no cache' };
  const found = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  if (found.length === 0) return [nothing('a replication group')];
  const wanted = design.inputs.cacheEngine;
  return found.map((group) => {
    // ElastiCache takes Redis when the template says nothing.
    const engine = group.properties.Engine ?? 'redis';
    return seen(graph, group, ['Engine'], engine, wanted, engine === wanted);
  });
}

/** Tasks take tokens of the document's issuer and of nobody else. */
function judgeIssuer({ graph, design }: StatementCase): Finding {
  const tasks = [...new Set(servicesOf(graph).flatMap(({ task }) => task ?? []))];
  const found = tasks.flatMap((task) =>
    listOf(task.properties.ContainerDefinitions).flatMap((container, index) =>
      listOf(at(container, 'Environment')).flatMap((variable, position) =>
        at(variable, 'Name') === 'JWT_ISSUER' ? [{ task, variable, path: [index, 'Environment', position] }] : [],
      ),
    ),
  );
  if (found.length === 0) return [nothing('a task that is told whose tokens are good')];
  return found.map(({ task, variable, path }) => {
    const issuer = textOf(at(variable, 'Value'));
    const wanted = design.inputs.jwtIssuer ?? '';
    return seen(graph, task, ['ContainerDefinitions', ...path, 'Value'], issuer, wanted, issuer === wanted);
  });
}
