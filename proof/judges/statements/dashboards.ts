// DSH-1…3: each dashboard of the document with each of its widgets, showing that metric in that form.
import { type Assembly, type Resource, textOf, type Value } from '../../../assembly/graph.ts';
import type { AlarmService } from '../../../design/schema.ts';
import { adrs } from '../deviations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Finding, JudgeCase, StatementJudge } from '../judge.ts';
import { type CloudWatchMetric, cloudWatchMetric, type Dimension, isSeriesOf, membersOf } from '../metrics.ts';
import { ofType } from '../relations.ts';

const wantedDashboard = ({ design, indices }: JudgeCase) => design.dashboards[indices[0] ?? 0];
const id = ({ indices }: JudgeCase) => `DSH-${(indices[0] ?? 0) + 1}`;

const aspects = ['', '.title'] as const;

export const dashboards: readonly StatementJudge[] = [
  ...aspects.map((aspect) => ({ id, path: `dashboards.*${aspect}`, judge: judgeDashboard })),
  {
    id,
    path: 'dashboards.*.widgets.*',
    deviation: (judgeCase) =>
      /FreeStorageSpace|ReplicaLag/.test(wantedDashboard(judgeCase)?.widgets[judgeCase.indices[1] ?? 0]?.title ?? '')
        ? adrs.auroraMetrics
        : undefined,
    judge: judgeWidget,
  },
];

interface Widget {
  readonly view: string;
  readonly series: readonly Series[];
}

/** One line of a graph. */
interface Series {
  /** `<namespace> <name>` */
  readonly metric: string;
  readonly dimensions: readonly Dimension[];
}

const found = (judgeCase: JudgeCase) => dashboardOf(judgeCase.graph, wantedDashboard(judgeCase)?.title ?? '');

/** A dashboard is known by the first word of its title in its name. */
export function dashboardOf(graph: Assembly, title: string): Resource | undefined {
  const word = title.split(' ', 1)[0]?.toLowerCase() ?? '';
  return ofType(graph, 'AWS::CloudWatch::Dashboard').find(
    ({ properties, path }) => word !== '' && wordsOf(textOf(properties.DashboardName) || path).includes(word),
  );
}

/** `ProductionEcs-tasks` → production, ecs, tasks. */
const wordsOf = (name: string) =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

function judgeDashboard(judgeCase: JudgeCase): Finding {
  const wanted = wantedDashboard(judgeCase);
  const dashboard = found(judgeCase);
  if (dashboard === undefined) return [nothing(`a dashboard ${wanted?.title ?? ''}`)];
  const count = widgetsOf(dashboard, judgeCase.design.region)?.length;
  const least = wanted?.widgets.length ?? 0;
  return [
    seen(
      judgeCase.graph,
      dashboard,
      ['DashboardBody'],
      count,
      `at least ${least} widgets`,
      count === undefined ? undefined : count >= least,
    ),
  ];
}

const views = { line: ['timeSeries'], bar: ['bar'], number: ['singleValue'] } as const;

/** Some widget draws, in the document's form, the series of every resource that the metric is measured on. */
function judgeWidget(judgeCase: JudgeCase): Finding {
  const { graph, design } = judgeCase;
  const wanted = wantedDashboard(judgeCase)?.widgets[judgeCase.indices[1] ?? 0];
  const dashboard = found(judgeCase);
  if (wanted === undefined || dashboard === undefined) return [nothing(`a widget ${wanted?.title ?? ''}`)];
  if (/^lambda\b/i.test(wanted.title) && design.functions.length === 0)
    return { notApplicable: 'the design has no functions' };
  if (/ReplicaLag/.test(wanted.title) && design.sizes[judgeCase.environment].aurora.instances === 1)
    return { notApplicable: 'one database instance has no replica' };
  const metrics = metricsIn(wanted.title, wantedDashboard(judgeCase)?.title ?? '');
  if (metrics.length === 0) return { notJudged: `no judge knows the metric of “${wanted.title}”` };
  const labels = metrics.map(({ metric }) => labelOf(metric));
  const widgets = widgetsOf(dashboard, design.region);
  if (widgets === undefined) return [seen(graph, dashboard, ['DashboardBody'], 'no readable body', labels, undefined)];
  const drawn = metrics.flatMap(({ service, name, metric }) =>
    membersOf(judgeCase, { service, metric: name }).map((member) => ({ metric, member })),
  );
  const showing = widgets.filter(
    ({ series }) =>
      drawn.length > 0 &&
      drawn.every(({ metric, member }) =>
        series.some((one) => one.metric === labelOf(metric) && isSeriesOf(metric, one.dimensions, member)),
      ),
  );
  const right = showing.find(({ view }) => views[wanted.kind].some((name) => name === view));
  const observed = (right ?? showing[0])?.view ?? 'not shown';
  const expected = `${labels.join(', ')} of ${drawn.map(({ member }) => member.resource.path).join(', ')} as ${wanted.kind}`;
  return [seen(graph, dashboard, ['DashboardBody'], observed, expected, right !== undefined)];
}

