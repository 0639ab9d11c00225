// AC-PERF-2: above the sentence's traffic the policy starts tasks. It is played through with traffic just above it, and with traffic that
// rises and bursts; that the platform does the same a drill has to show.

import type { ScaledService } from '../../../../assembly/questions/scaling.ts';
import { simulate } from '../../../../aws/target-tracking.ts';
import { traces } from '../../../simulation/traffic.ts';
import { type CriterionCase, type CriterionJudge, noneOf, unread } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { type DrillResult, drillOf, forRate, watched, whyNone } from '../../runtime-results.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/performance.ts';
import { scalingOf } from './scaling-evidence.ts';

export const scaleOut: CriterionJudge = {
  id: 'AC-PERF-2',
  of: ['service'],
  about: ['task'],
  judge: judgeScaleOut,
};

/** Minutes that traffic lies above before somebody would call the answer late: three of the alarm, one for the task, one to spare. */
const minutes = 5;

function judgeScaleOut({ graph, criterion, runtime }: CriterionCase): Finding {
  const rate = criterion.figures.requestsPerSecond;
  if (rate === undefined) return unread('figureRequestRate');
  const { isAny, evidence: basic, scaled } = scalingOf(graph, 'DynamicScalingOutSuspended');
  if (!isAny) return noneOf(graph, shared.noFargateService);
  const evidence = [...basic, ...scaled.flatMap((one) => curveEvidence(one, rate))];
  const drill = drillOf(runtime, 'surge');
  if (drill === undefined) return { needsRuntime: whyNone(runtime, 'drill surge'), evidence };
  return [...evidence, growthEvidence(drill, rate)];
}

function curveEvidence({ policy, target, tracking }: ScaledService, rate: number): readonly Observation[] {
  const { minimum, maximum, requestsPerTask } = tracking;
  const above = Array.from({ length: minutes + 1 }, () => rate * 1.01);
  const after = simulate(tracking, above).at(-1) ?? minimum;
  return [
    on(policy)
      .property('TargetTrackingScalingPolicyConfiguration', 'TargetValue')
      .holds(after > minimum, {
        expected: said.moreTasksThan({ minimum, rate }),
        observed: said.tasksAfter({
          minimum,
          capacity: (minimum * requestsPerTask) / 60,
          minutes,
          rate: (rate * 1.01).toFixed(1),
          tasks: after,
        }),
      }),
    on(target)
      .property('MaxCapacity')
      .holds(maximum > minimum, { expected: said.moreThan({ minimum }) }),
    ...traces(rate).map(({ name: trace, requestsPerSecond }) => {
      const minute = firstLate(requestsPerSecond, simulate(tracking, requestsPerSecond), minimum, rate);
      return on(policy).holds(minute === undefined, {
        expected: said.moreTasksWithin({ minutes, rate }),
        observed: minute === undefined ? said.inTimeIn({ trace }) : said.lateIn({ tasks: minimum, minute, trace }),
      });
    }),
  ];
}

/** The first minute in which traffic has lain above for so long, and still no task has been added. */
function firstLate(
  rates: readonly number[],
  tasks: readonly number[],
  minimum: number,
  rate: number,
): number | undefined {
  let above = 0;
  for (const [minute, current] of rates.entries()) {
    above = current > rate ? above + 1 : 0;
    if (above > minutes && (tasks[minute] ?? 0) <= minimum) return minute;
  }
  return undefined;
}

function growthEvidence(drill: DrillResult, rate: number): Observation {
  const counts = drill.tasks.map(([, count]) => count);
  const [first = 0] = counts;
  const most = Math.max(0, ...counts);
  const { isPassed, inWords } = forRate(drill, 'AC-PERF-2', rate);
  const observed = inWords(said.grewTo({ first, most }));
  return watched(drill, '/tasks', observed, said.moreTasksAbove({ rate }), isPassed && most > first);
}
