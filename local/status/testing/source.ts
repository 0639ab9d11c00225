// A platform as the page would see it, in the middle of a busy minute, with one alarm ringing and a letter that died.
import type { AlarmRule } from '../alarms.ts';
import type { Counts, DrillBoard, DrillState, StatusSource } from '../source.ts';

const rule: AlarmRule = {
  id: 'ResponseTimeWarning',
  severity: 'warning',
  namespace: 'AWS/ApplicationELB',
  metric: 'TargetResponseTime',
  title: 'TargetResponseTime',
  member: 'LoadBalancer',
  statistic: 'Average',
  comparison: 'GreaterThanThreshold',
  threshold: 1,
  period: 300,
  evaluationPeriods: 1,
  missing: 'notBreaching',
};

export const sampleRules: readonly AlarmRule[] = [
  rule,
  { ...rule, id: 'ResponseTimeCritical', severity: 'critical', threshold: 3 },
  {
    ...rule,
    id: 'Errors',
    severity: 'critical',
    namespace: 'AWS/Lambda',
    metric: 'Errors',
    title: 'Errors',
    member: 'FulfilOrder',
    statistic: 'Sum',
    threshold: 10,
  },
  {
    ...rule,
    id: 'Cpu',
    namespace: 'AWS/ECS',
    metric: 'CPUUtilization',
    title: 'CPUUtilization',
    member: 'Service',
    threshold: 70,
    missing: 'missing',
  },
  {
    ...rule,
    id: 'Storage',
    namespace: 'AWS/RDS',
    metric: 'FreeLocalStorage',
    title: 'FreeStorageSpace',
    member: 'Instance1',
    statistic: 'Minimum',
    comparison: 'LessThanThreshold',
    threshold: 4 * 2 ** 30,
    missing: 'missing',
  },
];

export interface SampleSource extends StatusSource {
  /** Seconds that the average request takes from now on. */
  slowDown(seconds: number): void;
  breakDown(): void;
}

/** Eighty requests a second, counted on with each look. */
export function sampleSource(change: Partial<Counts> = {}): SampleSource {
  let total = 40_000;
  let responseTime = 0.04;
  let broken = false;
  const value = (namespace: string, metric: string, one: number) => ({
    namespace,
    metric,
    sum: one,
    count: 1,
    minimum: one,
    maximum: one,
  });
  return {
    feature: 'web-platform',
    environment: 'development',
    addresses: [
      { name: 'API', address: 'https://127.0.0.1:8443' },
      { name: 'PostgreSQL', address: 'postgres://127.0.0.1:5432/orders' },
    ],
    async counts() {
      if (broken) throw new Error('a part is down');
      total += 80;
      return {
        requests: { total, failed: 3 },
        tasks: { healthy: 2, desired: 3, minimum: 1, maximum: 4 },
        cache: { engine: 'redis', hits: total * 0.45, misses: total * 0.05 },
        database: { connections: 21, standby: true },
        queues: [
          { name: 'fulfilment', waiting: 12, held: 4, deadLetters: 1 },
          { name: 'work', waiting: 3, held: 2, deadLetters: 0 },
        ],
        functions: [
          { name: 'fulfil-order', invocations: 9_120, errors: 2 },
          { name: 'write-receipt', invocations: 9_008, errors: 0 },
          { name: 'import-orders', invocations: 4, errors: 0 },
        ],
        orders: { accepted: 12_034, fulfilled: 12_018, receipts: 12_011 },
        ...change,
      };
    },
    recentOrders: async () =>
      Array.from({ length: 8 }, (_, index) => ({
        id: `0199a1b2-0000-7000-8000-00000000000${index}`,
        customer: `load-3f2a91bc-${index}`,
        status: index < 2 ? ('accepted' as const) : ('fulfilled' as const),
        total: 450 * (index + 1),
        placedAt: `2026-04-01T09:30:0${index}.000Z`,
      })),
    samples: async () => [
      value('AWS/ApplicationELB', 'TargetResponseTime', responseTime),
      value('AWS/Lambda', 'Errors', 0),
      value('AWS/ECS', 'CPUUtilization', 38.5),
    ],
    slowDown: (seconds) => {
      responseTime = seconds;
    },
    breakDown: () => {
      broken = true;
    },
  };
}

/** A board that remembers what was begun; nothing is broken by it. */
export function sampleDrills(begun: string[] = []): DrillBoard {
  const idle: readonly DrillState[] = [
    { name: 'task', able: true },
    {
      name: 'database',
      able: true,
      result: { accepted: 210, fulfilled: 210, lost: 0, doubled: 0, failedRequests: 4, recoveryMs: 3_812 },
      criteria: [{ id: 'AC-REL-4', verdict: 'pass' }],
    },
    { name: 'cache', able: false },
    { name: 'poison', able: true, failure: { en: 'the queue is gone', ja: 'キューがありません' } },
    { name: 'surge', able: true },
  ];
  return {
    states: () => idle.map((state) => (state.name === begun.at(-1) ? { ...state, step: 'waiting' } : state)),
    start(name) {
      const state = idle.find((one) => one.name === name);
      if (state === undefined) return 'unknown';
      if (!state.able) return 'unable';
      if (begun.length > 0) return 'busy';
      begun.push(name);
      return 'started';
    },
  };
}
