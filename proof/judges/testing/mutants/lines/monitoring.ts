// Mutants of alarms and dashboards (MON-1…16, DSH-1…3, STK-8): for each row of the document a missing alarm.
import { at, literal, type Resource, textOf } from '../../../../../assembly/graph.ts';
import { alarmsOn, watchedMetric } from '../../../../../assembly/questions/alarms.ts';
import { dashboardOf } from '../../../../../assembly/questions/dashboards.ts';
import { membersOf } from '../../../../../assembly/questions/members.ts';
import { listOf, ofType, targetOf } from '../../../../../assembly/relations.ts';
import { metricOf } from '../../../../../design/catalogue/metrics.ts';
import type { Alarm, Design } from '../../../../../design/schema.ts';
import { type Json, type Mutant, only, type Platform } from '../mutant.ts';
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

/** The severest alarm of each member of a row: its critical one, or the only one. */
function everySeverest({ graph, home, design }: Platform, key: Key): readonly Resource[] {
  const alarm = row(design, key);
  const metric = metricOf(alarm.service, alarm.metric);
  if (metric === undefined) throw new Error(`nothing to spoil of ${key.join(' ')}`);
  const falling = (alarm.critical ?? alarm.warning)?.comparison.startsWith('<') ? -1 : 1;
  const value = ({ properties }: Resource) => Number(literal(properties.Threshold)) * falling;
  return membersOf({ graph: home, everywhere: graph, design }, metric).map((member) =>
    only([...alarmsOn(home, metric, member)].sort((left, right) => value(right) - value(left))),
  );
}

/** That of the first member. */
const severest = (platform: Platform, key: Key) => only(everySeverest(platform, key));

/** What fails without them: the count, their severity, and, where a row has no other alarm to read them from, its properties. */
function lines(design: Design, key: Key): readonly string[] {
  const { warning, critical } = row(design, key);
  const properties = warning === undefined || critical === undefined ? ['periodSeconds', 'evaluationPeriods'] : [];
  return ['metric', ...properties].map((aspect) => path(design, key, aspect)).concat(severityPath(design, key));
}

const severestName = (alarm: Alarm) => (alarm.critical === undefined ? 'warning' : 'critical');
const path = (design: Design, [, service, metric]: Key, aspect: string) =>
  `${alarmPath(design, service, metric)}.${aspect}`;
const severityPath = (design: Design, key: Key) => path(design, key, severestName(row(design, key)));

const rowMutants: readonly Mutant[] = rows.map((key) => ({
  id: key[0],
  name: `nothing goes off by ${key[2]}`,
  spoil: (platform) => {
    for (const alarm of everySeverest(platform, key)) platform.remove(alarm);
  },
  reddens: (design) => lines(design, key),
}));

const cpu: Key = ['MON-4', 'ecs', 'CPUUtilization'];
const counted: Key = ['MON-6', 'ecs', 'RunningTaskCount'];
const answers: Key = ['MON-1', 'alb', 'TargetResponseTime'];
const errors: Key = ['MON-2', 'alb', 'HTTPCode_Target_5XX_Count'];
const hosts: Key = ['MON-3', 'alb', 'HealthyHostCount'];

const properties = (platform: Platform, resource: Resource): { [key: string]: Json | undefined } =>
  Object.fromEntries(Object.keys(resource.properties).map((name) => [name, platform.get(resource, [name])]));

/** A graph of a dashboard's body. */
interface Graph {
  view: string;
  metrics: unknown[][];
}

/**
 * Changes what the graphs of a dashboard draw. The body is put back as one text, in which references stand as the resource graph writes
 * them: whether a template joins its pieces or not is nothing that a judge may mind.
 */
function redraw(platform: Platform, dashboard: RegExp, change: (graph: Graph) => void): void {
  const title = platform.design.dashboards.find((candidate) => dashboard.test(candidate.title))?.title ?? '';
  const resource = only([dashboardOf(platform.graph, title)]);
  const before = textOf(resource.properties.DashboardBody);
  const body: { widgets: { properties: Graph }[] } = JSON.parse(before);
  for (const { properties } of body.widgets) change(properties);
  const after = JSON.stringify(body);
  if (after === JSON.stringify(JSON.parse(before))) throw new Error(`nothing to redraw on ${title}`);
  platform.set(resource, ['DashboardBody'], after);
}

