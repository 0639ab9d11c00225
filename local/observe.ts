// What can be seen of a running platform from one second to the next, for its status page: counts, orders, and the metrics that
// CloudWatch would have, as far as anything here measures them.
import { readFileSync } from 'node:fs';
import type { LoadBalancer } from './balancer/load-balancer.ts';
import type { Blueprint } from './blueprint/blueprint.ts';
import type { FunctionRuntime } from './functions/runtime.ts';
import type { Summary } from './machine/measure.ts';
import type { Cloud } from './parts/cloud.ts';
import type { DatabaseCluster } from './parts/database.ts';
import type { Cache } from './parts/redis.ts';
import type { Counts, RecentOrder, Sample } from './status/source.ts';
import type { Service } from './tasks/service.ts';

export interface Observed {
  readonly blueprint: Blueprint;
  readonly balancer: LoadBalancer;
  readonly service: Service;
  readonly cloud: Cloud;
  readonly database: DatabaseCluster;
  readonly cache: Cache | undefined;
  readonly functions: ReadonlyMap<string, FunctionRuntime>;
  /** Keys of the workload's queues, by the names that operations have for them. */
  readonly queues: Readonly<Record<string, string>>;
}

/** Each call to `samples` tells what was measured since the one before. */
export function observer(parts: Observed): {
  counts(): Promise<Counts>;
  recentOrders(): Promise<readonly RecentOrder[]>;
  samples(): Promise<readonly Sample[]>;
} {
  const before = {
    requests: 0,
    failed: new Map<string, number>(),
    errors: new Map<string, number>(),
    throttles: new Map<string, number>(),
  };
  const processors = processorWatch(parts);
  let connections = 0;
  let orders = { accepted: 0, fulfilled: 0 };

  return {
    async counts() {
      const { balancer, service, cache, database, functions, blueprint } = parts;
      const { requests, cache: found, own, groups } = balancer.counts();
      const scaling = blueprint.service.scaling;
      await look();
      return {
        requests: {
          total: requests,
          failed: (own['5xx'] ?? 0) + [...groups.values()].reduce((sum, group) => sum + failuresOf(group), 0),
        },
        tasks: {
          healthy: service.healthy().length,
          desired: service.desired(),
          minimum: scaling?.minimum ?? service.desired(),
          maximum: scaling?.maximum ?? service.desired(),
        },
        cache: { engine: cache?.kind ?? 'absent', ...found },
        database: { connections, standby: database.hasStandby() },
        queues: await Promise.all(Object.entries(parts.queues).map(([name, key]) => queueCounts(parts, name, key))),
        functions: [...functions.values()].map((each) => ({
          name: shortName(each.plan.key),
          invocations: each.counts().invocations,
          errors: each.counts().errors,
        })),
        orders: { ...orders, receipts: receiptsOf(functions) },
      };
    },
    async recentOrders() {
      // While no writer is there, the last ones are not to be had.
      const rows = await parts.database
        .ask<{ id: string; customer: string; status: RecentOrder['status']; total: string; placed: Date }>(
          'SELECT id, customer, status, total, placed_at AS placed FROM orders ORDER BY placed_at DESC LIMIT 10',
        )
        .catch(() => []);
      return rows.map(({ placed, total, ...order }) => ({
        ...order,
        total: Number(total),
        placedAt: placed.toISOString(),
      }));
    },
    async samples() {
      const { balancer, service, functions } = parts;
      const counts = balancer.counts();
      const one = (value: number): Summary => ({ sum: value, count: 1, minimum: value, maximum: value });
      const elb = 'AWS/ApplicationELB';
      const samples: (Sample | undefined)[] = [
        { namespace: elb, metric: 'RequestCount', ...one(counts.requests - before.requests) },
        ...[...counts.groups].flatMap(([resource, group]) => {
          const failed = failuresOf(group);
          const more = failed - (before.failed.get(resource) ?? 0);
          before.failed.set(resource, failed);
          const response = group.responseTime.take();
          return [
            { namespace: elb, metric: 'HTTPCode_Target_5XX_Count', resource, ...one(more) },
            response && { namespace: elb, metric: 'TargetResponseTime', resource, ...inSeconds(response) },
          ];
        }),
        { namespace: elb, metric: 'HealthyHostCount', ...one(service.healthy().length) },
        { namespace: 'ECS/ContainerInsights', metric: 'RunningTaskCount', ...one(service.tasks().length) },
        { namespace: 'AWS/RDS', metric: 'DatabaseConnections', ...one(connections) },
        ...processors().map(({ metric, value }) => ({ namespace: 'AWS/ECS', metric, ...one(value) })),
        ...[...functions.values()].flatMap((each) => functionSamples(each, before)),
      ];
      before.requests = counts.requests;
      // The database's are the writer's, which alarms on each instance are held against: which one writes changes.
      return samples.filter((sample) => sample !== undefined);
    },
  };

  async function look(): Promise<void> {
    const [row] = await parts.database
      .ask<{ connections: number; accepted: number; fulfilled: number }>(
        `SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> 'status') AS connections,
                (SELECT count(*)::int FROM orders) AS accepted,
                (SELECT count(*)::int FROM orders WHERE status = 'fulfilled') AS fulfilled`,
      )
      .catch(() => []);
    if (row === undefined) return;
    connections = row.connections;
    orders = { accepted: row.accepted, fulfilled: row.fulfilled };
  }
}

