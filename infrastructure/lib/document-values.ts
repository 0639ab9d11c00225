// Small readings of the design that several stacks share.
import type { Design, Environment } from '../../design/schema.ts';
import type { PreferredHour } from './constructs/maintenance-window.ts';

/** The port that a group of the document takes connections on: its first rule's. */
export function portOf(design: Design, group: string): number {
  const port = design.securityGroups.find(({ key }) => key === group)?.ingress[0]?.fromPort;
  if (port === undefined) throw new Error(`The security group ${group} lets nobody in, so its port is not known`);
  return port;
}

/**
 * When patches disturb least: Monday 02:00 in Japan. An environment with working hours is off at that time and would never be
 * patched, so it takes Wednesday 14:00.
 */
export function quietHour(design: Design, environment: Environment): PreferredHour {
  return environment === 'development' && design.workingHours
    ? { weekday: 'wed', start: '05:00' }
    : { weekday: 'sun', start: '17:00' };
}
