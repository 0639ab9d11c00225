// AC-REL-6: however little comes in, no service has fewer tasks than its minimum: what scaling may do says the template, and what it does
// is played through. That an environment is off at night is not scaling in (AC-COST-1).

import type { Resource } from '../../../assembly/graph.ts';
import { scaledServices } from '../../../assembly/questions/scaling.ts';
import { callsOn } from '../../../assembly/questions/schedules.ts';
import { simulate } from '../../../aws/target-tracking.ts';
import { perEnvironment, rests } from '../../../design/environments.ts';
import { traces } from '../../simulation/traffic.ts';
import { seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import { minimumTasks } from '../zones.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { fargateServices } from './resources.ts';

export const leastTasks: CriterionJudge = {
  id: 'AC-REL-6',
  about: ['minimum'],
  judge: judgeMinimum,
};

function judgeMinimum(criterionCase: CriterionCase): Finding {
  const { graph, design, environment } = criterionCase;
  const services = fargateServices(graph);
  if (services.length === 0) return { notApplicable: 'there is no Fargate service' };
  const { minimum } = perEnvironment(design.sizes, environment).task;
  return [
    ...services.map((service) => minimumTasks(graph, service, minimum)),
    ...services.flatMap((service) => clockEvidence(criterionCase, service, minimum)),
    ...scaledServices(graph).flatMap(({ policy, tracking }) =>
      traces(design.requestsPerSecond).map(({ name, requestsPerSecond }) => {
        const least = Math.min(...simulate(tracking, requestsPerSecond));
        const observed = `never under ${least} tasks in the trace ${name}`;
        return seen(graph, policy, [], observed, `never under ${minimum} tasks`, least >= minimum);
      }),
    ),
  ];
}

/** What sets another bound at a time of the day; only an environment that rests may be set lower. */
function clockEvidence(criterionCase: CriterionCase, service: Resource, minimum: number): readonly Evidence[] {
  const { everywhere: graph } = criterionCase;
  const resting = rests(criterionCase.design, criterionCase.environment);
  return callsOn(graph, service).flatMap(({ resource, toldAt, told: { MinCapacity }, isOn }) => {
    if (MinCapacity === undefined || !isOn) return [];
    const least = typeof MinCapacity === 'object' ? undefined : Number(MinCapacity);
    const observed = `${least ?? 'unknown'}${resting ? ', in an environment that rests' : ''}`;
    const holds = least === undefined ? undefined : resting || least >= minimum;
    return [seen(graph, resource, toldAt, observed, `at least ${minimum}`, holds)];
  });
}
