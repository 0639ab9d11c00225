// `hashira load`: a constant rate of requests for a while, and how long customers waited.

import { requestTimeout } from './client.ts';
import { type CriterionResult, judge } from './criterion-result.ts';
import { figuresOf } from './figures.ts';
import { percentile, tenths } from './percentile.ts';
import type { Target } from './target.ts';
import { type Outcome, startTraffic } from './traffic.ts';
import { type TaskCount, watchTasks } from './watch-tasks.ts';
import { said } from './words.ts';

export interface LoadOptions {
  /** Requests a second. */
  readonly rps: number;
  readonly seconds: number;
}

/** Times in milliseconds, from the moment a request was due. One that failed counts as one that took the whole timeout. */
export interface LoadResult {
  /** Requests a second, as asked for. */
  readonly rps: number;
  readonly requests: number;
  readonly errors: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly tasks: readonly TaskCount[];
}

/** Bounds, so that a slip of a digit does not become a flood. */
export const mostRequests = 500_000;
export const mostSeconds = 3_600;

/** Requests a second of the document's load test (TST-5); of a document that names none, the traffic that it expects. */
export function usualRate({ design }: Pick<Target, 'design'>): number {
  const named = design.tests.flatMap(({ items }) => items).map(({ figures }) => figures.requestsPerSecond);
  return named.find((rate) => rate !== undefined) ?? design.requestsPerSecond;
}

export async function runLoad(
  target: Target,
  { rps, seconds }: LoadOptions,
): Promise<{ readonly result: LoadResult; readonly criteria: readonly CriterionResult[] }> {
  const watch = watchTasks(target);
  const traffic = await startTraffic(target, { rate: rps, seconds, persistence: 0 });
  await traffic.ended;
  await watch.stop();
  traffic.client.close();
  const waits = waitsOf(traffic.outcomes);
  const at = (percent: number) => tenths(percentile(waits, percent));
  const errors = traffic.outcomes.filter(({ ok }) => !ok).length;
  const result = {
    rps,
    requests: traffic.outcomes.length,
    errors,
    p50: at(50),
    p95: at(95),
    p99: at(99),
    tasks: watch.counts,
  };
  return { result, criteria: [judgeResponseTime(target, waits)] };
}

/** Sorted. */
function waitsOf(outcomes: readonly Outcome[]): readonly number[] {
  return outcomes
    .map(({ due, ended, ok }) => (ok ? ended - due : Math.max(requestTimeout, ended - due)))
    .sort((a, b) => a - b);
}

/** AC-PERF-1, by the percentile and the time that its sentence names. */
function judgeResponseTime({ design }: Target, waits: readonly number[]): CriterionResult {
  const { percentile: percent, milliseconds } = figuresOf(design, 'AC-PERF-1') ?? {};
  const limit = percent === undefined ? undefined : milliseconds;
  const observed = percentile(waits, percent ?? 95);
  return judge(
    'AC-PERF-1',
    limit,
    said.percentileOf({ percent: percent ?? 95, ms: tenths(observed) }),
    (ms) => said.percentileAtMost({ percent: percent ?? 95, ms }),
    (most) => waits.length > 0 && observed <= most,
  );
}
