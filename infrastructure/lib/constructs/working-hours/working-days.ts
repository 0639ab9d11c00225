// The mornings on which a thing starts: every weekday but public holidays, in the words of EventBridge Scheduler.

/** A schedule, and what sets it apart from the others of the same list: part of logical ids. */
export interface DaySchedule {
  readonly suffix: string;
  readonly expression: string;
}

/** The years that a cron expression of EventBridge knows. */
const firstYear = 1970;
const lastYear = 2199;

/**
 * Cron expressions that together go off at a time (`HH:MM`) on all weekdays but the holidays (ISO dates). A schedule cannot leave out a
 * date, but it can name days: a month with holidays in it gets its working days one by one, the rest of its year the other months, and
 * all other years Monday to Friday. A start date would do too, but one that is past is refused when a stack is made anew.
 *
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export function workingDayMornings(time: string, holidays: readonly string[]): DaySchedule[] {
  const off = new Set(holidays.filter((date) => isWeekday(date)));
  const years = [...new Set([...off].map((date) => Number(date.slice(0, 4))))].sort((left, right) => left - right);
  const [hour, minute] = time.split(':').map(Number);
  const at = (rest: string) => `cron(${minute} ${hour} ${rest})`;
  return [
    { suffix: '', expression: at(`? * MON-FRI ${years.length === 0 ? '*' : yearsBut(years)}`) },
    ...years.flatMap((year) =>
      morningsOf(year, off).map(({ suffix, expression }) => ({ suffix, expression: at(expression) })),
    ),
  ];
}

function morningsOf(year: number, off: ReadonlySet<string>): DaySchedule[] {
  const months = Array.from({ length: 12 }, (_, index) => index + 1);
  const isBroken = (month: number) => [...off].some((date) => date.startsWith(isoMonth(year, month)));
  const whole = months.filter((month) => !isBroken(month));
  return [
    ...(whole.length === 0 ? [] : [{ suffix: `${year}`, expression: `? ${whole.join(',')} MON-FRI ${year}` }]),
    ...months.filter(isBroken).flatMap((month) => {
      const days = daysOf(year, month).filter((date) => isWeekday(date) && !off.has(date));
      const numbers = days.map((date) => Number(date.slice(8)));
      if (numbers.length === 0) return [];
      const suffix = isoMonth(year, month).replace('-', '');
      return [{ suffix, expression: `${numbers.join(',')} ${month} ? ${year}` }];
    }),
  ];
}

/** `1970-2026,2028-2199` for 2027. */
function yearsBut(years: readonly number[]): string {
  const bounds = [firstYear - 1, ...years, lastYear + 1];
  const gaps = bounds.slice(1).map((next, index) => [(bounds[index] ?? next) + 1, next - 1] as const);
  return gaps
    .filter(([first, last]) => first <= last)
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
    .join(',');
}

const isoMonth = (year: number, month: number) => `${year}-${String(month).padStart(2, '0')}`;

function daysOf(year: number, month: number): string[] {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Array.from({ length: count }, (_, index) => `${isoMonth(year, month)}-${String(index + 1).padStart(2, '0')}`);
}

/** Monday to Friday, by the calendar alone. */
function isWeekday(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return day !== 0 && day !== 6;
}

/** A time of the same day, so many minutes later or earlier; it stays within the day. */
export function shifted(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const then = Math.min(24 * 60 - 1, Math.max(0, hour * 60 + minute + minutes));
  return `${String(Math.floor(then / 60)).padStart(2, '0')}:${String(then % 60).padStart(2, '0')}`;
}
