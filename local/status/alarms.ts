// The alarms of the templates, evaluated on what is measured here as CloudWatch would: the statistic of a period, so many periods in a
// row, and each alarm's own idea of a period without data.

import { graphsOfEnvironment } from '../../assembly/environments.ts';
import { type Assembly, at, literal, type Resource, resourceOf, type Value } from '../../assembly/graph.ts';
import { assignedAlarms } from '../../assembly/questions/alarm-rows.ts';
import { watchedMetric } from '../../assembly/questions/alarms.ts';
import { type Member, nameOf } from '../../assembly/questions/members.ts';
import type { Design, Environment } from '../../design/schema.ts';
import type { Sample } from './source.ts';

/** What an alarm holds against which metric. */
export interface MetricRule {
  readonly id: string;
  readonly namespace: string;
  readonly metric: string;
  /** Key of the resource that it watches. */
  readonly resource?: string;
  readonly statistic: 'Average' | 'Sum' | 'Minimum' | 'Maximum';
  readonly comparison: Comparison;
  readonly threshold: number;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly missing: 'breaching' | 'notBreaching' | 'missing' | 'ignore';
}

export interface AlarmRule extends MetricRule {
  readonly severity: 'warning' | 'critical';
  /** The document's name of the metric, and what it is measured on, e.g. `FreeStorageSpace` of `Instance1`. */
  readonly title: string;
  readonly member: string;
}

type Comparison = keyof typeof comparisons;
const comparisons = {
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
};
const statistics = ['Average', 'Sum', 'Minimum', 'Maximum'] as const;
const treatments = ['breaching', 'notBreaching', 'ignore'] as const;

export interface AlarmState<Rule extends MetricRule = AlarmRule> {
  readonly rule: Rule;
  /** `no-data` also where nothing on this machine measures the metric: its silence then says nothing, whatever the alarm makes of it. */
  readonly state: 'ok' | 'alarm' | 'no-data';
  /** The statistic of the period that ends now; absent when nothing was measured in it. */
  readonly value?: number;
}

/**
 * The alarms of the document's table in its own region. Those that guard a deployment, or the edge, have no counterpart on this machine.
 */
export function readAlarms(graph: Assembly, environment: Environment, design: Design): readonly AlarmRule[] {
  return assignedAlarms({ ...graphsOfEnvironment(graph, environment, design.region), design }).flatMap(
    ({ alarm, severity, row, member }) => {
      const rule = readMetricRule(alarm);
      return rule === undefined ? [] : [{ ...rule, severity, title: row.alarm.metric, member: shortName(member) }];
    },
  );
}

/** A resource's construct, without its stack: `Database/Reader1`. */
function shortName(member: Member): string {
  const [, ...path] = nameOf(member).split('/');
  return path.filter((part) => part !== 'Resource').join('/');
}

/** `undefined` for an alarm that is not about one metric and one of its plain statistics. */
export function readMetricRule(alarm: Resource): MetricRule | undefined {
  const metric = watchedMetric(alarm);
  const text = (name: string) => String(literal(at(metric, name) ?? alarm.properties[name]) ?? '');
  const statistic = statistics.find((name) => name === text('Statistic'));
  const comparison = text('ComparisonOperator');
  if (statistic === undefined || !isComparison(comparison)) return undefined;
  const resource = watched(at(metric, 'Dimensions'));
  return {
    id: alarm.key,
    namespace: text('Namespace'),
    metric: text('MetricName'),
    resource,
    statistic,
    comparison,
    threshold: Number(text('Threshold')),
    period: Number(text('Period')),
    evaluationPeriods: Number(text('EvaluationPeriods')),
    missing: treatments.find((name) => name === text('TreatMissingData')) ?? 'missing',
  };
}

const isComparison = (name: string): name is Comparison => name in comparisons;

/** The last dimension names what is narrowest: the service within its cluster, the target group behind its load balancer. */
function watched(dimensions: Value | undefined): string | undefined {
  const last = Array.isArray(dimensions) ? dimensions.at(-1) : undefined;
  return resourceOf(at(last, 'Value'));
}

export interface AlarmClock<Rule extends MetricRule = AlarmRule> {
  /** Takes what was measured in the second that ends at `now` (milliseconds), and says how the alarms stand. */
  evaluate(samples: readonly Sample[], now: number): readonly AlarmState<Rule>[];
}

/** `speed`: how many times faster than on AWS periods pass here. */
export function alarmClock<Rule extends MetricRule>(rules: readonly Rule[], speed = 1): AlarmClock<Rule> {
  const memory = new Map<string, { readonly at: number; readonly sample: Sample }[]>();
  const measured = new Set<Rule>();
  const longest = Math.max(0, ...rules.map(({ period, evaluationPeriods }) => period * evaluationPeriods)) * 1000;

  return {
    evaluate(samples, now) {
      for (const sample of samples) {
        const name = seriesOf(sample.namespace, sample.metric);
        memory.set(name, [...(memory.get(name) ?? []), { at: now, sample }]);
      }
      for (const rule of rules) if (samples.some((sample) => isOf(sample, rule))) measured.add(rule);
      for (const [name, kept] of memory) {
        const live = kept.filter((entry) => entry.at > now - longest / speed);
        memory.set(name, live);
      }
      return rules.map((rule) => stateOf(rule, now));
    },
  };

  function stateOf(rule: Rule, now: number): AlarmState<Rule> {
    const period = (rule.period * 1000) / speed;
    if (!measured.has(rule)) return { rule, state: 'no-data' };
    const kept = (memory.get(seriesOf(rule.namespace, rule.metric)) ?? []).filter(({ sample }) => isOf(sample, rule));
    const values = Array.from({ length: rule.evaluationPeriods }, (_, back) =>
      statisticOf(
        rule.statistic,
        kept
          .filter(({ at }) => at > now - period * (back + 1) && at <= now - period * back)
          .map(({ sample }) => sample),
      ),
    );
    const [value] = values;
    const current = value === undefined ? {} : { value };
    if (values.every((one) => one === undefined) && rule.missing !== 'breaching' && rule.missing !== 'notBreaching')
      return { rule, state: 'no-data', ...current };
    const breaching = values.every((one) =>
      one === undefined ? rule.missing === 'breaching' : comparisons[rule.comparison](one, rule.threshold),
    );
    return { rule, state: breaching ? 'alarm' : 'ok', ...current };
  }
}

const seriesOf = (namespace: string, metric: string) => `${namespace} ${metric}`;

/** A sample that names no resource is about the only one there is. */
const isOf = ({ namespace, metric, resource }: Sample, rule: MetricRule) =>
  namespace === rule.namespace &&
  metric === rule.metric &&
  (resource === undefined || rule.resource === undefined || resource === rule.resource);

function statisticOf(statistic: MetricRule['statistic'], samples: readonly Sample[]): number | undefined {
  const measured = samples.filter(({ count }) => count > 0);
  if (measured.length === 0) return undefined;
  const sum = measured.reduce((total, sample) => total + sample.sum, 0);
  if (statistic === 'Sum') return sum;
  if (statistic === 'Average') return sum / measured.reduce((total, { count }) => total + count, 0);
  if (statistic === 'Minimum') return Math.min(...measured.map(({ minimum }) => minimum));
  return Math.max(...measured.map(({ maximum }) => maximum));
}
