import { describe, expect, test } from 'vitest';
import { daysOf, isOn, isoDay, offsetOf, timeOf } from './cron.ts';

const daysIn = (expression: string, year: number, month: number) =>
  daysOf(year)
    .filter((day) => day.month === month && isOn(expression, day))
    .map(({ day }) => day);

describe('a cron expression', () => {
  test.each([
    // February 2027 begins on a Monday.
    ['cron(0 9 ? * MON-FRI *)', [1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 22, 23, 24, 25, 26]],
    ['cron(0 9 ? * SAT,SUN *)', [6, 7, 13, 14, 20, 21, 27, 28]],
    ['cron(0 9 ? * 1 *)', [7, 14, 21, 28]],
    ['cron(0 9 ? JAN,FEB 2 2027)', [1, 8, 15, 22]],
    ['cron(0 9 1,4-6 2 ? 2027)', [1, 4, 5, 6]],
    ['cron(0 9 1/9 * ? *)', [1, 10, 19, 28]],
    ['cron(0 9 ? * MON-FRI 1970-2026,2028-2199)', []],
    ['cron(0 9 ? 3-12 MON-FRI 2027)', []],
    ['rate(1 day)', []],
  ])('%s names its days', (expression, expected) => {
    expect(daysIn(expression, 2027, 2)).toEqual(expected);
  });

  test.each([
    ['cron(0 9 ? * MON-FRI *)', '09:00'],
    ['cron(30 18 * * ? *)', '18:30'],
    ['cron(0/5 9 * * ? *)', undefined],
    ['cron(0 9,10 * * ? *)', undefined],
    ['rate(1 day)', undefined],
    ['cron(0 9 * *)', undefined],
  ])('%s names the time %s', (expression, expected) => {
    expect(timeOf(expression)).toBe(expected);
  });
});

test('a leap year has a day more', () => {
  expect(daysOf(2028)).toHaveLength(366);
  expect(daysOf(2027).map(isoDay).at(-1)).toBe('2027-12-31');
});

test.each([
  ['Asia/Tokyo', 540],
  ['UTC', 0],
  ['America/New_York', -300],
  ['Asia/Kolkata', 330],
])('%s is %i minutes before UTC', (zone, minutes) => {
  expect(offsetOf(zone)).toBe(minutes);
});
