// What every drill is: traffic at a calm rate, one thing that goes wrong, and the account of it. The five differ in what goes wrong and
// in how one sees that it is mended.

import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../common/until.ts';
import { Refusal } from '../../design/refusal.ts';
import { type Account, settle } from '../account.ts';
import type { CriterionResult } from '../criterion-result.ts';
import { figuresOf } from '../figures.ts';
import { tenths } from '../percentile.ts';
import { refusals } from '../refusals.ts';
import type { Faults, QueueOfTarget, Target } from '../target.ts';
import { type Outcome, startTraffic, type Traffic } from '../traffic.ts';
import { type TaskCount, watchTasks } from '../watch-tasks.ts';
import type { DrillName } from './drill-names.ts';

export interface Drill {
  readonly name: DrillName;
  /** What the target must be able to do to itself. */
  readonly needs: readonly (keyof Faults)[];
  /** Requests a second before and after. */
  calmRate(target: Target): number;
  /** Where it takes minutes by its nature: so many seconds at most, and what they are made of. */
  lasts?(target: Target): Lasting;
  /** Makes the fault and waits until it is mended. */
  run(context: DrillContext): Promise<FaultTimes>;
  /** What the criteria say to it. */
  judge(target: Target, mending: FaultTimes, result: DrillResult): readonly CriterionResult[];
}

export interface Lasting {
  readonly seconds: number;
  readonly queues: readonly QueueOfTarget[];
}

/** Seconds that a wait has taken, and that it may take. */
export interface Progress {
  readonly seconds: number;
  readonly most: number;
}

interface DrillContext {
  readonly target: Target;
  readonly traffic: Traffic;
  readonly tell: (step: DrillStep) => void;
  /** Looks every tenth of a second until it holds, and says when; `undefined` after `seconds`. A look that fails does not hold. */
  readonly momentWhen: (seconds: number, holds: () => Promise<boolean> | boolean) => Promise<number | undefined>;
}

export interface FaultTimes {
  /** When the fault was made, on the clock of `performance.now()`. */
  readonly since: number;
  /** When the platform was seen to be whole again; absent when that did not come in time. */
  readonly mended?: number;
  /** Task counts that a criterion asks for. */
  readonly tasks?: { readonly before: number; readonly most: number; readonly after: number };
}

/** What a person may be told while it runs. */
export type DrillStep = 'calm' | 'fault' | 'waiting' | 'mended' | 'not-mended' | 'quiet' | 'account';

export interface DrillResult extends Account {
  readonly drill: DrillName;
  /** Tries of requests that were not answered as a healthy platform answers; a customer who asked three times in vain counts thrice. */
  readonly failedRequests: number;
  /** Milliseconds from the fault until it was mended and the last request that failed or took too long had ended; `null`: never. */
  readonly recoveryMs: number | null;
}

export interface DrillReport {
  readonly result: DrillResult;
  readonly criteria: readonly CriterionResult[];
  readonly tasks: readonly TaskCount[];
}

export interface DrillOptions {
  /** Requests a second before and after the fault; the drill's own when absent. */
  readonly rate?: number;
  /** Told of each step, and in a long wait now and then of how far it is. */
  readonly tell?: (step: DrillStep, progress?: Progress) => void;
  readonly pauses?: Pauses;
}

/** Seconds. */
interface Pauses {
  /** Of calm traffic before the fault, and after it is mended. */
  readonly before: number;
  readonly after: number;
  /** That the orders have to come to their end once the traffic is over. */
  readonly account: number;
  /** The longest wait for one thing, where a drill would wait for longer. */
  readonly most: number;
}

const usualPauses: Pauses = { before: 5, after: 5, account: 90, most: 3_000 };
/** No drill lasts longer, in seconds. */
const longest = 3_600;
/** Milliseconds that a customer goes on placing an order that was not answered. */
const persistence = 30_000;

/** What the drill needs and the target cannot do. */
export function missingFaults({ needs }: Drill, { faults }: Target): readonly (keyof Faults)[] {
  return needs.filter((name) => faults[name] === undefined);
}

/** Makes the fault under traffic, waits for the end of all that was begun, and counts. */
export async function runDrill(target: Target, drill: Drill, options: DrillOptions = {}): Promise<DrillReport> {
  const { tell = () => {}, pauses = usualPauses } = options;
  const watch = watchTasks(target);
  const rate = options.rate ?? drill.calmRate(target);
  tell('calm');
  const traffic = await startTraffic(target, { rate, seconds: longest, persistence });
  try {
    await sleep(pauses.before * 1000);
    const mending = await drill.run({
      target,
      traffic,
      tell,
      momentWhen: (seconds, holds) =>
        momentWhen(Math.min(seconds, pauses.most), holds, (progress) => tell('waiting', progress)),
    });
    tell(mending.mended === undefined ? 'not-mended' : 'mended');
    await sleep(pauses.after * 1000);
    await traffic.stop();
    tell('account');
    const account = await settle(traffic, pauses.account);
    const result = {
      drill: drill.name,
      ...account,
      failedRequests: traffic.outcomes.reduce((sum, { failures }) => sum + failures, 0),
      recoveryMs: recoveryOf(mending, traffic.outcomes, figuresOf(target.design, 'AC-PERF-1')?.milliseconds),
    };
    return { result, criteria: drill.judge(target, mending, result), tasks: watch.counts };
  } finally {
    await traffic.stop();
    await watch.stop();
    traffic.client.close();
  }
}

/** A request counts as disturbed when a try failed, or when it took longer than the document allows most to take. */
function recoveryOf({ since, mended }: FaultTimes, outcomes: readonly Outcome[], slow = Infinity): number | null {
  if (mended === undefined) return null;
  const disturbed = outcomes
    .filter(({ ended }) => ended >= since)
    .filter(({ failures, due, ended }) => failures > 0 || ended - due > slow);
  return tenths(Math.max(mended, ...disturbed.map(({ ended }) => ended)) - since);
}

/** Milliseconds between two times that a person is told of a wait. */
const tellEvery = 15_000;

async function momentWhen(
  seconds: number,
  holds: () => Promise<boolean> | boolean,
  tell: (progress: Progress) => void,
): Promise<number | undefined> {
  const begin = performance.now();
  let next = begin + tellEvery;
  const { isSo } = await until(
    async () => {
      if (performance.now() >= next) {
        tell({ seconds: Math.round((performance.now() - begin) / 1000), most: seconds });
        next += tellEvery;
      }
      return Promise.resolve()
        .then(holds)
        .catch(() => false);
    },
    (held) => held,
    { within: seconds * 1000, every: 100 },
  );
  return isSo ? performance.now() : undefined;
}

/** Part of `FaultTimes`: the moment, where there was one. */
export const mendedAt = (moment: number | undefined): Pick<FaultTimes, 'mended'> =>
  moment === undefined ? {} : { mended: moment };

/** The fault itself; `missingFaults` was asked before. */
export function faultOf<Name extends keyof Faults>({ faults }: Target, name: Name): NonNullable<Faults[Name]> {
  const fault = faults[name];
  if (fault === undefined) throw new Refusal(refusals.cannot({ ask: name }));
  return fault;
}

/** A rate that one task carries with ease: a fifth of the traffic that the document expects. */
export const easyRate = ({ design }: Target): number => Math.max(1, design.requestsPerSecond / 5);
