// A maintenance window that meets the backup window is refused by AWS at deploy; these claims keep the two apart for any document.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maintenanceWindow } from './maintenance-window.ts';

const sundayEvening = { weekday: 'sun', start: '17:00' } as const;

describe('the maintenance window', () => {
  test.each([
    ['stays where it is wanted when the backup is elsewhere', '03:00', '04:00', 'sun:17:00-sun:18:00'],
    ['may follow the backup at once', '16:00', '17:00', 'sun:17:00-sun:18:00'],
    ['may end where the backup starts', '18:00', '19:00', 'sun:17:00-sun:18:00'],
    ['moves behind a backup that covers it', '16:00', '19:00', 'sun:19:30-sun:20:30'],
    ['moves when the backup starts within it', '17:45', '18:15', 'sun:18:45-sun:19:45'],
    ['moves behind a backup that passes midnight', '16:30', '00:30', 'sun:01:00-sun:02:00'],
    ['may itself pass midnight', '16:00', '22:45', 'sun:23:15-mon:00:15'],
  ])('%s', (_claim, start, end, expected) => {
    expect(maintenanceWindow(sundayEvening, { start, end })).toBe(expected);
  });

  test('never shares a minute with a backup window of up to 22 hours, for any preferred time', () => {
    const time = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(time, time, fc.integer({ min: 30, max: 22 * 60 }), (preferred, from, length) => {
        const window = maintenanceWindow(
          { weekday: 'sat', start: clock(preferred) },
          { start: clock(from), end: clock(from + length) },
        );
        const [, hour = '', minute = ''] = /^sat:(\d\d):(\d\d)-/.exec(window) ?? [];
        const begins = Number(hour) * 60 + Number(minute);
        const taken = new Set(Array.from({ length }, (_, index) => (from + index) % 1440));
        expect(Array.from({ length: 60 }, (_, index) => (begins + index) % 1440).some((at) => taken.has(at))).toBe(
          false,
        );
      }),
    );
  });
});

function clock(minute: number): string {
  const ofDay = minute % 1440;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}
