// AC-COST-1, AC-COST-2: development stops in the evening and starts in the morning, service and database, and no other environment does.

import { isSettled } from '../../../../assembly/graph.ts';
import { scheduledCalls, unknownCalls } from '../../../../assembly/questions/schedules.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { isDisposable, perEnvironment, rests } from '../../../../design/environments.ts';
import { adrs } from '../../deviations.ts';
import type { Finding, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on, onStack } from '../../on.ts';
import { said } from '../../words/inputs.ts';
import { parts } from '../../words/parts.ts';
import { turnEvidence } from './schedule-evidence.ts';

export const workingHours: readonly StatementJudge[] = [
  { id: 'AC-COST-1', path: 'workingHours', deviation: adrs.workingHours, judge: judgeHours },
  { id: 'INP-1', path: 'inputs.workingHours', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.workingHours.*', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.publicHolidays', judge: judgeHours },
  { id: 'INP-1', path: 'inputs.publicHolidays.*', judge: judgeHours },
];

function judgeHours(judgeCase: StatementCase): Finding {
  const { graph, design, environment } = judgeCase;
  if (!rests(design, environment)) {
    return isDisposable(design, environment)
      ? { notApplicable: said.dayAndNight({ environment }) }
      : neverStopped(judgeCase);
  }
  const hours = design.inputs.workingHours;
  const { task: tasks } = perEnvironment(design.sizes, environment);
  const evidence = (['stop', 'start'] as const).flatMap((turn) =>
    turnEvidence(graph, design, { turn, time: hours[turn], tasks, alone: true }),
  );
  return evidence.length > 0 ? evidence : [missing(said.somethingStoppable)];
}

/** Operations that take away what an environment answers with. */
const stops = ['rds:stopdbcluster', 'ecs:updateservice', 'applicationautoscaling:registerscalabletarget'];

function neverStopped({ graph, design }: StatementCase): Finding {
  const stopping = scheduledCalls(graph).filter(({ operation, isOn }) => isOn && stops.includes(operation));
  const [cluster] = ofType(graph, 'AWS::RDS::DBCluster');
  if (cluster === undefined) return [missing(parts.auroraCluster)];
  const expected = said.nothingStops;
  const evidence = [
    ...stopping.map(({ resource, operation }) =>
      on(resource)
        .property('Target', 'Arn')
        .holds(isSettled(resource.properties.State) ? false : undefined, { expected, observed: operation }),
    ),
    ...unknownCalls(graph, design).map((one) => on(one).holds(undefined, { expected, observed: said.unknownCall })),
  ];
  return evidence.length > 0
    ? evidence
    : [onStack(cluster.stack, '/Resources', true, { expected, observed: said.noStopping })];
}
