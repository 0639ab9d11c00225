import { describe, expect, test } from 'vitest';
import { shifted, workingDayMornings } from './working-days.ts';

describe('the mornings of working days', () => {
  test('are those of Monday to Friday where there are no holidays', () => {
    expect(workingDayMornings('09:00', [])).toEqual([{ suffix: '', expression: 'cron(0 9 ? * MON-FRI *)' }]);
  });

  test('are not changed by a holiday at the weekend', () => {
    expect(workingDayMornings('08:30', ['2027-05-01'])).toEqual([
      { suffix: '', expression: 'cron(30 8 ? * MON-FRI *)' },
    ]);
  });

  test('are named one by one in a month with holidays, and by the rule everywhere else', () => {
    expect(workingDayMornings('09:00', ['2027-01-01', '2027-01-11', '2029-12-31'])).toEqual([
      { suffix: '', expression: 'cron(0 9 ? * MON-FRI 1970-2026,2028,2030-2199)' },
      { suffix: '2027', expression: 'cron(0 9 ? 2,3,4,5,6,7,8,9,10,11,12 MON-FRI 2027)' },
      { suffix: '202701', expression: 'cron(0 9 4,5,6,7,8,12,13,14,15,18,19,20,21,22,25,26,27,28,29 1 ? 2027)' },
      { suffix: '2029', expression: 'cron(0 9 ? 1,2,3,4,5,6,7,8,9,10,11 MON-FRI 2029)' },
      { suffix: '202912', expression: 'cron(0 9 3,4,5,6,7,10,11,12,13,14,17,18,19,20,21,24,25,26,27,28 12 ? 2029)' },
    ]);
  });

  test('fit into an expression of EventBridge, and each has a name of its own, in a year of many holidays', () => {
    const holidays = Array.from({ length: 12 }, (_, month) => `2027-${String(month + 1).padStart(2, '0')}-15`);
    const found = workingDayMornings('09:00', holidays);
    expect(found.every(({ expression }) => expression.length <= 256)).toBe(true);
    expect(new Set(found.map(({ suffix }) => suffix)).size).toBe(found.length);
  });

  test('do not come at all in a month that is off throughout', () => {
    const february = Array.from({ length: 28 }, (_, day) => `2027-02-${String(day + 1).padStart(2, '0')}`);
    expect(workingDayMornings('09:00', february).map(({ suffix }) => suffix)).toEqual(['', '2027']);
  });
});

test.each([
  ['09:00', 30, '09:30'],
  ['09:45', 30, '10:15'],
  ['19:00', -5, '18:55'],
  ['00:03', -5, '00:00'],
  ['23:50', 30, '23:59'],
])('%s and %i minutes is %s', (time, minutes, expected) => {
  expect(shifted(time, minutes)).toBe(expected);
});
