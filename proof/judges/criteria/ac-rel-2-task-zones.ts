// AC-REL-2: each Fargate service of the design's region has subnets in as many zones as the sentence asks for, and as many tasks: one
// task is in one zone. A document that is content with one zone in an environment does not ask for it there (ADR-012).
import { type Assembly, at, literal, type Resource } from '../../../assembly/graph.ts';
import { targetOfService } from '../../../assembly/questions/scaling.ts';
import { seen } from '../evidence.ts';
import type { CriterionFinding, Evidence } from '../judge.ts';
import { type CriterionCase, type CriterionJudge, oneZoneIsEnough, unread } from './criterion.ts';
import { fargateServices } from './resources.ts';
import { atLeast, zonesOf } from './zones.ts';

export const taskZones: CriterionJudge = {
  id: 'AC-REL-2',
  about: ['service'],
  deviation: (criterionCase) => (oneZoneIsEnough(criterionCase) ? 'ADR-012' : undefined),
  judge: judgeZones,
};

function judgeZones(criterionCase: CriterionCase): CriterionFinding {
  const { graph, criterion, environment } = criterionCase;
  const wanted = criterion.figures.zones;
  if (wanted === undefined) return unread('a number of zones');
  const services = fargateServices(graph);
  if (services.length === 0) return { notApplicable: 'there is no Fargate service' };
  if (oneZoneIsEnough(criterionCase))
    return { notApplicable: `the document has one task in ${environment}, in one zone` };
  return services.flatMap((service) => serviceEvidence(graph, service, wanted));
}

const subnets = ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'];

function serviceEvidence(graph: Assembly, service: Resource, wanted: number): readonly Evidence[] {
  const zones = zonesOf(graph, at(service.properties, ...subnets));
  const target = targetOfService(graph, service);
  const [place, property] = target === undefined ? [service, 'DesiredCount'] : [target, 'MinCapacity'];
  const said = place.properties[property];
  const least = said === undefined ? 1 : Number(literal(said));
  return [
    seen(graph, service, subnets, zones.names, `subnets in at least ${wanted} zones`, atLeast(zones, wanted)),
    seen(
      graph,
      place,
      [property],
      said ?? 'not said: 1',
      `at least ${wanted} tasks`,
      Number.isNaN(least) ? undefined : least >= wanted,
    ),
  ];
}
