// AC-PERF-2: the expected traffic is the point where the least tasks are fully used, and beyond which more are started.
import { at, isSettled, literal, type Resource, textOf } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import { possibleTargetsOf, targetOfService } from '../../../../assembly/questions/scaling.ts';
import { listOf, ofType, refersTo, targetOf } from '../../../../assembly/relations.ts';
import { all, any, not, type Truth } from '../../../../assembly/truth.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on } from '../../on.ts';
import { parts } from '../../words/parts.ts';
import { said } from '../../words/traffic.ts';

export const traffic: StatementJudge = { id: 'AC-PERF-2', path: 'requestsPerSecond', judge: judgeTraffic };

function judgeTraffic(judgeCase: StatementCase): Finding {
  const { graph } = judgeCase;
  const services = ofType(graph, 'AWS::ECS::Service');
  if (services.length === 0) return [missing(parts.scaledService)];
  return services.flatMap((service) => {
    const target = targetOfService(graph, service);
    if (target === undefined)
      return missingUnless(possibleTargetsOf(graph, service), parts.scalableTarget({ service: service.path }));
    const policies = ofType(graph, 'AWS::ApplicationAutoScaling::ScalingPolicy').map((policy) => ({
      policy,
      isMeant: all([refersTo(policy.properties.ScalingTargetId, target), tracksRequests(policy)]),
    }));
    const found = policies.filter(({ isMeant }) => isMeant);
    if (found.length > 0) return found.flatMap(({ policy }) => policyEvidence(judgeCase, service, target, policy));
    const possible = policies.flatMap(({ policy, isMeant }) => (isMeant === undefined ? [policy] : []));
    return missingUnless(possible, said.trackingOnRequests, target.stack);
  });
}

const configuration = 'TargetTrackingScalingPolicyConfiguration';
const metric = [configuration, 'PredefinedMetricSpecification'];

const tracksRequests = ({ properties }: Resource): Truth =>
  isLiteral(at(properties, ...metric, 'PredefinedMetricType'), 'ALBRequestCountPerTarget');

/** The metric counts requests a minute at one task, so the least tasks take `minimum × target / 60` a second. */
function policyEvidence(
  { graph, design }: StatementCase,
  service: Resource,
  target: Resource,
  policy: Resource,
): readonly Observation[] {
  const value = [configuration, 'TargetValue'];
  const [minimum, perTask] = [target.properties.MinCapacity, at(policy.properties, ...value)];
  const rate = (Number(literal(minimum)) * Number(literal(perTask))) / 60;
  const isKnown = isSettled(minimum) && isSettled(perTask);
  const label = [...metric, 'ResourceLabel'];
  const isMeasured = any(
    listOf(service.properties.LoadBalancers).map((one) => {
      const arn = at(one, 'TargetGroupArn');
      const group = targetOf(graph, arn);
      if (group === undefined) return isSettled(arn) ? false : undefined;
      return refersTo(at(policy.properties, ...label), group);
    }),
  );
  const suspended = at(target.properties, 'SuspendedState', 'DynamicScalingOutSuspended');
  const isSuspended = isLiteral(suspended, true);
  return [
    on(policy)
      .property(...value)
      .holds(isKnown ? Math.abs(rate - design.requestsPerSecond) < 0.5 : undefined, {
        expected: said.requestsPerSecond({ rate: design.requestsPerSecond }),
        ...(isKnown && {
          observed: said.requestsOfTasks({ minimum: textOf(minimum), perTask: textOf(perTask), rate }),
        }),
      }),
    on(policy)
      .property(...label)
      .holds(isMeasured, { expected: said.ownTargetGroup }),
    ...(isSuspended === false
      ? []
      : [on(target).property('SuspendedState').holds(not(isSuspended), { expected: said.notSuspended })]),
  ];
}
