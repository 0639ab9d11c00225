// How long things take on AWS by what the templates say: what a drill passes faster here, said in AWS's own seconds.
import type { Assembly } from '../../assembly/graph.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { readMetricRule } from '../status/alarms.ts';
import type { CheckPlan, FailoverPlan } from '../traffic/plan.ts';
import { type Definition, statesOf } from './state-machine.ts';

export interface Pace {
  /** Until the endpoint check finds the primary lost, the alarm beside it is raised, the second region's endpoint is found well; seconds. */
  readonly endpointLost: number;
  readonly alarmRaised: number;
  /** Until the alarm on the check of the loss calls somebody. */
  readonly told: number;
  readonly endpointBack: number;
  /** Seconds between two looks of the load balancer at a task. */
  readonly targetInterval: number;
  /** Seconds for which resolvers keep the old answer. */
  readonly answerKept: number;
  /** Seconds between the first and the last try of each state that is tried again. */
  readonly bounds: Readonly<Record<string, number>>;
}

interface PaceInput {
  readonly graph: Assembly;
  readonly plan: FailoverPlan;
  readonly definition: Definition;
  readonly standby: Blueprint;
}

export function paceOf({ graph, plan, definition, standby }: PaceInput): Pace {
  const endpoint = (check: CheckPlan) => (check.kind === 'endpoint' ? check.interval * check.threshold : 0);
  const of = (region: 'primary' | 'standby') =>
    Math.max(0, ...plan.checks.filter((check) => check.kind === 'endpoint' && check.region === region).map(endpoint));
  const watched = new Set(plan.checks.flatMap((check) => (check.kind === 'alarm' ? [check.alarm] : [])));
  // The latch is told at once; what takes its time is the alarm over the lag.
  const rules = graph.resources
    .filter(({ key }) => watched.has(key))
    .flatMap((alarm) => readMetricRule(alarm) ?? [])
    .filter(({ missing }) => missing === 'breaching');
  const groups = standby.loadBalancer.targetGroups.filter(({ key }) => standby.service.targetGroups.includes(key));
  return {
    endpointLost: of('primary'),
    alarmRaised: Math.max(0, ...rules.map(({ period, evaluationPeriods }) => period * evaluationPeriods)),
    told: plan.lost?.toldAfter ?? 0,
    endpointBack: of('standby'),
    targetInterval: Math.max(0, ...groups.map(({ health }) => health.interval)),
    answerKept: plan.keptFor,
    bounds: Object.fromEntries(
      Object.entries(statesOf(definition))
        .filter(([, { Type }]) => Type === 'Task')
        .map(([name, { Retry }]) => [name, Math.max(0, ...Retry.map(longestOf))]),
    ),
  };
}

/** Seconds that a retrier waits in all, when every try fails. */
function longestOf({
  IntervalSeconds,
  MaxAttempts,
  BackoffRate,
  MaxDelaySeconds = Number.POSITIVE_INFINITY,
}: ReturnType<typeof statesOf>[string]['Retry'][number]): number {
  const pauses = Array.from({ length: MaxAttempts }, (_, tried) =>
    Math.min(IntervalSeconds * BackoffRate ** tried, MaxDelaySeconds),
  );
  return Math.round(pauses.reduce((sum, pause) => sum + pause, 0));
}
