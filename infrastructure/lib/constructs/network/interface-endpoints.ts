// Private addresses for AWS's own APIs, where the document wants them (NET-6).
import { Tags } from 'aws-cdk-lib';
import { CfnVPCEndpoint, type ISecurityGroup, type ISubnet, type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface InterfaceEndpointsProps {
  readonly region: string;
  readonly vpc: IVpc;
  /** Names as AWS has them after the region, e.g. `ecr.api`. */
  readonly services: readonly string[];
  /** One for each zone; an address stands in each. */
  readonly subnets: readonly ISubnet[];
}

/**
 * An endpoint for each service, all in one group of their own, the only one beyond the document's. The group is born without a rule:
 * who may enter is said where the callers' groups are, in SecurityStack.
 *
 * Day 2: `aws ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=<vpc>` shows their state; switched off by
 * `interface_endpoints: false` in the document, after which calls go through NAT again.
 *
 * @cost Tokyo: $0.014 × 730 h = $10.22 a month for each service and zone, and $0.01 per GB; four services in two zones $81.76.
 */
export class InterfaceEndpoints extends Construct {
  readonly securityGroup: ISecurityGroup;

  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    const group = new SecurityGroup(this, 'Group', {
      vpc: props.vpc,
      description: 'Interface endpoints',
      allowAllOutbound: false,
    });
    Tags.of(group).add('Name', 'endpoints-sg');
    this.securityGroup = group;
    for (const service of props.services) {
      new CfnVPCEndpoint(this, idOf(service), {
        vpcId: props.vpc.vpcId,
        vpcEndpointType: 'Interface',
        serviceName: `com.amazonaws.${props.region}.${service}`,
        privateDnsEnabled: true,
        subnetIds: props.subnets.map(({ subnetId }) => subnetId),
        securityGroupIds: [group.securityGroupId],
      });
    }
  }
}

/** `ecr.api` → `EcrApi`. */
const idOf = (service: string) =>
  service
    .split('.')
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');
