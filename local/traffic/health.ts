// What Route 53 makes of its health checks: of answers, alarms and other checks to healthy or not, and of two records to one region. No
// clock and no network: whoever has those tells it what they saw.
import type { RegionRole } from '../../design/stack-names.ts';
import type { CheckPlan, FailoverPlan } from './plan.ts';

/** As CloudWatch names them. */
export type AlarmStatus = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface Health {
  /** What one checker of an endpoint check got: an answer of 2xx or 3xx in time, or not. */
  answered(check: string, checker: number, good: boolean): void;
  /** How an alarm stands, by its key. */
  alarmIs(alarm: string, status: AlarmStatus): void;
  isHealthy(check: string): boolean;
  /** Whose address the name is answered with; the primary's where there is no name. */
  goesTo(): RegionRole;
}

/** An endpoint is healthy while more than this part of its checkers find it so. */
const enough = 0.18;

/**
 * Before anything was seen of it a check counts as healthy, and an inverted one as unhealthy.
 * Source: "How Amazon Route 53 determines whether a health check is healthy", Route 53 Developer Guide.
 */
export function openHealth({ checks, records }: FailoverPlan): Health {
  const plans = new Map(checks.map((plan) => [plan.key, plan] as const));
  const checkers = new Map<string, CheckerState[]>();
  const alarms = new Map<string, boolean>();

  const isHealthy = (key: string): boolean => {
    const plan = plans.get(key);
    // Who is asked about something that nobody checks has no reason for doubt.
    return plan === undefined || standing(plan) !== plan.inverted;
  };

  function standing(plan: CheckPlan): boolean {
    switch (plan.kind) {
      case 'endpoint': {
        const seen = checkers.get(plan.key) ?? [];
        const well = seen.filter(({ healthy }) => healthy).length;
        return seen.length === 0 || well > enough * seen.length;
      }
      case 'alarm':
        return alarms.get(plan.key) ?? true;
      case 'calculated':
        return plan.children.filter(isHealthy).length >= plan.threshold;
    }
  }

  return {
    answered(key, checker, good) {
      const plan = plans.get(key);
      if (plan?.kind !== 'endpoint') return;
      const seen = checkers.get(key) ?? Array.from({ length: plan.checkers }, newChecker);
      checkers.set(key, seen);
      const state = seen[checker];
      if (state !== undefined) look(state, good, plan.threshold);
    },
    alarmIs(alarm, status) {
      for (const plan of checks) {
        if (plan.kind !== 'alarm' || plan.alarm !== alarm) continue;
        if (status !== 'INSUFFICIENT_DATA') alarms.set(plan.key, status === 'OK');
        else if (plan.withoutData !== 'LastKnownStatus') alarms.set(plan.key, plan.withoutData === 'Healthy');
      }
    },
    isHealthy,
    goesTo() {
      if (records === undefined) return 'primary';
      const well = (role: RegionRole) => records[role] === undefined || isHealthy(records[role]);
      // When neither is, Route 53 answers with the primary: somebody must be.
      return well('primary') || !well('standby') ? 'primary' : 'standby';
    },
  };
}

interface CheckerState {
  healthy: boolean;
  /** Answers in a row that speak against what it holds to be so. */
  against: number;
}

const newChecker = (): CheckerState => ({ healthy: true, against: 0 });

function look(state: CheckerState, good: boolean, threshold: number): void {
  state.against = good === state.healthy ? 0 : state.against + 1;
  if (state.against < threshold) return;
  state.healthy = good;
  state.against = 0;
}
