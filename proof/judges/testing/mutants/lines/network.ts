// Mutants of the network (NET-1…6, SIZE-4, STK-1).

import { functionsOf } from '../../../../../assembly/questions/compute.ts';
import { routeTablesOf, subnetAt, waysOut } from '../../../../../assembly/questions/subnets.ts';
import { ofType } from '../../../../../assembly/relations.ts';
import type { Design } from '../../../../../design/schema.ts';
import { type Mutant, only, type Platform } from '../mutant.ts';
import { resourcePath, stackPath, subnetsOf } from './paths.ts';

/** The n-th subnet of a tier, in the document's order. */
const subnet = ({ case: judgeCase, design }: Platform, tier: string, n: number) =>
  only([subnetAt(judgeCase, subnetsOf(design, tier)[n] ?? -1)]);
const route = (platform: Platform, tier: string, n: number) =>
  only(waysOut(platform.case.graph, subnet(platform, tier, n)).map((way) => way.route));
const table = (platform: Platform, tier: string, n: number) =>
  only(routeTablesOf(platform.case.graph, subnet(platform, tier, n)));
const one = ({ graph }: Platform, type: string) => only(ofType(graph, type));
const path = (design: Design, tier: string, n: number, aspect: string) =>
  `network.subnets.${subnetsOf(design, tier)[n] ?? -1}.${aspect}`;
const usesOf = (design: Design, tier: string) =>
  subnetsOf(design, tier).map((index) => `network.subnets.${index}.uses`);

