// AC-PERF-3: under the sentence's traffic the policy takes tasks away until the least number is left. It is played through from the most
// tasks there may be; that the platform does the same a drill has to show. An environment whose own minimum is another in the document
// goes by that (ADR-012).

import type { ScaledService } from '../../../../assembly/questions/scaling.ts';
import { simulate } from '../../../../aws/target-tracking.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import { type CriterionCase, type CriterionJudge, noneOf, oneZoneIsEnough, unread } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { type DrillResult, drillOf, forRate, watched, whyNone } from '../../runtime-results.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/performance.ts';
import { scalingOf } from './scaling-evidence.ts';

export const scaleIn: CriterionJudge = {
  id: 'AC-PERF-3',
  of: ['service'],
  about: ['task'],
  deviation: (criterionCase) => (oneZoneIsEnough(criterionCase) ? 'ADR-012' : undefined),
  judge: judgeScaleIn,
};

function judgeScaleIn(criterionCase: CriterionCase): Finding {
  const { graph, criterion, runtime, design, environment } = criterionCase;
  const rate = criterion.figures.requestsPerSecond;
  const stated = criterion.figures.tasks;
  if (rate === undefined) return unread('figureRequestRate');
  if (stated === undefined) return unread('figureTasks');
  const least = oneZoneIsEnough(criterionCase) ? perEnvironment(design.sizes, environment).task.minimum : stated;
  const { isAny, evidence: basic, scaled } = scalingOf(graph, 'DynamicScalingInSuspended');
  if (!isAny) return noneOf(graph, shared.noFargateService);
  const evidence = [...basic, ...scaled.flatMap((one) => curveEvidence(one, rate, least))];
  const drill = drillOf(runtime, 'surge');
  if (drill === undefined) return { needsRuntime: whyNone(runtime, 'drill surge'), evidence };
  return [...evidence, returnEvidence(drill, rate, least)];
}

function curveEvidence(
  { policy, target, tracking }: ScaledService,
  rate: number,
  least: number,
): readonly Observation[] {
  const { minimum, maximum } = tracking;
  // A quarter of an hour until the alarm, then one task after another; as long again for each as a usual cool-down lasts.
  const minutes = 60 + (maximum - minimum) * 15;
  const below = Array.from({ length: minutes }, () => rate * 0.99);
  const tasks = simulate(tracking, below, maximum);
  const last = tasks.at(-1);
  const reached = tasks.indexOf(least);
  return [
    on(target).property('MinCapacity').is(least),
    on(policy)
      .property('TargetTrackingScalingPolicyConfiguration')
      .holds(last === least, {
        expected: said.tasksUnder({ tasks: least, rate }),
        observed:
          reached < 0
            ? said.tasksLeft({ tasks: last, minutes: below.length })
            : said.shrankTo({ tasks: least, minutes: reached, maximum }),
      }),
  ];
}

function returnEvidence(drill: DrillResult, rate: number, tasks: number): Observation {
  const counts = drill.tasks.map(([, count]) => count);
  const least = Math.min(...counts);
  const { isPassed, inWords } = forRate(drill, 'AC-PERF-3', rate);
  const observed = inWords(said.endedAt({ last: counts.at(-1) ?? 0, least }));
  return watched(drill, '/tasks', observed, said.tasksUnder({ tasks, rate }), isPassed && least >= tasks);
}
