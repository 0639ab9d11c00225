// Where Route 53 would send traffic, for every way in which regions can be well or not.

import { describe, expect, test } from 'vitest';
import type { RegionRole } from '../../design/stack-names.ts';
import { type AlarmStatus, type Health, openHealth } from './health.ts';
import type { CheckPlan, FailoverPlan } from './plan.ts';

const endpoint = (key: string, region: RegionRole, more: object = {}): CheckPlan => ({
  kind: 'endpoint',
  key,
  region,
  inverted: false,
  path: '/health/ready',
  encrypted: true,
  interval: 10,
  threshold: 3,
  checkers: 3,
  ...more,
});
const calculated = (key: string, children: readonly string[], threshold: number): CheckPlan => ({
  kind: 'calculated',
  key,
  children,
  threshold,
  inverted: false,
});
const alarm = (key: string, withoutData: 'Healthy' | 'Unhealthy' | 'LastKnownStatus', inverted = false): CheckPlan => ({
  kind: 'alarm',
  key,
  alarm: `${key}-alarm`,
  withoutData,
  inverted,
});

/** The checks of DR-8. */
const plan: FailoverPlan = {
  checks: [
    endpoint('primaryReady', 'primary'),
    alarm('databaseReplicates', 'Unhealthy'),
    calculated('primaryLost', ['primaryReady', 'databaseReplicates'], 1),
    alarm('latch', 'LastKnownStatus'),
    calculated('primaryServes', ['primaryReady', 'latch'], 2),
    endpoint('standbyReady', 'standby'),
  ],
  records: { primary: 'primaryServes', standby: 'standbyReady' },
  lost: { check: 'primaryLost', toldAfter: 120 },
  keptFor: 60,
};

function answers(health: Health, check: string, good: boolean, times = 3): void {
  for (let time = 0; time < times; time++) for (const checker of [0, 1, 2]) health.answered(check, checker, good);
}

interface Seen {
  readonly primary: boolean;
  readonly database: AlarmStatus;
  readonly latch: AlarmStatus;
  readonly standby: boolean;
}
const well: Seen = { primary: true, database: 'OK', latch: 'OK', standby: false };

function healthOf({ primary, database, latch, standby }: Seen): Health {
  const health = openHealth(plan);
  answers(health, 'primaryReady', primary);
  health.alarmIs('databaseReplicates-alarm', database);
  health.alarmIs('latch-alarm', latch);
  answers(health, 'standbyReady', standby);
  return health;
}

describe('DR-8: the name leads', () => {
  test.each<[string, Partial<Seen>, RegionRole]>([
    ['home while all is well', {}, 'primary'],
    ['home while home does not answer and the standby has no task', { primary: false, database: 'ALARM' }, 'primary'],
    [
      'to the standby when it answers and home does not',
      { primary: false, database: 'ALARM', standby: true },
      'standby',
    ],
    ['home while the replication alone has stopped', { database: 'ALARM', standby: true }, 'primary'],
    ['to the standby while the latch is held, however well home is', { latch: 'ALARM', standby: true }, 'standby'],
    ['home, of two that are not well, even with the latch held', { latch: 'ALARM', standby: false }, 'primary'],
  ])('%s', (_, seen, region) => expect(healthOf({ ...well, ...seen }).goesTo()).toBe(region));

  test('home where there are no records', () => {
    const health = openHealth({ ...plan, records: undefined });
    answers(health, 'primaryReady', false);
    answers(health, 'standbyReady', true);
    expect(health.goesTo()).toBe('primary');
  });

  test('to the standby for as long as the latch is not cleared: neither home’s recovery nor missing data clears it', () => {
    const health = healthOf({ primary: false, database: 'ALARM', latch: 'ALARM', standby: true });
    answers(health, 'primaryReady', true);
    health.alarmIs('databaseReplicates-alarm', 'OK');
    expect(health.goesTo()).toBe('standby');
    health.alarmIs('latch-alarm', 'INSUFFICIENT_DATA');
    expect(health.goesTo()).toBe('standby');
    health.alarmIs('latch-alarm', 'OK');
    expect(health.goesTo()).toBe('primary');
  });
});

describe('DR-2: the primary is found lost', () => {
  test.each<[string, Partial<Seen>, boolean]>([
    ['not while all is well', {}, false],
    ['not by a bad release alone: its database still sends', { primary: false }, false],
    ['not by a silent database alone', { database: 'ALARM' }, false],
    ['when both speak for it', { primary: false, database: 'ALARM' }, true],
    ['when nothing is heard of the database either', { primary: false, database: 'INSUFFICIENT_DATA' }, true],
  ])('%s', (_, seen, lost) => expect(healthOf({ ...well, ...seen }).isHealthy('primaryLost')).toBe(!lost));
});

describe('an endpoint', () => {
  const single = (checkers: number) =>
    openHealth({
      ...plan,
      checks: [endpoint('load-balancer', 'primary', { checkers })],
      records: { primary: 'load-balancer', standby: undefined },
    });

  test.each([
    [2, true],
    [3, false],
  ])('after %i bad answers in a row is healthy: %s', (times, healthy) => {
    const health = single(1);
    for (let time = 0; time < times; time++) health.answered('load-balancer', 0, false);
    expect(health.isHealthy('load-balancer')).toBe(healthy);
  });

  test('needs as many good answers in a row to be healthy again, and one bad one starts the count anew', () => {
    const health = single(1);
    const tell = (...answered: readonly boolean[]) => {
      for (const good of answered) health.answered('load-balancer', 0, good);
      return health.isHealthy('load-balancer');
    };
    expect(tell(false, false, false)).toBe(false);
    expect(tell(true, true, false, true, true)).toBe(false);
    expect(tell(true)).toBe(true);
  });

  test.each([
    [1, false],
    [2, true],
  ])('that %i of 8 checkers reach is healthy: %s', (reached, healthy) => {
    const health = single(8);
    for (let checker = 0; checker < 8; checker++)
      for (let time = 0; time < 3; time++) health.answered('load-balancer', checker, checker < reached);
    expect(health.isHealthy('load-balancer')).toBe(healthy);
  });
});

test.each<[AlarmStatus, 'Healthy' | 'Unhealthy', boolean, boolean]>([
  ['OK', 'Unhealthy', false, true],
  ['ALARM', 'Healthy', false, false],
  ['OK', 'Healthy', true, false],
  ['ALARM', 'Unhealthy', true, true],
  ['INSUFFICIENT_DATA', 'Healthy', false, true],
  ['INSUFFICIENT_DATA', 'Unhealthy', false, false],
])(
  'an alarm that is %s, healthy without data: %s, inverted: %s, makes the check healthy: %s',
  (status, without, inverted, healthy) => {
    const health = openHealth({ ...plan, checks: [alarm('one', without, inverted)] });
    health.alarmIs('one-alarm', status);
    expect(health.isHealthy('one')).toBe(healthy);
  },
);
