// MON-1…16: each row of the document is one alarm for each severity and member, with its metric, threshold, period and topic.

import { at, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import {
  type AlarmRow,
  rowOf as alarmRowOf,
  assigned,
  near,
  type Severity,
  severities,
  severityOf,
  thresholdValue,
} from '../../../assembly/questions/alarm-rows.ts';
import { alarmsIn, topicsOf, watchedMetric } from '../../../assembly/questions/alarms.ts';
import { type Member, nameOf } from '../../../assembly/questions/members.ts';
import { healthCheckRules } from '../../../assembly/questions/target-groups.ts';
import { isHeard } from '../../../assembly/questions/topics.ts';
import { listOf, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { publishedStatistic } from '../../../design/catalogue/metrics.ts';
import { perEnvironment } from '../../../design/environments.ts';
import type { Alarm, Threshold } from '../../../design/schema.ts';
import { adrs } from '../deviations.ts';
import { nothing, onStack, sameLiteral, seen } from '../evidence.ts';
import type { Evidence, Finding, StatementCase, StatementJudge } from '../judge.ts';

const ids: Readonly<Record<string, string>> = {
  'alb TargetResponseTime': 'MON-1',
  'alb HTTPCode_Target_5XX_Count': 'MON-2',
  'alb HealthyHostCount': 'MON-3',
  'ecs CPUUtilization': 'MON-4',
  'ecs MemoryUtilization': 'MON-5',
  'ecs RunningTaskCount': 'MON-6',
  'lambda Errors': 'MON-7',
  'lambda Throttles': 'MON-8',
  'lambda Duration': 'MON-9',
  'rds CPUUtilization': 'MON-10',
  'rds DatabaseConnections': 'MON-11',
  'rds FreeStorageSpace': 'MON-12',
  'rds ReplicaLag': 'MON-13',
  'cache CPUUtilization': 'MON-14',
  'cache DatabaseMemoryUsagePercentage': 'MON-15',
  'cache CurrConnections': 'MON-16',
};

const departing = ['FreeStorageSpace', 'ReplicaLag', 'DatabaseConnections'];
const rowOf = ({ design, indices }: StatementCase): Alarm | undefined => design.alarms[indices[0] ?? 0];
const id = (judgeCase: StatementCase) => {
  const row = rowOf(judgeCase);
  return ids[`${row?.service} ${row?.metric}`] ?? 'MON-1';
};
const deviation = (judgeCase: StatementCase) => {
  const row = rowOf(judgeCase);
  return row?.service === 'rds' && departing.includes(row.metric) ? adrs.auroraMetrics : undefined;
};

const judges: Readonly<Record<string, (row: AlarmRow) => Finding>> = {
  warning: (row) => judgeSeverity(row, 'warning'),
  critical: (row) => judgeSeverity(row, 'critical'),
  periodSeconds: (row) => judgeProperty(row, 'Period', row.alarm.periodSeconds),
  evaluationPeriods: judgeEvaluation,
  metric: judgeWhole,
  service: judgeWhole,
};

export const alarms: readonly StatementJudge[] = [
  { id, path: 'alarms.*', deviation, judge: onRow(judgeWhole) },
  ...Object.entries(judges).map(([aspect, judge]) => ({
    id,
    path: `alarms.*.${aspect}`,
    deviation,
    judge: onRow(judge),
  })),
];

function onRow(judge: (row: AlarmRow) => Finding) {
  return (judgeCase: StatementCase): Finding => {
    const alarm = rowOf(judgeCase);
    if (alarm === undefined) return [nothing('a row of the design')];
    const { design, environment } = judgeCase;
    const row = alarmRowOf(judgeCase, alarm);
    if (row === undefined) return { notJudged: `CloudWatch has no metric ${alarm.service} ${alarm.metric}` };
    if (alarm.service === 'lambda' && design.functions.length === 0)
      return { notApplicable: 'the design has no functions' };
    if (alarm.service === 'cache' && perEnvironment(design.sizes, environment).cache === undefined) {
      return { notApplicable: 'the design has no cache' };
    }
    if (alarm.metric === 'ReplicaLag' && perEnvironment(design.sizes, environment).aurora.instances === 1) {
      return { notApplicable: 'one database instance has no replica' };
    }
    return row.members.length === 0 ? [nothing(`something that ${metricName(row)} is measured on`)] : judge(row);
  };
}

const metricName = ({ metric: { namespace, metricName: name } }: AlarmRow) => `${namespace} ${name}`;

const comparisons = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
} as const;

function judgeSeverity(row: AlarmRow, severity: Severity): Finding {
  const { alarm, members, metric } = row;
  const threshold = alarm[severity];
  if (threshold === undefined) return { notApplicable: `the document has no ${severity} threshold here` };
  return members.flatMap((member) => {
    const found = assigned(row, member).given.get(severity);
    if (found === undefined) return [nothing(`a ${severity} alarm on ${metric.metricName} of ${nameOf(member)}`)];
    return severityEvidence(row, member, found, severity, threshold);
  });
}

function severityEvidence(
  row: AlarmRow,
  member: Member,
  found: Resource,
  severity: Severity,
  threshold: Threshold,
): readonly Evidence[] {
  const { places, metric } = row;
  const { graph } = places;
  const { Threshold: value, ComparisonOperator, TreatMissingData, ActionsEnabled } = found.properties;
  const wanted = thresholdValue(row, member, severity);
  const statistic = publishedStatistic(metric, threshold.statistic);
  const statisticFound = at(watchedMetric(found), 'Statistic');
  const operator = comparisons[threshold.comparison];
  // Where too little is the trouble, silence that counts as well would hide what is gone altogether.
  const treatments = ['breaching', 'ignore', 'missing', ...(operator.startsWith('Less') ? [] : ['notBreaching'])];
  return [
    seen(
      graph,
      found,
      ['Threshold'],
      value,
      wanted ?? threshold,
      wanted === undefined ? undefined : near(value, wanted),
    ),
    seen(graph, found, ['ComparisonOperator'], ComparisonOperator, operator, sameLiteral(ComparisonOperator, operator)),
    seen(graph, found, ['Statistic'], statisticFound, statistic, sameLiteral(statisticFound, statistic)),
    seen(
      graph,
      found,
      ['TreatMissingData'],
      TreatMissingData,
      treatments.join(' or '),
      treatments.includes(textOf(TreatMissingData)),
    ),
    seen(graph, found, ['ActionsEnabled'], ActionsEnabled ?? true, true, String(ActionsEnabled ?? true) === 'true'),
    topicEvidence(row, found, severity),
    ...insightsEvidence(row, member),
  ];
}

/** Container Insights writes its series for a cluster that asks for it; one that says nothing has what its account has. */
function insightsEvidence({ places: { graph }, metric }: AlarmRow, { resource }: Member): readonly Evidence[] {
  if (metric.namespace !== 'ECS/ContainerInsights') return [];
  const cluster = targetOf(graph, resource.properties.Cluster);
  if (cluster === undefined) return [];
  const setting = listOf(cluster.properties.ClusterSettings).find((one) => at(one, 'Name') === 'containerInsights');
  const value = at(setting, 'Value');
  const holds = literal(value) === undefined ? undefined : value === 'enabled' || value === 'enhanced';
  return [seen(graph, cluster, ['ClusterSettings'], value ?? 'as the account has it', 'enabled or enhanced', holds)];
}

/** The alarm reports to a topic that somebody hears, and that is the topic of its severity. */
function topicEvidence({ places }: AlarmRow, found: Resource, severity: Severity): Evidence {
  const { graph } = places;
  const topics = topicsOf(graph, found);
  const right = topics.some((topic) => isHeard(graph, topic) && severityOf(places, topic) === severity);
  return seen(
    graph,
    found,
    ['AlarmActions'],
    topics.map(({ path }) => path),
    `a topic for ${severity} that is subscribed`,
    right,
  );
}

function alarmsOf(row: AlarmRow): readonly Resource[] {
  return row.members.flatMap((member) => [...assigned(row, member).given.values()]);
}

function judgeProperty(row: AlarmRow, property: string, wanted: number): Finding {
  const { graph } = row.places;
  const found = alarmsOf(row);
  if (found.length === 0) return [nothing(`an alarm on ${row.metric.metricName}`)];
  return found.map((alarm) => {
    const value = at(watchedMetric(alarm), property);
    return seen(graph, alarm, [property], value, wanted, sameLiteral(value, wanted));
  });
}

/** `2回連続`: every one of so many periods, so no alarm may be content with fewer. */
function judgeEvaluation(row: AlarmRow): Finding {
  const wanted = row.alarm.evaluationPeriods;
  const found = alarmsOf(row);
  if (found.length === 0) return [nothing(`an alarm on ${row.metric.metricName}`)];
  return found.flatMap((alarm) => {
    const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = alarm.properties;
    const { graph } = row.places;
    return [
      seen(graph, alarm, ['EvaluationPeriods'], EvaluationPeriods, wanted, sameLiteral(EvaluationPeriods, wanted)),
      ...(String(DatapointsToAlarm) === String(EvaluationPeriods)
        ? []
        : [seen(graph, alarm, ['DatapointsToAlarm'], DatapointsToAlarm, wanted, false)]),
    ];
  });
}

/** The row's own line: as many alarms as members times severities, none more. */
function judgeWhole(row: AlarmRow): Finding {
  const {
    places: { graph },
    alarm,
    members,
  } = row;
  const wanted = severities.filter((severity) => alarm[severity] !== undefined).length * members.length;
  const all = members.map((member) => assigned(row, member));
  const surplus = all.flatMap((one) => one.surplus);
  const found = [...all.flatMap(({ given }) => [...given.values()]), ...surplus];
  const [first] = found;
  const stack = first?.stack ?? alarmsIn(graph)[0]?.stack ?? '';
  return [
    onStack(
      graph,
      stack,
      '/Resources',
      `${found.length} alarms on ${metricName(row)}`,
      `${wanted} alarms`,
      found.length === wanted,
    ),
    ...surplus.map((more) => seen(graph, more, [], more.properties.Threshold, 'no further alarm', false)),
    ...healthCheckEvidence(row),
  ];
}

/** What Route 53 asks is answered beside the targets that an alarm watches: a readiness of "no" is no failed request of anybody's. */
function healthCheckEvidence({ places: { graph, everywhere }, members }: AlarmRow): readonly Evidence[] {
  const watched = members.filter(({ resource }) => resource.type === 'AWS::ElasticLoadBalancingV2::TargetGroup');
  if (watched.length === 0) return [];
  return healthCheckRules(graph, everywhere).map((rule) => {
    const among = watched.find(({ resource }) => pointsAt(rule.properties.Actions, resource));
    const observed = among === undefined ? 'answered by a target group of their own' : `answered by ${nameOf(among)}`;
    return seen(graph, rule, ['Actions'], observed, "health checks apart from people's requests", among === undefined);
  });
}
