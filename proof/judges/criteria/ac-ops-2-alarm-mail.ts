// AC-OPS-2: whenever an alarm goes off somebody gets mail. An alarm that tells nobody itself (one that only takes a deployment back, say)
// holds when another goes off no later on the same series and does tell.
import { type Assembly, isSettled, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { alarmsIn, speakerFor, topicsOf } from '../../../assembly/questions/alarms.ts';
import { listOf, ofType, pointsAt } from '../../../assembly/relations.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { hearing, mailEvidence } from './topics.ts';

export const alarmMail: CriterionJudge = {
  id: 'AC-OPS-2',
  about: ['topic', 'mail'],
  judge: judgeAlarms,
};

function judgeAlarms({ everywhere: graph }: CriterionCase): Finding {
  const alarms = alarmsIn(graph);
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
