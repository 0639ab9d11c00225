// CloudFront's access logs, on their way to the log bucket (LOG-2).
import { Stack } from 'aws-cdk-lib';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { replaceableName } from '../../replaceable-name.ts';

export interface EdgeLogsProps {
  readonly distribution: Distribution;
  /** ARN of the bucket, which may lie in another region. */
  readonly bucketArn: string;
  /** Where in the bucket, without slashes: what expires there is StorageStack's rule. */
  readonly prefix: string;
}

/** All that CloudFront tells by default but the cookies, which are nobody's business. */
const fields = [
  'date',
  'time',
  'x-edge-location',
  'sc-bytes',
  'c-ip',
  'cs-method',
  'cs(Host)',
  'cs-uri-stem',
  'sc-status',
  'cs(Referer)',
  'cs(User-Agent)',
  'cs-uri-query',
  'x-edge-result-type',
  'x-edge-request-id',
  'x-host-header',
  'cs-protocol',
  'cs-bytes',
  'time-taken',
  'ssl-protocol',
  'ssl-cipher',
  'x-edge-response-result-type',
  'cs-protocol-version',
  'time-to-first-byte',
  'x-edge-detailed-result-type',
  'sc-content-type',
  'sc-content-len',
] as const;

/**
 * Vended delivery of CloudWatch Logs, set up in the region of the edge and led to the one log bucket in the document's region: logs
 * name people's addresses, and these stay in the country where the data is. The two physical names are forced by AWS;
 * the destination's changes with what would replace it.
 *
 * Day 2: the first files come within the hour; Athena over `cloudfront/` reads them.
 *
 * @cost none for the delivery to S3; for the files see `logBucket`.
 */
export class EdgeLogs extends Construct {
  constructor(scope: Construct, id: string, { distribution, bucketArn, prefix }: EdgeLogsProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    const source = new CfnDeliverySource(this, 'Source', {
      name: `${stackName}-cloudfront`,
      logType: 'ACCESS_LOGS',
      resourceArn: distribution.distributionArn,
    });
    const [destinationResourceArn, outputFormat] = [`${bucketArn}/${prefix}`, 'w3c'];
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name: replaceableName(`${stackName}-cloudfront`, {
        DestinationResourceArn: destinationResourceArn,
        OutputFormat: outputFormat,
      }),
      destinationResourceArn,
      outputFormat,
    });
    new CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
      recordFields: [...fields],
    });
  }
}
