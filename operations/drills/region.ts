// The loss of a region under traffic: the health checks must notice, the state machine must bring up the other one, and every order that
// was accepted is looked for in what is left. What it measures is RPO and RTO, step by step.
import { setTimeout as sleep } from 'node:timers/promises';
import { tenths } from '../percentile.ts';
import type { Target } from '../target.ts';
import { type AcceptedOrder, type Outcome, startTraffic } from '../traffic.ts';

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
}

/** Milliseconds throughout. */
interface RegionResult {
  /** Age, at the loss, of the oldest order that was accepted and is missing; 0 when none is. */
  readonly rpoMs: number;
  readonly lostOrders: number;
  /** From the loss until new orders were taken at once again, every one of them; `null`: they never were. */
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
  readonly failure?: string;
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
  /** Without an order that had to be placed twice, after which all are served. */
  readonly after: number;
  /** The longest wait for the loss to be noticed, for customers to be served, and for orders to come to their end. */
  readonly detection: number;
  readonly served: number;
  readonly account: number;
}

const usualPauses: Pauses = { before: 5, after: 3, detection: 600, served: 120, account: 60 };
/** Customers who had been waiting get their answers, while new ones are served already. */
const waiting = 'Waiting';
/** No drill lasts longer, in seconds. */
const longest = 3_600;
/** Milliseconds that a customer goes on placing an order that was not answered. */
const persistence = 300_000;
/** Milliseconds between two tries: minutes of customers are waiting by then. */
const pause = 1_000;

/** @throws RegionProblem before anything is lost; Error when nothing is left that could be asked for its orders, or as `signal` says. */
export async function runRegionDrill(regions: Regions, options: RegionDrillOptions): Promise<RegionReport> {
  const { rate, tell = () => {}, pauses = usualPauses, signal } = options;
  tell('calm');
  const traffic = await startTraffic(regions, { rate, seconds: longest, persistence, pause });
  const wait = (seconds: number) => sleep(seconds * 1000, undefined, signal === undefined ? {} : { signal });
  try {
    await wait(pauses.before);
    await mayBeLost(regions, traffic.accepted.size, options.mostLagMs);
    tell('loss');
    // Both clocks: the state machine's times are those of a calendar.
    const lost = { clock: performance.now(), calendar: Date.now() };
    await regions.losePrimary();
    const detected = await until(pauses.detection, () => regions.isPrimaryLost(), signal);
    tell(detected === undefined ? 'undetected' : 'detected');
    const run = await regions.failOver({ action: 'failover', reason: 'region drill' }, (state) => tell('state', state));
    // All who were kept waiting have been served when for a while nobody had to try twice.
    const isQuiet = () =>
      performance.now() - (servedAgain(traffic.outcomes, lost.clock)?.all ?? Infinity) >= pauses.after * 1000;
    const served = await until(run.ok ? pauses.served : 0, isQuiet, signal);
    tell(served === undefined ? 'unserved' : 'served');
    await traffic.stop({ giveUp: served === undefined });
    tell('account');
    const accepted = [...traffic.accepted.values()];
    const account = await settle(regions, accepted, pauses.account, signal);
    return {
      ...measure({ lost, detected, run, outcomes: traffic.outcomes, accepted, present: account.present }),
      account: {
        accepted: accepted.length,
        fulfilled: account.fulfilled,
        failedRequests: traffic.outcomes.reduce((sum, { failures }) => sum + failures, 0),
        acceptedAfter: accepted.filter(({ acceptedAt }) => acceptedAt > lost.clock).length,
      },
      ...(run.ok ? {} : { failure: String(run.output) }),
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
  readonly outcomes: readonly Outcome[];
  readonly accepted: readonly AcceptedOrder[];
  /** Ids of the orders that are there. */
  readonly present: ReadonlySet<string>;
}

/** What the drill says of what was seen. */
export function measure(seen: Observed): Pick<RegionReport, 'result' | 'timeline'> {
  const { lost, detected, run, outcomes, accepted, present } = seen;
  const missing = accepted.filter(({ id }) => !present.has(id));
  const ages = missing
    .filter(({ acceptedAt }) => acceptedAt <= lost.clock)
    .map((order) => lost.clock - order.acceptedAt);
  const back = run.ok ? servedAgain(outcomes, lost.clock) : undefined;
  const timeline = timelineOf(seen, back);
  const steps = timeline.filter(({ name }) => name !== waiting);
  return {
    result: {
      rpoMs: tenths(Math.max(0, ...ages)),
      lostOrders: missing.length,
      rtoMs: detected === undefined || back === undefined ? null : tenths(back.at - lost.clock),
      // A step lasts until the next one begins, so that together they are the whole time.
      steps: steps.map(({ name, fromMs, toMs }, index) => ({
        name,
        ms: tenths((steps[index + 1]?.fromMs ?? toMs) - fromMs),
      })),
    },
    timeline,
  };
}

function timelineOf({ lost, detected, run }: Observed, back: ReturnType<typeof servedAgain>): readonly TimelineEntry[] {
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
  const [served, all] = [tenths(back.at - lost.clock), tenths(back.all - lost.clock)];
  // Customers may be served before the last state is through: then there is nothing more to wait for.
  const last = served <= end ? [] : [{ name: 'Serve', fromMs: end, toMs: served }];
  return [...first, ...states, ...last, ...(all <= served ? [] : [{ name: waiting, fromMs: served, toMs: all }])];
}

/**
 * From when on new orders were taken at once, of which there must be one, and when the last of those who had been waiting had theirs.
 * Only orders count: who reads one that was lost gets no answer ever again.
 */
function servedAgain(
  outcomes: readonly Outcome[],
  lost: number,
): { readonly at: number; readonly all: number } | undefined {
  const writes = outcomes.filter(({ kind, ended }) => kind === 'write' && ended >= lost);
  const taken = writes.filter(({ ok, due }) => ok && due >= lost).map(({ ended }) => ended);
  if (taken.length === 0) return undefined;
  const first = Math.min(...taken);
  const disturbed = writes.filter(({ failures }) => failures > 0);
  const at = Math.max(first, ...disturbed.map(({ due }) => due));
  const all = Math.max(at, ...disturbed.map(({ ended }) => ended));
  return writes.some(({ ok, failures, due }) => ok && failures === 0 && due >= at) ? { at, all } : undefined;
}

/** Waits until each accepted order that is there is fulfilled. */
async function settle(regions: Regions, accepted: readonly AcceptedOrder[], seconds: number, signal?: AbortSignal) {
  const ids = new Set(accepted.map(({ id }) => id));
  let orders = await regions.orders();
  const ours = () => orders.filter(({ id }) => ids.has(id));
  await until(
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
async function until(
  seconds: number,
  holds: () => boolean | Promise<boolean>,
  signal?: AbortSignal,
): Promise<number | undefined> {
  for (const end = performance.now() + seconds * 1000; ; await sleep(100)) {
    signal?.throwIfAborted();
    if (await holds()) return performance.now();
    if (performance.now() >= end) return undefined;
  }
}
