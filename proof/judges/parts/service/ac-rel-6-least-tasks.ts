// AC-REL-6: however little comes in, no service has fewer tasks than its minimum: what scaling may do says the template, and what it does
// is played through. That an environment is off at night is not scaling in (AC-COST-1).

import type { Resource } from '../../../../assembly/graph.ts';
import { scaledServices } from '../../../../assembly/questions/scaling.ts';
import { callsOn } from '../../../../assembly/questions/schedules.ts';
import { simulate } from '../../../../aws/target-tracking.ts';
import { perEnvironment, rests } from '../../../../design/environments.ts';
import { traces } from '../../../simulation/traffic.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/reliability.ts';
import { said as zoneWords } from '../../words/zones.ts';
import { minimumTasks } from '../network/zones.ts';
import { fargateServices } from './fargate-services.ts';

export const leastTasks: CriterionJudge = {
  id: 'AC-REL-6',
  of: ['service'],
  about: ['minimum'],
  judge: judgeMinimum,
};

function judgeMinimum(criterionCase: CriterionCase): Finding {
  const { graph, design, environment } = criterionCase;
  const { services, unknown } = fargateServices(graph);
  if (services.length === 0 && unknown.length === 0) return noneOf(graph, shared.noFargateService);
  const { minimum } = perEnvironment(design.sizes, environment).task;
  return [
    ...unknown,
    ...services.map((service) => minimumTasks(graph, service, minimum)),
    ...services.flatMap((service) => clockEvidence(criterionCase, service, minimum)),
    ...scaledServices(graph).flatMap(({ policy, tracking }) =>
      traces(design.requestsPerSecond).map(({ name, requestsPerSecond }) => {
        const tasks = Math.min(...simulate(tracking, requestsPerSecond));
        const observed = said.neverUnderIn({ tasks, trace: name });
        return on(policy).holds(tasks >= minimum, { expected: said.neverUnder({ tasks: minimum }), observed });
      }),
    ),
  ];
}

/** What sets another bound at a time of the day; only an environment that rests may be set lower. */
function clockEvidence(criterionCase: CriterionCase, service: Resource, minimum: number): readonly Observation[] {
  const { everywhere: graph } = criterionCase;
  const resting = rests(criterionCase.design, criterionCase.environment);
  return callsOn(graph, service).flatMap(({ resource, toldAt, told: { MinCapacity }, isOn }) => {
    if (MinCapacity === undefined || !isOn) return [];
    const number = Number(MinCapacity);
    const tasks = Number.isNaN(number) ? undefined : number;
    const observed = tasks === undefined ? said.unknownBound : resting ? said.boundInRest({ tasks }) : tasks;
    const holds = tasks === undefined ? undefined : resting || tasks >= minimum;
    return [
      on(resource)
        .property(...toldAt)
        .holds(holds, { expected: zoneWords.leastTasks({ count: minimum }), observed }),
    ];
  });
}
