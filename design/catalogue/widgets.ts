// What a dashboard's widget shows: `ALB TargetResponseTime`, or `CPUUtilization` on a dashboard called `ECS Dashboard`.
import type { AlarmService } from '../schema.ts';
import { metricOf } from './metrics.ts';
import { serviceNames } from './service-names.ts';

export interface WidgetMetric {
  readonly service: AlarmService;
  /** The document's name of the metric; see metrics.ts for CloudWatch's. */
  readonly metric: string;
}

/** Widgets that the document names in words. */
const wordings: ReadonlyMap<string, WidgetMetric> = new Map([
  ['総リクエスト数', { service: 'alb', metric: 'RequestCount' }],
]);

/** The service that a widget speaks of, by its own words or its dashboard's; and the rest of its words. */
export function widgetService(dashboard: string, title: string): { service: AlarmService | undefined; metric: string } {
  const own = serviceNames.find(([name]) => title.startsWith(`${name} `));
  if (own !== undefined) return { service: own[1], metric: title.slice(own[0].length).trim() };
  return { service: serviceNames.find(([name]) => dashboard.startsWith(`${name} `))?.[1], metric: title };
}

/** The metrics that a widget shows, one or several (`ReadLatency/WriteLatency`, `NetworkIn/Out`); none when a name is not known. */
export function widgetMetrics(dashboard: string, title: string): readonly WidgetMetric[] {
  const worded = wordings.get(title);
  if (worded !== undefined) return [worded];
  const { service, metric } = widgetService(dashboard, title);
  if (service === undefined) return [];
  const [first = '', ...others] = metric.split('/').map((part) => part.trim());
  const stem = first.replace(/[A-Z][a-z]*$/, '');
  const names = [first, ...others.map((other) => (metricOf(service, other) ? other : stem + other))];
  return names.every((name) => metricOf(service, name)) ? names.map((name) => ({ service, metric: name })) : [];
}