/** Changes the series of a metric, each being `[namespace, name, dimension, value, …, options]`. */
const onMetric = (name: string, change: (series: unknown[]) => void) => (graph: Graph) => {
  for (const series of graph.metrics) if (series[1] === name) change(series);
};

function widgetPath(design: Design, dashboard: RegExp, widget: RegExp): string {
  const index = design.dashboards.findIndex(({ title }) => dashboard.test(title));
  const widgets = design.dashboards[index]?.widgets ?? [];
  return `dashboards.${index}.widgets.${widgets.findIndex(({ title }) => widget.test(title))}`;
}

export const monitoringMutants: readonly Mutant[] = [
  ...rowMutants,
  {
    id: 'MON-6',
    name: 'Container Insights, which counts the tasks, is off',
    spoil: (platform) => {
      const [service] = ofType(platform.home, 'AWS::ECS::Service');
      const settings = [{ Name: 'containerInsights', Value: 'disabled' }];
      platform.set(only([targetOf(platform.graph, service?.properties.Cluster)]), ['ClusterSettings'], settings);
    },
    reddens: (design) => {
      const { warning, critical } = row(design, counted);
      return [
        ...(warning === undefined ? [] : [path(design, counted, 'warning')]),
        ...(critical === undefined ? [] : [path(design, counted, 'critical')]),
      ];
    },
  },
  {
    id: 'MON-2',
    name: "health checks of Route 53 come to the targets whose errors are counted, and are counted with people's",
    spoil: (platform) => {
      const tasks = only(ofType(platform.home, 'AWS::ElasticLoadBalancingV2::TargetGroup'));
      const listener = only(ofType(platform.home, 'AWS::ElasticLoadBalancingV2::Listener'));
      platform.add(tasks, 'AWS::Route53::HealthCheck', {
        HealthCheckConfig: { Type: 'HTTPS', FullyQualifiedDomainName: 'origin.example.com', ResourcePath: '/ready' },
      });
      platform.add(
        tasks,
        'AWS::ElasticLoadBalancingV2::ListenerRule',
        {
          ListenerArn: platform.here(listener),
          Priority: 1,
          Conditions: [{ Field: 'path-pattern', Values: ['/ready'] }],
          Actions: [{ Type: 'forward', TargetGroupArn: platform.here(tasks) }],
        },
        'Ready',
      );
    },
    reddens: (design) => [answers, errors, hosts].map((key) => path(design, key, 'metric')),
  },
  {
    id: 'MON-4',
    name: 'an alarm reports to the topic of the other severity',
    spoil: (platform) => {
      const critical = severest(platform, cpu);
      const own = targetOf(platform.graph, at(critical.properties.AlarmActions, 0));
      const other = only(
        // Of the same metric: what other alarms there are need not report to a topic that has a severity.
        ofType(platform.graph, 'AWS::CloudWatch::Alarm').filter((alarm) => {
          const topic = targetOf(platform.graph, at(alarm.properties.AlarmActions, 0));
          const isSame = textOf(at(watchedMetric(alarm), 'MetricName')) === cpu[2];
          return isSame && topic !== undefined && topic !== own;
        }),
      );
      platform.set(critical, ['AlarmActions'], platform.get(other, ['AlarmActions']));
    },
    reddens: (design) => [path(design, cpu, 'critical')],
  },
  {
    id: 'MON-1',
    name: 'an alarm goes off a quarter later',
    spoil: (platform) => {
      const alarm = severest(platform, answers);
      platform.set(alarm, ['Threshold'], Number(literal(alarm.properties.Threshold)) * 1.25);
    },
    reddens: (design) => [severityPath(design, answers)],
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
    id: 'MON-3',
    name: 'that no target tells of itself counts as well',
    spoil: (platform) => platform.set(severest(platform, hosts), ['TreatMissingData'], 'notBreaching'),
    reddens: (design) => [path(design, hosts, 'critical')],
  },
  {
    id: 'MON-3',
    name: 'the alarm on targets looks at a series that nobody writes',
    spoil: (platform) => {
      const alarm = severest(platform, hosts);
      const index = listOf(alarm.properties.Dimensions).findIndex((one) => at(one, 'Name') === 'LoadBalancer');
      platform.set(alarm, ['Dimensions', index], undefined);
    },
    reddens: (design) => lines(design, hosts),
  },
  {
    id: 'MON-4',
    name: 'the alarm on load names the service by its ARN',
    spoil: (platform) => {
      const alarm = severest(platform, cpu);
      const index = listOf(alarm.properties.Dimensions).findIndex((one) => at(one, 'Name') === 'ServiceName');
      const name = platform.get(alarm, ['Dimensions', index, 'Value']);
      platform.set(alarm, ['Dimensions', index, 'Value'], { 'Fn::Join': ['', ['arn:aws:ecs:', name ?? '']] });
    },
    reddens: (design) => lines(design, cpu),
  },
  {
    id: 'MON-4',
    name: 'the alarm is on something that is worked out',
    spoil: (platform) => {
      const alarm = severest(platform, cpu);
      const { Namespace = '', MetricName = '', Dimensions = [] } = properties(platform, alarm);
      const Metric = { Namespace, MetricName, Dimensions };
      const measured = { Id: 'load', MetricStat: { Metric, Stat: 'Average', Period: 300 }, ReturnData: false };
      for (const name of ['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'Period'])
        platform.set(alarm, [name], undefined);
      platform.set(alarm, ['Metrics'], [measured, { Id: 'less', Expression: 'load / 2' }]);
    },
    reddens: (design) => lines(design, cpu),
  },
  {
    id: 'DSH-1',
    name: 'errors of functions are drawn as lines',
    spoil: (platform) =>
      redraw(platform, /Overview/, (graph) => {
        if (graph.view === 'bar') graph.view = 'timeSeries';
      }),
    reddens: (design) => [widgetPath(design, /Overview/, /Errors/)],
  },
  {
    id: 'DSH-1',
    name: 'the load of the database is worked with and not shown',
    spoil: (platform) =>
      redraw(platform, /Overview/, (graph) => {
        for (const series of graph.metrics) if (series[0] === 'AWS/RDS') series.push({ visible: false });
      }),
    reddens: (design) => [widgetPath(design, /Overview/, /RDS/)],
  },
  {
    id: 'DSH-1',
    name: 'one instance of the database is not drawn',
    spoil: (platform) =>
      redraw(platform, /Overview/, (graph) => {
        const index = graph.metrics.findIndex(([namespace]) => namespace === 'AWS/RDS');
        if (index >= 0) graph.metrics.splice(index, 1);
      }),
    reddens: (design) => [widgetPath(design, /Overview/, /RDS/)],
  },
  {
    id: 'DSH-2',
    name: 'the dashboard of tasks does not show how many run',
    spoil: (platform) =>
      redraw(
        platform,
        /ECS/,
        onMetric('RunningTaskCount', (series) => {
          series[1] = 'PendingTaskCount';
        }),
      ),
    reddens: (design) => [widgetPath(design, /ECS/, /RunningTaskCount/)],
  },
  {
    id: 'DSH-2',
    name: 'how many tasks run is drawn of a service that is not there',
    spoil: (platform) =>
      redraw(
        platform,
        /ECS/,
        onMetric('RunningTaskCount', (series) => {
          series[series.indexOf('ServiceName') + 1] = 'another';
        }),
      ),
    reddens: (design) => [widgetPath(design, /ECS/, /RunningTaskCount/)],
  },
  {
    id: 'DSH-3',
    name: 'the dashboard of the database shows one latency of two',
    spoil: (platform) =>
      redraw(
        platform,
        /RDS/,
        onMetric('WriteLatency', (series) => {
          series[1] = 'CommitLatency';
        }),
      ),
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
    reddens: (design) => [resourcePath(design, 'MonitoringStack', 'dashboard')],
  },
];
