// Which alarm is which: those of a row's members by severity, and the severity that a topic stands for.
import { at, literal, type Resource, type Value } from '../../assembly/graph.ts';
import type { Alarm } from '../../design/schema.ts';
import type { JudgeCase } from './judge.ts';
import { alarmsOn, type CloudWatchMetric, cloudWatchMetric, type Member, membersOf } from './metrics.ts';
import { listOf, ofType, pointsAt, targetOf } from './relations.ts';
import { thresholdValue } from './thresholds.ts';

export const severities = ['warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** A row of the document's alarms with what it is measured on. */
export interface Row {
  readonly judgeCase: JudgeCase;
  readonly alarm: Alarm;
  readonly metric: CloudWatchMetric;
  readonly members: readonly Member[];
}

/** The alarms of a member by severity: by their thresholds, and those whose threshold is neither's by their strictness. */
export function assigned({ judgeCase: { graph }, alarm, metric }: Row, member: Member) {
  let found = [...alarmsOn(graph, metric, member)];
  const given = new Map<Severity, Resource>();
  const open: Severity[] = [];
  for (const severity of severities) {
    if (alarm[severity] === undefined) continue;
    const wanted = thresholdValue(graph, member, metric, alarm, severity);
    const index = found.findIndex(({ properties }) => wanted !== undefined && near(properties.Threshold, wanted));
    const [exact] = index < 0 ? [] : found.splice(index, 1);
    if (exact === undefined) open.push(severity);
    else given.set(severity, exact);
  }
  // What takes a deployment back watches the same series, sooner, and is no alarm of the document's.
  found = found.filter((one) => !guardsDeployment(graph, one));
  const rising = (alarm.warning ?? alarm.critical)?.comparison.startsWith('>') ?? true;
  const strictness = ({ properties }: Resource) => Number(literal(properties.Threshold)) * (rising ? 1 : -1);
  found.sort((left, right) => strictness(left) - strictness(right));
  for (const severity of open) {
    const next = found.shift();
    if (next !== undefined) given.set(severity, next);
  }
  return { given, surplus: found };
}

const guardsDeployment = (graph: JudgeCase['graph'], alarm: Resource): boolean =>
  ofType(graph, 'AWS::ECS::Service').some(({ properties }) =>
    pointsAt(at(properties.DeploymentConfiguration, 'Alarms', 'AlarmNames'), alarm),
  );

/** Whole connections and bytes are counted; less than one of them is rounding. */
export const near = (found: Value | undefined, wanted: number) =>
  Math.abs(Number(literal(found)) - wanted) < (wanted >= 10 ? 1 : 1e-9);

/** A topic's severity is that of most alarms that report to it. */
export function severityOf(judgeCase: JudgeCase, topic: Resource): Severity {
  const counts = { warning: 0, critical: 0 };
  for (const { severity, alarm } of everyAssigned(judgeCase)) {
    const reports = listOf(alarm.properties.AlarmActions).some((action) => targetOf(judgeCase.graph, action) === topic);
    if (reports) counts[severity]++;
  }
  return counts.warning > counts.critical ? 'warning' : 'critical';
}

/** Worked out once for each graph. */
const cache = new WeakMap<JudgeCase['graph'], readonly { readonly severity: Severity; readonly alarm: Resource }[]>();

function everyAssigned(judgeCase: JudgeCase) {
  const { graph, design } = judgeCase;
  const known = cache.get(graph);
  if (known !== undefined) return known;
  const every = design.alarms.flatMap((alarm) => {
    const metric = cloudWatchMetric(alarm.service, alarm.metric);
    if (metric === undefined) return [];
    const members = membersOf(judgeCase, alarm);
    return members.flatMap((member) =>
      [...assigned({ judgeCase, alarm, metric, members }, member).given].map(([severity, resource]) => ({
        severity,
        alarm: resource,
      })),
    );
  });
  cache.set(graph, every);
  return every;
}
