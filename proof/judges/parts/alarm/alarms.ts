// MON-1…16: each row of the document is one alarm for each severity and member, with its metric, threshold, period and topic.
import { at, isSettled, type Resource } from '../../../../assembly/graph.ts';
import { isLiteral } from '../../../../assembly/properties.ts';
import {
  type AlarmRow,
  rowOf as alarmRowOf,
  assigned,
  near,
  type Severity,
  severities,
  severityOf,
  thresholdValue,
} from '../../../../assembly/questions/alarm-rows.ts';
import { alarmsIn, possibleAlarmsOn, topicsOf, watchedMetric } from '../../../../assembly/questions/alarms.ts';
import { containerInsightsOf } from '../../../../assembly/questions/compute.ts';
import { type Member, nameOf, possibleMembersOf } from '../../../../assembly/questions/members.ts';
import { healthCheckRules } from '../../../../assembly/questions/target-groups.ts';
import { isHeard, mayBeTopic } from '../../../../assembly/questions/topics.ts';
import { listOf, refersTo, targetOf } from '../../../../assembly/relations.ts';
import { all, any, not, type Truth } from '../../../../assembly/truth.ts';
import { publishedStatistic } from '../../../../design/catalogue/metrics.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import type { Alarm, Threshold } from '../../../../design/schema.ts';
import { adrs } from '../../deviations.ts';
import { evidenceIn, type Finding, type Observation, type StatementCase, type StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on, onStack } from '../../on.ts';
import { said } from '../../words/monitoring.ts';
import { parts } from '../../words/parts.ts';

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
    if (alarm === undefined) return [missing(parts.inTheDesign)];
    const { design, environment } = judgeCase;
    const row = alarmRowOf(judgeCase, alarm);
    if (row === undefined) return { notJudged: said.noSuchMetric({ service: alarm.service, metric: alarm.metric }) };
    if (alarm.service === 'lambda' && design.functions.length === 0) return { notApplicable: parts.noFunctions };
    if (alarm.service === 'cache' && perEnvironment(design.sizes, environment).cache === undefined) {
      return { notApplicable: parts.noCache };
    }
    if (alarm.metric === 'ReplicaLag' && perEnvironment(design.sizes, environment).aurora.instances === 1) {
      return { notApplicable: said.loneInstance };
    }
    const possible = possibleMembersOf(judgeCase, row.metric);
    const expected = said.measured({ metric: metricName(row) });
    if (row.members.length === 0) return missingUnless(possible, expected);
    const finding = judge(row);
    return possible.length === 0 || 'notApplicable' in finding
      ? finding
      : [...evidenceIn(finding), ...missingUnless(possible, expected)];
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
  const { places, alarm, members, metric } = row;
  const threshold = alarm[severity];
  if (threshold === undefined) return { notApplicable: said.noThreshold({ severity }) };
  return members.flatMap((member) => {
    const found = assigned(row, member).given.get(severity);
    const expected = said.alarmOf({ severity, metric: metric.metricName, member: nameOf(member) });
    return found === undefined
      ? missingUnless(possibleAlarmsOn(places.graph, metric, member), expected)
      : severityEvidence(row, member, found, severity, threshold);
  });
}

function severityEvidence(
  row: AlarmRow,
  member: Member,
  found: Resource,
  severity: Severity,
  threshold: Threshold,
): readonly Observation[] {
  const { Threshold: value } = found.properties;
  const wanted = thresholdValue(row, member, severity);
  const operator = comparisons[threshold.comparison];
  // Where too little is the trouble, silence that counts as well would hide what is gone altogether.
  const treatments = ['breaching', 'ignore', 'missing', ...(operator.startsWith('Less') ? [] : ['notBreaching'])];
  return [
    on(found)
      .property('Threshold')
      .holds(wanted === undefined || !isSettled(value) ? undefined : near(value, wanted), {
        expected: wanted ?? threshold,
      }),
    on(found).property('ComparisonOperator').is(operator),
    onMetric(found, 'Statistic', publishedStatistic(row.metric, threshold.statistic)),
    on(found).property('TreatMissingData').isOneOf(treatments),
    on(found).property('ActionsEnabled').otherwise(true).is(true),
    topicEvidence(row, found, severity),
    ...insightsEvidence(row, member),
  ];
}

/** A trait of the metric, wherever an alarm names it. */
function onMetric(alarm: Resource, property: string, expected: string | number): Observation {
  const observed = at(watchedMetric(alarm), property);
  return on(alarm).property(property).holds(isLiteral(observed, expected), { expected, observed });
}

