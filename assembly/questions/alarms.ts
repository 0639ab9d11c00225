// What alarms watch, and whom they tell.
import { dimensionsOf, type PublishedMetric } from '../../aws/metrics.ts';
import { type Assembly, at, isReference, isSettled, literal, type Resource, textOf, type Value } from '../graph.ts';
import { isLiteral } from '../properties.ts';
import { listOf, ofType, pointsAt, refersTo, targetOf } from '../relations.ts';
import { all, any, type Truth } from '../truth.ts';
import type { Member } from './members.ts';

/** Alarms on a metric, and those that are made of others. */
export const alarmsIn = (graph: Assembly): readonly Resource[] =>
  ofType(graph, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm');

/** Topics of the templates that an alarm tells when it goes off. */
export const topicsOf = (graph: Assembly, { properties }: Resource): readonly Resource[] =>
  listOf(properties.AlarmActions).flatMap((action) => {
    const target = targetOf(graph, action);
    return target?.type === 'AWS::SNS::Topic' ? [target] : [];
  });

/** The metric of an alarm: its own properties, or the only metric of its `Metrics`, if nothing is worked out from it. */
export function watchedMetric({ properties }: Pick<Resource, 'properties'>): Value {
  const entries = listOf(properties.Metrics);
  const [only, ...others] = entries.flatMap((entry) => at(entry, 'MetricStat') ?? []);
  if (only === undefined || others.length > 0 || entries.length > 1) return properties;
  return {
    ...(at(only, 'Metric') as Resource['properties']),
    Statistic: at(only, 'Stat') ?? '',
    Period: at(only, 'Period') ?? '',
  };
}

/** Alarms on a metric of a member. */
export const alarmsOn = (graph: Assembly, metric: PublishedMetric, member: Member): readonly Resource[] =>
  ofType(graph, 'AWS::CloudWatch::Alarm').filter((alarm) => watches(alarm, metric, member) === true);

/** Alarms of which the templates do not say whether they watch a metric of a member. */
export const possibleAlarmsOn = (graph: Assembly, metric: PublishedMetric, member: Member): readonly Resource[] =>
  ofType(graph, 'AWS::CloudWatch::Alarm').filter((alarm) => watches(alarm, metric, member) === undefined);

function watches(alarm: Resource, metric: PublishedMetric, member: Member): Truth {
  const own = watchedMetric(alarm);
  const isNamed = all([
    isLiteral(at(own, 'Namespace'), metric.namespace),
    isLiteral(at(own, 'MetricName'), metric.metricName),
  ]);
  if (isNamed === false) return false;
  const written = at(own, 'Dimensions');
  const dimensions = listOf(written).map((dimension) => ({
    name: textOf(at(dimension, 'Name')),
    value: at(dimension, 'Value'),
  }));
  if (isSeriesOf(metric, dimensions, member)) return isNamed;
  const members = member.whole === undefined ? [member.resource] : [member.resource, member.whole];
  return isSettled(written) || any(members.map((one) => refersTo(written, one))) === false ? false : undefined;
}

export interface Dimension {
  readonly name: string;
  readonly value: Value | undefined;
}

/** Attributes that dimensions are, where they are not what `Ref` gives: an ARN in their place would name a series that nobody writes. */
const attributes: Readonly<Record<string, string>> = {
  LoadBalancer: 'LoadBalancerFullName',
  TargetGroup: 'TargetGroupFullName',
  ServiceName: 'Name',
};

/** Whether these dimensions name a series that CloudWatch publishes, and that of the member. A node of a cache may be named by its own id too. */
export function isSeriesOf(metric: PublishedMetric, dimensions: readonly Dimension[], member: Member): boolean {
  const found = dimensions.filter(({ name }) => name !== 'CacheNodeId');
  const published = dimensionsOf(metric).some(
    (wanted) =>
      found.length === wanted.length &&
      wanted.every((name) => found.some((dimension) => dimension.name === name && isWritten(dimension))),
  );
  if (!published) return false;
  const names = (one: Member) => dimensions.some(({ value }) => isOf(value, one));
  return names(member) || (member.whole !== undefined && found.length === 1 && names({ resource: member.whole }));
}

const isWritten = ({ name, value }: Dimension) =>
  isReference(value) ? value.attribute === attributes[name] : !textOf(value).startsWith('arn:');

/** Properties that a member's own name may stand in. */
const ownNames = ['DBClusterIdentifier', 'DBInstanceIdentifier', 'ReplicationGroupId', 'FunctionName', 'ServiceName'];

/** Whether a dimension's value is a member, by reference or by name. */
function isOf(value: Value | undefined, { resource, node }: Member): boolean {
  const names = ownNames.flatMap((property) => {
    const name = literal(resource.properties[property]);
    return name === undefined ? [] : [String(name).toLowerCase()];
  });
  const text = textOf(value);
  const suffix = node === undefined ? '' : `-${String(node).padStart(3, '0')}`;
  if (pointsAt(value, resource)) return text.endsWith(suffix);
  return names.some((name) => text.toLowerCase() === `${name}${suffix}`);
}

/** An alarm that is made of this one, goes off whenever it does, and tells a topic. */
export const compositeFor = (graph: Assembly, alarm: Resource): Resource | undefined =>
  ofType(graph, 'AWS::CloudWatch::CompositeAlarm').find((one) => {
    const { AlarmRule, ActionsSuppressor, ActionsEnabled = true } = one.properties;
    const isWhenever = !/\b(AND|NOT|OK|INSUFFICIENT_DATA|FALSE)\b/.test(
      textOf(AlarmRule).replaceAll(/\$\{[^}]*\}/g, ''),
    );
    const tells = ActionsSuppressor === undefined && isLiteral(ActionsEnabled, true) && topicsOf(graph, one).length > 0;
    return pointsAt(AlarmRule, alarm) && isWhenever && tells;
  });
