// MON-1…16: each row of the document is one alarm for each severity and member, with its metric, threshold, period and topic.
import { at, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import type { Alarm, Threshold } from '../../../design/schema.ts';
import { assigned, near, type Row, type Severity, severities, severityOf } from '../alarm-rows.ts';
import { adrs } from '../deviations.ts';
import { nothing, onStack, sameLiteral, seen } from '../evidence.ts';
import type { Evidence, Finding, JudgeCase, StatementJudge } from '../judge.ts';
import { cloudWatchMetric, type Member, membersOf, metricOf } from '../metrics.ts';
import { listOf, ofType, pointing, pointsAt, targetOf } from '../relations.ts';
import { healthCheckRules } from '../target-groups.ts';
import { thresholdValue } from '../thresholds.ts';

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
const rowOf = ({ design, indices }: JudgeCase): Alarm | undefined => design.alarms[indices[0] ?? 0];
const id = (judgeCase: JudgeCase) => {
  const row = rowOf(judgeCase);
  return ids[`${row?.service} ${row?.metric}`] ?? 'MON-1';
};
const deviation = (judgeCase: JudgeCase) => {
  const row = rowOf(judgeCase);
  return row?.service === 'rds' && departing.includes(row.metric) ? adrs.auroraMetrics : undefined;
};

const judges: Readonly<Record<string, (place: Row) => Finding>> = {
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

function onRow(judge: (row: Row) => Finding) {
  return (judgeCase: JudgeCase): Finding => {
    const alarm = rowOf(judgeCase);
    if (alarm === undefined) return [nothing('a row of the design')];
    const { design, environment } = judgeCase;
    const metric = cloudWatchMetric(alarm.service, alarm.metric);
    if (metric === undefined) return { notJudged: `no judge knows the metric ${alarm.service} ${alarm.metric}` };
    if (alarm.service === 'lambda' && design.functions.length === 0)
      return { notApplicable: 'the design has no functions' };
    if (alarm.service === 'cache' && design.sizes[environment].cache === undefined) {
      return { notApplicable: 'the design has no cache' };
    }
    if (alarm.metric === 'ReplicaLag' && design.sizes[environment].aurora.instances === 1) {
      return { notApplicable: 'one database instance has no replica' };
    }
    const members = membersOf(judgeCase, alarm);
    if (members.length === 0) return [nothing(`something that ${metric.namespace} ${metric.name} is measured on`)];
    return judge({ judgeCase, alarm, metric, members });
  };
}

const comparisons = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
} as const;

function judgeSeverity(row: Row, severity: Severity): Finding {
  const { alarm, members, metric } = row;
  const threshold = alarm[severity];
  if (threshold === undefined) return { notApplicable: `the document has no ${severity} threshold here` };
  return members.flatMap((member) => {
    const found = assigned(row, member).given.get(severity);
    if (found === undefined) return [nothing(`a ${severity} alarm on ${metric.name} of ${nameOf(member)}`)];
    return severityEvidence(row, member, found, severity, threshold);
  });
}

const nameOf = ({ resource, node }: Member) => (node === undefined ? resource.path : `${resource.path} node ${node}`);

function severityEvidence(
  row: Row,
  member: Member,
  found: Resource,
  severity: Severity,
  threshold: Threshold,
): readonly Evidence[] {
  const { judgeCase, alarm, metric } = row;
  const { graph } = judgeCase;
  const { Threshold: value, ComparisonOperator, TreatMissingData, ActionsEnabled } = found.properties;
  const wanted = thresholdValue(graph, member, metric, alarm, severity);
  // A sum over five one-minute samples would count each connection five times.
  const statistic = alarm.metric === 'DatabaseConnections' ? 'Maximum' : threshold.statistic;
  const statisticFound = at(metricOf(found.properties), 'Statistic');
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
    topicEvidence(judgeCase, found, severity),
    ...insightsEvidence(row, member),
  ];
}

/** Container Insights writes its series for a cluster that asks for it; one that says nothing has what its account has. */
function insightsEvidence({ judgeCase: { graph }, metric }: Row, { resource }: Member): readonly Evidence[] {
  if (metric.namespace !== 'ECS/ContainerInsights') return [];
  const cluster = targetOf(graph, resource.properties.Cluster);
  if (cluster === undefined) return [];
  const setting = listOf(cluster.properties.ClusterSettings).find((one) => at(one, 'Name') === 'containerInsights');
  const value = at(setting, 'Value');
  const holds = literal(value) === undefined ? undefined : value === 'enabled' || value === 'enhanced';
  return [seen(graph, cluster, ['ClusterSettings'], value ?? 'as the account has it', 'enabled or enhanced', holds)];
}