async function queueCounts({ cloud, blueprint }: Observed, name: string, key: string) {
  const dead = blueprint.queues.find((queue) => queue.key === key)?.deadLetters?.queue;
  const [own, letters] = await Promise.all([cloud.depth(key), dead === undefined ? undefined : cloud.depth(dead)]);
  return {
    name,
    waiting: own.waiting,
    held: own.inHand,
    deadLetters: (letters?.waiting ?? 0) + (letters?.inHand ?? 0),
  };
}

/** Receipts are what the functions behind topics have written. */
const receiptsOf = (functions: Observed['functions']): number =>
  [...functions.values()]
    .filter(({ plan }) => plan.topics.length > 0)
    .reduce((sum, each) => sum + each.counts().invocations - each.counts().errors, 0);

const failuresOf = ({ answers }: { readonly answers: Readonly<Record<string, number>> }): number => answers['5xx'] ?? 0;

const inSeconds = ({ sum, count, minimum, maximum }: Summary): Summary => ({
  sum: sum / 1000,
  count,
  minimum: minimum / 1000,
  maximum: maximum / 1000,
});

/** `FunctionsFulfilOrder265671B2` of a stack is the function `fulfil-order` of the workload. */
const shortName = (key: string): string =>
  (key.split('/').at(-1) ?? key)
    .replace(/^Functions/, '')
    .replace(/[0-9A-F]{8}$/, '')
    .replaceAll(/(?<=[a-z0-9])[A-Z]/g, '-$&')
    .toLowerCase();

function functionSamples(
  { plan, counts }: FunctionRuntime,
  before: { readonly errors: Map<string, number>; readonly throttles: Map<string, number> },
): Sample[] {
  const { errors, throttles, duration } = counts();
  const since = (past: Map<string, number>, now: number): Summary => {
    const value = now - (past.get(plan.key) ?? 0);
    past.set(plan.key, now);
    return { sum: value, count: 1, minimum: value, maximum: value };
  };
  const about = { namespace: 'AWS/Lambda', resource: plan.key };
  const taken = duration.take();
  return [
    { ...about, metric: 'Errors', ...since(before.errors, errors) },
    { ...about, metric: 'Throttles', ...since(before.throttles, throttles) },
    ...(taken === undefined ? [] : [{ ...about, metric: 'Duration', ...taken }]),
  ];
}

/** Per cent of what the template gives the tasks together, as ECS counts it; nothing where the system does not tell (Linux does). */
function processorWatch({ service, blueprint }: Observed): () => { metric: string; value: number }[] {
  const { processors, memory } = blueprint.service.size;
  const used = new Map<number, number>();
  let last = performance.now();
  return () => {
    const tasks = service.tasks();
    const seconds = (performance.now() - last) / 1000;
    last = performance.now();
    let busy = 0;
    let bytes = 0;
    try {
      for (const { process } of tasks) {
        const fields = (readFileSync(`/proc/${process.pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
        // In hundredths of a second on every Linux that is about.
        const total = (Number(fields[11]) + Number(fields[12])) / 100;
        busy += total - (used.get(process.pid) ?? total);
        used.set(process.pid, total);
        const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process.pid}/status`, 'utf8'))?.[1];
        bytes += Number(resident ?? 0) * 1024;
      }
    } catch {
      return [];
    }
    if (tasks.length === 0 || seconds <= 0) return [];
    return [
      { metric: 'CPUUtilization', value: (100 * busy) / (seconds * processors * tasks.length) },
      { metric: 'MemoryUtilization', value: (100 * bytes) / (memory * tasks.length) },
    ];
  };
}
