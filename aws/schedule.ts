// When EventBridge rules, EventBridge Scheduler and AWS Backup act: `cron(…)` and `rate(…)` with a time zone. The one place that knows
// their words; croner works out the moments.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
import { Cron } from 'croner';

export type Schedule =
  | { readonly kind: 'rate'; readonly everyMs: number }
  | {
      readonly kind: 'cron';
      /** Whether it acts in the minute of a moment. */
      actsAt(moment: Date): boolean;
      /** The first moment after this one; `undefined` when there is none any more. */
      next(after: Date): Date | undefined;
      /** Calls at every moment from now on, until it is stopped. */
      start(call: () => void): { stop(): void };
    };

/** A moment as a clock on the wall of a place shows it. */
export interface WallTime {
  /** `2027-01-04` */
  readonly date: string;
  /** `19:00` */
  readonly time: string;
  readonly weekday: Weekday;
}

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
export type Weekday = (typeof weekdays)[number];

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

const known = new Map<string, Schedule | undefined>();

/** What an expression says, on the clock of a time zone; `undefined` when it is neither of both, or there is no such zone. */
export function readSchedule(expression: string, timeZone = 'UTC'): Schedule | undefined {
  const key = `${expression} ${timeZone}`;
  if (!known.has(key)) known.set(key, readRate(expression) ?? readCron(expression, timeZone));
  return known.get(key);
}

function readRate(expression: string): Schedule | undefined {
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression.trim()) ?? [];
  const unitLength = unitMs[unit];
  return unitLength === undefined ? undefined : { kind: 'rate', everyMs: Number(count) * unitLength };
}

function readCron(expression: string, timeZone: string): Schedule | undefined {
  const fields = /^cron\(([^()]+)\)$/.exec(expression.trim())?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) return undefined;
  const pattern = ['0', ...fields.map((field, index) => (index === 4 ? unrolled(field) : field))].join(' ');
  try {
    // AWS counts the days of the week from 1, Sunday, and lets a step begin anywhere: `0/15`.
    const options = { timezone: timeZone, alternativeWeekdays: true, sloppyRanges: true };
    const cron = new Cron(pattern, { ...options, paused: true });
    // An unknown zone shows only when a moment is asked for.
    cron.nextRun();
    return {
      kind: 'cron',
      actsAt: (moment) => cron.match(moment),
      next: (after) => cron.nextRun(after) ?? undefined,
      start: (call) => new Cron(pattern, options, call),
    };
  } catch {
    return undefined;
  }
}

/** `FRI-MON` goes round the end of the week, which croner does not. */
function unrolled(field: string): string {
  return field
    .split(',')
    .map((part) => {
      const [, first, last] = /^([A-Za-z]{3}|[1-7])-([A-Za-z]{3}|[1-7])$/.exec(part) ?? [];
      const [from, to] = [dayNumber(first), dayNumber(last)];
      return from > to ? `${from}-7,1-${to}` : part;
    })
    .join(',');
}

const names: readonly string[] = weekdays;
const dayNumber = (word = '1'): number => names.indexOf(word.toUpperCase()) + 1 || Number(word);

const years = new Map<string, readonly Date[] | undefined>();

/**
 * Every moment of a year of the zone in which a cron expression acts; `undefined` for what is none, or acts more than twice a day.
 */
export function momentsIn(expression: string, timeZone: string, year: number): readonly Date[] | undefined {
  const key = `${expression} ${timeZone} ${year}`;
  if (!years.has(key)) years.set(key, findMoments(expression, timeZone, year));
  return years.get(key);
}

function findMoments(expression: string, timeZone: string, year: number): readonly Date[] | undefined {
  const schedule = readSchedule(expression, timeZone);
  const [first, last] = [
    momentAt(`${year}-01-01`, '00:00', timeZone),
    momentAt(`${year + 1}-01-01`, '00:00', timeZone),
  ];
  if (schedule?.kind !== 'cron' || first === undefined || last === undefined) return undefined;
  const moments: Date[] = [];
  let moment = schedule.next(new Date(first.getTime() - 1));
  while (moment !== undefined && moment < last) {
    moments.push(moment);
    if (moments.length > 2 * 366) return undefined;
    moment = schedule.next(moment);
  }
  return moments;
}

/** The moment at which the clocks of a zone show `HH:MM` of a date; `undefined` for a zone that there is none of. */
export function momentAt(date: string, time: string, timeZone: string): Date | undefined {
  try {
    return new Cron(`${date}T${time}:00`, { timezone: timeZone, paused: true }).nextRun(new Date(0)) ?? undefined;
  } catch {
    return undefined;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError when there is no such zone */
export function wallTime(moment: Date, timeZone: string): WallTime {
  const clock = clocks.get(timeZone) ?? clockOf(timeZone);
  const parts = new Map(clock.formatToParts(moment).map(({ type, value }) => [type, value]));
  const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  return { date, time: `${parts.get('hour')}:${parts.get('minute')}`, weekday: weekdayOf(date) };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const [year, two] = ['numeric', '2-digit'] as const;
  const shape = { timeZone, year, month: two, day: two, hour: two, minute: two };
  const clock = new Intl.DateTimeFormat('en-US-u-hc-h23', shape);
  clocks.set(timeZone, clock);
  return clock;
}

const weekdayOf = (date: string): Weekday => weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'SUN';

/** Every date of a year. */
export function datesOf(year: number): readonly string[] {
  const count = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000;
  return Array.from({ length: count }, (_, index) => new Date(Date.UTC(year, 0, index + 1)).toISOString().slice(0, 10));
}

/** Whether a date is a Monday to Friday, and none of those that are off. */
export const isWorkingDay = (date: string, off: readonly string[] = []): boolean =>
  !['SUN', 'SAT'].includes(weekdayOf(date)) && !off.includes(date);

/** The one moment of the week in which an expression acts, as the clocks of another zone show it in January; `undefined` when it is not weekly. */
export function weeklyMoment(
  expression: string,
  timeZone: string,
  shownIn: string,
): Omit<WallTime, 'date'> | undefined {
  // No year in particular: the first whose weeks are all ahead of any document.
  const moments = momentsIn(expression, timeZone, 2030) ?? [];
  const here = new Set(moments.map((moment) => wallTime(moment, timeZone)).map(({ weekday, time }) => weekday + time));
  const [first] = moments;
  // 52 or 53 times a year, on one day: every week.
  if (first === undefined || here.size !== 1 || moments.length < 52) return undefined;
  const { weekday, time } = wallTime(first, shownIn);
  return { weekday, time };
}

/** Hours of a month, as AWS's own calculator counts them. */
export const monthHours = 730;

const monthMs = monthHours * 3_600_000;

/**
 * How often an expression acts in a month of 730 hours, whatever the zone: over a year where that is at most twice a day, in January where it
 * is at most every hour, else in each minute. `undefined` when it cannot be read.
 */
export function timesAMonth(expression: string): number | undefined {
  if (/^at\(.+\)$/.test(expression.trim())) return 1;
  const schedule = readSchedule(expression);
  if (schedule?.kind !== 'cron') return schedule && monthMs / schedule.everyMs;
  const year = momentsIn(expression, 'UTC', 2030);
  if (year !== undefined) return year.length / 12;
  const [first, hours] = [Date.UTC(2030, 0, 1), 31 * 24];
  let count = 0;
  let moment = schedule.next(new Date(first - 1));
  while (moment !== undefined && moment.getTime() < first + hours * 3_600_000 && count <= hours) {
    count += 1;
    moment = schedule.next(moment);
  }
  return count <= hours ? (count * monthHours) / hours : monthMs / 60_000;
}
