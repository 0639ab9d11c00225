// Evidence on what says between how many tasks services are scaled.
import type { Assembly, Resource } from '../../../../assembly/graph.ts';
import { possibleTargetsOf, targetOfService } from '../../../../assembly/questions/scaling.ts';
import { ofType } from '../../../../assembly/relations.ts';
import type { Finding, Observation } from '../../judge.ts';
import { missing, missingUnless } from '../../on.ts';
import { parts } from '../../words/parts.ts';

/** Evidence on the scalable target of each service; there is at least one service, and each has one. */
export function onScalableTargets(
  graph: Assembly,
  look: (target: Resource, service: Resource) => Observation | readonly Observation[],
): Finding {
  const services = ofType(graph, 'AWS::ECS::Service');
  if (services.length === 0) return [missing(parts.scaledService)];
  return services.flatMap((service) => {
    const target = targetOfService(graph, service);
    return target === undefined
      ? missingUnless(possibleTargetsOf(graph, service), parts.scalableTarget({ service: service.path }))
      : look(target, service);
  });
}
