// Which alarm is which of the document's table: those of a row's members by severity, and the severity that a topic stands for.
import { auroraClass } from '../../aws/instance-classes.ts';
import { type Metric, memberThreshold, metricOf } from '../../design/catalogue/metrics.ts';
import type { Alarm } from '../../design/schema.ts';
import { type Assembly, at, literal, type Resource, type Value } from '../graph.ts';
import { numberOf } from '../properties.ts';
import { ofType, pointsAt, targetOf } from '../relations.ts';
import { alarmsOn, topicsOf } from './alarms.ts';
import { parameterOf } from './compute.ts';
import { type Member, type MemberScope, membersOf } from './members.ts';

export const severities = ['warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** A row of the document's alarms with what it is measured on. */
export interface AlarmRow {
  readonly places: MemberScope;
  readonly alarm: Alarm;
  readonly metric: Metric;
  readonly members: readonly Member[];
}

/** `undefined` for a name that CloudWatch has no metric for. */
export function rowOf(places: MemberScope, alarm: Alarm): AlarmRow | undefined {
  const metric = metricOf(alarm.service, alarm.metric);
  return metric && { places, alarm, metric, members: membersOf(places, metric) };
}

/** The alarms of a member by severity: by their thresholds, and those whose threshold is neither's by their strictness. */
export function assigned(row: AlarmRow, member: Member) {
  const { places, alarm, metric } = row;
  let found = [...alarmsOn(places.graph, metric, member)];
  const given = new Map<Severity, Resource>();
  const open: Severity[] = [];
  for (const severity of severities) {
    if (alarm[severity] === undefined) continue;
    const wanted = thresholdValue(row, member, severity);
    const index = found.findIndex(({ properties }) => wanted !== undefined && near(properties.Threshold, wanted));
    const [exact] = index < 0 ? [] : found.splice(index, 1);
    if (exact === undefined) open.push(severity);
    else given.set(severity, exact);
  }
  // What takes a deployment back watches the same series, sooner, and is no alarm of the document's.
  found = found.filter((one) => !guardsDeployment(places.graph, one));
  const rising = (alarm.warning ?? alarm.critical)?.comparison.startsWith('>') ?? true;
  const strictness = ({ properties }: Resource) => Number(literal(properties.Threshold)) * (rising ? 1 : -1);
  found.sort((left, right) => strictness(left) - strictness(right));
  for (const severity of open) {
    const next = found.shift();
    if (next !== undefined) given.set(severity, next);
  }
  return { given, surplus: found };
}

const guardsDeployment = (graph: Assembly, alarm: Resource): boolean =>
  ofType(graph, 'AWS::ECS::Service').some(({ properties }) =>
    pointsAt(at(properties.DeploymentConfiguration, 'Alarms', 'AlarmNames'), alarm),
  );

/** Whole connections and bytes are counted; less than one of them is rounding. */
export const near = (found: Value | undefined, wanted: number) =>
  Math.abs(Number(literal(found)) - wanted) < (wanted >= 10 ? 1 : 1e-9);

/**
 * The threshold of a row in CloudWatch's unit; `undefined` when it hangs on something that the templates do not settle, or when the
 * row has none of that severity.
 */
export function thresholdValue(
  { places: { graph }, alarm, metric }: AlarmRow,
  { resource }: Member,
  severity: Severity,
): number | undefined {
  const threshold = alarm[severity];
  if (threshold === undefined) return undefined;
  const cluster = targetOf(graph, resource.properties.DBClusterIdentifier);
  const value = memberThreshold(metric, threshold, severity, {
    limit: cluster && numberOf(parameterOf(graph, cluster, 'max_connections')),
    localStorageGiB: auroraClass(String(literal(resource.properties.DBInstanceClass)))?.localStorageGiB,
  });
  return Number.isNaN(value) ? undefined : value;
}

/** An alarm that carries out a row of the document. */
export interface AssignedAlarm {
  readonly alarm: Resource;
  readonly severity: Severity;
  readonly row: AlarmRow;
  readonly member: Member;
}

/** Worked out once for each graph. */
const cache = new WeakMap<Assembly, readonly AssignedAlarm[]>();

/** Every alarm that carries out a row, in the document's order. */
export function assignedAlarms(places: MemberScope): readonly AssignedAlarm[] {
  const known = cache.get(places.graph);
  if (known !== undefined) return known;
  const every = places.design.alarms
    .flatMap((alarm) => rowOf(places, alarm) ?? [])
    .flatMap((row) =>
      row.members.flatMap((member) =>
        [...assigned(row, member).given].map(([severity, alarm]) => ({ alarm, severity, row, member })),
      ),
    );
  cache.set(places.graph, every);
  return every;
}

/** A topic's severity is that of most alarms that report to it. */
export function severityOf(places: MemberScope, topic: Resource): Severity {
  const counts = { warning: 0, critical: 0 };
  for (const { severity, alarm } of assignedAlarms(places))
    if (topicsOf(places.graph, alarm).includes(topic)) counts[severity]++;
  return counts.warning > counts.critical ? 'warning' : 'critical';
}
