// Small readings of the design that several stacks share.
import { isProduction, perEnvironment, rests } from '../../design/environments.ts';
import type { Design, Environment } from '../../design/schema.ts';
import type { WeeklyTime } from './constructs/backup/weekly-backup.ts';
import type { PreferredHour } from './constructs/schedule/maintenance-window.ts';
import { shifted } from './constructs/working-hours/working-days.ts';

/** The port that a group of the document takes connections on: its first rule's. */
export function portOf(design: Design, group: string): number {
  const port = design.securityGroups.find(({ key }) => key === group)?.ingress[0]?.fromPort;
  if (port === undefined) throw new Error(`The security group ${group} lets nobody in, so its port is not known`);
  return port;
}

/** The region that keeps copies of an environment's data, and in production takes over; `undefined` when there is none. */
export function recoveryRegion(design: Design, environment: Environment): string | undefined {
  const { aurora, s3 } = design.backup;
  return (
    perEnvironment(aurora.copyTo, environment) ??
    perEnvironment(s3.replicateTo, environment) ??
    standbyRegion(design, environment)
  );
}

/** The region that stands by and takes over, which production alone has (DR-1). */
export function standbyRegion(design: Design, environment: Environment): string | undefined {
  return isProduction(design, environment) ? design.recovery?.region : undefined;
}

/**
 * When the weekly snapshot is taken: the document's time, in UTC. An environment that is off on Sundays takes its own on Friday, two
 * hours before it stops, or half an hour after it starts when the day is shorter (BKP-2a).
 */
export function weeklySnapshotOf(design: Design, environment: Environment): WeeklyTime | undefined {
  const wanted = design.backup.aurora.weeklySnapshot;
  if (wanted === undefined || !rests(design, environment)) return wanted;
  const { start, stop, timeZone } = design.inputs.workingHours;
  const later = [shifted(start, 30), shifted(stop, -120)].sort().at(-1);
  return { weekday: 'FRI', time: later ?? start, timeZone };
}

/** Whether snapshots are brought back as a test: once for all environments, where they count. */
export function triesRestores(design: Design, environment: Environment): boolean {
  return isProduction(design, environment) && design.backup.aurora.weeklySnapshot !== undefined;
}

/**
 * When patches disturb least: Monday 02:00 in Japan. An environment with working hours is off at that time and would never be
 * patched, so it takes Wednesday 14:00.
 */
export function quietHour(design: Design, environment: Environment): PreferredHour {
  return rests(design, environment) ? { weekday: 'wed', start: '05:00' } : { weekday: 'sun', start: '17:00' };
}
