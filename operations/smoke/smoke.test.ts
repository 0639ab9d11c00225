// The smoke test against a shop that can be made to fail in each way that it must notice.
import { afterEach, describe, expect, test } from 'vitest';
import type { AlarmSeen, Inspections, LogGroupSeen, ProtectionSeen, Target } from '../target.ts';
import { type Sickness, startShop } from '../testing/shop.ts';
import { smokeChecks } from './result.ts';
import { runSmoke } from './smoke.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const alarm = (name: string, state: AlarmSeen['state']): AlarmSeen => ({ name, state });
const group = (name: string, more: Partial<LogGroupSeen> = {}): LogGroupSeen => ({
  name,
  there: true,
  expectedDays: 90,
  days: 90,
  ...more,
});
const guarded = (state: ProtectionSeen['state'], name = 'cluster'): ProtectionSeen => ({
  ...{
    name,
    state,
    region: 'ap-northeast-1',
    command: 'aws rds modify-db-cluster',
    schedule: 'aws scheduler get-schedule',
  },
  ...(state === 'on' || state === 'absent' ? {} : { next: '2026-11-25T12:30Z' }),
});
const whole: Required<Omit<Inspections, 'origin'>> = {
  database: async () => [{ name: 'writer', well: true, status: 'available' }],
  cache: async () => [{ name: 'redis', well: true, status: 'available' }],
  alarms: async () => [alarm('cpu', 'ok')],
  protection: async () => [guarded('on')],
  logs: async () => [group('api', { lines: true }), group('flow')],
  trace: async () => ['api', 'fulfil-order'],
};

/** One line for each finding but those of `tls`, which has real servers of its own, and `edge`. */
async function run(sick: Partial<Sickness> = {}, change: (target: Target) => Target = (target) => target) {
  const shop = await startShop(sick);
  closers.push(shop.stop);
  const results = await runSmoke(change(shop.target), { timeoutSeconds: 0.5 });
  return results
    .map(({ check, verdict, is }) => `${check} ${verdict} ${is}`)
    .filter((each) => !/^(tls|edge) /.test(each));
}

const deployed =
  (inspections: Partial<Inspections> = {}) =>
  (target: Target): Target => ({ ...target, kind: 'aws', inspections: { ...whole, ...inspections } });

describe('TST-4, DEP-5: on a healthy platform', () => {
  test('of this machine, all is well, and what it cannot have is not here instead of passed', async () => {
    expect(await run()).toEqual([
      'balancer ok tasksInTraffic',
      'order ok orderAccepted',
      'database ok orderListed',
      'cache ok cacheHit',
      'queue ok orderFulfilled',
      'receipt ok receiptThere',
      'logs not-here notHere',
      'alarms not-here notHere',
      'protection not-here notHere',
      'traces not-here notHere',
    ]);
  });

  test('that is deployed, all is well', async () => {
    expect((await run({}, deployed())).filter((each) => !each.includes(' ok '))).toEqual([]);
  });
});

const without = (member: keyof Target['faults']) => (target: Target) => {
  const { [member]: _, ...faults } = target.faults;
  return { ...target, faults };
};

test.each<
  readonly [what: string, sick: Partial<Sickness>, change: (target: Target) => Target, expected: readonly string[]]
