// AC-PERF-3: under the sentence's traffic the policy takes tasks away until the least number is left. It is played through from the most
// tasks there may be; that the platform does the same a drill has to show. An environment whose own minimum is another in the document
// goes by that (ADR-012).

import type { ScaledService } from '../../../assembly/questions/scaling.ts';
import { simulate } from '../../../aws/target-tracking.ts';
import { perEnvironment } from '../../../design/environments.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { type CriterionCase, type CriterionJudge, oneZoneIsEnough, unread } from './criterion.ts';
import { type DrillResult, drillOf, watched, whyNone } from './runtime-results.ts';
import { scalingOf } from './scaling-evidence.ts';

export const scaleIn: CriterionJudge = {
  id: 'AC-PERF-3',
  about: ['task'],
  deviation: (criterionCase) => (oneZoneIsEnough(criterionCase) ? 'ADR-012' : undefined),
  judge: judgeScaleIn,
};

function judgeScaleIn(criterionCase: CriterionCase): Finding {
  const { graph, criterion, runtime, design, environment } = criterionCase;
  const rate = criterion.figures.requestsPerSecond;
  const stated = criterion.figures.tasks;
  if (rate === undefined) return unread('a number of requests a second');
  if (stated === undefined) return unread('a number of tasks');
  const least = oneZoneIsEnough(criterionCase) ? perEnvironment(design.sizes, environment).task.minimum : stated;
  const { services, evidence: basic, scaled } = scalingOf(graph, 'DynamicScalingInSuspended');
  if (services.length === 0) return { notApplicable: 'there is no Fargate service' };
  const evidence = [...basic, ...scaled.flatMap((one) => curveEvidence(graph, one, rate, least))];
  const drill = drillOf(runtime, 'surge');
  if (drill === undefined) return { needsRuntime: whyNone(runtime, 'drill surge'), evidence };
  return [...evidence, returnEvidence(drill, rate, least)];
}

function curveEvidence(
  graph: CriterionCase['graph'],
  { policy, target, tracking }: ScaledService,
  rate: number,
  least: number,
): readonly Evidence[] {
  const { minimum, maximum } = tracking;
  // A quarter of an hour until the alarm, then one task after another; as long again for each as a usual cool-down lasts.
  const minutes = 60 + (maximum - minimum) * 15;
  const below = Array.from({ length: minutes }, () => rate * 0.99);
  const tasks = simulate(tracking, below, maximum);
  const last = tasks.at(-1);
  const reached = tasks.indexOf(least);
  const observed =
    reached < 0
      ? `${last} tasks are left after ${below.length} minutes`
      : `${least} tasks after ${reached} minutes, from ${maximum}`;
  return [
    seen(graph, target, ['MinCapacity'], minimum, least, minimum === least),
    seen(
      graph,
      policy,
      ['TargetTrackingScalingPolicyConfiguration'],
      observed,
      `${least} tasks under ${rate} req/s`,
      last === least,
    ),
  ];
}

/** See AC-PERF-2 on drills that were run for another figure. */
function returnEvidence(drill: DrillResult, rate: number, least: number): Evidence {
  const counts = drill.tasks.map(([, count]) => count);
  const last = counts.at(-1) ?? 0;
  const said = drill.criteria.find(({ id }) => id === 'AC-PERF-3');
  const same = new RegExp(`(?<![\\d.])${rate}(?![\\d.])`).test(said?.expected ?? '');
  const observed = `${last} tasks at its end, never under ${Math.min(...counts)}${same ? '' : `, for another figure: ${said?.expected ?? 'none'}`}`;
  const holds = same && said?.verdict === 'pass' && Math.min(...counts) >= least;
  return watched(drill, '/tasks', observed, `${least} tasks under ${rate} req/s`, holds);
}
