// Three times the traffic, then hardly any: tasks must be added while it lasts (AC-PERF-2) and taken away after it (AC-PERF-3), never
// below the minimum.
import { isProduction } from '../../design/environments.ts';
import { type CriterionResult, judge } from '../criterion-result.ts';
import { figuresOf } from '../figures.ts';
import type { Target } from '../target.ts';
import { said } from '../words.ts';
import { type Drill, type FaultTimes, mendedAt } from './drill.ts';

const times = 3;
/** How far past the rates of the criteria the traffic goes: 120 requests a second where the document says 100, 15 where it says 20. */
const above = 1.2;
const below = 0.75;
/** Seconds on top of what the scaler itself takes. */
const slack = 30;

export const surgeDrill: Drill = {
  name: 'surge',
  needs: [],
  calmRate: (target) => surgeRate(target) / times,
  async run({ target, traffic, tell, momentWhen }) {
    const { minimum, secondsToScaleOut, secondsToScaleIn } = target.scaling;
    const before = (await target.tasks()).length;
    tell('fault');
    const since = performance.now();
    traffic.setRate(surgeRate(target));
    tell('waiting');
    let most = before;
    const grown = await momentWhen(secondsToScaleOut + slack, async () => {
      most = Math.max(most, (await target.tasks()).length);
      return most > before;
    });
    traffic.setRate(quietRate(target));
    tell('quiet');
    await momentWhen(secondsToScaleIn + slack, async () => (await target.tasks()).length <= minimum);
    return { since, ...mendedAt(grown), tasks: { before, most, after: (await target.tasks()).length } };
  },
  judge: (target, mending) => [judgeGrowth(target, mending), judgeReturn(target, mending)],
};

/** Above the rate of AC-PERF-2, and above what the tasks at their minimum are meant to take. */
function surgeRate({ design, scaling }: Target): number {
  const named = figuresOf(design, 'AC-PERF-2')?.requestsPerSecond ?? design.requestsPerSecond;
  return Math.max(named, (scaling.minimum * scaling.requestsPerTask) / 60) * above;
}

/** Below the rate of AC-PERF-3. */
function quietRate({ design }: Target): number {
  return (figuresOf(design, 'AC-PERF-3')?.requestsPerSecond ?? design.requestsPerSecond / 5) * below;
}

function judgeGrowth(target: Target, { tasks }: FaultTimes): CriterionResult {
  const { before = 0, most = 0 } = tasks ?? {};
  return judge(
    'AC-PERF-2',
    figuresOf(target.design, 'AC-PERF-2')?.requestsPerSecond,
    said.tasksGrew({ before, tasks: most, rate: Math.round(surgeRate(target)) }),
    (rate) => said.moreTasks({ rate }),
    () => most > before,
  );
}

/** The document's number of tasks is production's; elsewhere the environment's own minimum takes its place. */
function judgeReturn(target: Target, { tasks }: FaultTimes): CriterionResult {
  const { after = 0 } = tasks ?? {};
  const { requestsPerSecond, tasks: stated } = figuresOf(target.design, 'AC-PERF-3') ?? {};
  const figure = isProduction(target.design, target.environment) ? stated : target.scaling.minimum;
  return judge(
    'AC-PERF-3',
    requestsPerSecond === undefined ? undefined : figure,
    said.tasksAt({ tasks: after, rate: Math.round(quietRate(target)) }),
    (tasks) => said.tasksBelow({ tasks, rate: requestsPerSecond ?? 0 }),
    (count) => after === count,
  );
}
