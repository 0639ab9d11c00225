// AC-PERF-1: how long people wait only a load test can show. The template can show that somebody is told when it gets too long: an alarm
// on the load balancer's response time that goes off no later than at the time of the sentence.
import { literal, type Resource } from '../../../assembly/graph.ts';
import { alarmsOn } from '../../../assembly/questions/alarms.ts';
import { listOf, ofType } from '../../../assembly/relations.ts';
import { metricOf } from '../../../design/catalogue/metrics.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { type CriterionCase, type CriterionJudge, unread } from './criterion.ts';
import { type LoadResult, loadOf, watched, whyNone } from './runtime-results.ts';

export const responseTime: CriterionJudge = {
  id: 'AC-PERF-1',
  about: ['percentile'],
  judge: judgeResponseTime,
};

function judgeResponseTime({ graph, design, criterion, runtime }: CriterionCase): Finding {
  const percent = criterion.figures.percentile;
  const most = criterion.figures.milliseconds;
  if (percent === undefined) return unread('a percentile');
  if (most === undefined) return unread('a span of time');
  const balancers = ofType(graph, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
  if (balancers.length === 0) return { notApplicable: 'there is no load balancer that requests come by' };
  const evidence = balancers.map((balancer) => alarmEvidence(graph, balancer, most));
  const load = loadOf(runtime);
  if (load === undefined) return { needsRuntime: whyNone(runtime, 'load'), evidence };
  if (load.result.rps < design.requestsPerSecond) {
    return {
      needsRuntime: `hashira load was run at ${load.result.rps} req/s, under the expected ${design.requestsPerSecond}`,
      evidence,
    };
  }
  return [...evidence, ...loadEvidence(load, percent, most)];
}

function alarmEvidence(graph: CriterionCase['graph'], balancer: Resource, most: number): Evidence {
  const metric = metricOf('alb', 'TargetResponseTime');
  if (metric === undefined) return nothing('the metric of response times');
  const alarms = alarmsOn(graph, metric, { resource: balancer }).filter(
    ({ properties }) =>
      Number(literal(properties.Threshold)) * 1000 <= most &&
      String(literal(properties.ComparisonOperator)).startsWith('Greater') &&
      String(literal(properties.ActionsEnabled) ?? true) === 'true' &&
      listOf(properties.AlarmActions).length > 0,
  );
  const [alarm] = alarms;
  const expected = `an alarm that tells somebody at ${most} ms or before`;
  if (alarm === undefined) return seen(graph, balancer, [], 'no such alarm', expected, false);
  return seen(graph, alarm, ['Threshold'], `${literal(alarm.properties.Threshold)} s`, expected, true);
}

/** Percentiles that a load test writes down. */
function loadEvidence(load: LoadResult, percent: number, most: number): readonly Evidence[] {
  const { p50, p95, p99, rps, requests } = load.result;
  const [pointer, measured] =
    percent <= 50 ? ['/result/p50', p50] : percent <= 95 ? ['/result/p95', p95] : (['/result/p99', p99] as const);
  const observed = `${measured} ms, ${requests} requests at ${rps} req/s`;
  return [
    watched(load, String(pointer), observed, `p${percent} ≤ ${most} ms`, requests > 0 && Number(measured) <= most),
  ];
}
