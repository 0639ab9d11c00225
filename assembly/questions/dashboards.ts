// What the widgets of a dashboard draw.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
import { type Resource, textOf, type Value } from '../graph.ts';
import type { Dimension } from './alarms.ts';

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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
