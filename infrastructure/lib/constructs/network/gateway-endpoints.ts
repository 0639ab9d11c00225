// Ways to S3 and DynamoDB that need no NAT gateway (NET-5).
import { CfnVPCEndpoint, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface GatewayEndpointsProps {
  readonly region: string;
  readonly vpc: IVpc;
  readonly services: readonly ('s3' | 'dynamodb')[];
  /** The route tables that AWS enters the services' prefix lists into. */
  readonly routeTableIds: readonly string[];
}

const ids = { s3: 'S3', dynamodb: 'DynamoDb' } as const;

/**
 * One endpoint for each service. They carry the default policy: what a caller may do is said by its role and by the bucket's own
 * policy, and image layers come from buckets that AWS owns and that no list here could keep up with.
 *
 * Day 2: `aws ec2 describe-prefix-lists` tells which addresses go this way.
 *
 * @cost free; each GB to S3 or DynamoDB spares $0.062 of NAT.
 */
export class GatewayEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: GatewayEndpointsProps) {
    super(scope, id);
    for (const service of props.services) {
      new CfnVPCEndpoint(this, ids[service], {
        vpcId: props.vpc.vpcId,
        vpcEndpointType: 'Gateway',
        serviceName: `com.amazonaws.${props.region}.${service}`,
        routeTableIds: [...props.routeTableIds],
      });
    }
  }
}