const labelOf = ({ namespace, name }: CloudWatchMetric) => `${namespace} ${name}`;

const services: readonly (readonly [words: RegExp, service: AlarmService])[] = [
  [/\bALB\b/i, 'alb'],
  [/\bECS\b/i, 'ecs'],
  [/\bLambda\b/i, 'lambda'],
  [/\b(RDS|Aurora)\b/i, 'rds'],
  [/\b(ElastiCache|Redis|Cache)\b/i, 'cache'],
];

interface Named {
  readonly service: AlarmService;
  /** The document's name. */
  readonly name: string;
  readonly metric: CloudWatchMetric;
}

/** The metrics that a widget's words name, of the service that the words or else the dashboard's title name. */
function metricsIn(title: string, dashboard: string): readonly Named[] {
  const service =
    services.find(([words]) => words.test(title))?.[1] ?? services.find(([words]) => words.test(dashboard))?.[1];
  const names = title.replace('NetworkIn/Out', 'NetworkIn/NetworkOut').split(/[\s/]+/);
  const requests = /総リクエスト数|total requests/i.test(title);
  return requests ? named('alb', ['RequestCount']) : service === undefined ? [] : named(service, names);
}

const named = (service: AlarmService, names: readonly string[]) =>
  names.flatMap((name): readonly Named[] => {
    const metric = cloudWatchMetric(service, name);
    return metric === undefined ? [] : [{ service, name, metric }];
  });

/** The widgets of a body, with what they draw of a region; `undefined` when it is no JSON. */
function widgetsOf({ properties }: Resource, region: string): readonly Widget[] | undefined {
  const body = parsed(textOf(properties.DashboardBody));
  const widgets = member(body, 'widgets');
  if (!Array.isArray(widgets)) return undefined;
  return widgets.flatMap((widget: unknown) => {
    const shown = member(widget, 'properties');
    const metrics = member(shown, 'metrics');
    const of = member(shown, 'region') ?? region;
    if (!Array.isArray(metrics) || (of !== region && of !== `\${?}`)) return [];
    return [{ view: String(member(shown, 'view') ?? 'timeSeries'), series: metrics.flatMap(seriesOf) }];
  });
}

/** `[namespace, name, dimension, value, …, options]`; what is not visible is there for others to be worked out from. */
function seriesOf(entry: unknown): readonly Series[] {
  if (!Array.isArray(entry)) return [];
  const words = entry.filter((word) => typeof word === 'string');
  const [namespace, name, ...rest] = words;
  if (namespace === undefined || name === undefined || member(entry.at(-1), 'visible') === false) return [];
  const dimensions = rest.flatMap((word, index) => {
    const value = rest[index + 1];
    return index % 2 === 0 && value !== undefined ? [{ name: word, value: valueIn(value) }] : [];
  });
  return [{ metric: `${namespace} ${name}`, dimensions }];
}

/** A value of the body's text: `${<key>.<attribute>}` is a reference again, and what follows one belongs to it. */
function valueIn(text: string): Value {
  const [whole, $ref, attribute, more] = /^\$\{([^}?.]+)(?:\.([^}]+))?\}(.*)$/.exec(text) ?? [];
  if (whole === undefined || $ref === undefined) return text;
  const reference = { $ref, ...(attribute === undefined ? {} : { attribute }) };
  return more === undefined || more === '' ? reference : { $join: [reference, more] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
