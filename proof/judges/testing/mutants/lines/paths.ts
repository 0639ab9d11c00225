// Design paths of the statements that mutants offend, found by the design's own words, since documents differ in order.
import type { Alarm, Design, RoleKind, Tier } from '../../../../../design/schema.ts';
import type { PrimaryPart } from '../../../../../design/words/recovery-line.ts';
import { type ResourceKind, tierOf } from '../../../../../design/words/resource-line.ts';

function place(index: number, what: string): number {
  if (index < 0) throw new Error(`the design has no ${what}`);
  return index;
}

export const stackPath = (design: Design, stack: string): string =>
  `stacks.${place(
    design.stacks.findIndex(({ name }) => name === stack),
    stack,
  )}`;

/** A stack's first resource line of a kind; of subnets, of a tier. */
export function resourcePath(design: Design, stack: string, kind: ResourceKind, tier?: Tier): string {
  const resources = design.stacks.find(({ name }) => name === stack)?.resources ?? [];
  const index = resources.findIndex((line) => line.kind === kind && tierOf(line) === tier);
  return `${stackPath(design, stack)}.resources.${place(index, `${stack} line ${kind}`)}`;
}

export const groupPath = (design: Design, group: string): string =>
  `securityGroups.${place(
    design.securityGroups.findIndex(({ key }) => key === group),
    group,
  )}`;

export const rolePath = (design: Design, role: RoleKind): string =>
  `roles.${place(
    design.roles.findIndex(({ kind }) => kind === role),
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

/** Lines of a document with a second region that say what its first one has of a part. */
export const primaryPaths = ({ recovery }: Design, part: PrimaryPart['part']): readonly string[] =>
  (recovery?.primary ?? []).flatMap((line, index) => (line.part === part ? [`recovery.primary.${index}`] : []));

/** Lines of a document with a second region that speak of the objects kept there too. */
export function replicaPaths({ recovery }: Design): readonly string[] {
  if (recovery === undefined) return [];
  const named = (side: 'primary' | 'standby') =>
    recovery[side].flatMap(({ part }, index) => (part === 'bucket' ? [`recovery.${side}.${index}`] : []));
  return ['recovery.rpoSeconds', ...named('primary'), ...named('standby')];
}
