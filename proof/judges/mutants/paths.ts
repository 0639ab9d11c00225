// Design paths of the statements that mutants offend, found by the design's own words, since documents differ in order.
import type { Alarm, Design, RoleKey, StackName } from '../../../design/schema.ts';

function place(index: number, what: string): number {
  if (index < 0) throw new Error(`the design has no ${what}`);
  return index;
}

export const stackPath = (design: Design, stack: StackName): string =>
  `stacks.${place(
    design.stacks.findIndex(({ name }) => name === stack),
    stack,
  )}`;

export function resourcePath(design: Design, stack: StackName, words: RegExp): string {
  const resources = design.stacks.find(({ name }) => name === stack)?.resources ?? [];
  const index = resources.findIndex((text) => words.test(text));
  return `${stackPath(design, stack)}.resources.${place(index, `${stack} line ${words}`)}`;
}

export const groupPath = (design: Design, group: string): string =>
  `securityGroups.${place(
    design.securityGroups.findIndex(({ key }) => key === group),
    group,
  )}`;

export const rolePath = (design: Design, role: RoleKey): string =>
  `roles.${place(
    design.roles.findIndex(({ key }) => key === role),
    role,
  )}`;

export const alarmPath = (design: Design, service: Alarm['service'], metric: string): string =>
  `alarms.${place(
    design.alarms.findIndex((alarm) => alarm.service === service && alarm.metric === metric),
    metric,
  )}`;

/** Indices of the subnets of a tier. */
export const subnetsOf = (design: Design, tier: string): readonly number[] =>
  design.network.subnets.flatMap((subnet, index) => (subnet.tier === tier ? [index] : []));

/** Lines of a document with a second region that say what its first one has: those whose words fit. */
export const primaryPaths = ({ recovery }: Design, words: RegExp): readonly string[] =>
  (recovery?.primary ?? []).flatMap((text, index) => (words.test(text) ? [`recovery.primary.${index}`] : []));

/** Lines of a document with a second region that speak of the objects kept there too. */
export function replicaPaths({ recovery }: Design): readonly string[] {
  if (recovery === undefined) return [];
  const named = (part: 'primary' | 'standby') =>
    recovery[part].flatMap((text, index) => (/S3/.test(text) ? [`recovery.${part}.${index}`] : []));
  return ['recovery.rpoSeconds', ...named('primary'), ...named('standby')];
}
