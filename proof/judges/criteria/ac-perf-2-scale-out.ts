// AC-PERF-2: above the sentence's traffic the policy starts tasks. It is played through with traffic just above it, and with traffic that
// rises and bursts; that the platform does the same a drill has to show.

import type { ScaledService } from '../../../assembly/questions/scaling.ts';
import { simulate } from '../../../aws/target-tracking.ts';
import { traces } from '../../simulation/traffic.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { type CriterionCase, type CriterionJudge, unread } from './criterion.ts';
import { type DrillResult, drillOf, watched, whyNone } from './runtime-results.ts';
import { scalingOf } from './scaling-evidence.ts';

export const scaleOut: CriterionJudge = {
  id: 'AC-PERF-2',
  about: ['task'],
  judge: judgeScaleOut,
};

/** Minutes that traffic lies above before somebody would call the answer late: three of the alarm, one for the task, one to spare. */
const patience = 5;

function judgeScaleOut({ graph, criterion, runtime }: CriterionCase): Finding {
  const rate = criterion.figures.requestsPerSecond;
  if (rate === undefined) return unread('a number of requests a second');
  const { services, evidence: basic, scaled } = scalingOf(graph, 'DynamicScalingOutSuspended');
  if (services.length === 0) return { notApplicable: 'there is no Fargate service' };
  const evidence = [...basic, ...scaled.flatMap((one) => curveEvidence(graph, one, rate))];
  const drill = drillOf(runtime, 'surge');
  if (drill === undefined) return { needsRuntime: whyNone(runtime, 'drill surge'), evidence };
  return [...evidence, growthEvidence(drill, rate)];
}

function curveEvidence(
  graph: CriterionCase['graph'],
  { policy, target, tracking }: ScaledService,
  rate: number,
): readonly Evidence[] {
  const { minimum, maximum, requestsPerTask } = tracking;
  const above = Array.from({ length: patience + 1 }, () => rate * 1.01);
  const after = simulate(tracking, above).at(-1) ?? minimum;
  const value = ['TargetTrackingScalingPolicyConfiguration', 'TargetValue'];
  return [
    seen(
      graph,
      policy,
      value,
      `${minimum} tasks take ${(minimum * requestsPerTask) / 60} req/s; after ${patience} minutes at ${(rate * 1.01).toFixed(1)} there are ${after}`,
      `more than ${minimum} tasks above ${rate} req/s`,
      after > minimum,
    ),
    seen(graph, target, ['MaxCapacity'], maximum, `more than ${minimum}`, maximum > minimum),
    ...traces(rate).map(({ name, requestsPerSecond }) => {
      const late = firstLate(requestsPerSecond, simulate(tracking, requestsPerSecond), tracking.minimum, rate);
      const observed =
        late === undefined ? `in time, trace ${name}` : `still ${minimum} tasks in minute ${late} of trace ${name}`;
      return seen(
        graph,
        policy,
        [],
        observed,
        `more tasks within ${patience} minutes above ${rate} req/s`,
        late === undefined,
      );
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
    if (above > patience && (tasks[minute] ?? 0) <= minimum) return minute;
  }
  return undefined;
}

/** The drill's traffic goes by the sentence, so a drill that was run for another figure does not answer for this one. */
function growthEvidence(drill: DrillResult, rate: number): Evidence {
  const counts = drill.tasks.map(([, count]) => count);
  const [first = 0] = counts;
  const most = Math.max(0, ...counts);
  const said = drill.criteria.find(({ id }) => id === 'AC-PERF-2');
  const same = new RegExp(`(?<![\\d.])${rate}(?![\\d.])`).test(said?.expected ?? '');
  const observed = `${first} → ${most} tasks${same ? '' : `, for another figure: ${said?.expected ?? 'none'}`}`;
  return watched(
    drill,
    '/tasks',
    observed,
    `more tasks above ${rate} req/s`,
    same && said?.verdict === 'pass' && most > first,
  );
}
