// AC-REL-6: however little comes in, no service has fewer tasks than its minimum: what scaling may do says the template, and what it does
// is played through. That an environment is off at night is not scaling in (AC-COST-1).
import { at, literal, type Resource, textOf } from '../../../assembly/graph.ts';
import { scaledServices, targetOfService } from '../../../assembly/questions/scaling.ts';
import { simulate } from '../../../aws/target-tracking.ts';
import { traces } from '../../simulation/traffic.ts';
import { seen } from '../evidence.ts';
import type { CriterionFinding, Evidence } from '../judge.ts';
import { listOf, ofType, pointsAt } from '../relations.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { fargateServices } from './resources.ts';

export const leastTasks: CriterionJudge = {
  id: 'AC-REL-6',
  about: ['minimum'],
  judge: judgeMinimum,
};

function judgeMinimum(criterionCase: CriterionCase): CriterionFinding {
  const { graph, design, environment } = criterionCase;
  const services = fargateServices(graph);
  if (services.length === 0) return { notApplicable: 'there is no Fargate service' };
  const { minimum } = design.sizes[environment].task;
  return [
    ...services.flatMap((service) => boundEvidence(criterionCase, service, minimum)),
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

/** Whether an environment is off at night. */
const rests = ({ design, environment }: CriterionCase) => environment === 'development' && design.workingHours;

/** The bound itself, and what else of the scalable target may set another at a time of the day. */
function boundEvidence(criterionCase: CriterionCase, service: Resource, minimum: number): readonly Evidence[] {
  const { graph } = criterionCase;
  const resting = rests(criterionCase);
  const target = targetOfService(graph, service);
  const [place, property] = target === undefined ? [service, 'DesiredCount'] : [target, 'MinCapacity'];
  const said = place.properties[property];
  const least = said === undefined ? 1 : Number(literal(said));
  const actions = listOf(target?.properties.ScheduledActions).map((action, index) => ({
    path: ['ScheduledActions', index, 'ScalableTargetAction', 'MinCapacity'],
    value: at(action, 'ScalableTargetAction', 'MinCapacity'),
  }));
  return [
    seen(
      graph,
      place,
      [property],
      said ?? 'not said: 1',
      `at least ${minimum}`,
      Number.isNaN(least) ? undefined : least >= minimum,
    ),
    ...actions.flatMap(({ path, value }) => {
      if (value === undefined || target === undefined) return [];
      const known = literal(value);
      const holds = known === undefined ? undefined : resting || Number(known) >= minimum;
      return [seen(graph, target, path, value, `at least ${minimum}`, holds)];
    }),
  ];
}

/** Schedules that set a service's bounds by AWS's interface; only an environment that rests may be set lower. */
function clockEvidence(criterionCase: CriterionCase, service: Resource, minimum: number): readonly Evidence[] {
  const { graph, everywhere } = criterionCase;
  const resting = rests(criterionCase);
  return ofType(everywhere, 'AWS::Scheduler::Schedule').flatMap((schedule) => {
    const input = at(schedule.properties, 'Target', 'Input');
    const [, least] = /"MinCapacity":\s*(\d+)/.exec(textOf(input)) ?? [];
    if (least === undefined || !pointsAt(input, service)) return [];
    const observed = `${least}${resting ? ', in an environment that rests' : ''}`;
    const holds = resting || Number(least) >= minimum;
    return [seen(graph, schedule, ['Target', 'Input'], observed, `at least ${minimum}`, holds)];
  });
}
