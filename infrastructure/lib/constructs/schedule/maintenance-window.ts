// When AWS may patch a database or a cache: an hour a week that never touches the daily backup window, which AWS refuses.

const minutesPerDay = 24 * 60;

/** A daily window in UTC, `HH:MM` to `HH:MM`; it may pass midnight. */
export interface DailyWindow {
  readonly start: string;
  readonly end: string;
}

export interface PreferredHour {
  readonly weekday: (typeof weekdays)[number];
  /** `HH:MM` in UTC. */
  readonly start: string;
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/**
 * A weekly maintenance window of one hour as RDS and ElastiCache write it, `sun:17:00-sun:18:00`. It starts at the preferred time, or
 * half an hour after the backup window when the two would meet.
 */
export function maintenanceWindow(preferred: PreferredHour, backup: DailyWindow): string {
  const wanted = minutes(preferred.start);
  const start = meets(wanted, backup) ? (minutes(backup.end) + 30) % minutesPerDay : wanted;
  const end = start + 60;
  const nextDay = weekdays[(weekdays.indexOf(preferred.weekday) + 1) % weekdays.length] ?? preferred.weekday;
  return `${preferred.weekday}:${clock(start)}-${end >= minutesPerDay ? nextDay : preferred.weekday}:${clock(end)}`;
}

/** Whether the hour from `start` shares a minute with the window, on a clock that goes round. */
function meets(start: number, { start: from, end: to }: DailyWindow): boolean {
  const length = (minutes(to) - minutes(from) + minutesPerDay) % minutesPerDay;
  const untilWindow = (minutes(from) - start + minutesPerDay) % minutesPerDay;
  const sinceWindow = (start - minutes(from) + minutesPerDay) % minutesPerDay;
  return untilWindow < 60 || sinceWindow < length;
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

function clock(minute: number): string {
  const ofDay = minute % minutesPerDay;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}
