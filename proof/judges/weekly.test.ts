import { expect, test } from 'vitest';
import { weeklyMoment } from './weekly.ts';

test.each([
  ['cron(0 3 ? * SUN *)', 'UTC', 'UTC', { weekday: 'SUN', time: '03:00' }],
  ['cron(0 3 ? * 1 *)', 'UTC', 'Asia/Tokyo', { weekday: 'SUN', time: '12:00' }],
  ['cron(0 17 ? * FRI *)', 'Asia/Tokyo', 'UTC', { weekday: 'FRI', time: '08:00' }],
  ['cron(0 17 ? * FRI *)', 'Asia/Tokyo', 'Asia/Tokyo', { weekday: 'FRI', time: '17:00' }],
  ['cron(30 20 ? * SAT *)', 'UTC', 'Asia/Tokyo', { weekday: 'SUN', time: '05:30' }],
  ['cron(0 5 ? * SUN *)', 'Asia/Tokyo', 'UTC', { weekday: 'SAT', time: '20:00' }],
  ['cron(0 3 * * ? *)', 'UTC', 'UTC', undefined],
  ['cron(0 3 ? 1-6 SUN *)', 'UTC', 'UTC', undefined],
  ['cron(0 3 ? * SAT,SUN *)', 'UTC', 'UTC', undefined],
  ['rate(7 days)', 'UTC', 'UTC', undefined],
])('%s in %s is, by the clocks of %s, %o', (expression, zone, shown, expected) => {
  expect(weeklyMoment(expression, zone, shown)).toEqual(expected);
});
