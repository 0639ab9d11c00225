// INP-1: inputs that a property of the workload, the cache or the network carries out.
import { at, type Resource } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { functionsOf, possibleFunctionsOf, tasksOf } from '../../../../assembly/questions/compute.ts';
import { containersOf } from '../../../../assembly/questions/containers.ts';
import { listOf, ofType } from '../../../../assembly/relations.ts';
import { sift } from '../../../../assembly/truth.ts';
import { isProduction, perEnvironment } from '../../../../design/environments.ts';
import type { Finding, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on, unsure } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/traffic.ts';
import { judgeInterfaceInput } from '../network/endpoints.ts';
import { onScalableTargets } from './scalable-targets.ts';

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
  const { tasks, open } = tasksOf(graph);
  return [
    ...tasks.map((task) =>
      on(task).property('RuntimePlatform', 'CpuArchitecture').otherwise('X86_64').is(architecture.toUpperCase()),
    ),
    ...(tasks.length > 0 && open.length === 0 ? [] : missingUnless(open, parts.serviceWithTask)),
    ...functionsOf(graph, design).map(onFunction),
    ...possibleFunctionsOf(graph, design).map((one) => unsure(onFunction(one))),
  ];
}

/** Production's most tasks; no environment has more. */
function judgeMaxTasks({ graph, design, environment }: StatementCase): Finding {
  const { maxTasks } = design.inputs;
  return onScalableTargets(graph, (target) => {
    const most = on(target).property('MaxCapacity');
    return isProduction(design, environment) ? most.is(maxTasks) : most.isAtMost(maxTasks);
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
  const variables = tasksOf(graph).tasks.flatMap((task) =>
    containersOf(task).flatMap(({ path, container }) =>
      listOf(at(container, 'Environment')).map((variable, position) => ({
        task,
        isIssuer: isLiteral(at(variable, 'Name'), 'JWT_ISSUER'),
        path: [...path, 'Environment', position, 'Value'],
      })),
    ),
  );
  const { found, possible } = sift(variables, ({ isIssuer }) => isIssuer);
  if (found.length === 0) return missingUnless([...new Set(possible.map(({ task }) => task))], said.taskWithIssuer);
  return found.map(({ task, path }) =>
    on(task)
      .property(...path)
      .is(design.inputs.jwtIssuer ?? ''),
  );
}
