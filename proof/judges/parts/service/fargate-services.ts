// Which services of a graph run on Fargate.
import type { Assembly, Resource } from '../../../../assembly/graph.ts';
import { isFargate } from '../../../../assembly/questions/compute.ts';
import { ofType } from '../../../../assembly/relations.ts';
import { sift } from '../../../../assembly/truth.ts';
import type { Observation } from '../../judge.ts';
import { on } from '../../on.ts';
import { said } from '../../words/criteria.ts';

/** The Fargate services of a graph, and evidence on those of which the templates do not say whether they are. */
export function fargateServices(graph: Assembly): {
  readonly services: readonly Resource[];
  readonly unknown: readonly Observation[];
} {
  const { found, possible } = sift(ofType(graph, 'AWS::ECS::Service'), (service) => isFargate(graph, service));
  return {
    services: found,
    unknown: possible.map((service) =>
      on(service).property('LaunchType').holds(undefined, { expected: said.fargateOrNot }),
    ),
  };
}
