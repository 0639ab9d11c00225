// The loss of a region under traffic: the health checks must notice, the state machine must bring up the other one, and every order that
// was accepted is looked for in what is left. What it measures is RPO and RTO, step by step.

import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../common/until.ts';
import type { Words } from '../../design/messages/words.ts';
import { tenths } from '../percentile.ts';
import type { Target } from '../target.ts';
import { type AcceptedOrder, type Outcome, startTraffic, type Traffic } from '../traffic.ts';
import { allServed, type NoRto, servedAt, whyNot, writesOf } from './served.ts';

/** Two regions with one address before them. */
export interface Regions extends Pick<Target, 'url' | 'certificate' | 'headers'> {
  /** Whether the health checks find the primary lost. */
  isPrimaryLost(): boolean;
  /** Milliseconds by which the second region's database is behind; `undefined` when it hears nothing of the first. */
  lagMs(): Promise<number | undefined>;
  /** Ends everything of the first region at once. */
  losePrimary(): Promise<void>;
  /** Runs the state machine to its end; `entered` is told of its states. */
  failOver(
    input: { readonly action: 'failover'; readonly reason: string },
    entered: (state: string) => void,
  ): Promise<FailedOver>;
  /** The orders that the second region has. */
  orders(): Promise<readonly { readonly id: string; readonly status: string }[]>;
}

/** Why no region is taken away: what would be measured is known already, or cannot be. */
export class RegionProblem extends Error {
  readonly code: 'noOrders' | 'notFollowing' | 'tooOld';
  readonly lagMs: number;

  constructor(code: RegionProblem['code'], lagMs = 0) {
    super(code);
    this.code = code;
    this.lagMs = lagMs;
  }
}

export interface FailedOver {
  readonly ok: boolean;
  /** Times in milliseconds since 1970. */
  readonly steps: readonly { readonly name: string; readonly startedAt: number; readonly endedAt: number }[];
  readonly output?: unknown;
  /** Why it stopped, where it did: Step Functions' words, or ours. */
  readonly failure?: Words | string;
}

/** Milliseconds throughout. */
interface RegionResult {
  /** Age, at the loss, of the oldest order that was accepted and is missing; 0 when none is. */
  readonly rpoMs: number;
  readonly lostOrders: number;
  /** From the loss until new orders were taken at once again, every one of them; `null`: see `noRto` of the report. */
  readonly rtoMs: number | null;
  /** From the loss on, one after the other. */
  readonly steps: readonly { readonly name: string; readonly ms: number }[];
}

