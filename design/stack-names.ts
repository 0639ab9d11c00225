// What stacks are called: `<Environment><Name>Stack`, and `<Environment>Standby<Name>Stack` in the region that stands by. The one place that
// makes such a name, or reads an environment in one.
import type { Environment } from './names.ts';

/** Whether a region serves people, or stands by until the other one is lost (DR-1). */
export type RegionRole = 'primary' | 'standby';

/** The id and physical name of a stack, e.g. `ProductionNetworkStack`, or `ProductionStandbyNetworkStack`. */
export const stackId = (environment: Environment, name: string, role: RegionRole = 'primary'): string =>
  `${environmentPrefix(environment)}${role === 'standby' ? 'Standby' : ''}${name}`;

/** Whether a stack's name says that it stands by, of one of these environments. */
export const isNamedStandby = (id: string, environments: readonly Environment[]): boolean =>
  environments.some((environment) => id.startsWith(stackId(environment, '', 'standby')));

/** The word that the names of an environment's stacks begin with: `Production`. */
export const environmentPrefix = (environment: Environment): string =>
  `${environment.charAt(0).toUpperCase()}${environment.slice(1)}`;

/** The environment of some that a stack's name begins with, the longest such; `undefined` when it begins with none. */
export const environmentNamedBy = (id: string, environments: readonly Environment[]): Environment | undefined =>
  environments
    .filter((environment) => id.toLowerCase().startsWith(environment))
    .toSorted((one, other) => other.length - one.length)[0];
