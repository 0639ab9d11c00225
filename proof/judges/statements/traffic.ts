// AC-PERF-2: the expected traffic is the point where the least tasks are fully used, and beyond which more are started.
import { at, literal, type Resource } from '../../../assembly/graph.ts';
import { targetOfService } from '../../../assembly/questions/scaling.ts';
import { listOf, ofType, pointing, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';

export const traffic: StatementJudge = { id: 'AC-PERF-2', path: 'requestsPerSecond', judge: judgeTraffic };

function judgeTraffic(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  const services = ofType(graph, 'AWS::ECS::Service');
  if (services.length === 0) return [nothing('a service that is scaled')];
  return services.flatMap((service) => {
    const target = targetOfService(graph, service);
    if (target === undefined) return [nothing(`a scalable target of ${service.path}`)];
    const policies = pointing(graph, 'AWS::ApplicationAutoScaling::ScalingPolicy', 'ScalingTargetId', target).filter(
      ({ properties }) => metricType(properties) === 'ALBRequestCountPerTarget',
    );
    if (policies.length === 0) return [nothing('target tracking on requests per task', target.stack)];
    return policies.flatMap((policy) => policyEvidence(judgeCase, service, target, policy));
  });
}

const configuration = 'TargetTrackingScalingPolicyConfiguration';
const metricType = (properties: Resource['properties']) =>
  literal(at(properties, configuration, 'PredefinedMetricSpecification', 'PredefinedMetricType'));

/** The metric counts requests a minute at one task, so the least tasks take `minimum × target / 60` a second. */
function policyEvidence(
  { graph, design }: StatementCase,
  service: Resource,
  target: Resource,
  policy: Resource,
): readonly Evidence[] {
  const value = [configuration, 'TargetValue'];
  const perTask = at(policy.properties, ...value);
  const minimum = literal(target.properties.MinCapacity);
  const perSecond = (Number(minimum) * Number(literal(perTask))) / 60;
  const settled = minimum !== undefined && literal(perTask) !== undefined;
  const label = [configuration, 'PredefinedMetricSpecification', 'ResourceLabel'];
  const members = listOf(service.properties.LoadBalancers).flatMap(
    (one) => targetOf(graph, at(one, 'TargetGroupArn')) ?? [],
  );
  const measured = members.some((group) => pointsAt(at(policy.properties, ...label), group));
  const suspended = at(target.properties, 'SuspendedState', 'DynamicScalingOutSuspended');
  return [
    seen(
      graph,
      policy,
      value,
      `${minimum} × ${perTask} / 60 = ${perSecond} req/s`,
      `${design.requestsPerSecond} req/s`,
      settled ? Math.abs(perSecond - design.requestsPerSecond) < 0.5 : undefined,
    ),
    seen(graph, policy, label, at(policy.properties, ...label), "the target group of the service's tasks", measured),
    ...(String(suspended ?? false) === 'true'
      ? [seen(graph, target, ['SuspendedState'], 'scaling out is suspended', 'not suspended', false)]
      : []),
  ];
}
