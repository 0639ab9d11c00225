// AC-REL-3: a task that dies is replaced, since a service holds their number and the load balancer tells it which are well; that it
// happens a drill has to show.
import { type Assembly, at, literal, type Resource } from '../../../assembly/graph.ts';
import { targetOfService } from '../../../assembly/questions/scaling.ts';
import { listOf, ofType, pointsAt, targetOf } from '../../../assembly/relations.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, Finding } from '../judge.ts';
import type { CriterionCase, CriterionJudge } from './criterion.ts';
import { containersOf } from './resources.ts';
import { drillOf, watched, whyNone } from './runtime-results.ts';

export const taskReplacement: CriterionJudge = {
  id: 'AC-REL-3',
  about: ['ecs', 'task'],
  judge: judgeReplacement,
};

function judgeReplacement({ graph, runtime }: CriterionCase): Finding {
  const services = ofType(graph, 'AWS::ECS::Service');
  const tasks = ofType(graph, 'AWS::ECS::TaskDefinition');
  if (services.length === 0 && tasks.length === 0) return { notApplicable: 'there are no ECS tasks' };
  const evidence = [
    ...(services.length === 0 ? [nothing('a service that holds the number of tasks')] : []),
    ...services.flatMap((service) => serviceEvidence(graph, service)),
    ...tasks.map((task) => keptEvidence(graph, task, services)),
  ];
  const drill = drillOf(runtime, 'task');
  if (drill === undefined) return { needsRuntime: whyNone(runtime, 'drill task'), evidence };
  const { recoveryMs, lost } = drill.result;
  return [
    ...evidence,
    watched(drill, '/result/recoveryMs', recoveryMs ?? 'never', 'a new task takes traffic', recoveryMs !== null),
    watched(drill, '/result/lost', lost, 'no order lost', lost === 0),
  ];
}

function serviceEvidence(graph: Assembly, service: Resource): readonly Evidence[] {
  const { DesiredCount, LoadBalancers, DeploymentController, SchedulingStrategy } = service.properties;
  const target = targetOfService(graph, service);
  const [place, property] = target === undefined ? [service, 'DesiredCount'] : [target, 'MinCapacity'];
  const said = target === undefined ? DesiredCount : target.properties.MinCapacity;
  const least = said === undefined ? 1 : Number(literal(said));
  const groups = listOf(LoadBalancers).flatMap((one) => targetOf(graph, at(one, 'TargetGroupArn')) ?? []);
  const controller = at(DeploymentController, 'Type');
  return [
    seen(
      graph,
      place,
      [property],
      said ?? 'not said: 1',
      'at least 1 task',
      Number.isNaN(least) ? undefined : least >= 1,
    ),
    seen(
      graph,
      service,
      ['DeploymentController'],
      `${literal(controller) ?? 'ECS'}, ${literal(SchedulingStrategy) ?? 'REPLICA'}`,
      'ECS holds the number itself',
      literal(controller) !== 'EXTERNAL',
    ),
    ...groups.map((group) => {
      const checked = String(literal(group.properties.HealthCheckEnabled) ?? true) === 'true';
      return seen(graph, group, ['HealthCheckEnabled'], checked, 'unhealthy tasks are noticed', checked);
    }),
  ];
}

/** A task that no service runs, nobody starts again; neither does ECS notice the end of a container that is not essential. */
function keptEvidence(graph: Assembly, task: Resource, services: readonly Resource[]): Evidence {
  const service = services.find(({ properties }) => pointsAt(properties.TaskDefinition, task));
  const essential = containersOf(task).some(
    ({ container }) => String(literal(at(container, 'Essential')) ?? true) === 'true',
  );
  const observed =
    service === undefined ? 'run by no service' : essential ? `run by ${service.path}` : 'no container is essential';
  return seen(
    graph,
    task,
    [],
    observed,
    'run by a service, with an essential container',
    service !== undefined && essential,
  );
}
