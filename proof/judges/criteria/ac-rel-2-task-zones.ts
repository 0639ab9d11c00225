// AC-REL-2: each Fargate service of the design's region has subnets in as many zones as the sentence asks for, and as many tasks: one
// task is in one zone. A document that is content with one zone in an environment does not ask for it there (ADR-012).
import type { Finding } from '../judge.ts';
import { serviceZones } from '../zones.ts';
import { type CriterionCase, type CriterionJudge, oneZoneIsEnough, unread } from './criterion.ts';
import { fargateServices } from './resources.ts';

export const taskZones: CriterionJudge = {
  id: 'AC-REL-2',
  about: ['service'],
  deviation: (criterionCase) => (oneZoneIsEnough(criterionCase) ? 'ADR-012' : undefined),
  judge: judgeZones,
};

function judgeZones(criterionCase: CriterionCase): Finding {
  const { graph, criterion, environment } = criterionCase;
  const wanted = criterion.figures.zones;
  if (wanted === undefined) return unread('a number of zones');
  const services = fargateServices(graph);
  if (services.length === 0) return { notApplicable: 'there is no Fargate service' };
  if (oneZoneIsEnough(criterionCase))
    return { notApplicable: `the document has one task in ${environment}, in one zone` };
  return services.flatMap((service) => serviceZones(graph, service, wanted));
}
