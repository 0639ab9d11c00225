// What the page shows, put together once a second: counts, the last two minutes, alarms, orders, drills.
import { type AlarmClock, type AlarmRule, type AlarmState, alarmClock } from './alarms.ts';
import type { Counts, DrillBoard, DrillState, RecentOrder, StatusSource } from './source.ts';

export interface View {
  readonly feature: string;
  readonly environment: string;
  readonly addresses: StatusSource['addresses'];
  readonly counts: Counts;
  /** Requests a second, and the share of reads that the cache answered (0 to 1; absent without reads) over the last ten seconds. */
  readonly rate: number;
  readonly hitRate?: number;
  /** Second by second, the newest last. */
  readonly history: { readonly rate: readonly number[]; readonly tasks: readonly number[] };
  readonly alarms: readonly AlarmRow[];
  readonly orders: readonly RecentOrder[];
  readonly drills: readonly DrillState[];
}

/** Both severities of one metric of one member. */
export interface AlarmRow {
  readonly title: string;
  readonly member: string;
  readonly metric: string;
  readonly statistic: AlarmRule['statistic'];
  readonly value?: number;
  readonly warning?: Limit;
  readonly critical?: Limit;
  readonly state: 'ok' | 'warning' | 'critical' | 'no-data';
}

export interface Limit {
  readonly below: boolean;
  readonly threshold: number;
}

export interface ViewParts {
  readonly source: StatusSource;
  readonly alarms: readonly AlarmRule[];
  readonly drills?: DrillBoard;
  /** How many times faster than on AWS periods pass here. */
  readonly speed?: number;
}

/** Seconds that rates are taken over, and that the page looks back. */
const span = 10;
const lookBack = 120;

/** Each call looks anew; `now` in milliseconds. */
export function viewer({ source, alarms, drills, speed }: ViewParts): (now: number) => Promise<View> {
  const clock: AlarmClock = alarmClock(alarms, speed);
  let past: { readonly at: number; readonly counts: Counts }[] = [];
  const history = { rate: [] as number[], tasks: [] as number[] };

  return async (now) => {
    const [counts, orders, samples] = await Promise.all([source.counts(), source.recentOrders(), source.samples()]);
    past = [...past.filter(({ at }) => at >= now - span * 1000), { at: now, counts }];
    const rates = ratesOf(past);
    const last = past.at(-2);
    history.rate.push(last === undefined ? 0 : perSecond(last, { at: now, counts }));
    history.tasks.push(counts.tasks.healthy);
    for (const series of [history.rate, history.tasks]) series.splice(0, series.length - lookBack);
    return {
      feature: source.feature,
      environment: source.environment,
      addresses: source.addresses,
      counts,
      ...rates,
      history,
      alarms: rowsOf(clock.evaluate(samples, now)),
      orders,
      drills: drills?.states() ?? [],
    };
  };
}

interface Moment {
  readonly at: number;
  readonly counts: Counts;
}

function perSecond(from: Moment, to: Moment): number {
  const seconds = (to.at - from.at) / 1000;
  return seconds <= 0 ? 0 : (to.counts.requests.total - from.counts.requests.total) / seconds;
}

function ratesOf(past: readonly Moment[]): Pick<View, 'rate' | 'hitRate'> {
  const [from, to] = [past[0], past.at(-1)];
  if (from === undefined || to === undefined) return { rate: 0 };
  const hits = to.counts.cache.hits - from.counts.cache.hits;
  const reads = hits + to.counts.cache.misses - from.counts.cache.misses;
  return { rate: perSecond(from, to), ...(reads > 0 ? { hitRate: hits / reads } : {}) };
}

/** What rings comes first, what nothing measures last; else the order of the document. */
function rowsOf(states: readonly AlarmState[]): AlarmRow[] {
  const groups = Map.groupBy(states, ({ rule }) => `${rule.namespace} ${rule.metric} ${rule.resource ?? rule.member}`);
  const order = { critical: 0, warning: 1, ok: 2, 'no-data': 3 };
  return [...groups.values()].flatMap(rowOf).sort((a, b) => order[a.state] - order[b.state]);
}

function rowOf(states: readonly AlarmState[]): AlarmRow[] {
  const [first] = states;
  if (first === undefined) return [];
  const of = (severity: AlarmRule['severity']) => states.find(({ rule }) => rule.severity === severity);
  const limit = (severity: AlarmRule['severity']) => {
    const state = of(severity);
    if (state === undefined) return {};
    const { comparison, threshold } = state.rule;
    return { [severity]: { below: comparison.startsWith('Less'), threshold } };
  };
  const rings = (severity: AlarmRule['severity']) => of(severity)?.state === 'alarm';
  const { title, member, metric, statistic } = first.rule;
  return [
    {
      title,
      member,
      metric,
      statistic,
      value: first.value,
      ...limit('warning'),
      ...limit('critical'),
      state: rings('critical')
        ? 'critical'
        : rings('warning')
          ? 'warning'
          : states.every(({ state }) => state === 'no-data')
            ? 'no-data'
            : 'ok',
    },
  ];
}
