// Which subnet is which, and what leads out of it.

import type { Design, Subnet } from '../../design/schema.ts';
import { type Assembly, isSettled, literal, type Resource, type Value } from '../graph.ts';
import { ofType, pointing, refersTo, targetOf } from '../relations.ts';
import { all, any, not, type Truth } from '../truth.ts';

interface Site {
  readonly graph: Assembly;
  readonly design: Design;
}

/**
 * The subnet that the document's n-th one is. It is known by its address range; one whose range is none of the document's is known
 * by its zone, if only one such is left there: so a wrong range spoils the line of the range and not every other line.
 */
export function subnetAt({ graph, design }: Site, index: number): Resource | undefined {
  const wanted = design.network.subnets[index];
  if (wanted === undefined) return undefined;
  const every = ofType(graph, 'AWS::EC2::Subnet');
  const cidrOf = ({ properties }: Resource) => literal(properties.CidrBlock);
  const exact = every.find((subnet) => cidrOf(subnet) === wanted.cidr);
  if (exact !== undefined) return exact;
  const ranges = new Set<unknown>(design.network.subnets.map(({ cidr }) => cidr));
  const strays = every.filter((subnet) => !ranges.has(cidrOf(subnet)));
  const near = strays.filter(({ properties }) => properties.AvailabilityZone === `${design.region}${wanted.zone}`);
  return near.length === 1 ? near[0] : undefined;
}

/** Subnets whose range only a deployment knows: one of the document's that is not found may be among them. */
export const possibleSubnets = (graph: Assembly): readonly Resource[] =>
  ofType(graph, 'AWS::EC2::Subnet').filter(({ properties }) => !isSettled(properties.CidrBlock));

/** A route that leads to other networks than the VPC itself, or what makes a table learn such routes. */
export interface WayOut {
  readonly route: Resource;
  /** `undefined` when the target is unresolved. */
  readonly kind: 'internet-gateway' | 'nat-gateway' | 'other' | undefined;
  /** `undefined` when the destination is unresolved. */
  readonly isDefault: boolean | undefined;
  /** The property that names the target. */
  readonly property: string;
  readonly target: Resource | undefined;
}

const gatewayProperties = [
  'GatewayId',
  'NatGatewayId',
  'EgressOnlyInternetGatewayId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'NetworkInterfaceId',
  'InstanceId',
  'CarrierGatewayId',
  'LocalGatewayId',
  'CoreNetworkArn',
  'VpcEndpointId',
] as const;

/** Route tables of a subnet; without an association it has the VPC's main one, to which no template can add a route. */
export function routeTablesOf(graph: Assembly, subnet: Resource): readonly Resource[] {
  return pointing(graph, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId', subnet).flatMap(
    ({ properties }) => targetOf(graph, properties.RouteTableId) ?? [],
  );
}

/** Every way out of a subnet. Gateway endpoints are no routes in a template and do not appear. */
export function waysOut(graph: Assembly, subnet: Resource): readonly WayOut[] {
  const tables = routeTablesOf(graph, subnet);
  const learnt = tables
    .flatMap((table) => pointing(graph, 'AWS::EC2::VPNGatewayRoutePropagation', 'RouteTableIds', table))
    .map((route): WayOut => {
      const property = 'VpnGatewayId';
      return {
        route,
        kind: 'other',
        isDefault: undefined,
        property,
        target: targetOf(graph, route.properties[property]),
      };
    });
  const written = tables
    .flatMap((table) => pointing(graph, 'AWS::EC2::Route', 'RouteTableId', table))
    .map((route): WayOut => {
      const property = gatewayProperties.find((name) => name in route.properties) ?? 'GatewayId';
      const target = targetOf(graph, route.properties[property]);
      const destination = route.properties.DestinationCidrBlock;
      const isDefault = typeof destination === 'object' ? undefined : destination === '0.0.0.0/0';
      const kind = target === undefined && !isSettled(route.properties[property]) ? undefined : kindOf(target);
      return { route, kind, isDefault, property, target };
    });
  return [...written, ...learnt];
}

function kindOf(target: Resource | undefined): WayOut['kind'] {
  if (target?.type === 'AWS::EC2::InternetGateway') return 'internet-gateway';
  return target?.type === 'AWS::EC2::NatGateway' ? 'nat-gateway' : 'other';
}

/** Whether an internet gateway is attached to the VPC. */
export function isAttached(graph: Assembly, gateway: Resource, vpcId: Value | undefined): Truth {
  const vpc = targetOf(graph, vpcId);
  const otherwise = isSettled(vpcId) ? false : undefined;
  return any(
    ofType(graph, 'AWS::EC2::VPCGatewayAttachment').map(({ properties: { InternetGatewayId, VpcId } }) =>
      all([refersTo(InternetGatewayId, gateway), vpc === undefined ? otherwise : refersTo(VpcId, vpc)]),
    ),
  );
}

/** Associations and routes of which the templates do not say whether, or with what routes, they are a subnet's. */
export function openRoutes(graph: Assembly, subnet: Resource): readonly Resource[] {
  const tables = routeTablesOf(graph, subnet);
  const associations = ofType(graph, 'AWS::EC2::SubnetRouteTableAssociation').filter(({ properties }) => {
    const isOwn = refersTo(properties.SubnetId, subnet);
    return isOwn === undefined || (isOwn && targetOf(graph, properties.RouteTableId) === undefined);
  });
  const routes = ofType(graph, 'AWS::EC2::Route', 'AWS::EC2::VPNGatewayRoutePropagation').filter(
    ({ properties: { RouteTableId, RouteTableIds = RouteTableId } }) =>
      tables.some((table) => refersTo(RouteTableIds, table) === undefined),
  );
  return [...associations, ...routes];
}

/** Whether a subnet is of a tier by its ways out. */
export function isTier(graph: Assembly, subnet: Resource, tier: Subnet['tier']): Truth {
  const ways = waysOut(graph, subnet);
  const mayHaveMore = openRoutes(graph, subnet).length > 0 ? undefined : false;
  const isPublic = any([...ways.map(({ kind }) => kind && kind === 'internet-gateway'), mayHaveMore]);
  const leadsOut = ways.length > 0 ? true : mayHaveMore;
  if (tier === 'public') return isPublic;
  return tier === 'data' ? not(leadsOut) : all([leadsOut, not(isPublic)]);
}

/** What a subnet is by its ways out. */
export function tierByRoutes(graph: Assembly, subnet: Resource): Subnet['tier'] {
  const ways = waysOut(graph, subnet);
  if (ways.some(({ kind }) => kind === 'internet-gateway')) return 'public';
  return ways.length > 0 ? 'private' : 'data';
}