>([
  ['a task is missing', {}, (target) => ({ ...target, tasks: async () => ['task-1'] }), ['balancer fail tooFewTasks']],
  [
    'AWS refuses to say how many tasks there are',
    {},
    (target) => ({ ...target, tasks: async () => Promise.reject(new Error('AccessDenied')) }),
    ['balancer unknown unread'],
  ],
  [
    'every answer is an error',
    { failEvery: 1 },
    (target) => target,
    [
      'balancer fail notReady',
      'order fail orderRefused',
      'database unknown notReached',
      'cache unknown notReached',
      'queue unknown notReached',
      'receipt unknown notReached',
    ],
  ],
  [
    'the order is never fulfilled',
    { loseEvery: 1 },
    (target) => target,
    ['queue fail orderNotFulfilled', 'receipt unknown notReached'],
  ],
  ['the order is not in the database', { forgets: true }, (target) => target, ['database fail orderNotListed']],
  ['the cache is never read from', {}, (target) => ({ ...target, ...stopped(target) }), ['cache fail cacheNotUsed']],
  ['there is no cache', {}, without('stopCache'), ['cache not-here notHere']],
  ['a message dies meanwhile', {}, (target) => ({ ...target, deadLetters: rising() }), ['queue fail lettersDied']],
  [
    'there is no queue',
    {},
    (target) => ({ ...target, queues: [] }),
    ['queue not-here notHere', 'receipt not-here notHere'],
  ],
  [
    'an instance is down',
    {},
    deployed({ database: async () => [{ name: 'reader', well: false, status: 'failed' }] }),
    ['database fail notWell'],
  ],
  [
    'the cache fails over',
    {},
    deployed({ cache: async () => [{ name: 'redis', well: false, status: 'modifying' }] }),
    ['cache fail notWell'],
  ],
  ['an alarm rings', {}, deployed({ alarms: async () => [alarm('cpu', 'ringing')] }), ['alarms fail alarmsRinging']],
  [
    'an alarm is missing',
    {},
    deployed({ alarms: async () => [alarm('cpu', 'absent')] }),
    ['alarms fail alarmsMissing'],
  ],
  [
    'an alarm has no data',
    {},
    deployed({ alarms: async () => [alarm('cpu', 'no-data')] }),
    ['alarms unknown alarmsWithoutData'],
  ],
  [
    'a log group is missing',
    {},
    deployed({ logs: async () => [group('api', { there: false, days: null })] }),
    ['logs fail logGroupsMissing'],
  ],
  [
    'retention is another',
    {},
    deployed({ logs: async () => [group('api', { days: 30 })] }),
    ['logs fail otherRetention'],
  ],
  [
    'a log is kept for ever',
    {},
    deployed({ logs: async () => [group('api', { days: null })] }),
    ['logs fail otherRetention'],
  ],
  [
    'the order left no lines',
    {},
    deployed({ logs: async () => [group('api', { lines: false })] }),
    ['logs fail noLines'],
  ],
  [
    'what holds data is not protected yet',
    {},
    deployed({ protection: async () => [guarded('on'), guarded('to-come', 'table')] }),
    ['protection warn protectionToCome'],
  ],
  [
    'what holds data is not protected, though it had the time',
    {},
    deployed({ protection: async () => [guarded('off'), guarded('on', 'table'), guarded('off', 'replica')] }),
    ['protection fail protectionOff', 'protection fail protectionOff'],
  ],
  [
    'what is to be protected is not there',
    {},
    deployed({ protection: async () => [guarded('absent')] }),
    ['protection fail protectedMissing'],
  ],
  ['the trace does not arrive', {}, deployed({ trace: async () => [] }), ['traces fail traceNotArrived']],
  [
    'nobody may look at alarms',
    {},
    deployed({ alarms: async () => Promise.reject(new Error('AccessDenied')) }),
    ['alarms unknown unread'],
  ],
])('TST-4: when %s, it says so', async (_, sick, change, expected) => {
  const found = await run(sick, change);
  const usual = ['logs', 'alarms', 'protection', 'traces'].map((check) => `${check} not-here notHere`);
  expect(found.filter((each) => !each.includes(' ok ') && !usual.includes(each))).toEqual(expected);
});

function rising(): Target['deadLetters'] {
  let letters = 0;
  return async () => letters++;
}

/** A cache that was stopped and that the target still has. */
function stopped({ faults }: Target): Pick<Target, 'tasks'> {
  return {
    tasks: async () => {
      await faults.stopCache?.();
      return ['task-1', 'task-2'];
    },
  };
}

test('results come in the order of the list, each check at least once', async () => {
  const shop = await startShop();
  closers.push(shop.stop);
  const told: string[] = [];
  const results = await runSmoke(shop.target, { timeoutSeconds: 0.5, tell: ({ check }) => told.push(check) });
  expect([...new Set(results.map(({ check }) => check))]).toEqual([...smokeChecks]);
  expect(told.toSorted()).toEqual(results.map(({ check }) => check).toSorted());
});
