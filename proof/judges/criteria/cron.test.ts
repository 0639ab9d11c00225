import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goesOff, momentAt, workingDays } from './cron.ts';

const monday = momentAt('2027-01-04', 19 * 60, 'Asia/Tokyo') ?? new Date(0);

describe('an expression goes off', () => {
  test.each([
    ['on weekdays by name', 'cron(0 19 ? * MON-FRI *)', 'Asia/Tokyo', true],
    ['on weekdays by number', 'cron(0 19 ? * 2-6 *)', 'Asia/Tokyo', true],
    ['on weekdays one by one', 'cron(0 19 ? * MON,TUE,WED,THU,FRI *)', 'Asia/Tokyo', true],
    ['on every day', 'cron(0 19 * * ? *)', 'Asia/Tokyo', true],
    ['at the same moment in UTC', 'cron(0 10 ? * MON-FRI *)', 'UTC', true],
    ['on a date', 'cron(0 19 4 1 ? 2027)', 'Asia/Tokyo', true],
    ['in steps', 'cron(*/15 */1 ? * * *)', 'Asia/Tokyo', true],
    ['from Friday to Monday', 'cron(0 19 ? * FRI-MON *)', 'Asia/Tokyo', true],
    ['not at another hour', 'cron(0 20 ? * MON-FRI *)', 'Asia/Tokyo', false],
    ['not at another minute', 'cron(5 19 ? * MON-FRI *)', 'Asia/Tokyo', false],
    ['not at weekends alone', 'cron(0 19 ? * SAT,SUN *)', 'Asia/Tokyo', false],
    ['not by the clock of another zone', 'cron(0 19 ? * MON-FRI *)', 'Europe/Berlin', false],
    ['not in another year', 'cron(0 19 ? * MON-FRI 2028-2199)', 'Asia/Tokyo', false],
    ['not by number of the other kind', 'cron(0 19 ? * 1 *)', 'Asia/Tokyo', false],
  ])('%s', (_, expression, zone, expected) => {
    expect(goesOff(expression, zone, monday)).toBe(expected);
  });

  test.each([
    ['a rate', 'rate(1 day)', 'UTC'],
    ['five fields', 'cron(0 19 * * 1-5)', 'UTC'],
    ['the last Friday', 'cron(0 19 ? * 6L *)', 'UTC'],
    ['a zone that there is none of', 'cron(0 19 ? * * *)', 'Asia/Edo'],
  ])('of %s nothing is known', (_, expression, zone) => {
    expect(goesOff(expression, zone, monday)).toBeUndefined();
  });
});

describe('a moment', () => {
  test.each([
    ['in winter', '2027-01-04', 'Europe/Berlin', '2027-01-04T08:00:00.000Z'],
    ['in summer', '2027-07-05', 'Europe/Berlin', '2027-07-05T07:00:00.000Z'],
    ['east of the date line', '2027-01-04', 'Pacific/Auckland', '2027-01-03T20:00:00.000Z'],
    ['half an hour off', '2027-01-04', 'Asia/Kolkata', '2027-01-04T03:30:00.000Z'],
  ])('%s is nine by the local clock', (_, date, zone, expected) => {
    expect(momentAt(date, 9 * 60, zone)?.toISOString()).toBe(expected);
  });

  test('is found again by an expression of its own time and zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...workingDays(2027)),
        fc.integer({ min: 4, max: 23 }),
        fc.constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/New_York', 'UTC'),
        (date, hour, zone) => {
          const moment = momentAt(date, hour * 60, zone);
          expect(moment === undefined ? undefined : goesOff(`cron(0 ${hour} ? * MON-FRI *)`, zone, moment)).toBe(true);
        },
      ),
    );
  });
});

test('working days are Mondays to Fridays but those that are left out', () => {
  expect(workingDays(2027)).toHaveLength(261);
  expect(workingDays(2028)).toHaveLength(260);
  expect(workingDays(2027, ['2027-01-01', '2027-01-02'])).toHaveLength(260);
});
