// AC-OPS-2: whenever an alarm goes off somebody gets mail. An alarm that tells nobody itself (one that only takes a deployment back, say)
// holds when another goes off no later on the same series and does tell.
import { type Assembly, at, isSettled, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { seen } from '../evidence.ts';
import type { CriterionFinding, Evidence } from '../judge.ts';
import { metricOf } from '../metrics.ts';
import { listOf, ofType, pointsAt, targetOf } from '../relations.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { hearing, mailEvidence } from './topics.ts';

export const alarmMail: CriterionJudge = {
  id: 'AC-OPS-2',
  about: ['topic', 'mail'],
  judge: judgeAlarms,
};

function judgeAlarms({ everywhere: graph }: CriterionCase): CriterionFinding {
  const alarms = ofType(graph, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm');
  if (alarms.length === 0) return { notApplicable: 'there is no alarm' };
  const told = new Set<Resource>();
  const evidence = alarms.map((alarm) => alarmEvidence(graph, alarm, told));
  return [
    ...evidence,
    ...[...told].flatMap((topic) => [mailEvidence(graph, topic), ...hearing(graph, topic, 'cloudwatch.amazonaws.com')]),
  ];
}

const expected = 'an action on a topic';

/** Evidence on the alarm alone; the topics that it tells are added to `told`. */
function alarmEvidence(graph: Assembly, alarm: Resource, told: Set<Resource>): Evidence {
  const actions = listOf(alarm.properties.AlarmActions);
  const topics = topicsOf(graph, alarm);
  for (const topic of topics) told.add(topic);
  const enabled = alarm.properties.ActionsEnabled;
  if (literal(enabled) === false && topics.length > 0 && isSwitchedOn(graph, alarm)) {
    return seen(graph, alarm, ['ActionsEnabled'], 'off while its region rests, on at failover', expected, true);
  }
  if (enabled !== undefined && String(literal(enabled)) !== 'true') {
    return seen(graph, alarm, ['ActionsEnabled'], enabled, true, literal(enabled) === undefined ? undefined : false);
  }
  if (topics.length > 0)
    return seen(
      graph,
      alarm,
      ['AlarmActions'],
      topics.map(({ path }) => path),
      expected,
      true,
    );
  const foreign = actions.filter((action) => /:sns:/.test(textOf(action)) || !isSettled(action));
  if (foreign.length > 0) return seen(graph, alarm, ['AlarmActions'], foreign, expected, undefined);
  const speaker = speakerFor(graph, alarm);
  if (speaker !== undefined) return seen(graph, alarm, ['AlarmActions'], `${speaker.path} tells of it`, expected, true);
  return seen(graph, alarm, ['AlarmActions'], actions.length === 0 ? 'no action' : actions, expected, false);
}

/** Whether a state machine switches the alarm's actions on: that of a region that has no tasks until it takes over (DR-3). */
function isSwitchedOn(graph: Assembly, alarm: Resource): boolean {
  return ofType(graph, 'AWS::StepFunctions::StateMachine').some(({ properties }) => {
    const definition = properties.DefinitionString ?? properties.Definition;
    return pointsAt(definition, alarm) && /:enableAlarmActions\b/.test(textOf(definition));
  });
}

/** Topics of the templates that an alarm tells. */
function topicsOf(graph: Assembly, { properties }: Resource): readonly Resource[] {
  return listOf(properties.AlarmActions).flatMap((action) => {
    const target = targetOf(graph, action);
    return target?.type === 'AWS::SNS::Topic' ? [target] : [];
  });
}

/** Another alarm that tells a topic whenever this one goes off: one that is made of it, or one that goes off no later on what it looks at. */
function speakerFor(graph: Assembly, alarm: Resource): Resource | undefined {
  const composite = ofType(graph, 'AWS::CloudWatch::CompositeAlarm').find(
    (candidate) =>
      pointsAt(candidate.properties.AlarmRule, alarm) &&
      !/\b(AND|NOT)\b/.test(textOf(candidate.properties.AlarmRule)) &&
      topicsOf(graph, candidate).length > 0,
  );
  const twin = ofType(graph, 'AWS::CloudWatch::Alarm').find(
    (candidate) => candidate !== alarm && topicsOf(graph, candidate).length > 0 && isNoLater(candidate, alarm),
  );
  return composite ?? twin;
}

function isNoLater(candidate: Resource, { properties }: Resource): boolean {
  const [own, other] = [metricOf(properties), metricOf(candidate.properties)];
  const same = ['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'ExtendedStatistic', 'Period'].every(
    (name) => textOf(at(own, name)) === textOf(at(other, name)),
  );
  const alike = ['ComparisonOperator', 'EvaluationPeriods', 'DatapointsToAlarm'].every(
    (name) => textOf(properties[name]) === textOf(candidate.properties[name]),
  );
  const [mine, its] = [Number(literal(properties.Threshold)), Number(literal(candidate.properties.Threshold))];
  const rising = String(literal(properties.ComparisonOperator)).startsWith('Greater');
  return same && alike && (rising ? its <= mine : its >= mine);
}
