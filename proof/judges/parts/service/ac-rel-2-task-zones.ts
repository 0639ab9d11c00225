// AC-REL-2: each Fargate service of the design's region has subnets in as many zones as the sentence asks for, and as many tasks: one
// task is in one zone. A document that is content with one zone in an environment does not ask for it there (ADR-012).

import { type CriterionCase, type CriterionJudge, noneOf, oneZoneIsEnough, unread } from '../../criterion.ts';
import type { Finding } from '../../judge.ts';
import { said as shared } from '../../words/criteria.ts';
import { said } from '../../words/reliability.ts';
import { serviceZones } from '../network/zones.ts';
import { fargateServices } from './fargate-services.ts';

export const taskZones: CriterionJudge = {
  id: 'AC-REL-2',
  of: ['service'],
  about: ['service'],
  deviation: (criterionCase) => (oneZoneIsEnough(criterionCase) ? 'ADR-012' : undefined),
  judge: judgeZones,
};

function judgeZones(criterionCase: CriterionCase): Finding {
  const { graph, criterion, environment } = criterionCase;
  const wanted = criterion.figures.zones;
  if (wanted === undefined) return unread('figureZones');
  const { services, unknown } = fargateServices(graph);
  if (services.length === 0 && unknown.length === 0) return noneOf(graph, shared.noFargateService);
  if (oneZoneIsEnough(criterionCase)) return { notApplicable: said.oneTaskInOneZone({ environment }) };
  return [...unknown, ...services.flatMap((service) => serviceZones(graph, service, wanted))];
}
