// The network: load balancer, NAT gateways, public addresses, interface endpoints. None of them can be stopped at night.
import { isReference, isUnresolved, literal, type Resource } from '../../../assembly/graph.ts';
import { placementOf } from '../../../assembly/questions/placements.ts';
import { listOf, ofType } from '../../../assembly/relations.ts';
import { monthHours } from '../../../aws/schedule.ts';
import { refuse } from '../problem.ts';
import { type Charge, type Pricer, partOf, type Site } from './site.ts';

export const loadBalancer: Pricer = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  price(balancer, site) {
    const kind = literal(balancer.properties.Type) ?? 'application';
    if (kind !== 'application') {
      const item = `${kind}-load-balancer.hour`;
      return refuse('missing-price', { item, region: site.regionOf(balancer), nearest: ['alb.hour'] });
    }
    const isPublic = literal(balancer.properties.Scheme) !== 'internal';
    return [
      { item: 'alb.hour', quantity: monthHours },
      { item: 'alb.lcu-hour', quantity: partOf(site, balancer, 'lcus') * monthHours },
      ...(isPublic
        ? [{ item: 'ipv4.hour', quantity: subnetCount(balancer, site) * monthHours }, ...egressOf(balancer, site)]
        : []),
    ];
  },
};

/** What viewers receive leaves through CloudFront where there is one, and fetching from the load balancer is then free. */
function egressOf(balancer: Resource, site: Site): readonly Charge[] {
  if (ofType(site.graph, 'AWS::CloudFront::Distribution').length > 0) return [];
  return [{ item: 'egress.gb', quantity: partOf(site, balancer, 'egressGb') }];
}

export const natGateway: Pricer = {
  type: 'AWS::EC2::NatGateway',
  price: (gateway, site) => [
    { item: 'nat.hour', quantity: monthHours },
    { item: 'nat.gb', quantity: partOf(site, gateway, 'natGb') },
  ],
};

export const elasticAddress: Pricer = {
  type: 'AWS::EC2::EIP',
  price: () => [{ item: 'ipv4.hour', quantity: monthHours }],
};

/** Gateway endpoints are free; an interface endpoint has an hour's price in each subnet that it stands in. */
export const endpoint: Pricer = {
  type: 'AWS::EC2::VPCEndpoint',
  price(resource, site) {
    const kind = String(literal(resource.properties.VpcEndpointType) ?? 'Gateway');
    if (kind === 'Gateway') return [];
    if (kind !== 'Interface') {
      const item = `endpoint.${kind.toLowerCase()}`;
      return refuse('missing-price', { item, region: site.regionOf(resource), nearest: ['endpoint.hour'] });
    }
    const isInterface = (other: Resource) => literal(other.properties.VpcEndpointType) === 'Interface';
    return [
      { item: 'endpoint.hour', quantity: subnetCount(resource, site) * monthHours },
      { item: 'endpoint.gb', quantity: partOf(site, resource, 'endpointGb', isInterface) },
    ];
  },
};

/** In how many subnets something stands. A list that is itself a reference cannot be counted. */
function subnetCount(resource: Resource, { graph }: Site): number {
  const { path = [], value } = placementOf(graph, resource) ?? {};
  if (isReference(value) || isUnresolved(value)) {
    return refuse('unresolved-quantity', {
      resource: resource.path,
      property: path.join('.'),
      found: { en: 'a list of unknown length', ja: '長さの分からない一覧' },
    });
  }
  return listOf(value).length;
}