/** Container Insights writes its series for a cluster that asks for it; one that says nothing has what its account has. */
function insightsEvidence({ places: { graph }, metric }: AlarmRow, { resource }: Member): readonly Observation[] {
  const { Cluster } = resource.properties;
  if (metric.namespace !== 'ECS/ContainerInsights' || Cluster === undefined) return [];
  const cluster = targetOf(graph, Cluster);
  const expected = said.insightsOn;
  if (cluster === undefined) {
    return isSettled(Cluster) ? [] : [on(resource).property('Cluster').holds(undefined, { expected })];
  }
  const value = containerInsightsOf(cluster);
  const isOn = any([isLiteral(value, 'enabled'), isLiteral(value, 'enhanced')]);
  return [
    on(cluster)
      .property('ClusterSettings')
      .holds(value === undefined ? undefined : isOn, { expected, observed: value ?? said.asTheAccountHasIt }),
  ];
}

/** The alarm reports to a topic that somebody hears, and that is the topic of its severity. */
function topicEvidence({ places }: AlarmRow, found: Resource, severity: Severity): Observation {
  const { graph } = places;
  const { AlarmActions, Threshold: threshold } = found.properties;
  const isTold = any(
    listOf(AlarmActions).map((action): Truth => {
      const topic = targetOf(graph, action);
      if (topic?.type !== 'AWS::SNS::Topic') return mayBeTopic(action) ? undefined : false;
      return all([isHeard(graph, topic), severityOf(places, topic) === severity]);
    }),
  );
  return on(found)
    .property('AlarmActions')
    .holds(isTold || (isSettled(threshold) ? isTold : undefined), {
      expected: said.topicOf({ severity }),
      observed: topicsOf(graph, found).map(({ path }) => path),
    });
}

const alarmsOf = (row: AlarmRow): readonly Resource[] =>
  row.members.flatMap((member) => [...assigned(row, member).given.values()]);

const possibleAlarms = ({ places: { graph }, metric, members }: AlarmRow): readonly Resource[] => [
  ...new Set(members.flatMap((member) => possibleAlarmsOn(graph, metric, member))),
];

function judgeProperty(row: AlarmRow, property: string, wanted: number): Finding {
  const found = alarmsOf(row);
  if (found.length === 0) return missingUnless(possibleAlarms(row), said.alarmOn({ metric: row.metric.metricName }));
  return found.map((alarm) => onMetric(alarm, property, wanted));
}

/** `2回連続`: every one of so many periods, so no alarm may be content with fewer. */
function judgeEvaluation(row: AlarmRow): Finding {
  const wanted = row.alarm.evaluationPeriods;
  const found = alarmsOf(row);
  if (found.length === 0) return missingUnless(possibleAlarms(row), said.alarmOn({ metric: row.metric.metricName }));
  return found.flatMap((alarm) => [
    on(alarm).property('EvaluationPeriods').is(wanted),
    ...(alarm.properties.DatapointsToAlarm === undefined ? [] : [on(alarm).property('DatapointsToAlarm').is(wanted)]),
  ]);
}

/** The row's own line: as many alarms as members times severities, none more. */
function judgeWhole(row: AlarmRow): Finding {
  const { places, alarm, members } = row;
  const wanted = severities.filter((severity) => alarm[severity] !== undefined).length * members.length;
  const every = members.map((member) => assigned(row, member));
  const surplus = every.flatMap((one) => one.surplus);
  const found = [...every.flatMap(({ given }) => [...given.values()]), ...surplus];
  const possible = possibleAlarms(row).length;
  const isEnough = found.length <= wanted && wanted <= found.length + possible;
  const stack = found[0]?.stack ?? alarmsIn(places.graph)[0]?.stack ?? '';
  return [
    onStack(stack, '/Resources', isEnough && (possible === 0 || undefined), {
      expected: said.alarms({ count: wanted }),
      observed: said.alarmsOfMetric({ count: found.length, metric: metricName(row) }),
    }),
    ...surplus.map((more) =>
      on(more).holds(false, { expected: said.noFurtherAlarm, observed: more.properties.Threshold }),
    ),
    ...healthCheckEvidence(row),
  ];
}

/** What Route 53 asks is answered beside the targets that an alarm watches: a readiness of "no" is no failed request of anybody's. */
function healthCheckEvidence({ places: { graph, everywhere }, members }: AlarmRow): readonly Observation[] {
  const watched = members.filter(({ resource }) => resource.type === 'AWS::ElasticLoadBalancingV2::TargetGroup');
  if (watched.length === 0) return [];
  return healthCheckRules(graph, everywhere).map((rule) => {
    const among = watched.map((member) => ({ member, truth: refersTo(rule.properties.Actions, member.resource) }));
    const first = among.find(({ truth }) => truth)?.member;
    return on(rule)
      .property('Actions')
      .holds(all(among.map(({ truth }) => not(truth))), {
        expected: said.healthChecksApart,
        observed: first === undefined ? said.answeredApart : said.answeredBy({ member: nameOf(first) }),
      });
  });
}
