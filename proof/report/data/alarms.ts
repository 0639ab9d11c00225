// The document's alarms against those of the templates: one row a metric, one member for each thing that is watched.

import { graphsOfEnvironment } from '../../../assembly/environments.ts';
import type { Assembly } from '../../../assembly/graph.ts';
import { numberOf } from '../../../assembly/properties.ts';
import {
  assigned,
  type AlarmRow as Row,
  rowOf,
  type Severity,
  thresholdValue,
} from '../../../assembly/questions/alarm-rows.ts';
import type { Member } from '../../../assembly/questions/members.ts';
import { metricOf } from '../../../design/catalogue/metrics.ts';
import { environmentKeys } from '../../../design/environments.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import type { StatementVerdict } from '../../judges/judge-statements.ts';
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
    const metric = metricOf(service, name);
    const path = `alarms.${index}.metric`;
    const judged = statements.filter((statement) => statement.path === path);
    const deviation = judged.find((one) => one.deviation !== undefined)?.deviation;
    const members = environments.flatMap((environment) => {
      const isBound = judged.every((one) => one.environment !== environment || one.verdict !== 'not-applicable');
      const row = rowOf(
        { ...graphsOfEnvironment(graph, environment, design.region, environmentKeys(design)), design },
        alarm,
      );
      return isBound && row !== undefined ? row.members.map((member) => memberOf(environment, row, member)) : [];
    });
    return {
      line: judged[0]?.line ?? 0,
      service,
      metric: name,
      measured: metric === undefined ? '' : `${metric.namespace} ${metric.metricName}`,
      unit: metric?.unit ?? 'count',
      periodSeconds,
      evaluationPeriods,
      warning,
      critical,
      deviation,
      members,
    };
  });
}

function memberOf(environment: Environment, row: Row, member: Member): AlarmMember {
  const { given } = assigned(row, member);
  const figures = (severity: Severity) => {
    const wanted = thresholdValue(row, member, severity);
    const built = numberOf(given.get(severity)?.properties.Threshold);
    if (row.alarm[severity] === undefined) return {};
    return {
      [severity]: { wanted, built },
    };
  };
  const of = `${member.resource.path}${member.node === undefined ? '' : ` #${member.node}`}`;
  return { environment, of, ...figures('warning'), ...figures('critical') };
}
