// AC-OPS-2: whenever an alarm goes off somebody gets mail: from the alarm itself, or from a composite alarm that goes off with it. That
// another alarm watches the same metric is no mail about this one.
import { type Assembly, isSettled, type Resource, textOf } from '../../../../assembly/graph.ts';
import { isTrue } from '../../../../assembly/properties.ts';
import { alarmsIn, compositeFor, topicsOf } from '../../../../assembly/questions/alarms.ts';
import { writtenDefinition } from '../../../../assembly/questions/state-machines.ts';
import { listOf, ofType, pointsAt } from '../../../../assembly/relations.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/operation.ts';
import { hearing, mailEvidence } from '../topic/topics.ts';

export const alarmMail: CriterionJudge = {
  id: 'AC-OPS-2',
  of: ['alarm'],
  about: ['topic', 'mail'],
  judge: judgeAlarms,
};

function judgeAlarms({ everywhere: graph }: CriterionCase): Finding {
  const alarms = alarmsIn(graph);
  if (alarms.length === 0) return noneOf(graph, said.noAlarm);
  const told = new Set(alarms.flatMap((alarm) => topicsOf(graph, alarm)));
  return [
    ...alarms.map((alarm) => alarmEvidence(graph, alarm)),
    ...[...told].flatMap((topic) => [mailEvidence(graph, topic), ...hearing(graph, topic, 'cloudwatch.amazonaws.com')]),
  ];
}

/** Evidence on the alarm alone, not on what becomes of what it tells. */
function alarmEvidence(graph: Assembly, alarm: Resource): Observation {
  const expected = said.actionOnTopic;
  const topics = topicsOf(graph, alarm);
  const isEnabled = isTrue(alarm.properties.ActionsEnabled ?? true);
  if (isEnabled === false && topics.length > 0 && isSwitchedOn(graph, alarm)) {
    return on(alarm).property('ActionsEnabled').holds(true, { expected, observed: said.offWhileResting });
  }
  if (!isEnabled) return on(alarm).property('ActionsEnabled').is(true);
  const claims = on(alarm).property('AlarmActions');
  if (topics.length > 0) return claims.holds(true, { expected, observed: topics.map(({ path }) => path) });
  const actions = listOf(alarm.properties.AlarmActions);
  const foreign = actions.filter((action) => /:sns:/.test(textOf(action)) || !isSettled(action));
  if (foreign.length > 0) return claims.holds(undefined, { expected, observed: foreign });
  const composite = compositeFor(graph, alarm);
  if (composite !== undefined) {
    return claims.holds(true, { expected, observed: said.toldByComposite({ alarm: composite.path }) });
  }
  return claims.holds(false, { expected, observed: actions.length === 0 ? said.noAction : actions });
}

/** Whether a state machine switches the alarm's actions on: that of a region that has no tasks until it takes over (DR-3). */
function isSwitchedOn(graph: Assembly, alarm: Resource): boolean {
  return ofType(graph, 'AWS::StepFunctions::StateMachine').some((machine) => {
    const definition = writtenDefinition(machine);
    return pointsAt(definition, alarm) && /:enableAlarmActions\b/.test(textOf(definition));
  });
}