/** Since the loss; the times of steps may overlap what customers notice. */
interface TimelineEntry {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface RegionReport {
  readonly result: RegionResult;
  readonly timeline: readonly TimelineEntry[];
  readonly account: {
    readonly accepted: number;
    /** Of those accepted, how many came to their end in the second region. */
    readonly fulfilled: number;
    readonly failedRequests: number;
    /** Orders that were accepted after the loss. */
    readonly acceptedAfter: number;
  };
  /** Why the state machine stopped, where it did. */
  readonly failure?: Words | string;
  /** Why there is no RTO, where there is none. */
  readonly noRto?: NoRto;
}

export interface RegionDrillOptions {
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds by which the second region may be behind before the first one is taken away: the document's RPO. */
  readonly mostLagMs?: number;
  readonly tell?: (step: RegionDrillStep, state?: string) => void;
  /** Seconds. */
  readonly pauses?: Pauses;
  readonly signal?: AbortSignal;
}

type RegionDrillStep = 'calm' | 'loss' | 'detected' | 'undetected' | 'state' | 'served' | 'unserved' | 'account';

interface Pauses {
  readonly before: number;
  /** Of orders each of which is accepted at its first try, after which new ones count as served. */
  readonly after: number;
  /** The longest wait for the loss to be noticed, for new orders to be served, for those who waited, and for orders to come to their end. */
  readonly detection: number;
  readonly served: number;
  readonly waiting: number;
  readonly account: number;
}

const usualPauses: Pauses = { before: 5, after: 3, detection: 600, served: 120, waiting: 60, account: 60 };
/** Customers who had been waiting get their answers, while new ones are served already. */
const waiting = 'Waiting';
/** No drill lasts longer, in seconds. */
const longest = 3_600;
/** Milliseconds that a customer goes on placing an order that was not answered. */
const persistence = 300_000;
/**
 * Milliseconds before the second try, and that the pause may double to: minutes of customers are waiting by then. If each came back every
 * second, their tries alone would keep the second region from serving anybody.
 * Source: "Timeouts, retries, and backoff with jitter", Amazon Builders' Library.
 */
const pause = 1_000;
const longestPause = 16_000;

/** @throws RegionProblem before anything is lost; Error when nothing is left that could be asked for its orders, or as `signal` says. */
export async function runRegionDrill(regions: Regions, options: RegionDrillOptions): Promise<RegionReport> {
  const { rate, tell = () => {}, pauses = usualPauses, signal } = options;
  tell('calm');
  const traffic = await startTraffic(regions, { rate, seconds: longest, persistence, pause, longestPause });
  const wait = (seconds: number) => sleep(seconds * 1000, undefined, signal === undefined ? {} : { signal });
  try {
    await wait(pauses.before);
    await mayBeLost(regions, traffic.accepted.size, options.mostLagMs);
    tell('loss');
    // Both clocks: the state machine's times are those of a calendar.
    const lost = { clock: performance.now(), calendar: Date.now() };
    await regions.losePrimary();
    const detected = await firstHeld(pauses.detection, () => regions.isPrimaryLost(), signal);
    tell(detected === undefined ? 'undetected' : 'detected');
    const run = await regions.failOver({ action: 'failover', reason: 'region drill' }, (state) => tell('state', state));
    const look = () => servedAt(writesOf(traffic), lost.clock, pauses.after * 1000);
    const decided = await firstHeld(run.ok ? pauses.served : 0, () => look() !== undefined, signal);
    // What happens from here on, such as the end of a customer's tries, no longer changes it.
    const served = decided === undefined ? undefined : look();
    const noRto = whyNot({ detected, run, served, writes: writesOf(traffic), lost: lost.clock });
    tell(served === undefined ? 'unserved' : 'served');
    await end(traffic, served === undefined ? 0 : pauses.waiting);
    tell('account');
    const accepted = [...traffic.accepted.values()];
    const account = await settle(regions, accepted, pauses.account, signal);
    return {
      ...measure({ lost, detected, run, served, outcomes: traffic.outcomes, accepted, present: account.present }),
      account: {
        accepted: accepted.length,
        fulfilled: account.fulfilled,
        failedRequests: traffic.outcomes.reduce((sum, { failures }) => sum + failures, 0),
        acceptedAfter: accepted.filter(({ acceptedAt }) => acceptedAt > lost.clock).length,
      },
      ...(run.ok ? {} : { failure: run.failure ?? '' }),
      ...(noRto === undefined ? {} : { noRto }),
    };
  } finally {
    await traffic.stop({ giveUp: true });
    traffic.client.close();
  }
}

/** @throws RegionProblem */
async function mayBeLost(regions: Regions, accepted: number, mostLagMs = Infinity): Promise<void> {
  if (accepted === 0) throw new RegionProblem('noOrders');
  const lag = await regions.lagMs();
  if (lag === undefined) throw new RegionProblem('notFollowing');
  if (lag > mostLagMs) throw new RegionProblem('tooOld', lag);
}

interface Observed {
  /** The moment of the loss by both clocks. */
  readonly lost: { readonly clock: number; readonly calendar: number };
  /** On the clock of `performance.now()`. */
  readonly detected: number | undefined;
  readonly run: FailedOver;
  /** When new orders were served again, on the same clock. */
  readonly served: number | undefined;
  readonly outcomes: readonly Outcome[];
  readonly accepted: readonly AcceptedOrder[];
  /** Ids of the orders that are there. */
  readonly present: ReadonlySet<string>;
}

/** What the drill says of what was seen. */
export function measure(seen: Observed): Pick<RegionReport, 'result' | 'timeline'> {
  const { lost, detected, run, served, outcomes, accepted, present } = seen;
  const missing = accepted.filter(({ id }) => !present.has(id));
  const ages = missing
    .filter(({ acceptedAt }) => acceptedAt <= lost.clock)
    .map((order) => lost.clock - order.acceptedAt);
  const back = run.ok && detected !== undefined ? served : undefined;
  const timeline = timelineOf(seen, back, back === undefined ? undefined : allServed(outcomes, lost.clock, back));
  const steps = timeline.filter(({ name }) => name !== waiting);
  return {
    result: {
      rpoMs: tenths(Math.max(0, ...ages)),
      lostOrders: missing.length,
      rtoMs: back === undefined ? null : tenths(back - lost.clock),
      // A step lasts until the next one begins, so that together they are the whole time.
      steps: steps.map(({ name, fromMs, toMs }, index) => ({
        name,
        ms: tenths((steps[index + 1]?.fromMs ?? toMs) - fromMs),
      })),
    },
    timeline,
  };
}

function timelineOf(
  { lost, detected, run }: Observed,
  back: number | undefined,
  allBack: number | undefined,
): readonly TimelineEntry[] {
  const states = run.steps
    .map(({ name, startedAt, endedAt }) => ({
      name,
      fromMs: tenths(startedAt - lost.calendar),
      toMs: tenths(endedAt - lost.calendar),
    }))
    .sort((a, b) => a.fromMs - b.fromMs);
  const end = states.at(-1)?.toMs ?? 0;
  const first = detected === undefined ? [] : [{ name: 'Detect', fromMs: 0, toMs: tenths(detected - lost.clock) }];
  if (back === undefined) return [...first, ...states];
  const [served, all] = [tenths(back - lost.clock), tenths((allBack ?? back) - lost.clock)];
  // Customers may be served before the last state is through: then there is nothing more to wait for.
  const last = served <= end ? [] : [{ name: 'Serve', fromMs: end, toMs: served }];
  return [...first, ...states, ...last, ...(all <= served ? [] : [{ name: waiting, fromMs: served, toMs: all }])];
}

/** Lets those who wait have their answers, for so many seconds, and ends the traffic. */
async function end(traffic: Traffic, seconds: number): Promise<void> {
  const giveUp = setTimeout(() => void traffic.stop({ giveUp: true }), seconds * 1000);
  await traffic.stop({ giveUp: seconds === 0 });
  clearTimeout(giveUp);
}

/** Waits until each accepted order that is there is fulfilled. */
async function settle(regions: Regions, accepted: readonly AcceptedOrder[], seconds: number, signal?: AbortSignal) {
  const ids = new Set(accepted.map(({ id }) => id));
  let orders = await regions.orders();
  const ours = () => orders.filter(({ id }) => ids.has(id));
  await firstHeld(
    seconds,
    async () => {
      orders = await regions.orders();
      return ours().every(({ status }) => status === 'fulfilled');
    },
    signal,
  );
  return {
    present: new Set(orders.map(({ id }) => id)),
    fulfilled: ours().filter(({ status }) => status === 'fulfilled').length,
  };
}

/** When it first held, by looks every tenth of a second; `undefined` after so many seconds. */
async function firstHeld(
  seconds: number,
  holds: () => boolean | Promise<boolean>,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const { isSo } = await until(
    () => {
      signal?.throwIfAborted();
      return holds();
    },
    (held) => held,
    { within: seconds * 1000, every: 100 },
  );
  return isSo ? performance.now() : undefined;
}
