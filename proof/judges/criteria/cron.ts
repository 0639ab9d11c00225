// Cron expressions as AWS has them (minute, hour, day of month, month, day of week, year), held against moments in any time zone.

/** A moment as a clock on the wall shows it. */
interface WallTime {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  /** 1 is Sunday, as in AWS's expressions. */
  readonly weekday: number;
  readonly year: number;
}

/** Whether an expression goes off at a moment in a zone; `undefined` for one that is no cron expression, or uses `L`, `W` or `#`. */
export function goesOff(expression: string, zone: string, moment: Date): boolean | undefined {
  const fields = /^cron\(([^)]*)\)$/.exec(expression.trim())?.[1]?.trim().split(/\s+/);
  const wall = wallTime(moment, zone);
  if (fields?.length !== 6 || wall === undefined) return undefined;
  const values = [wall.minute, wall.hour, wall.day, wall.month, wall.weekday, wall.year];
  const matched = fields.map((field, index) => matches(field, values[index] ?? 0, index));
  return matched.includes(undefined) ? undefined : !matched.includes(false);
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function matches(field: string, value: number, index: number): boolean | undefined {
  const names = index === 3 ? months : index === 4 ? weekdays : [];
  const number = (word: string) => {
    const place = names.indexOf(word.toUpperCase());
    return place < 0 ? (/^\d+$/.test(word) ? Number(word) : Number.NaN) : place + 1;
  };
  const found = field.split(',').map((part) => {
    const [range = '', step] = part.split('/');
    const [first = '', last] = range.split('-');
    const any = first === '*' || first === '?';
    const from = any ? (index === 0 || index === 1 ? 0 : index === 5 ? 1970 : 1) : number(first);
    const to = any || (step !== undefined && last === undefined) ? Number.POSITIVE_INFINITY : number(last ?? first);
    const every = step === undefined ? 1 : number(step);
    if ([from, to, every].some(Number.isNaN) || every === 0) return undefined;
    // Friday to Monday goes round the end of the week.
    const within = from <= to ? value >= from && value <= to : value >= from || value <= to;
    return within && (value - from) % every === 0;
  });
  return found.includes(true) ? true : found.includes(undefined) ? undefined : false;
}

/** The moment at which the clocks of a zone show a time of a day; `undefined` for a zone that there is none of. */
export function momentAt(date: string, minutes: number, zone: string): Date | undefined {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000;
  let guess = wanted;
  // Twice: the first correction may step over a change of the clocks.
  for (let round = 0; round < 2; round++) {
    const wall = wallTime(new Date(guess), zone);
    if (wall === undefined) return undefined;
    guess += wanted - Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  }
  return new Date(guess);
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

function wallTime(moment: Date, zone: string): WallTime | undefined {
  if (!formats.has(zone)) formats.set(zone, formatOf(zone));
  const parts = formats.get(zone)?.formatToParts(moment);
  if (parts === undefined) return undefined;
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
  return { minute: part('minute'), hour: part('hour'), day, month, weekday, year };
}

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  try {
    const numeric = 'numeric';
    return new Intl.DateTimeFormat('en-US-u-hc-h23', {
      timeZone: zone,
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
    });
  } catch {
    return undefined;
  }
}

/** The Mondays to Fridays of a year as ISO dates, without those that are left out. */
export function workingDays(year: number, without: readonly string[] = []): readonly string[] {
  const days = Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(year, 0, index + 1)));
  return days
    .filter((day) => day.getUTCFullYear() === year && day.getUTCDay() % 6 !== 0)
    .map((day) => day.toISOString().slice(0, 10))
    .filter((date) => !without.includes(date));
}
