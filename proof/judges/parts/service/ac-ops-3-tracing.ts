// AC-OPS-3: every function traces, every task has something beside it that sends its traces to X-Ray, and their roles let them. A route
// that AWS itself can trace (an API's stage, a state machine) does so too.
import { type Assembly, at, isUnresolved, type Resource, textOf, type Value } from '../../../../assembly/graph.ts';
import {
  containersOf,
  environmentOf,
  hasUnknownVariables,
  sendsItself,
  sendsTraces,
} from '../../../../assembly/questions/containers.ts';
import { ofType, targetOf } from '../../../../assembly/relations.ts';
import { unknownIf } from '../../../../assembly/truth.ts';
import { tracingPolicies } from '../../../../aws/managed-policies.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/operation.ts';
import { roleEvidence } from '../role/runs-with.ts';

export const tracing: CriterionJudge = {
  id: 'AC-OPS-3',
  of: ['service', 'function'],
  about: ['tracing'],
  ofFunctions: true,
  judge: judgeTracing,
};

function judgeTracing({ everywhere: graph }: CriterionCase): Finding {
  const evidence = [
    ...ofType(graph, 'AWS::Lambda::Function').flatMap((one) => [
      tracingEvidence(one, ['TracingConfig', 'Mode'], 'Active'),
      permissionEvidence(graph, one, 'Role'),
    ]),
    ...ofType(graph, 'AWS::ECS::Service').flatMap((service) => serviceEvidence(graph, service)),
    ...managedRoutes.flatMap(({ type, path }) =>
      ofType(graph, type).map((route) => tracingEvidence(route, path, true)),
    ),
  ];
  return evidence.length === 0 ? noneOf(graph, said.nothingAnswers, tracing) : evidence;
}

/** What AWS runs itself and can trace, with the switch for it. */
const managedRoutes = [
  { type: 'AWS::ApiGateway::Stage', path: ['TracingEnabled'] },
  { type: 'AWS::StepFunctions::StateMachine', path: ['TracingConfiguration', 'Enabled'] },
  { type: 'AWS::AppSync::GraphQLApi', path: ['XrayEnabled'] },
] as const;

function tracingEvidence(resource: Resource, path: readonly string[], wanted: string | true): Observation {
  const evidence = on(resource)
    .property(...path)
    .is(wanted);
  return at(resource.properties, ...path) === undefined ? { ...evidence, observed: shared.unsaid } : evidence;
}

function serviceEvidence(graph: Assembly, service: Resource): readonly Observation[] {
  const { TaskDefinition } = service.properties;
  const task = targetOf(graph, TaskDefinition);
  if (task !== undefined) return taskEvidence(graph, task);
  return TaskDefinition === undefined
    ? []
    : [on(service).property('TaskDefinition').holds(undefined, { expected: said.collector })];
}

function taskEvidence(graph: Assembly, task: Resource): readonly Observation[] {
  const containers = containersOf(task);
  const collector = containers.find(({ container }) => sendsTraces(container));
  const direct = containers.find(({ container }) => sendsItself(container));
  const told = containers.find(({ container }) => container !== collector?.container && isTold(container));
  const mayBeTold = containers.some(({ container }) => hasUnknownVariables(container));
  const mayCollect = mayBeTold || containers.some(({ container }) => isUnresolved(at(container, 'Image')));
  const place = (found: (typeof containers)[number] | undefined) =>
    on(task).property(...(found?.path ?? ['ContainerDefinitions']));
  return [
    place(collector).holds((collector ?? direct) !== undefined || unknownIf(mayCollect), {
      expected: said.collector,
      observed:
        collector !== undefined
          ? said.containerCalled({ container: nameOf(collector.container) })
          : direct !== undefined
            ? said.straightToXRay
            : mayCollect
              ? said.collectorPerhaps
              : said.noCollector,
    }),
    ...(direct === undefined
      ? [
          place(told).holds(told !== undefined || unknownIf(mayBeTold), {
            expected: said.toldWhereTraces,
            observed:
              told === undefined ? said.noneToldWhere : said.containerTold({ container: nameOf(told.container) }),
          }),
        ]
      : []),
    permissionEvidence(graph, task, 'TaskRoleArn'),
  ];
}

const nameOf = (container: Value) => textOf(at(container, 'Name'));

/** Standard variables of OpenTelemetry and of the X-Ray SDK. */
const isTold = (container: Value) =>
  environmentOf(container).some(({ name }) =>
    /^(OTEL_EXPORTER_OTLP(_TRACES)?_ENDPOINT|AWS_XRAY_DAEMON_ADDRESS)$/.test(name),
  );

const permissionEvidence = (graph: Assembly, resource: Resource, property: string): Observation =>
  roleEvidence(graph, resource, property, ['xray:PutTraceSegments'], tracingPolicies);
