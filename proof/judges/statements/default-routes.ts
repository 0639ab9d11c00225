// NET-2…4: where 0.0.0.0/0 goes from each subnet: the internet gateway, the NAT gateway of the same zone, or nowhere; and no second way.
import { at, type Resource } from '../../../assembly/graph.ts';
import { isAttached, routeTablesOf, tierByRoutes, type WayOut, waysOut } from '../../../assembly/questions/subnets.ts';
import { targetOf } from '../../../assembly/relations.ts';
import type { Subnet } from '../../../design/schema.ts';
import { nothing, seen } from '../evidence.ts';
import type { Evidence, StatementCase, StatementJudge } from '../judge.ts';
import { noSubnet, subnetCase, tierId } from './subnets.ts';

export const defaultRoutes: StatementJudge = {
  id: tierId,
  path: 'network.subnets.*.defaultRoute',
  judge(judgeCase) {
    const { wanted, subnet } = subnetCase(judgeCase) ?? {};
    if (wanted === undefined || subnet === undefined) return noSubnet(judgeCase);
    const ways = waysOut(judgeCase.graph, subnet);
    if (wanted.defaultRoute === 'none') return noWayOut(judgeCase, subnet, ways);
    const expected = `0.0.0.0/0 to the ${wanted.defaultRoute}`;
    const [way, ...others] = [...ways].sort((left, right) => rank(left, wanted) - rank(right, wanted));
    if (way === undefined) return [seen(judgeCase.graph, subnet, [], 'no way out', expected, false)];
    return [
      ...wayEvidence(judgeCase, subnet, wanted, way),
      ...others.map(({ route }) => seen(judgeCase.graph, route, [], route.properties, 'no second way out', false)),
    ];
  },
};

const rank = ({ kind, isDefault }: WayOut, { defaultRoute }: Subnet) =>
  Number(kind !== defaultRoute) + Number(isDefault !== true);

function noWayOut(judgeCase: StatementCase, subnet: Resource, ways: readonly WayOut[]): readonly Evidence[] {
  const { graph } = judgeCase;
  const expected = 'no route beyond the VPC';
  if (ways.length > 0) return ways.map(({ route }) => seen(graph, route, [], route.properties, expected, false));
  const [table] = routeTablesOf(judgeCase.graph, subnet);
  return table === undefined
    ? [seen(graph, subnet, [], 'the main route table', expected, true)]
    : [seen(graph, table, [], 'no route beyond the VPC', expected, true)];
}

function wayEvidence(judgeCase: StatementCase, subnet: Resource, wanted: Subnet, way: WayOut): readonly Evidence[] {
  const { graph } = judgeCase;
  const { route, kind, isDefault, property, target } = way;
  const destination = seen(graph, route, ['DestinationCidrBlock'], destinationOf(route), '0.0.0.0/0', isDefault);
  const leads = seen(
    graph,
    route,
    [property],
    target?.type ?? route.properties[property],
    typeOf(wanted),
    kind === wanted.defaultRoute,
  );
  if (target === undefined || kind !== wanted.defaultRoute) return [destination, leads];
  if (kind === 'nat-gateway') return [destination, leads, natEvidence(judgeCase, subnet, route, target)];
  const attached = isAttached(judgeCase.graph, target, subnet.properties.VpcId);
  return [
    destination,
    leads,
    seen(graph, target, [], attached ? 'attached' : 'not attached', 'attached to the VPC', attached),
  ];
}

const destinationOf = ({ properties }: Resource) =>
  properties.DestinationCidrBlock ?? properties.DestinationIpv6CidrBlock ?? properties.DestinationPrefixListId;

const typeOf = ({ defaultRoute }: Subnet) =>
  defaultRoute === 'nat-gateway' ? 'AWS::EC2::NatGateway' : 'AWS::EC2::InternetGateway';

/** SIZE-4: with a NAT gateway for each zone it is the zone's own; an environment with fewer shares them. */
function natEvidence(judgeCase: StatementCase, subnet: Resource, route: Resource, nat: Resource): Evidence {
  const { graph, design, environment } = judgeCase;
  const home = targetOf(graph, nat.properties.SubnetId);
  if (home === undefined) return nothing('a public subnet that the NAT gateway stands in');
  if (tierByRoutes(judgeCase.graph, home) !== 'public') {
    return seen(graph, nat, ['SubnetId'], nat.properties.SubnetId, 'a public subnet', false);
  }
  const zones = new Set(design.network.subnets.filter(({ tier }) => tier === 'public').map(({ zone }) => zone)).size;
  const zone = at(home.properties, 'AvailabilityZone');
  if (design.sizes[environment].natGateways < zones) {
    return seen(
      graph,
      route,
      ['NatGatewayId'],
      `a NAT gateway in ${String(zone)}`,
      'a NAT gateway in a public subnet',
      true,
    );
  }
  const own = subnet.properties.AvailabilityZone;
  const expected = `a NAT gateway in ${String(own)}`;
  return seen(graph, route, ['NatGatewayId'], `a NAT gateway in ${String(zone)}`, expected, zone === own);
}
