// NET-2…4: each subnet of the document stands in the VPC, with its range, in its zone, in its tier.

import type { Resource } from '../../../../assembly/graph.ts';
import { isTier, possibleSubnets, subnetAt, tierByRoutes } from '../../../../assembly/questions/subnets.ts';
import { not } from '../../../../assembly/truth.ts';
import type { Subnet } from '../../../../design/schema.ts';
import type { Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, missingUnless, on } from '../../on.ts';
import { said } from '../../words/network.ts';
import { parts } from '../../words/parts.ts';
import { inVpc } from './vpc.ts';

const ids = { public: 'NET-2', private: 'NET-3', data: 'NET-4' } as const;

/** The document's subnet of the case, with what was found of it. */
export function subnetCase(judgeCase: StatementCase) {
  const [index = 0] = judgeCase.indices;
  const wanted = judgeCase.design.network.subnets[index];
  return wanted === undefined ? undefined : { wanted, subnet: subnetAt(judgeCase, index) };
}

export function noSubnet(judgeCase: StatementCase): readonly Observation[] {
  const { wanted } = subnetCase(judgeCase) ?? {};
  return wanted === undefined
    ? [missing(parts.inTheDesign)]
    : missingUnless(possibleSubnets(judgeCase.graph), said.subnet(wanted));
}

type Aspect = (judgeCase: StatementCase, subnet: Resource, wanted: Subnet) => readonly Observation[];

const aspects: Readonly<Record<'cidr' | 'zone' | 'tier', Aspect>> = {
  cidr: (judgeCase, subnet, { cidr }) => [on(subnet).property('CidrBlock').is(cidr), inVpc(judgeCase, subnet)],
  zone: ({ design }, subnet, { zone }) => [on(subnet).property('AvailabilityZone').is(`${design.region}${zone}`)],
  /** A tier is what routes make of a subnet: public has the internet gateway, data has no way out, private has any other or none. */
  tier: ({ graph }, subnet, { tier }) => [
    on(subnet).holds(tier === 'private' ? not(isTier(graph, subnet, 'public')) : isTier(graph, subnet, tier), {
      expected: tier,
      observed: said.tierByRoutes({ tier: tierByRoutes(graph, subnet) }),
    }),
  ],
};

const judged = (judgeCase: StatementCase, ...wanted: readonly Aspect[]): readonly Observation[] => {
  const found = subnetCase(judgeCase);
  const { subnet } = found ?? {};
  if (found === undefined || subnet === undefined) return noSubnet(judgeCase);
  return wanted.flatMap((aspect) => aspect(judgeCase, subnet, found.wanted));
};

export const subnets: readonly StatementJudge[] = [
  ...Object.entries(aspects).map(([name, aspect]) => ({
    id: tierId,
    path: `network.subnets.*.${name}`,
    judge: (judgeCase: StatementCase) => judged(judgeCase, aspect),
  })),
  { id: tierId, path: 'network.subnets.*', judge: (judgeCase) => judged(judgeCase, ...Object.values(aspects)) },
];

/** The requirement that speaks of the subnet's tier. */
export function tierId(judgeCase: StatementCase): string {
  return ids[subnetCase(judgeCase)?.wanted.tier ?? 'public'];
}
