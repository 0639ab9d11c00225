import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  datesOf,
  isWorkingDay,
  momentAt,
  momentsIn,
  readSchedule,
  timesAMonth,
  wallTime,
  weeklyMoment,
} from './schedule.ts';

const workingDays = (year: number, off: readonly string[] = []) =>
  datesOf(year).filter((date) => isWorkingDay(date, off));

const monday = new Date('2027-01-04T10:00:00Z');

const actsAt = (expression: string, zone: string, moment = monday) => {
  const schedule = readSchedule(expression, zone);
  return schedule?.kind === 'cron' ? schedule.actsAt(moment) : undefined;
};

describe('at 19:00 of a Monday in Tokyo', () => {
  test.each([
    ['on weekdays by name', 'cron(0 19 ? * MON-FRI *)', 'Asia/Tokyo', true],
    ['on weekdays by number, of which Sunday is the first', 'cron(0 19 ? * 2-6 *)', 'Asia/Tokyo', true],
    ['on weekdays one by one', 'cron(0 19 ? * MON,TUE,WED,THU,FRI *)', 'Asia/Tokyo', true],
    ['on every day', 'cron(0 19 * * ? *)', 'Asia/Tokyo', true],
    ['at the same moment in UTC', 'cron(0 10 ? * MON-FRI *)', 'UTC', true],
    ['on a date', 'cron(0 19 4 1 ? 2027)', 'Asia/Tokyo', true],
    ['in steps', 'cron(*/15 */1 ? * * *)', 'Asia/Tokyo', true],
    ['from Friday to Monday', 'cron(0 19 ? * FRI-MON *)', 'Asia/Tokyo', true],
    ['on the first Monday', 'cron(0 19 ? * 2#1 *)', 'Asia/Tokyo', true],
    ['not on the last Friday', 'cron(0 19 ? * 6L *)', 'Asia/Tokyo', false],
    ['not at another hour', 'cron(0 20 ? * MON-FRI *)', 'Asia/Tokyo', false],
    ['not at another minute', 'cron(5 19 ? * MON-FRI *)', 'Asia/Tokyo', false],
    ['not at weekends alone', 'cron(0 19 ? * SAT,SUN *)', 'Asia/Tokyo', false],
    ['not by the clock of another zone', 'cron(0 19 ? * MON-FRI *)', 'Europe/Berlin', false],
    ['not in another year', 'cron(0 19 ? * MON-FRI 2028-2199)', 'Asia/Tokyo', false],
    ['not on Sunday, the first day', 'cron(0 19 ? * 1 *)', 'Asia/Tokyo', false],
  ])('%s', (_, expression, zone, expected) => {
    expect(actsAt(expression, zone)).toBe(expected);
  });

  test.each([
    ['five fields', 'cron(0 19 * * 1-5)', 'UTC'],
    ['a minute that there is none of', 'cron(60 19 * * ? *)', 'UTC'],
    ['a zone that there is none of', 'cron(0 19 ? * * *)', 'Asia/Edo'],
    ['words', 'every evening', 'UTC'],
  ])('of %s nothing is known', (_, expression, zone) => {
    expect(readSchedule(expression, zone)).toBeUndefined();
  });
});

test.each([
  ['rate(1 minute)', 60_000],
  ['rate(12 hours)', 43_200_000],
  ['rate(7 days)', 604_800_000],
])('%s is every %i ms', (expression, everyMs) => {
  expect(readSchedule(expression)).toEqual({ kind: 'rate', everyMs });
});

test.each([
  ['cron(0 19 * * ? *)', '2026-01-01T19:00:00.000Z'],
  ['cron(0 3 ? * 1 *)', '2026-01-04T03:00:00.000Z'],
  ['cron(0 3 ? * SUN *)', '2026-01-04T03:00:00.000Z'],
  ['cron(0/15 10 * * ? *)', '2026-01-01T10:00:00.000Z'],
  ['cron(0 18 L * ? *)', '2026-01-31T18:00:00.000Z'],
])('%s comes next at %s', (expression, expected) => {
  const schedule = readSchedule(expression);
  const next = schedule?.kind === 'cron' ? schedule.next(new Date('2026-01-01T00:00:00Z')) : undefined;
  expect(next?.toISOString()).toBe(expected);
});

