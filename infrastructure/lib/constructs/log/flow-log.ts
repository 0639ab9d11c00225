// Who spoke to whom in the VPC, accepted or refused (LOG-3).
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnFlowLog, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

export interface FlowLogProps {
  readonly vpc: IVpc;
  readonly retentionDays: RetentionDays;
  /** Whether the log outlives its stack. */
  readonly kept: boolean;
}

/**
 * All traffic. Records of ten minutes are asked for, and interfaces of Nitro machines, which most here are, write theirs within a minute
 * all the same (https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-records-examples.html). The role that writes is the flow log's own and may write to this one group.
 *
 * Day 2: CloudWatch Logs Insights on the group, e.g. `filter action = 'REJECT' | stats count() by srcAddr, dstPort`.
 *
 * @cost $0.76 per GB written and $0.033 per GB and month kept; some 500 records a minute of 150 bytes are 3.3 GB a month, $2.50.
 */
export class FlowLog extends Construct {
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: FlowLogProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'LogGroup', {
      retention: props.retentionDays,
      removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    this.logGroup = logGroup;
    const role = new Role(this, 'Role', {
      description: 'Lets the flow log write to its log group',
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        Write: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
              resources: [logGroup.logGroupArn],
            }),
          ],
        }),
      },
    });
    new CfnFlowLog(this, 'Log', {
      resourceId: props.vpc.vpcId,
      resourceType: 'VPC',
      trafficType: 'ALL',
      maxAggregationInterval: 600,
      logDestinationType: 'cloud-watch-logs',
      // By name: the group's ARN ends in `:*`, which delivery of flow logs does not accept (awsdocs/aws-cloudformation-user-guide#306).
      logGroupName: logGroup.logGroupName,
      deliverLogsPermissionArn: role.roleArn,
    });
  }
}
