// What CloudWatch would know in the standby region: how far its database is behind, and whether traffic is held here; and what the alarms
// make of it that health checks look at.

import type { Assembly } from '../../assembly/graph.ts';
import type { RegionRole } from '../../design/stack-names.ts';
import type { Replication } from '../../functions/recovery/ports.ts';
import type { LocalRegion } from '../region.ts';
import { type AlarmState, alarmClock, type MetricRule, readMetricRule } from '../status/alarms.ts';
import type { Sample } from '../status/source.ts';
import type { FailoverPlan } from '../traffic/plan.ts';
import type { RegionMessage } from './messages.ts';

interface WatchInput {
  readonly region: LocalRegion;
  readonly graph: Assembly;
  readonly plan: FailoverPlan;
  readonly speed: number;
  say(said: RegionMessage): void;
}

/** Milliseconds between two inspections. */
const pause = 250;
const words = { ok: 'OK', alarm: 'ALARM', 'no-data': 'INSUFFICIENT_DATA' } as const;

export function openReplicationWatch({ region, graph, plan, speed, say }: WatchInput) {
  const watched = new Set(plan.checks.flatMap((check) => (check.kind === 'alarm' ? [check.alarm] : [])));
  const rules = graph.resources.filter(({ key }) => watched.has(key)).flatMap((alarm) => readMetricRule(alarm) ?? []);
  const clock = alarmClock(rules, speed);
  const { following } = region.database;
  let held: RegionRole = 'primary';
  let replication: Replication | undefined;
  let looking = false;

  function tell(measures: Readonly<Record<string, number>>): void {
    const states = clock.evaluate(
      rules.flatMap((rule) => sampleFor(rule, measures)),
      performance.now(),
    );
    for (const { rule, state } of states satisfies readonly AlarmState<MetricRule>[])
      say({ alarm: rule.id, status: words[state] });
  }

  async function look(): Promise<void> {
    const lag = following?.isPromoted() === false ? await following.lag().catch(() => undefined) : undefined;
    if (lag !== undefined) replication = { measuredAt: new Date().toISOString(), lagMs: lag * 1000 };
    // Aurora measures its lag in milliseconds, by several names; nothing is measured where nothing arrives.
    const behind: Readonly<Record<string, number>> =
      lag === undefined ? {} : { AuroraGlobalDBReplicationLag: lag * 1000, AuroraGlobalDBRPOLag: lag * 1000 };
    tell({ ...behind, Latch: latchOf(held) });
  }

  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look().finally(() => {
      looking = false;
    });
  }, pause);
  return {
    replication: () => replication,
    hold(role: RegionRole) {
      held = role;
      tell({ Latch: latchOf(held) });
    },
    stop: () => clearInterval(timer),
  };
}

const latchOf = (held: RegionRole): number => (held === 'standby' ? 1 : 0);

function sampleFor({ namespace, metric }: MetricRule, measures: Readonly<Record<string, number>>): Sample[] {
  const value = measures[metric];
  return value === undefined ? [] : [{ namespace, metric, sum: value, count: 1, minimum: value, maximum: value }];
}
