// The load balancer's access logs, on their way to the log bucket (LOG-2).
import { Stack, Validations } from 'aws-cdk-lib';
import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { replaceableName } from '../../replaceable-name.ts';

export interface AccessLogsProps {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly bucket: IBucket;
  /** Where in the bucket, without slashes: what expires there is StorageStack's rule. */
  readonly prefix: string;
}

/**
 * Vended delivery of CloudWatch Logs. The load balancer's own way cannot write to a bucket that is encrypted with a KMS key, which
 * AC-SEC-1 asks of every bucket; the bucket and its key let `delivery.logs.amazonaws.com` in.
 *
 * The two physical names are forced by AWS; the destination's changes with what would replace it.
 *
 * @cost $0.38 per GB delivered to S3 in Tokyo, about 0.5 GB for a million requests.
 */
export class AccessLogs extends Construct {
  constructor(scope: Construct, id: string, { loadBalancer, bucket, prefix }: AccessLogsProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    const source = new CfnDeliverySource(this, 'Source', {
      name: `${stackName}-alb`,
      logType: 'ALB_ACCESS_LOGS',
      resourceArn: loadBalancer.loadBalancerArn,
    });
    const destinationResourceArn = `${bucket.bucketArn}/${prefix}`;
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name: replaceableName(`${stackName}-alb`, { DestinationResourceArn: destinationResourceArn }),
      destinationResourceArn,
    });
    new CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
    });
    Validations.of(loadBalancer).acknowledge({
      id: 'AwsSolutions-ELB2',
      reason: 'Access logs are on, by vended delivery, since the own way of a load balancer excludes a KMS bucket.',
    });
  }
}
