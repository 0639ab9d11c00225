// DSH-1…3: each dashboard of the document with each of its widgets, showing that metric in that form.
import { type Resource, textOf } from '../../../assembly/graph.ts';
import { adrs } from '../deviations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Finding, JudgeCase, StatementJudge } from '../judge.ts';
import { type CloudWatchMetric, cloudWatchMetric } from '../metrics.ts';
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
  /** `<namespace> <name>` of each metric. */
  readonly metrics: readonly string[];
}

/** A dashboard is known by the first word of its title in its name. */
function found(judgeCase: JudgeCase): Resource | undefined {
  const word = wantedDashboard(judgeCase)?.title.split(' ', 1)[0]?.toLowerCase();
  return ofType(judgeCase.graph, 'AWS::CloudWatch::Dashboard').find(
    ({ properties, path }) => word !== undefined && wordsOf(textOf(properties.DashboardName) || path).includes(word),
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
  const count = widgetsOf(dashboard)?.length;
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

function judgeWidget(judgeCase: JudgeCase): Finding {
  const wanted = wantedDashboard(judgeCase)?.widgets[judgeCase.indices[1] ?? 0];
  const dashboard = found(judgeCase);
  if (wanted === undefined || dashboard === undefined) return [nothing(`a widget ${wanted?.title ?? ''}`)];
  if (/^lambda\b/i.test(wanted.title) && !judgeCase.design.functions)
    return { notApplicable: 'the design has no functions' };
  const names = metricsIn(wanted.title, wantedDashboard(judgeCase)?.title ?? '');
  if (names.length === 0) return { notJudged: `no judge knows the metric of “${wanted.title}”` };
  const labels = names.map(({ namespace, name }) => `${namespace} ${name}`);
  const widgets = widgetsOf(dashboard);
  if (widgets === undefined) {
    return [seen(judgeCase.graph, dashboard, ['DashboardBody'], 'no readable body', labels, undefined)];
  }
  const showing = widgets.filter(({ metrics }) => labels.every((label) => metrics.includes(label)));
  const right = showing.find(({ view }) => views[wanted.kind].some((name) => name === view));
  const observed = (right ?? showing[0])?.view ?? 'not shown';
  const expected = `${labels.join(', ')} as ${wanted.kind}`;
  return [seen(judgeCase.graph, dashboard, ['DashboardBody'], observed, expected, right !== undefined)];
}

const services: readonly (readonly [words: RegExp, service: string])[] = [
  [/\bALB\b/i, 'alb'],
  [/\bECS\b/i, 'ecs'],
  [/\bLambda\b/i, 'lambda'],
  [/\b(RDS|Aurora)\b/i, 'rds'],
  [/\b(ElastiCache|Redis|Cache)\b/i, 'cache'],
];

/** The metrics that a widget's words name, of the service that the words or else the dashboard's title name. */
function metricsIn(title: string, dashboard: string): readonly CloudWatchMetric[] {
  if (/総リクエスト数|total requests/i.test(title))
    return [cloudWatchMetric('alb', 'RequestCount')].filter((found) => found !== undefined);
  const service =
    services.find(([words]) => words.test(title))?.[1] ?? services.find(([words]) => words.test(dashboard))?.[1];
  const names = title.replace('NetworkIn/Out', 'NetworkIn/NetworkOut').split(/[\s/]+/);
  return names.flatMap((name) => cloudWatchMetric(service ?? '', name) ?? []);
}

/** The widgets of a body; `undefined` when it is no JSON. */
function widgetsOf({ properties }: Resource): readonly Widget[] | undefined {
  const body = parsed(textOf(properties.DashboardBody));
  const widgets = member(body, 'widgets');
  if (!Array.isArray(widgets)) return undefined;
  return widgets.flatMap((widget: unknown) => {
    const shown = member(widget, 'properties');
    const metrics = member(shown, 'metrics');
    if (!Array.isArray(metrics)) return [];
    const names = metrics.flatMap((entry: unknown) =>
      Array.isArray(entry) && typeof entry[1] === 'string' ? [`${entry[0]} ${entry[1]}`] : [],
    );
    return [{ view: String(member(shown, 'view') ?? 'timeSeries'), metrics: names }];
  });
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