export const networkMutants: readonly Mutant[] = [
  {
    id: 'NET-1',
    name: 'the VPC has a second range',
    spoil: (platform) => {
      const vpc = one(platform, 'AWS::EC2::VPC');
      platform.add(vpc, 'AWS::EC2::VPCCidrBlock', { VpcId: platform.here(vpc), CidrBlock: '10.9.0.0/16' });
    },
    reddens: () => ['network.cidr'],
  },
  {
    id: 'NET-2',
    name: 'a public subnet stands in another zone',
    spoil: (platform) =>
      platform.set(subnet(platform, 'public', 1), ['AvailabilityZone'], `${platform.design.region}a`),
    reddens: (design) => [
      path(design, 'public', 1, 'zone'),
      path(design, 'private', 1, 'defaultRoute'),
      resourcePath(design, 'NetworkStack', 'subnet', 'public'),
    ],
  },
  {
    id: 'NET-2',
    name: 'a public subnet loses its route to the internet gateway, and its NAT gateway with it',
    spoil: (platform) => platform.remove(route(platform, 'public', 0)),
    reddens: (design) => [
      path(design, 'public', 0, 'tier'),
      path(design, 'public', 0, 'defaultRoute'),
      path(design, 'private', 0, 'defaultRoute'),
    ],
  },
  {
    id: 'NET-2',
    name: 'the load balancer stands in one public subnet only',
    spoil: (platform) => {
      const balancer = one(platform, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
      platform.set(balancer, ['Subnets', 1], undefined);
    },
    reddens: (design) => [path(design, 'public', 1, 'uses')],
  },
  {
    id: 'NET-3',
    name: 'a private subnet goes out by the other zone',
    spoil: (platform) => {
      const [own, other] = [route(platform, 'private', 0), route(platform, 'private', 1)];
      platform.set(own, ['NatGatewayId'], platform.get(other, ['NatGatewayId']));
    },
    reddens: (design) => [path(design, 'private', 0, 'defaultRoute')],
  },
  {
    id: 'NET-3',
    name: 'a private subnet goes straight to the internet',
    spoil: (platform) => {
      const [own, open] = [route(platform, 'private', 0), route(platform, 'public', 0)];
      platform.set(own, ['NatGatewayId'], undefined);
      platform.set(own, ['GatewayId'], platform.get(open, ['GatewayId']));
    },
    reddens: (design) => [path(design, 'private', 0, 'tier'), path(design, 'private', 0, 'defaultRoute')],
  },
  {
    id: 'NET-3',
    name: 'a private subnet has a second way out',
    spoil: (platform) => {
      const own = route(platform, 'private', 0);
      platform.add(own, 'AWS::EC2::Route', {
        RouteTableId: platform.here(table(platform, 'private', 0)),
        DestinationCidrBlock: '0.0.0.0/1',
        NatGatewayId: platform.get(own, ['NatGatewayId']) ?? '',
      });
    },
    reddens: (design) => [path(design, 'private', 0, 'defaultRoute')],
  },
  {
    id: 'NET-3',
    name: 'tasks run in the public subnets',
    spoil: (platform) => {
      const balancer = one(platform, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
      const service = one(platform, 'AWS::ECS::Service');
      const place = ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'];
      platform.set(service, place, platform.get(balancer, ['Subnets']));
    },
    reddens: (design) => usesOf(design, 'private'),
  },
  {
    id: 'NET-4',
    name: 'a data subnet has a default route',
    spoil: (platform) => {
      const open = route(platform, 'private', 0);
      platform.add(open, 'AWS::EC2::Route', {
        RouteTableId: platform.here(table(platform, 'data', 0)),
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: platform.get(open, ['NatGatewayId']) ?? '',
      });
    },
    reddens: (design) => [path(design, 'data', 0, 'tier'), path(design, 'data', 0, 'defaultRoute')],
  },
  {
    id: 'NET-3',
    name: 'a function stands outside the network',
    spoil: (platform) => platform.set(only(functionsOf(platform.graph, platform.design)), ['VpcConfig'], undefined),
    reddens: (design) => usesOf(design, 'private'),
  },
  {
    id: 'NET-4',
    name: 'a data subnet learns the routes of a private network',
    spoil: (platform) => {
      const own = table(platform, 'data', 0);
      const properties = { RouteTableIds: [platform.here(own)], VpnGatewayId: 'vgw-0123456789abcdef0' };
      platform.add(own, 'AWS::EC2::VPNGatewayRoutePropagation', properties);
    },
    reddens: (design) => [path(design, 'data', 0, 'tier'), path(design, 'data', 0, 'defaultRoute')],
  },
  {
    id: 'NET-4',
    name: 'the database stands in the subnets that AWS chooses',
    spoil: (platform) => platform.set(one(platform, 'AWS::RDS::DBCluster'), ['DBSubnetGroupName'], undefined),
    // In how many zones those are, nobody can tell from a template.
    reddens: (design) => [...usesOf(design, 'data'), resourcePath(design, 'DatabaseStack', 'subnet-group')],
  },
  {
    id: 'NET-4',
    name: 'the database stands in the private subnets',
    spoil: (platform) => {
      const place = ['NetworkConfiguration', 'AwsvpcConfiguration', 'Subnets'];
      const homes = platform.get(one(platform, 'AWS::ECS::Service'), place);
      platform.set(one(platform, 'AWS::RDS::DBSubnetGroup'), ['SubnetIds'], homes);
    },
    reddens: (design) => usesOf(design, 'data'),
  },
  {
    id: 'NET-5',
    name: 'a gateway endpoint is gone',
    spoil: (platform) => platform.remove(one(platform, 'AWS::EC2::VPCEndpoint')),
    reddens: () => ['network.gatewayEndpoints.0'],
  },
  {
    id: 'NET-5',
    name: 'there is a gateway endpoint more',
    spoil: (platform) => {
      const vpc = one(platform, 'AWS::EC2::VPC');
      const ServiceName = `com.amazonaws.${platform.design.region}.s3express`;
      platform.add(vpc, 'AWS::EC2::VPCEndpoint', { VpcId: platform.here(vpc), ServiceName });
    },
    reddens: ({ network }) => network.gatewayEndpoints.map((_, index) => `network.gatewayEndpoints.${index}`),
  },
  {
    id: 'NET-6',
    name: 'an interface endpoint stands though they are switched off',
    spoil: (platform) => {
      const vpc = one(platform, 'AWS::EC2::VPC');
      const [service = ''] = platform.design.network.interfaceEndpoints.services;
      platform.add(vpc, 'AWS::EC2::VPCEndpoint', {
        VpcId: platform.here(vpc),
        VpcEndpointType: 'Interface',
        ServiceName: `com.amazonaws.${platform.design.region}.${service}`,
      });
    },
    reddens: () => [
      'inputs.interfaceEndpoints',
      'network.interfaceEndpoints.optional',
      'network.interfaceEndpoints.services.0',
    ],
  },
  {
    id: 'SIZE-4',
    name: 'there is a NAT gateway more',
    spoil: (platform) => {
      const nat = one(platform, 'AWS::EC2::NatGateway');
      const copy = {
        SubnetId: platform.get(nat, ['SubnetId']) ?? '',
        AllocationId: platform.get(nat, ['AllocationId']) ?? '',
      };
      platform.add(nat, 'AWS::EC2::NatGateway', copy);
    },
    reddens: (design) => ['sizes.production.natGateways', resourcePath(design, 'NetworkStack', 'nat-gateway')],
  },
  {
    id: 'STK-1',
    name: 'the stack says that it is something else',
    spoil: (platform) => platform.describe('ProductionNetworkStack', 'Something else'),
    reddens: (design) => [`${stackPath(design, 'NetworkStack')}.purpose`],
  },
  {
    id: 'STK-1',
    name: 'the stack waits for one that the document does not name',
    spoil: (platform) => platform.waitFor('ProductionNetworkStack', 'ProductionStorageStack'),
    reddens: (design) => [`${stackPath(design, 'NetworkStack')}.dependsOn`],
  },
  {
    id: 'STK-1',
    name: 'there is a data subnet more',
    spoil: (platform) => {
      const vpc = one(platform, 'AWS::EC2::VPC');
      const AvailabilityZone = `${platform.design.region}a`;
      platform.add(vpc, 'AWS::EC2::Subnet', { VpcId: platform.here(vpc), CidrBlock: '10.0.77.0/24', AvailabilityZone });
    },
    reddens: (design) => [resourcePath(design, 'NetworkStack', 'subnet', 'data')],
  },
  {
    id: 'STK-1',
    name: 'a data subnet more is hidden in another stack',
    spoil: (platform) => {
      const group = one(platform, 'AWS::EC2::SecurityGroup');
      platform.add(group, 'AWS::EC2::Subnet', {
        VpcId: platform.get(group, ['VpcId']) ?? '',
        CidrBlock: '10.0.77.0/24',
        AvailabilityZone: `${platform.design.region}a`,
      });
    },
    reddens: (design) => [resourcePath(design, 'NetworkStack', 'subnet', 'data')],
  },
  {
    id: 'STK-1',
    name: 'the internet gateway is not attached',
    spoil: (platform) => platform.remove(one(platform, 'AWS::EC2::VPCGatewayAttachment')),
    reddens: (design) => [
      ...subnetsOf(design, 'public').map((index) => `network.subnets.${index}.defaultRoute`),
      resourcePath(design, 'NetworkStack', 'internet-gateway'),
    ],
  },
];
