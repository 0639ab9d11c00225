// AC-PERF-1: how long people wait only a load test can show. The template can show that somebody is told when it gets too long: an alarm
// on the load balancer's response time that goes off no later than at the time of the sentence.
import { type Assembly, at, isUnresolved, type Resource, textOf } from '../../../../assembly/graph.ts';
import { isLiteral, isTrue } from '../../../../assembly/properties.ts';
import { alarmsOn, possibleAlarmsOn, watchedMetric } from '../../../../assembly/questions/alarms.ts';
import { listOf, ofType, refersTo, textHolds } from '../../../../assembly/relations.ts';
import { all, any, type Truth, unknownIf } from '../../../../assembly/truth.ts';
import { metricOf } from '../../../../design/catalogue/metrics.ts';
import { type CriterionCase, type CriterionJudge, noneOf, unread } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { type LoadResult, loadOf, watched, whyNone } from '../../runtime-results.ts';
import { said } from '../../words/performance.ts';

export const responseTime: CriterionJudge = {
  id: 'AC-PERF-1',
  of: ['service'],
  about: ['percentile'],
  judge: judgeResponseTime,
};

function judgeResponseTime({ graph, design, criterion, runtime }: CriterionCase): Finding {
  const percent = criterion.figures.percentile;
  const most = criterion.figures.milliseconds;
  if (percent === undefined) return unread('figurePercentile');
  if (most === undefined) return unread('figureSpan');
  const balancers = ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  const apis = ofType(graph, 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api');
  if (balancers.length === 0 && apis.length === 0) return noneOf(graph, said.noBalancer);
  const evidence = [
    ...balancers.map((balancer) => alarmEvidence(graph, balancer, most)),
    ...apis.map((api) => apiEvidence(graph, api, most)),
  ];
  const load = loadOf(runtime);
  if (load === undefined) return { needsRuntime: whyNone(runtime, 'load'), evidence };
  const { rps: rate } = load.result;
  const expected = design.requestsPerSecond;
  if (rate < expected) return { needsRuntime: said.lightLoad({ rate, expected }), evidence };
  return [...evidence, loadEvidence(load, percent, most)];
}

const metric = metricOf('alb', 'TargetResponseTime');

function alarmEvidence(graph: Assembly, balancer: Resource, most: number): Observation {
  const expected = said.alarmInTime({ most });
  const isApplication = textHolds(balancer.properties.Type ?? 'application', (type) => type === 'application');
  if (metric === undefined || isApplication === false) {
    return on(balancer).property('Type').holds(undefined, { expected, observed: said.noResponseTimeMetric });
  }
  const alarms = alarmsOn(graph, metric, { resource: balancer });
  const truths = alarms.map((alarm) => tellsInTime(alarm, most));
  const isTold = any([...truths, unknownIf(possibleAlarmsOn(graph, metric, { resource: balancer }).length > 0)]);
  const alarm = alarms[truths.indexOf(true)];
  if (alarm === undefined) {
    const observed = isTold === undefined ? said.alarmPerhaps : said.noSuchAlarm;
    return on(balancer).holds(all([isTold, isApplication]), { expected, observed });
  }
  const observed = said.thresholdInSeconds({ seconds: textOf(alarm.properties.Threshold) });
  return on(alarm).property('Threshold').holds(true, { expected, observed });
}

/** API Gateway counts in milliseconds, by the name or the id of an API. */
function apiEvidence(graph: Assembly, api: Resource, most: number): Observation {
  const alarms = ofType(graph, 'AWS::CloudWatch::Alarm').filter(
    (alarm) => isLiteral(at(watchedMetric(alarm), 'Namespace'), 'AWS/ApiGateway') !== false,
  );
  const truths = alarms.map((alarm) => {
    const watched = watchedMetric(alarm);
    const isOwn = any(
      listOf(at(watched, 'Dimensions')).map((dimension) => {
        const [name, value] = [textOf(at(dimension, 'Name')), at(dimension, 'Value')];
        const isNamed = value !== undefined && textOf(value) === textOf(api.properties.Name);
        return all([/^Api(Name|Id)$/.test(name), any([isNamed, refersTo(value, api)])]);
      }),
    );
    return all([isLiteral(at(watched, 'MetricName'), 'Latency'), isOwn, tellsInTime(alarm, most, 1)]);
  });
  const truth = any(truths);
  const expected = said.alarmInTime({ most });
  const alarm = alarms[truths.indexOf(true)];
  return alarm === undefined
    ? on(api).holds(truth, { expected, observed: truth === undefined ? said.alarmPerhaps : said.noSuchAlarm })
    : on(alarm).property('Threshold').holds(true, { expected });
}

/** @param unit milliseconds of one of what the metric counts in */
const tellsInTime = ({ properties }: Resource, most: number, unit = 1000): Truth =>
  all([
    textHolds(properties.Threshold, (threshold) => Number(threshold) * unit <= most),
    textHolds(properties.ComparisonOperator, (operator) => operator.startsWith('Greater')),
    isTrue(properties.ActionsEnabled ?? true),
    // The least of all times, their sum or their number says nothing of how long people wait.
    textHolds(properties.Statistic ?? '', (statistic) => !['Minimum', 'Sum', 'SampleCount'].includes(statistic)),
    isUnresolved(properties.AlarmActions) ? undefined : listOf(properties.AlarmActions).length > 0,
  ]);

/** Percentiles that a load test writes down. */
function loadEvidence(load: LoadResult, percent: number, most: number): Observation {
  const { p50, p95, p99, rps: rate, requests } = load.result;
  const [pointer, measured] =
    percent <= 50
      ? (['/result/p50', p50] as const)
      : percent <= 95
        ? (['/result/p95', p95] as const)
        : (['/result/p99', p99] as const);
  const observed = said.measuredTime({ measured, requests, rate });
  return watched(load, pointer, observed, said.percentileWithin({ percent, most }), requests > 0 && measured <= most);
}
