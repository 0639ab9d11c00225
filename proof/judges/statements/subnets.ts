// NET-2…4: each subnet of the document stands in the VPC, with its range, in its zone, in its tier.

import { subnetAt, tierByRoutes } from '../../../assembly/questions/subnets.ts';
import { pointsAt } from '../../../assembly/relations.ts';
import { equals, nothing, seen } from '../evidence.ts';
import type { Evidence, StatementCase, StatementJudge } from '../judge.ts';
import { vpcOf } from './vpc.ts';

const ids = { public: 'NET-2', private: 'NET-3', data: 'NET-4' } as const;

/** The document's subnet of the case, with what was found of it. */
export function subnetCase(judgeCase: StatementCase) {
  const [index = 0] = judgeCase.indices;
  const wanted = judgeCase.design.network.subnets[index];
  return wanted === undefined ? undefined : { wanted, subnet: subnetAt(judgeCase, index) };
}

export function noSubnet(judgeCase: StatementCase): readonly Evidence[] {
  const { wanted } = subnetCase(judgeCase) ?? {};
  return [nothing(`${wanted?.tier ?? 'a'} subnet ${wanted?.cidr ?? ''} in zone ${wanted?.zone ?? ''}`)];
}

function cidrEvidence(judgeCase: StatementCase): readonly Evidence[] {
  const { wanted, subnet } = subnetCase(judgeCase) ?? {};
  const vpc = vpcOf(judgeCase);
  if (wanted === undefined || subnet === undefined || vpc === undefined) return noSubnet(judgeCase);
  const { graph } = judgeCase;
  const inside = pointsAt(subnet.properties.VpcId, vpc);
  return [
    equals(graph, subnet, ['CidrBlock'], wanted.cidr),
    seen(graph, subnet, ['VpcId'], subnet.properties.VpcId, 'in the VPC', inside),
  ];
}

function zoneEvidence(judgeCase: StatementCase): readonly Evidence[] {
  const { wanted, subnet } = subnetCase(judgeCase) ?? {};
  if (wanted === undefined || subnet === undefined) return noSubnet(judgeCase);
  return [equals(judgeCase.graph, subnet, ['AvailabilityZone'], `${judgeCase.design.region}${wanted.zone}`)];
}

/** A tier is what routes make of a subnet: public has the internet gateway, data has no way out, private has any other or none. */
function tierEvidence(judgeCase: StatementCase): readonly Evidence[] {
  const { wanted, subnet } = subnetCase(judgeCase) ?? {};
  if (wanted === undefined || subnet === undefined) return noSubnet(judgeCase);
  const found = tierByRoutes(judgeCase.graph, subnet);
  const fits = wanted.tier === 'private' ? found !== 'public' : found === wanted.tier;
  return [seen(judgeCase.graph, subnet, [], `${found} by its routes`, wanted.tier, fits)];
}

const aspects = { cidr: cidrEvidence, zone: zoneEvidence, tier: tierEvidence };

export const subnets: readonly StatementJudge[] = [
  ...Object.entries(aspects).map(([aspect, judge]) => ({ id: tierId, path: `network.subnets.*.${aspect}`, judge })),
  {
    id: tierId,
    path: 'network.subnets.*',
    judge: (judgeCase) => Object.values(aspects).flatMap((judge) => judge(judgeCase)),
  },
];

/** The requirement that speaks of the subnet's tier. */
export function tierId(judgeCase: StatementCase): string {
  return ids[subnetCase(judgeCase)?.wanted.tier ?? 'public'];
}
