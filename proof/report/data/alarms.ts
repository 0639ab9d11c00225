// The document's alarms against those of the templates: one row a metric, one member for each thing that is watched.

import type { Assembly } from '../../../assembly/graph.ts';
import { literal, type Resource } from '../../../assembly/graph.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { assigned, type Row, type Severity } from '../../judges/alarm-rows.ts';
import type { JudgeCase } from '../../judges/judge.ts';
import { placesOf, type StatementVerdict } from '../../judges/judge-statements.ts';
import { cloudWatchMetric, type Member, membersOf } from '../../judges/metrics.ts';
import { thresholdValue } from '../../judges/thresholds.ts';
import type { AlarmMember, AlarmRow } from '../report-data.ts';

/** In the document's order. A metric that CloudWatch does not have has no members. */
export function alarmRows(
  graph: Assembly,
  design: Design,
  statements: readonly StatementVerdict[],
  environments: readonly Environment[],
): readonly AlarmRow[] {
  return design.alarms.map((alarm, index): AlarmRow => {
    const { service, metric: name, warning, critical, periodSeconds, evaluationPeriods } = alarm;
    const metric = cloudWatchMetric(service, name);
    const path = `alarms.${index}.metric`;
    const judged = statements.filter((statement) => statement.path === path);
    const deviation = judged.find((one) => one.deviation !== undefined)?.deviation;
    const members = environments.flatMap((environment) => {
      const isBound = judged.every((one) => one.environment !== environment || one.verdict !== 'not-applicable');
      if (metric === undefined || !isBound) return [];
      const places = placesOf(graph, environment, design.region);
      const judgeCase: JudgeCase = {
        ...places,
        design,
        environment,
        indices: [index],
        statement: { kind: 'input', path, environments: [environment] },
      };
      const found = membersOf(judgeCase, alarm);
      return found.map((member) => memberOf({ judgeCase, alarm, metric, members: found }, member));
    });
    return {
      line: judged[0]?.line ?? 0,
      service,
      metric: name,
      measured: metric === undefined ? '' : `${metric.namespace} ${metric.name}`,
      unit: metric?.unit ?? 'count',
      periodSeconds,
      evaluationPeriods,
      ...(warning === undefined ? {} : { warning }),
      ...(critical === undefined ? {} : { critical }),
      ...(deviation === undefined ? {} : { deviation }),
      members,
    };
  });
}

function memberOf(row: Row, member: Member): AlarmMember {
  const { judgeCase, metric, alarm } = row;
  const { given } = assigned(row, member);
  const figures = (severity: Severity) => {
    const wanted = thresholdValue(judgeCase.graph, member, metric, alarm, severity);
    const built = thresholdOf(given.get(severity));
    if (alarm[severity] === undefined) return {};
    return {
      [severity]: { ...(wanted === undefined ? {} : { wanted }), ...(built === undefined ? {} : { built }) },
    };
  };
  const of = `${member.resource.path}${member.node === undefined ? '' : ` #${member.node}`}`;
  return { environment: judgeCase.environment, of, ...figures('warning'), ...figures('critical') };
}

function thresholdOf(alarm: Resource | undefined): number | undefined {
  const value = literal(alarm?.properties.Threshold);
  return value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
}
