// NET-2…4: where 0.0.0.0/0 goes from each subnet: the internet gateway, the NAT gateway of the same zone, or nowhere; and no second way.
import { at, isSettled, type Resource, textOf } from '../../../../assembly/graph.ts';
import { isEqual } from '../../../../assembly/properties.ts';
import {
  isAttached,
  isTier,
  openRoutes,
  routeTablesOf,
  type WayOut,
  waysOut,
} from '../../../../assembly/questions/subnets.ts';
import { targetOf } from '../../../../assembly/relations.ts';
import type { Truth } from '../../../../assembly/truth.ts';
import { perEnvironment } from '../../../../design/environments.ts';
import { zonesOfTier } from '../../../../design/parts.ts';
import type { Subnet } from '../../../../design/schema.ts';
import type { Observation, StatementCase, StatementJudge } from '../../judge.ts';
import { missing, on } from '../../on.ts';
import { said } from '../../words/network.ts';
import { noSubnet, subnetCase, tierId } from './subnets.ts';

export const defaultRoutes: StatementJudge = {
  id: tierId,
  path: 'network.subnets.*.defaultRoute',
  judge(judgeCase) {
    const { wanted, subnet } = subnetCase(judgeCase) ?? {};
    if (wanted === undefined || subnet === undefined) return noSubnet(judgeCase);
    const { graph } = judgeCase;
    const ways = waysOut(graph, subnet);
    const open = openRoutes(graph, subnet);
    if (wanted.defaultRoute === 'none') return noWayOut(judgeCase, subnet, ways, open);
    const expected = said.defaultRoute({ target: wanted.defaultRoute });
    const [way, ...others] = [...ways].sort((left, right) => rank(left, wanted) - rank(right, wanted));
    if (way === undefined) {
      return open.length === 0
        ? [on(subnet).holds(false, { expected, observed: said.noWayOut })]
        : open.map((one) => on(one).holds(undefined, { expected }));
    }
    const second = (route: Resource, truth: Truth) =>
      on(route).holds(truth, { expected: said.noSecondWayOut, observed: route.properties });
    return [
      ...wayEvidence(judgeCase, subnet, wanted, way),
      ...others.map(({ route }) => second(route, false)),
      ...open.map((route) => second(route, undefined)),
    ];
  },
};

const rank = ({ kind, isDefault }: WayOut, { defaultRoute }: Subnet) =>
  Number(kind !== defaultRoute) + Number(isDefault !== true);

function noWayOut(
  { graph }: StatementCase,
  subnet: Resource,
  ways: readonly WayOut[],
  open: readonly Resource[],
): readonly Observation[] {
  const expected = said.noRouteBeyondVpc;
  const seen = (route: Resource, truth: Truth) => on(route).holds(truth, { expected, observed: route.properties });
  if (ways.length > 0) return ways.map(({ route }) => seen(route, false));
  if (open.length > 0) return open.map((route) => seen(route, undefined));
  const [table] = routeTablesOf(graph, subnet);
  return table === undefined
    ? [on(subnet).holds(true, { expected, observed: said.mainRouteTable })]
    : [on(table).holds(true, { expected, observed: expected })];
}

function wayEvidence(judgeCase: StatementCase, subnet: Resource, wanted: Subnet, way: WayOut): readonly Observation[] {
  const { route, kind, isDefault, property, target } = way;
  const destination = on(route)
    .property('DestinationCidrBlock')
    .holds(isDefault, { expected: '0.0.0.0/0', observed: destinationOf(route) });
  const leads = on(route)
    .property(property)
    .holds(kind && kind === wanted.defaultRoute, {
      expected: typeOf(wanted),
      observed: target?.type ?? route.properties[property],
    });
  if (target === undefined || kind !== wanted.defaultRoute) return [destination, leads];
  if (kind === 'nat-gateway') return [destination, leads, natEvidence(judgeCase, subnet, route, target)];
  const attached = isAttached(judgeCase.graph, target, subnet.properties.VpcId);
  const observed = attached === false ? said.notAttached : attached ? said.attached : undefined;
  return [destination, leads, on(target).holds(attached, { expected: said.attachedToVpc, observed })];
}

const destinationOf = ({ properties }: Resource) =>
  properties.DestinationCidrBlock ?? properties.DestinationIpv6CidrBlock ?? properties.DestinationPrefixListId;

const typeOf = ({ defaultRoute }: Subnet) =>
  defaultRoute === 'nat-gateway' ? 'AWS::EC2::NatGateway' : 'AWS::EC2::InternetGateway';

/** SIZE-4: with a NAT gateway for each zone it is the zone's own; an environment with fewer shares them. */
function natEvidence(judgeCase: StatementCase, subnet: Resource, route: Resource, nat: Resource): Observation {
  const { graph, design, environment } = judgeCase;
  const { SubnetId } = nat.properties;
  const home = targetOf(graph, SubnetId);
  if (home === undefined) {
    const expected = said.homeOfNatGateway;
    return isSettled(SubnetId) ? missing(expected) : on(nat).property('SubnetId').holds(undefined, { expected });
  }
  const isPublic = isTier(graph, home, 'public');
  if (!isPublic) return on(nat).property('SubnetId').holds(isPublic, { expected: said.publicSubnet });
  const zone = at(home.properties, 'AvailabilityZone');
  const own = at(subnet.properties, 'AvailabilityZone');
  const isShared = perEnvironment(design.sizes, environment).natGateways < zonesOfTier(design, 'public').length;
  return on(route)
    .property('NatGatewayId')
    .holds(isShared || isEqual(zone, own), {
      expected: isShared ? said.natGatewayInPublicSubnet : said.natGatewayIn({ zone: textOf(own) }),
      observed: said.natGatewayIn({ zone: textOf(zone) }),
    });
}
