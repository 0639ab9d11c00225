// AC-OPS-3: every function traces, every task has something beside it that sends its traces to X-Ray, and their roles let them. A route
// that AWS itself can trace (an API's stage, a state machine) does so too.
import { type Assembly, at, literal, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import { grantsOfAction, managedPoliciesOf } from '../../../assembly/questions/permissions.ts';
import { ofType, targetOf } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { containersOf, environmentOf, isTrue } from './resources.ts';

export const tracing: CriterionJudge = {
  id: 'AC-OPS-3',
  about: ['tracing'],
  judge: judgeTracing,
};

function judgeTracing({ everywhere: graph }: CriterionCase): Finding {
  const evidence = [
    ...ofType(graph, 'AWS::Lambda::Function').flatMap((one) => functionEvidence(graph, one)),
    ...ofType(graph, 'AWS::ECS::Service')
      .flatMap(({ properties }) => targetOf(graph, properties.TaskDefinition) ?? [])
      .flatMap((task) => taskEvidence(graph, task)),
    ...managedRoutes.flatMap(({ type, path }) =>
      ofType(graph, type).map((route) => {
        const value = at(route.properties, ...path);
        return seen(graph, route, path, value ?? 'not said', true, isTrue(value));
      }),
    ),
  ];
  return evidence.length === 0 ? { notApplicable: 'there is nothing that answers requests' } : evidence;
}

/** What AWS runs itself and can trace, with the switch for it. */
const managedRoutes = [
  { type: 'AWS::ApiGateway::Stage', path: ['TracingEnabled'] },
  { type: 'AWS::StepFunctions::StateMachine', path: ['TracingConfiguration', 'Enabled'] },
  { type: 'AWS::AppSync::GraphQLApi', path: ['XrayEnabled'] },
] as const;

function functionEvidence(graph: Assembly, one: Resource): readonly Evidence[] {
  const mode = at(one.properties, 'TracingConfig', 'Mode');
  const holds = mode !== undefined && literal(mode) === undefined ? undefined : literal(mode) === 'Active';
  return [
    seen(graph, one, ['TracingConfig', 'Mode'], mode ?? 'not said', 'Active', holds),
    permissionEvidence(graph, one, 'Role'),
  ];
}

function taskEvidence(graph: Assembly, task: Resource): readonly Evidence[] {
  const containers = containersOf(task);
  const collector = containers.find(({ container }) => sendsTraces(container));
  const told = containers.find(({ container }) => container !== collector?.container && isTold(container));
  const direct = containers.find(({ container }) => sendsItself(container));
  const observed =
    collector === undefined
      ? direct === undefined
        ? 'nothing collects traces'
        : 'straight to X-Ray'
      : `the container ${textOf(at(collector.container, 'Name'))}`;
  return [
    seen(
      graph,
      task,
      collector?.path ?? ['ContainerDefinitions'],
      observed,
      'a collector that sends to X-Ray',
      (collector ?? direct) !== undefined,
    ),
    ...(direct === undefined
      ? [
          seen(
            graph,
            task,
            told?.path ?? ['ContainerDefinitions'],
            told === undefined
              ? 'no container is told where'
              : `the container ${textOf(at(told.container, 'Name'))} is`,
            'a container that is told where traces go',
            told !== undefined,
          ),
        ]
      : []),
    permissionEvidence(graph, task, 'TaskRoleArn'),
  ];
}

/** The X-Ray daemon, the CloudWatch agent, or an OpenTelemetry collector whose configuration has the exporter. */
function sendsTraces(container: Value): boolean {
  const image = textOf(at(container, 'Image'));
  const configuration = environmentOf(container)
    .map(({ value }) => textOf(value))
    .join('\n');
  const words = `${configuration}\n${textOf(at(container, 'Command'))}`;
  return /xray-daemon|aws-otel-collector|cloudwatch-agent/.test(image) || /awsxray|"traces_collected"/.test(words);
}

/** Standard variables of OpenTelemetry and of the X-Ray SDK. */
const isTold = (container: Value) =>
  environmentOf(container).some(({ name }) =>
    /^(OTEL_EXPORTER_OTLP(_TRACES)?_ENDPOINT|AWS_XRAY_DAEMON_ADDRESS)$/.test(name),
  );

const sendsItself = (container: Value) =>
  environmentOf(container).some(
    ({ name, value }) => name.startsWith('OTEL_EXPORTER_OTLP') && /https:\/\/xray\./.test(textOf(value)),
  );

const needed = 'xray:PutTraceSegments';

function permissionEvidence(graph: Assembly, resource: Resource, property: string): Evidence {
  const named = resource.properties[property];
  const role = targetOf(graph, named);
  const expected = `a role that may ${needed}`;
  if (role === undefined)
    return seen(graph, resource, [property], named ?? 'no role', expected, named === undefined ? false : undefined);
  const granted =
    grantsOfAction(graph, role, needed).length > 0 ||
    managedPoliciesOf(graph, role).some((name) =>
      /^(AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess|CloudWatchAgentServerPolicy)$/i.test(name),
    );
  return seen(graph, resource, [property], `${role.path}: ${granted ? 'it may' : 'it may not'}`, expected, granted);
}
