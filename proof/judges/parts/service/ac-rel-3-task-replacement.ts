// AC-REL-3: a task that stops is replaced, since a service holds their number and the load balancer tells it which are well; that it
// happens a drill has to show.
import { type Assembly, at, type Resource, textOf } from '../../../../assembly/graph.ts';
import { isLiteral, isTrue } from '../../../../assembly/properties.ts';
import { containersOf } from '../../../../assembly/questions/containers.ts';
import { listOf, ofType, refersTo, targetOf } from '../../../../assembly/relations.ts';
import { all, any, not } from '../../../../assembly/truth.ts';
import { type CriterionCase, type CriterionJudge, noneOf } from '../../criterion.ts';
import type { Finding, Observation } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { drillOf, watched, whyNone } from '../../runtime-results.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/reliability.ts';
import { minimumTasks } from '../network/zones.ts';

export const taskReplacement: CriterionJudge = {
  id: 'AC-REL-3',
  of: ['service'],
  about: ['ecs', 'task'],
  judge: judgeReplacement,
};

function judgeReplacement({ graph, runtime }: CriterionCase): Finding {
  const services = ofType(graph, 'AWS::ECS::Service');
  const tasks = ofType(graph, 'AWS::ECS::TaskDefinition');
  if (services.length === 0 && tasks.length === 0) return noneOf(graph, said.noEcsTask);
  const evidence = [
    ...(services.length === 0 ? [missing(said.serviceHoldsTasks)] : []),
    ...services.flatMap((service) => serviceEvidence(graph, service)),
    ...tasks.map((task) => keptEvidence(task, services)),
  ];
  const drill = drillOf(runtime, 'task');
  if (drill === undefined) return { needsRuntime: whyNone(runtime, 'drill task'), evidence };
  const { recoveryMs, lost } = drill.result;
  return [
    ...evidence,
    watched(drill, '/result/recoveryMs', recoveryMs ?? shared.never, said.newTaskServes, recoveryMs !== null),
    watched(drill, '/result/lost', lost, shared.noOrderLost, lost === 0),
  ];
}

function serviceEvidence(graph: Assembly, service: Resource): readonly Observation[] {
  const { LoadBalancers, DeploymentController, SchedulingStrategy } = service.properties;
  const groups = listOf(LoadBalancers).flatMap((one) => targetOf(graph, at(one, 'TargetGroupArn')) ?? []);
  const controller = at(DeploymentController, 'Type') ?? 'ECS';
  return [
    minimumTasks(graph, service, 1, said.oneTask),
    on(service)
      .property('DeploymentController')
      .holds(not(isLiteral(controller, 'EXTERNAL')), {
        expected: said.ecsHoldsTasks,
        observed: said.controllerAndStrategy({
          controller: textOf(controller),
          strategy: textOf(SchedulingStrategy ?? 'REPLICA'),
        }),
      }),
    ...groups.map((group) => on(group).property('HealthCheckEnabled').otherwise(true).is(true, said.unhealthyNoticed)),
  ];
}

/** A task that no service runs, nobody starts again; neither does ECS notice the end of a container that is not essential. */
function keptEvidence(task: Resource, services: readonly Resource[]): Observation {
  const truths = services.map(({ properties }) => refersTo(properties.TaskDefinition, task));
  const isRun = any(truths);
  const service = services[truths.indexOf(true)];
  const isEssential = any(containersOf(task).map(({ container }) => isTrue(at(container, 'Essential') ?? true)));
  const observed =
    service === undefined
      ? isRun === undefined
        ? said.runByUnknown
        : said.runByNone
      : isEssential === false
        ? said.noneEssential
        : said.runBy({ service: service.path });
  return on(task).holds(all([isRun, isEssential]), { expected: said.keptByService, observed });
}
