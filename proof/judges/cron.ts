// Cron expressions as EventBridge and AWS Backup write them: which days and times they name.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based

/** A day of the calendar. */
export interface Day {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** Minutes, hours, days of the month, months, days of the week and years; `undefined` for what is no cron expression. */
function fieldsOf(expression: string): readonly string[] | undefined {
  const fields = /^cron\(([^()]+)\)$/.exec(expression.trim())?.[1]?.trim().split(/\s+/);
  return fields?.length === 6 ? fields : undefined;
}

/** The one time of the day that an expression names, `HH:MM`; `undefined` when it names several or is none. */
export function timeOf(expression: string): string | undefined {
  const [minute = '', hour = ''] = fieldsOf(expression) ?? [];
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour)) return undefined;
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

/** Whether an expression goes off on a day. */
export function isOn(expression: string, { year, month, day, weekday }: Day): boolean {
  const fields = fieldsOf(expression);
  const [, , days = '', months = '', weekdays = '', years = ''] = fields ?? [];
  return (
    fields !== undefined &&
    names(days, day) &&
    names(months, month, monthNames, 1) &&
    names(weekdays, weekday + 1, weekdayNames, 1) &&
    names(years, year)
  );
}

/** Whether a field names a number: `*`, `?`, `MON-FRI`, `1,3-5`, `0/15`. */
function names(field: string, value: number, words: readonly string[] = [], first = 0): boolean {
  const number = (text: string) => {
    const word = words.indexOf(text.toUpperCase());
    return word < 0 ? Number(text) : word + first;
  };
  return field.split(',').some((part) => {
    const [range = '', step] = part.split('/');
    const [from = '', to] = range === '*' || range === '?' ? [] : range.split('-');
    const low = from === '' ? first : number(from);
    const high = to !== undefined ? number(to) : from === '' || step !== undefined ? Number.POSITIVE_INFINITY : low;
    return value >= low && value <= high && (value - low) % Number(step ?? 1) === 0;
  });
}

/** Every day of a year. */
export function daysOf(year: number): Day[] {
  const first = Date.UTC(year, 0, 1);
  const count = (Date.UTC(year + 1, 0, 1) - first) / 86_400_000;
  return Array.from({ length: count }, (_, index) => {
    const date = new Date(first + index * 86_400_000);
    return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() };
  });
}

/** `2027-01-01`. */
export const isoDay = ({ year, month, day }: Day): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Minutes by which a time zone is before UTC in the winter of the north, when none of its clocks are put forward. */
export function offsetOf(timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    Date.UTC(2026, 0, 7),
  );
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(text) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}
