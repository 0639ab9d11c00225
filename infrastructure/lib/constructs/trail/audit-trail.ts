// Who called which operation of AWS, and what became of it (AC-SEC-7, LOG-4).
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgePrefix } from '../role/acknowledged-prefix.ts';

export interface AuditTrailProps {
  /** Where the trail's files lie: its policy and its key's let CloudTrail in. */
  readonly bucket: IBucket;
  /** Without slashes. */
  readonly prefix: string;
  readonly encryptionKey: IKey;
  readonly logRetentionDays: RetentionDays;
  /** Whether the trail records management events; where several environments share an account, one trail does for all. */
  readonly managementEvents: boolean;
  /** What calls are recorded of, besides the trail's own bucket. */
  readonly recorded: Recorded;
  /** Whether the log outlives its stack. */
  readonly kept: boolean;
}

/** ARNs, in any region, of what every call is recorded of. */
export interface Recorded {
  readonly bucketArns?: readonly string[];
  readonly functionArns?: readonly string[];
  readonly tableArns?: readonly string[];
}

/**
 * A trail of all regions. Its files are encrypted and chained by digests, so that a missing or changed one shows; the log group is for
 * questions about the last weeks, the bucket for later.
 *
 * Calls on objects of the trail's own bucket are recorded too, but for `PutObject`: each file that CloudTrail leaves there would make
 * an event, which would make a file. A bucket that copies of these files go to makes one event for each: that stays as little as it is.
 *
 * Day 2: CloudWatch Logs Insights on the group, e.g. `filter errorCode = 'AccessDenied' | stats count() by userIdentity.arn`;
 * `aws cloudtrail validate-logs --trail-arn <trail> --start-time <time>` proves that nobody changed a file.
 *
 * @cost the first trail's management events are free, a second one's in the same account $2.00 per 100,000; data events $0.10 per
 * 100,000; the log group $0.76 per GB. A million orders with six calls each, two on table, bucket and functions: 6,000,000 events,
 * $6.00, and their log.
 */
export class AuditTrail extends Construct {
  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'LogGroup', {
      retention: props.logRetentionDays,
      removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    const { role, policy } = this.writer(logGroup);
    const trail = new CfnTrail(this, 'Trail', {
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: props.encryptionKey.keyArn,
      s3BucketName: props.bucket.bucketName,
      s3KeyPrefix: props.prefix,
      cloudWatchLogsLogGroupArn: logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: selectors(props),
    });
    // CloudTrail tries the role before it makes the trail.
    trail.node.addDependency(policy);
  }

  /** The role that writes to the group, and to no stream of another writer. */
  private writer(logGroup: LogGroup): { role: Role; policy: Policy } {
    const { account, region } = Stack.of(this);
    const role = new Role(this, 'Role', {
      description: 'Lets the trail write to its log group',
      assumedBy: new ServicePrincipal('cloudtrail.amazonaws.com'),
    });
    const streams = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${logGroup.logGroupName}:log-stream:${account}_CloudTrail_${region}*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [
        new PolicyStatement({
          sid: 'Write',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [streams],
        }),
      ],
    });
    acknowledgePrefix(policy, streams, 'CloudTrail numbers its streams: the star stands for the number.');
    return { role, policy };
  }
}

type Selector = CfnTrail.AdvancedEventSelectorProperty;
type FieldSelector = CfnTrail.AdvancedFieldSelectorProperty;

function selectors({ bucket, recorded, managementEvents }: AuditTrailProps): Selector[] {
  const { bucketArns = [], functionArns = [], tableArns = [] } = recorded;
  const data = (name: string, type: string, ...more: readonly FieldSelector[]): Selector => ({
    name,
    fieldSelectors: [
      { field: 'eventCategory', equalTo: ['Data'] },
      { field: 'resources.type', equalTo: [type] },
      ...more,
    ],
  });
  const within = (bucketArn: string) => `${bucketArn}/`;
  const exactly = (name: string, type: string, arns: readonly string[]): Selector[] =>
    arns.length === 0 ? [] : [data(name, type, { field: 'resources.ARN', equalTo: [...arns] })];
  return [
    ...(managementEvents
      ? [{ name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] }]
      : []),
    data('Objects', 'AWS::S3::Object', { field: 'resources.ARN', startsWith: bucketArns.map(within) }),
    data(
      'Logs',
      'AWS::S3::Object',
      { field: 'resources.ARN', startsWith: [within(bucket.bucketArn)] },
      { field: 'eventName', notEquals: ['PutObject'] },
    ),
    ...exactly('Functions', 'AWS::Lambda::Function', functionArns),
    ...exactly('Table', 'AWS::DynamoDB::Table', tableArns),
  ];
}
