// The network stack: the VPC, its subnets and ways out, endpoints, and the record of its traffic (STK-1, NET-1…6, LOG-3).

import { Validations } from 'aws-cdk-lib';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { perEnvironment } from '../../../design/environments.ts';
import { hasInterfaceEndpoints } from '../../../design/parts.ts';
import { FlowLog } from '../constructs/log/flow-log.ts';
import { GatewayEndpoints } from '../constructs/network/gateway-endpoints.ts';
import { InterfaceEndpoints } from '../constructs/network/interface-endpoints.ts';
import { TieredNetwork } from '../constructs/network/tiered-network.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';

/**
 * Where everything else stands.
 *
 * @cost NAT gateways, endpoints and the flow log: see their constructs.
 */
export class NetworkStack extends PlatformStack {
  /** It knows no subnets; they are in the three lists, in the order of their zones. */
  readonly vpc: IVpc;
  readonly publicSubnets: readonly ISubnet[];
  readonly privateSubnets: readonly ISubnet[];
  readonly dataSubnets: readonly ISubnet[];
  /** The group of the interface endpoints; absent when there are none. SecurityStack says who may enter. */
  readonly endpointSecurityGroup?: ISecurityGroup;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    const { design, environment } = props;
    const { region, network: wanted } = design;
    const network = new TieredNetwork(this, 'Network', {
      name: this.stackName,
      region,
      cidr: wanted.cidr,
      subnets: wanted.subnets,
      natGateways: this.sizes.natGateways,
    });
    this.vpc = network.vpc;
    this.publicSubnets = network.publicSubnets;
    this.privateSubnets = network.privateSubnets;
    this.dataSubnets = network.dataSubnets;

    new GatewayEndpoints(this, 'GatewayEndpoints', {
      region,
      vpc: this.vpc,
      services: wanted.gatewayEndpoints,
      routeTableIds: network.innerRouteTableIds,
    });
    const { services } = wanted.interfaceEndpoints;
    if (hasInterfaceEndpoints(design)) {
      this.endpointSecurityGroup = new InterfaceEndpoints(this, 'InterfaceEndpoints', {
        region,
        vpc: this.vpc,
        services,
        subnets: this.privateSubnets,
      }).securityGroup;
    }

    const retentionDays = perEnvironment(design.logs, environment).vpcFlow;
    if (retentionDays === null) {
      Validations.of(network).acknowledge({
        id: 'AwsSolutions-VPC7',
        reason: `The document keeps no flow log in ${environment} (LOG-3).`,
      });
    } else {
      new FlowLog(this, 'FlowLog', { vpc: this.vpc, retentionDays, kept: this.kept });
    }
  }
}
