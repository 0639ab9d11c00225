// Whether the machine disturbed what was measured on it: load and drills take times by their own clock and answer through their own event
// loop, so that a processor that somebody else has looks like a platform that is slow. What was disturbed is told and judges nothing.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { CriterionResult } from './criterion-result.ts';

/** During a run. `null`: this machine does not say. */
export interface MachineSeen {
  /** How late timers of the measuring process were, in milliseconds: of a hundred the second worst, and the worst. */
  readonly eventLoopP99Ms: number;
  readonly eventLoopMaxMs: number;
  /** Part of the processors' time that the host gave to other machines, in percent. */
  readonly stealPercent: number | null;
  /** Part of the time in which something that could run waited for a processor, in percent: pressure stall information, "some". */
  readonly pressurePercent: number | null;
}

/**
 * More than this disturbs. A customer's tenth of a second is lost in the first; the second is as long as a customer waits for a page; the
 * host's 5 % are what is lost between two runs of the same thing; and of a run alone on two cores something waits for part of the time, but
 * not for nearly all of it.
 */
export const limits: Readonly<Record<keyof MachineSeen, number>> = {
  eventLoopP99Ms: 200,
  eventLoopMaxMs: 2_000,
  stealPercent: 5,
  pressurePercent: 90,
};

export interface Disturbance {
  readonly figure: keyof MachineSeen;
  readonly observed: number;
  readonly limit: number;
}

/** Does the work, and says what the machine was like meanwhile. */
export async function watchMachine<T>(
  work: () => Promise<T>,
): Promise<{ readonly done: T; readonly machine: MachineSeen }> {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  const before = countersNow();
  delay.enable();
  try {
    const done = await work();
    delay.disable();
    return { done, machine: { ...delaysOf(delay), ...partsOf(before, countersNow()) } };
  } finally {
    delay.disable();
  }
}

const delaysOf = (delay: ReturnType<typeof monitorEventLoopDelay>) => ({
  eventLoopP99Ms: Math.round(delay.percentile(99) / 1e6),
  eventLoopMaxMs: Math.round(delay.max / 1e6),
});

export function disturbancesOf(machine: MachineSeen): readonly Disturbance[] {
  const figures = Object.keys(limits) as (keyof MachineSeen)[];
  return figures.flatMap((figure) => {
    const [observed, limit] = [machine[figure], limits[figure]];
    return observed !== null && observed > limit ? [{ figure, observed, limit }] : [];
  });
}

/** Verdicts as they stand, or none when something disturbed the run. */
export function undisturbed(
  criteria: readonly CriterionResult[],
  disturbed: readonly Disturbance[],
): readonly CriterionResult[] {
  return disturbed.length === 0 ? criteria : criteria.map((each) => ({ ...each, verdict: 'not-judged' }));
}

/** Since the start of the machine. */
export interface Counters {
  /** Of all processors together, in ticks. */
  readonly ticks?: { readonly all: number; readonly stolen: number };
  /** Microseconds of pressure. */
  readonly pressure?: number;
  /** Milliseconds of any clock that goes on. */
  readonly at: number;
}

export function partsOf(from: Counters, to: Counters): Pick<MachineSeen, 'stealPercent' | 'pressurePercent'> {
  const ticks = (to.ticks?.all ?? 0) - (from.ticks?.all ?? 0);
  const stolen = (to.ticks?.stolen ?? 0) - (from.ticks?.stolen ?? 0);
  const waited = to.pressure === undefined || from.pressure === undefined ? undefined : to.pressure - from.pressure;
  const percent = (part: number) => Math.round(part * 1000) / 10;
  return {
    stealPercent: ticks > 0 ? percent(stolen / ticks) : null,
    pressurePercent: waited === undefined || to.at <= from.at ? null : percent(waited / 1000 / (to.at - from.at)),
  };
}

/** Linux alone says so, and not every one. */
function countersNow(): Counters {
  const ticks = ticksIn(read('/proc/stat'));
  const pressure = pressureIn(read('/proc/pressure/cpu'));
  return {
    ticks,
    pressure,
    at: performance.now(),
  };
}

/** The line of all processors: user, nice, system, idle, iowait, irq, softirq, steal; what guests had is within user. See proc_stat(5). */
export function ticksIn(stat: string): Counters['ticks'] {
  const fields = /^cpu +([\d ]+)/m.exec(stat)?.[1]?.trim().split(/ +/).slice(0, 8).map(Number);
  if (fields === undefined || fields.length < 8) return undefined;
  return { all: fields.reduce((sum, each) => sum + each, 0), stolen: fields[7] ?? 0 };
}

export function pressureIn(text: string): number | undefined {
  const total = /^some .*total=(\d+)/m.exec(text)?.[1];
  return total === undefined ? undefined : Number(total);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