/** The alarm reports to a topic that somebody hears, and that is the topic of its severity. */
function topicEvidence(judgeCase: JudgeCase, found: Resource, severity: Severity): Evidence {
  const { graph } = judgeCase;
  const topics = listOf(found.properties.AlarmActions).flatMap((action) => targetOf(graph, action) ?? []);
  const heard = topics.filter(
    (topic) =>
      listOf(topic.properties.Subscription).length > 0 ||
      pointing(graph, 'AWS::SNS::Subscription', 'TopicArn', topic).length > 0,
  );
  const right = heard.some((topic) => topic.type === 'AWS::SNS::Topic' && severityOf(judgeCase, topic) === severity);
  return seen(
    graph,
    found,
    ['AlarmActions'],
    topics.map(({ path }) => path),
    `a topic for ${severity} that is subscribed`,
    right,
  );
}

function alarmsOf(row: Row): readonly Resource[] {
  return row.members.flatMap((member) => [...assigned(row, member).given.values()]);
}

function judgeProperty(row: Row, property: string, wanted: number): Finding {
  const { graph } = row.judgeCase;
  const found = alarmsOf(row);
  if (found.length === 0) return [nothing(`an alarm on ${row.metric.name}`)];
  return found.map((alarm) => {
    const value = at(metricOf(alarm.properties), property);
    return seen(graph, alarm, [property], value, wanted, sameLiteral(value, wanted));
  });
}

/** `2回連続`: every one of so many periods, so no alarm may be content with fewer. */
function judgeEvaluation(row: Row): Finding {
  const wanted = row.alarm.evaluationPeriods;
  const found = alarmsOf(row);
  if (found.length === 0) return [nothing(`an alarm on ${row.metric.name}`)];
  return found.flatMap((alarm) => {
    const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = alarm.properties;
    const { graph } = row.judgeCase;
    return [
      seen(graph, alarm, ['EvaluationPeriods'], EvaluationPeriods, wanted, sameLiteral(EvaluationPeriods, wanted)),
      ...(String(DatapointsToAlarm) === String(EvaluationPeriods)
        ? []
        : [seen(graph, alarm, ['DatapointsToAlarm'], DatapointsToAlarm, wanted, false)]),
    ];
  });
}

/** The row's own line: as many alarms as members times severities, none more. */
function judgeWhole(row: Row): Finding {
  const { judgeCase, alarm, metric, members } = row;
  const { graph } = judgeCase;
  const wanted = severities.filter((severity) => alarm[severity] !== undefined).length * members.length;
  const all = members.map((member) => assigned(row, member));
  const surplus = all.flatMap((one) => one.surplus);
  const found = [...all.flatMap(({ given }) => [...given.values()]), ...surplus];
  const [first] = found;
  const stack = first?.stack ?? ofType(graph, 'AWS::CloudWatch::Alarm')[0]?.stack ?? '';
  return [
    onStack(
      graph,
      stack,
      '/Resources',
      `${found.length} alarms on ${metric.namespace} ${metric.name}`,
      `${wanted} alarms`,
      found.length === wanted,
    ),
    ...surplus.map((more) => seen(graph, more, [], more.properties.Threshold, 'no further alarm', false)),
    ...healthCheckEvidence(row),
  ];
}

/** What Route 53 asks is answered beside the targets that an alarm watches: a readiness of "no" is no failed request of anybody's. */
function healthCheckEvidence({ judgeCase: { graph, everywhere }, members }: Row): readonly Evidence[] {
  const watched = members.filter(({ resource }) => resource.type === 'AWS::ElasticLoadBalancingV2::TargetGroup');
  if (watched.length === 0) return [];
  return healthCheckRules(graph, everywhere).map((rule) => {
    const among = watched.find(({ resource }) => pointsAt(rule.properties.Actions, resource));
    const observed = among === undefined ? 'answered by a target group of their own' : `answered by ${nameOf(among)}`;
    return seen(graph, rule, ['Actions'], observed, "health checks apart from people's requests", among === undefined);
  });
}
