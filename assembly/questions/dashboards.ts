// What the widgets of a dashboard draw.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html

import type { Metric } from '../../design/catalogue/metrics.ts';
import { unknownMark } from '../../design/messages/said.ts';
import { type Assembly, hasUnknownPart, type Resource, textOf, type Value } from '../graph.ts';
import { ofType } from '../relations.ts';
import type { Truth } from '../truth.ts';
import { type Dimension, isSeriesOf } from './alarms.ts';
import type { Member } from './members.ts';

export interface Widget {
  readonly view: string;
  /** Absent where the widget is of the dashboard's own. */
  readonly region: string | undefined;
  /** What is worked with and not shown is left out. */
  readonly series: readonly Series[];
}

/** One line of a graph. */
export interface Series {
  /** `<namespace> <name>`; absent for what is worked out from others. */
  readonly metric: string | undefined;
  readonly dimensions: readonly Dimension[];
}

/** The widgets of a dashboard that draw metrics; `undefined` when its body is no JSON. */
export function widgetsOf({ properties }: Resource): readonly Widget[] | undefined {
  const body = parsed(textOf(properties.DashboardBody));
  if (body === undefined) return undefined;
  const widgets = member(body, 'widgets');
  return (Array.isArray(widgets) ? widgets : []).flatMap((widget: unknown) => {
    const shown = member(widget, 'properties');
    const metrics = member(shown, 'metrics');
    if (!Array.isArray(metrics)) return [];
    const region = member(shown, 'region');
    return [
      {
        view: String(member(shown, 'view') ?? 'timeSeries'),
        region: typeof region === 'string' ? region : undefined,
        series: metrics.flatMap(seriesOf),
      },
    ];
  });
}

/** `[namespace, name, dimension, value, …, options]`, or an expression's options alone. */
function seriesOf(entry: unknown): readonly Series[] {
  if (!Array.isArray(entry) || entry.length === 0 || member(entry.at(-1), 'visible') === false) return [];
  const [namespace, name, ...rest] = entry.filter((word) => typeof word === 'string');
  const dimensions = rest.flatMap((word, index) => {
    const value = rest[index + 1];
    return index % 2 === 0 && value !== undefined ? [{ name: word, value: valueIn(value) }] : [];
  });
  return [{ metric: namespace === undefined || name === undefined ? undefined : `${namespace} ${name}`, dimensions }];
}

/** A value of the body's text: `${<key>.<attribute>}` is a reference again, and what follows one belongs to it. */
function valueIn(text: string): Value {
  const [whole, $ref, attribute, more] = /^\$\{([^}?.]+)(?:\.([^}]+))?\}(.*)$/.exec(text) ?? [];
  if (whole === undefined || $ref === undefined) return text;
  const reference = { $ref, ...(attribute === undefined ? {} : { attribute }) };
  return more === undefined || more === '' ? reference : { $join: [reference, more] };
}

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

/** Whether a line of a graph is a metric of a member; a part that is not known may be anything. */
export function draws({ metric: label, dimensions }: Series, metric: Metric, member: Member): Truth {
  if (label === labelOf(metric) && isSeriesOf(metric, dimensions, member)) return true;
  const isUnknown = (text: string | undefined) => text !== undefined && hasUnknownPart(text);
  if (label !== labelOf(metric) && !isUnknown(label)) return false;
  return isUnknown(label) || dimensions.some(({ name, value }) => isUnknown(name) || isUnknown(textOf(value)))
    ? undefined
    : false;
}

export const labelOf = ({ namespace, metricName }: Metric) => `${namespace} ${metricName}`;

/** The widgets that draw something of the design's region. */
export const widgetsHere = (dashboard: Resource, region: string): readonly Widget[] | undefined =>
  widgetsOf(dashboard)?.filter((widget) => [region, unknownMark].includes(widget.region ?? region));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