test('what never comes has no next', () => {
  const schedule = readSchedule('cron(0 9 ? * MON-FRI 1970-2026)');
  expect(schedule?.kind === 'cron' && schedule.next(monday)).toBeUndefined();
});

describe('a moment', () => {
  test.each([
    ['in winter', '2027-01-04', 'Europe/Berlin', '2027-01-04T08:00:00.000Z'],
    ['in summer', '2027-07-05', 'Europe/Berlin', '2027-07-05T07:00:00.000Z'],
    ['east of the date line', '2027-01-04', 'Pacific/Auckland', '2027-01-03T20:00:00.000Z'],
    ['half an hour off', '2027-01-04', 'Asia/Kolkata', '2027-01-04T03:30:00.000Z'],
  ])('%s is nine by the local clock', (_, date, zone, expected) => {
    const moment = momentAt(date, '09:00', zone) ?? new Date(0);
    expect(moment.toISOString()).toBe(expected);
    expect(wallTime(moment, zone)).toMatchObject({ date, time: '09:00' });
  });

  test('is found again by an expression of its own time and zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...workingDays(2027)),
        fc.integer({ min: 4, max: 23 }),
        fc.constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/New_York', 'UTC'),
        (date, hour, zone) => {
          const moment = momentAt(date, `${String(hour).padStart(2, '0')}:00`, zone);
          expect(moment && actsAt(`cron(0 ${hour} ? * MON-FRI *)`, zone, moment)).toBe(true);
        },
      ),
    );
  });

  test('there is none in a zone that does not exist', () => {
    expect(momentAt('2027-01-04', '09:00', 'Asia/Edo')).toBeUndefined();
  });
});

describe('the moments of a year', () => {
  test('begin and end with the year of the zone', () => {
    const moments = momentsIn('cron(30 0 * * ? *)', 'Asia/Tokyo', 2028) ?? [];
    expect(moments).toHaveLength(366);
    expect(moments[0]?.toISOString()).toBe('2027-12-31T15:30:00.000Z');
  });

  test.each(['rate(1 day)', 'cron(0/5 9 * * ? *)', 'cron(0 9 * *)'])('of %s are not listed', (expression) => {
    expect(momentsIn(expression, 'UTC', 2027)).toBeUndefined();
  });
});

test('a leap year has a day more', () => {
  expect(datesOf(2028)).toHaveLength(366);
  expect(datesOf(2027).at(-1)).toBe('2027-12-31');
});

test('working days are Mondays to Fridays but those that are left out', () => {
  expect(workingDays(2027)).toHaveLength(261);
  expect(workingDays(2028)).toHaveLength(260);
  expect(workingDays(2027, ['2027-01-01', '2027-01-02'])).toHaveLength(260);
});

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

test.each([
  ['rate(1 day)', 730 / 24],
  ['rate(5 minutes)', 8760],
  // 261 of the days of 2030 are Mondays to Fridays.
  ['cron(0 19 ? * MON-FRI *)', 261 / 12],
  ['cron(0 0 1 * ? *)', 1],
  ['cron(0 0 1 7 ? *)', 1 / 12],
  ['cron(0 * * * ? *)', 730],
  ['cron(0 0/6 * * ? *)', (4 * 31 * 730) / (31 * 24)],
  ['cron(* * * * ? *)', 43_800],
  ['at(2027-01-01T00:00:00)', 1],
  ['often', undefined],
])('%s acts %d times a month', (expression, times) => {
  const counted = timesAMonth(expression);
  if (times === undefined) expect(counted).toBeUndefined();
  else expect(counted).toBeCloseTo(times);
});
