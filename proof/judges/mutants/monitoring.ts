// Mutants of alarms and dashboards (MON-1…16, DSH-1…3, STK-8): for each row of the document a threshold, a period and a missing alarm.
import { at, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import type { Alarm, Design } from '../../../design/schema.ts';
import { alarmsOn, cloudWatchMetric, membersOf } from '../metrics.ts';
import { type Mutant, only, type Platform } from '../mutants.ts';
import { ofType, targetOf } from '../relations.ts';
import { alarmPath, resourcePath } from './paths.ts';

type Key = readonly [id: string, service: Alarm['service'], metric: string];

const rows: readonly Key[] = [
  ['MON-1', 'alb', 'TargetResponseTime'],
  ['MON-2', 'alb', 'HTTPCode_Target_5XX_Count'],
  ['MON-3', 'alb', 'HealthyHostCount'],
  ['MON-4', 'ecs', 'CPUUtilization'],
  ['MON-5', 'ecs', 'MemoryUtilization'],
  ['MON-6', 'ecs', 'RunningTaskCount'],
  ['MON-7', 'lambda', 'Errors'],
  ['MON-8', 'lambda', 'Throttles'],
  ['MON-9', 'lambda', 'Duration'],
  ['MON-10', 'rds', 'CPUUtilization'],
  ['MON-11', 'rds', 'DatabaseConnections'],
  ['MON-12', 'rds', 'FreeStorageSpace'],
  ['MON-13', 'rds', 'ReplicaLag'],
  ['MON-14', 'cache', 'CPUUtilization'],
  ['MON-15', 'cache', 'DatabaseMemoryUsagePercentage'],
  ['MON-16', 'cache', 'CurrConnections'],
];

function row(design: Design, [, service, metric]: Key): Alarm {
  const found = design.alarms.find((alarm) => alarm.service === service && alarm.metric === metric);
  if (found === undefined) throw new Error(`the design has no ${service} ${metric}`);
  return found;
}

/** The severest alarm of a row's first member: its critical one, or the only one. */
function severest({ graph, design }: Platform, key: Key): Resource {
  const alarm = row(design, key);
  const metric = cloudWatchMetric(alarm.service, alarm.metric);
  const [member] = membersOf(graph, design, alarm);
  if (metric === undefined || member === undefined) throw new Error(`nothing to spoil of ${key.join(' ')}`);
  const falling = (alarm.critical ?? alarm.warning)?.comparison.startsWith('<') ? -1 : 1;
  const value = ({ properties }: Resource) => Number(literal(properties.Threshold)) * falling;
  return only([...alarmsOn(graph, metric, member)].sort((left, right) => value(right) - value(left)));
}

const severestName = (alarm: Alarm) => (alarm.critical === undefined ? 'warning' : 'critical');
const path = (design: Design, [, service, metric]: Key, aspect: string) =>
  `${alarmPath(design, service, metric)}.${aspect}`;
const severityPath = (design: Design, key: Key) => path(design, key, severestName(row(design, key)));

const rowMutants: readonly Mutant[] = rows.flatMap((key): readonly Mutant[] => {
  const [id, , metric] = key;
  return [
    {
      id,
      name: `the alarm on ${metric} goes off elsewhere`,
      spoil: (platform) => {
        const alarm = severest(platform, key);
        const factor = row(platform.design, key).metric === 'FreeStorageSpace' ? 0.5 : 1.25;
        platform.set(alarm, ['Threshold'], Number(literal(alarm.properties.Threshold)) * factor);
      },
      reddens: (design) => [severityPath(design, key)],
    },
    {
      id,
      name: `the alarm on ${metric} looks at another period`,
      spoil: (platform) => platform.set(severest(platform, key), ['Period'], 3600),
      reddens: (design) => [path(design, key, 'periodSeconds')],
    },
    {
      id,
      name: `the alarm on ${metric} waits longer`,
      spoil: (platform) => platform.set(severest(platform, key), ['EvaluationPeriods'], 10),
      reddens: (design) => [path(design, key, 'evaluationPeriods')],
    },
    {
      id,
      name: `the alarm on ${metric} is gone`,
      spoil: (platform) => platform.remove(severest(platform, key)),
      // The properties of a row are read from its alarms; one that has no other has none to read.
      reddens: (design) => {
        const { warning, critical } = row(design, key);
        const alone = (warning === undefined || critical === undefined) && ['alb', 'ecs', 'lambda'].includes(key[1]);
        const properties = alone ? ['periodSeconds', 'evaluationPeriods'] : [];
        return ['metric', ...properties].map((aspect) => path(design, key, aspect)).concat(severityPath(design, key));
      },
    },
  ];
});

const cpu: Key = ['MON-4', 'ecs', 'CPUUtilization'];

/** Rewrites a dashboard's body as text. */
function rewrite(platform: Platform, word: string, from: string, to: string): void {
  const dashboard = only(
    ofType(platform.graph, 'AWS::CloudWatch::Dashboard').filter(({ properties }) =>
      textOf(properties.DashboardName).toLowerCase().includes(word),
    ),
  );
  const body = JSON.stringify(platform.get(dashboard, ['DashboardBody']));
  if (!body.includes(from)) throw new Error(`${word} has no ${from}`);
  platform.set(dashboard, ['DashboardBody'], JSON.parse(body.replaceAll(from, to)));
}

function widgetPath(design: Design, dashboard: RegExp, widget: RegExp): string {
  const index = design.dashboards.findIndex(({ title }) => dashboard.test(title));
  const widgets = design.dashboards[index]?.widgets ?? [];
  return `dashboards.${index}.widgets.${widgets.findIndex(({ title }) => widget.test(title))}`;
}

export const monitoringMutants: readonly Mutant[] = [
  ...rowMutants,
  {
    id: 'MON-4',
    name: 'an alarm reports to the topic of the other severity',
    spoil: (platform) => {
      const critical = severest(platform, cpu);
      const own = targetOf(platform.graph, at(critical.properties.AlarmActions, 0));
      const other = only(
        ofType(platform.graph, 'AWS::CloudWatch::Alarm').filter(({ properties }) => {
          const topic = targetOf(platform.graph, at(properties.AlarmActions, 0));
          return topic !== undefined && topic !== own;
        }),
      );
      platform.set(critical, ['AlarmActions'], platform.get(other, ['AlarmActions']));
    },
    reddens: (design) => [path(design, cpu, 'critical')],
  },
  {
    id: 'MON-4',
    name: 'an alarm does not say what missing data means',
    spoil: (platform) => platform.set(severest(platform, cpu), ['TreatMissingData'], undefined),
    reddens: (design) => [path(design, cpu, 'critical')],
  },
  {
    id: 'MON-4',
    name: 'an alarm goes off below its threshold',
    spoil: (platform) => platform.set(severest(platform, cpu), ['ComparisonOperator'], 'LessThanThreshold'),
    reddens: (design) => [path(design, cpu, 'critical')],
  },
  {
    id: 'MON-4',
    name: 'an alarm is content with one of its periods',
    spoil: (platform) => platform.set(severest(platform, cpu), ['DatapointsToAlarm'], 1),
    reddens: (design) => [path(design, cpu, 'evaluationPeriods')],
  },
  {
    id: 'DSH-1',
    name: 'errors of functions are drawn as lines',
    spoil: (platform) => {
      rewrite(platform, 'overview', 'bar', 'timeSeries');
    },
    reddens: (design) => [widgetPath(design, /Overview/, /Errors/)],
  },
  {
    id: 'DSH-2',
    name: 'the dashboard of tasks does not show how many run',
    spoil: (platform) => rewrite(platform, 'ecs', 'RunningTaskCount', 'PendingTaskCount'),
    reddens: (design) => [widgetPath(design, /ECS/, /RunningTaskCount/)],
  },
  {
    id: 'DSH-3',
    name: 'the dashboard of the database shows one latency of two',
    spoil: (platform) => rewrite(platform, 'rds', 'WriteLatency', 'CommitLatency'),
    reddens: (design) => [widgetPath(design, /RDS/, /Latency/)],
  },
  {
    id: 'STK-8',
    name: 'there is a dashboard more',
    spoil: (platform) => {
      const [dashboard] = ofType(platform.graph, 'AWS::CloudWatch::Dashboard');
      platform.add(only([dashboard]), 'AWS::CloudWatch::Dashboard', {
        DashboardName: 'spare',
        DashboardBody: '{"widgets":[]}',
      });
    },
    reddens: (design) => [resourcePath(design, 'MonitoringStack', /Dashboard/)],
  },
];
