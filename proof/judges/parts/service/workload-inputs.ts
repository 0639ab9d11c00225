// INP-1: inputs that a property of the workload, the cache or the network carries out.
import { at, isSettled, type Resource } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { functionsOf, possibleFunctionsOf, servicesOf } from '../../../../assembly/questions/compute.ts';
import { possibleTargetsOf, targetOfService } from '../../../../assembly/questions/scaling.ts';
import { listOf, ofType } from '../../../../assembly/relations.ts';
import { isProduction, perEnvironment } from '../../../../design/environments.ts';
import type { Finding, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on, unsure } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/traffic.ts';
import { judgeInterfaceInput } from '../network/endpoints.ts';

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
  const onFunction = (one: Resource) => on(one).property('Architectures', 0).otherwise('x86_64').is(architecture);
  const services = servicesOf(graph);
  const tasks = new Set(services.flatMap(({ task }) => task ?? []));
  const open = services.flatMap(({ service, task }) =>
    task === undefined && !isSettled(service.properties.TaskDefinition) ? [service] : [],
  );
  return [
    ...[...tasks].map((task) =>
      on(task).property('RuntimePlatform', 'CpuArchitecture').otherwise('X86_64').is(architecture.toUpperCase()),
    ),
    ...(tasks.size > 0 && open.length === 0 ? [] : missingUnless(open, parts.serviceWithTask)),
    ...functionsOf(graph, design).map(onFunction),
    ...possibleFunctionsOf(graph, design).map((one) => unsure(onFunction(one))),
  ];
}

/** Production's most tasks; no environment has more. */
function judgeMaxTasks({ graph, design, environment }: StatementCase): Finding {
  const { maxTasks } = design.inputs;
  const services = servicesOf(graph);
  if (services.length === 0) return [missing(parts.scaledService)];
  return services.flatMap(({ service }) => {
    const target = targetOfService(graph, service);
    if (target === undefined)
      return missingUnless(possibleTargetsOf(graph, service), parts.scalableTarget({ service: service.path }));
    const most = on(target).property('MaxCapacity');
    return [isProduction(design, environment) ? most.is(maxTasks) : most.isAtMost(maxTasks)];
  });
}

function judgeCacheEngine({ graph, design, environment }: StatementCase): Finding {
  if (perEnvironment(design.sizes, environment).cache === undefined) return { notApplicable: parts.noCache };
  const found = ofType(graph, 'AWS::ElastiCache::ReplicationGroup');
  if (found.length === 0) return [missing(parts.replicationGroup)];
  // ElastiCache takes Redis when the template says nothing.
  return found.map((group) => on(group).property('Engine').otherwise('redis').is(design.inputs.cacheEngine));
}

/** Tasks take tokens of the document's issuer and of nobody else. */
function judgeIssuer({ graph, design }: StatementCase): Finding {
  const tasks = [...new Set(servicesOf(graph).flatMap(({ task }) => task ?? []))];
  const variables = tasks.flatMap((task) =>
    listOf(task.properties.ContainerDefinitions).flatMap((container, index) =>
      listOf(at(container, 'Environment')).map((variable, position) => ({
        task,
        isIssuer: isLiteral(at(variable, 'Name'), 'JWT_ISSUER'),
        path: ['ContainerDefinitions', index, 'Environment', position, 'Value'],
      })),
    ),
  );
  const found = variables.filter(({ isIssuer }) => isIssuer);
  const possible = variables.flatMap(({ task, isIssuer }) => (isIssuer === undefined ? [task] : []));
  if (found.length === 0) return missingUnless([...new Set(possible)], said.taskWithIssuer);
  return found.map(({ task, path }) =>
    on(task)
      .property(...path)
      .is(design.inputs.jwtIssuer ?? ''),
  );
}
