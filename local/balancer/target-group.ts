// A group of targets: who is in it, who is healthy, who is asked next, and who may leave.
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { until } from '../../common/until.ts';
import type { HealthCheckPlan, TargetGroupPlan } from '../blueprint/load-balancer.ts';
import type { Address } from '../machine/network.ts';

/** A task as the load balancer sees it. */
export interface RegisteredTarget {
  readonly id: string;
  readonly origin: string;
  readonly connections: Agent;
  state: 'initial' | 'healthy' | 'unhealthy' | 'draining';
  /** Requests that it has not yet answered. */
  outstanding: number;
}

export interface TargetGroup {
  readonly plan: TargetGroupPlan;
  targets(): readonly RegisteredTarget[];
  /** Begins to ask after the target's health; it gets requests from its first good answer on. */
  register(id: string, place: Address): void;
  /** Sends nothing more to it, and resolves when all is answered or the delay is over. */
  deregister(id: string): Promise<void>;
  /** Takes a target out at once, since it has ended. */
  drop(id: string): void;
  /** Whom to ask; `undefined` when there is nobody. */
  pick(): RegisteredTarget | undefined;
  /** Calls back at each change of a target's state. */
  onChange(listener: (target: RegisteredTarget) => void): void;
  close(): Promise<void>;
}

/** A target that does not take a connection within so long counts as gone; milliseconds. */
const connectTimeout = 10_000;

/** `speed` divides the time between health checks and that for leaving. */
export function openTargetGroup(plan: TargetGroupPlan, idleTimeout: number, speed: number): TargetGroup {
  const members = new Map<string, { readonly target: RegisteredTarget; readonly leaving: AbortController }>();
  const listeners: ((target: RegisteredTarget) => void)[] = [];
  let turn = 0;

  function change(target: RegisteredTarget, state: RegisteredTarget['state']): void {
    if (target.state === state || target.state === 'draining') return;
    target.state = state;
    for (const listener of listeners) listener(target);
  }

  function drop(id: string): void {
    const member = members.get(id);
    if (member === undefined) return;
    members.delete(id);
    member.leaving.abort();
    change(member.target, 'draining');
    void member.target.connections.destroy().catch(() => {});
  }

  return {
    plan,
    targets: () => [...members.values()].map(({ target }) => target),
    register(id, { host, port }) {
      const target: RegisteredTarget = {
        id,
        origin: `${plan.encrypted ? 'https' : 'http'}://${host}:${port}`,
        // The load balancer encrypts to its targets without asking who they are.
        connections: new Agent({
          connect: { rejectUnauthorized: false, timeout: connectTimeout },
          headersTimeout: idleTimeout * 1000,
          bodyTimeout: idleTimeout * 1000,
        }),
        state: 'initial',
        outstanding: 0,
      };
      const leaving = new AbortController();
      members.set(id, { target, leaving });
      const origin = `${plan.health.encrypted ? 'https' : 'http'}://${host}:${port}`;
      void watchHealth(plan.health, origin, target, leaving.signal, speed, (state) => change(target, state));
    },
    async deregister(id) {
      const target = members.get(id)?.target;
      if (target === undefined) return;
      change(target, 'draining');
      const within = (plan.deregistrationDelay * 1000) / speed;
      await until(
        () => target.outstanding,
        (outstanding) => outstanding === 0,
        { within, every: 20 },
      );
      drop(id);
    },
    drop,
    pick() {
      const all = [...members.values()].map(({ target }) => target);
      const healthy = all.filter(({ state }) => state === 'healthy');
      // Where nobody is healthy, everybody who might be is asked ("fail open").
      const able = healthy.length > 0 ? healthy : all.filter(({ state }) => state === 'unhealthy');
      turn += 1;
      const inTurn = able.map((_, index) => able[(index + turn) % able.length]).filter((each) => each !== undefined);
      if (plan.algorithm === 'round_robin') return inTurn[0];
      return inTurn.reduce<RegisteredTarget | undefined>(
        (best, each) => (best === undefined || each.outstanding < best.outstanding ? each : best),
        undefined,
      );
    },
    onChange: (listener) => void listeners.push(listener),
    async close() {
      for (const id of [...members.keys()]) drop(id);
    },
  };
}

/** How soon a target that has only just been entered is asked again, until it answers for the first time; milliseconds. */
const firstChecks = 100;

async function watchHealth(
  plan: HealthCheckPlan,
  origin: string,
  target: RegisteredTarget,
  signal: AbortSignal,
  speed: number,
  report: (state: 'healthy' | 'unhealthy') => void,
): Promise<void> {
  const connections = new Agent({ connect: { rejectUnauthorized: false, timeout: plan.timeout * 1000 } });
  const wanted = statusesOf(plan.matcher);
  let inRow = 0;
  let last = false;
  while (!signal.aborted) {
    const good = await ask(origin + plan.path, plan.timeout * 1000, connections, wanted);
    inRow = good === last ? inRow + 1 : 1;
    last = good;
    if (signal.aborted) break;
    // One good answer is enough for a new target; one that was given up must prove itself.
    if (good && (target.state === 'initial' || inRow >= plan.healthyThreshold)) report('healthy');
    if (!good && inRow >= plan.unhealthyThreshold && !isStarting(target, inRow, plan, speed)) report('unhealthy');
    const pause = target.state === 'initial' ? firstChecks : (plan.interval * 1000) / speed;
    await sleep(pause, undefined, { signal }).catch(() => {});
  }
  await connections.destroy();
}

/** The quick first questions count as one until as much time has gone by as the plan's own would take. */
const isStarting = ({ state }: RegisteredTarget, inRow: number, plan: HealthCheckPlan, speed: number): boolean =>
  state === 'initial' && inRow * firstChecks < (plan.unhealthyThreshold * plan.interval * 1000) / speed;

async function ask(url: string, timeout: number, dispatcher: Agent, wanted: (status: number) => boolean) {
  try {
    const { statusCode, body } = await request(url, { dispatcher, signal: AbortSignal.timeout(timeout) });
    await body.dump();
    return wanted(statusCode);
  } catch {
    return false;
  }
}

/** `200`, `200,202` or `200-299`. */
export function statusesOf(matcher: string): (status: number) => boolean {
  const ranges = matcher.split(',').map((part) => part.split('-').map(Number));
  return (status) => ranges.some(([from = 0, to = from]) => status >= from && status <= to);
}
