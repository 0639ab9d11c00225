// AC-PERF-2: the expected traffic is the point where the least tasks are fully used, and beyond which more are started.
import { textOf } from '../../../../assembly/graph.ts';
import { possiblePoliciesOf, type ScaledService, scaledServices } from '../../../../assembly/questions/scaling.ts';
import type { Finding, Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missingUnless, on } from '../../on.ts';
import { said } from '../../words/traffic.ts';
import { onScalableTargets } from '../service/scalable-targets.ts';
import { policyEvidence } from '../service/scaling-evidence.ts';

export const traffic: StatementJudge = { id: 'AC-PERF-2', path: 'requestsPerSecond', judge: judgeTraffic };

/** A document that says how much traffic there is wants tasks to follow it. */
function judgeTraffic({ graph, design }: StatementCase): Finding {
  const scaled = scaledServices(graph);
  return onScalableTargets(graph, (target, service) => {
    const own = scaled.find((one) => one.service === service);
    if (own === undefined)
      return missingUnless(possiblePoliciesOf(graph, target), said.trackingOnRequests, target.stack);
    return [rateEvidence(own, design.requestsPerSecond), ...policyEvidence(graph, own, 'DynamicScalingOutSuspended')];
  });
}

/** The metric counts requests a minute at one task, so the least tasks take `minimum × target / 60` a second. */
function rateEvidence({ policy, tracking }: ScaledService, wanted: number): Observation {
  const { minimum, requestsPerTask } = tracking;
  const rate = (minimum * requestsPerTask) / 60;
  return on(policy)
    .property('TargetTrackingScalingPolicyConfiguration', 'TargetValue')
    .holds(Math.abs(rate - wanted) < 0.5, {
      expected: said.requestsPerSecond({ rate: wanted }),
      observed: said.requestsOfTasks({ minimum: textOf(minimum), perTask: textOf(requestsPerTask), rate }),
    });
}
