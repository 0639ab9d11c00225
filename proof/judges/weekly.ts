// When a weekly schedule goes off, on the clock of any place.
import { daysOf, isOn, offsetOf, timeOf } from './cron.ts';

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;

interface Moment {
  readonly weekday: (typeof weekdays)[number];
  /** `HH:MM`. */
  readonly time: string;
}

const perDay = 24 * 60;

/** The one moment of the week that an expression names in a time zone, as clocks show it in another; `undefined` when it is not weekly. */
export function weeklyMoment(expression: string, timeZone: string, shownIn: string): Moment | undefined {
  const time = timeOf(expression);
  const year = daysOf(2030).filter((day) => isOn(expression, day));
  const [weekday, ...others] = new Set(year.map((day) => day.weekday));
  // 52 or 53 times a year: every week, and no day besides.
  if (time === undefined || weekday === undefined || others.length > 0 || year.length < 52) return undefined;
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const shown = weekday * perDay + hour * 60 + minute - offsetOf(timeZone) + offsetOf(shownIn);
  const ofWeek = (shown + 7 * perDay) % (7 * perDay);
  const day = weekdays[Math.floor(ofWeek / perDay)];
  if (day === undefined) return undefined;
  const clock = [Math.floor((ofWeek % perDay) / 60), ofWeek % 60].map((part) => String(part).padStart(2, '0'));
  return { weekday: day, time: clock.join(':') };
}
