// The firewall in front of CloudFront's cache and of everything behind it, and the record of what it refuses (ARC-1).
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { firewallRules } from './firewall-rules.ts';

export interface FirewallProps {
  /** Expected traffic of everybody. */
  readonly requestsPerSecond: number;
  readonly logRetentionDays: RetentionDays;
  /** Whether logs outlive the stack for as long as they are to be kept. */
  readonly kept: boolean;
}

/** Headers that say who somebody is: neither the samples that the ACL keeps nor the logs hold them. */
const personal = ['authorization', 'cookie'];

/**
 * Only what was refused or counted is logged: that everything else came through is in the access logs, and a record of all of it
 * would cost more than the firewall.
 *
 * Day 2: CloudWatch Logs Insights on `aws-waf-logs-<stack>`, e.g. `stats count() by terminatingRuleId, httpRequest.uri`. A rule that
 * refuses what it should not is set to count by its name in `firewallRules` and deployed with this stack alone. A load test comes from
 * more addresses than one, or goes to the load balancer with the secret header. A log group that has outlived its stack goes, or is
 * imported, before a new stack of that name: its name is taken. One that a failed creation made is taken back with it.
 *
 * @cost $5.00 a month and $1.00 for each of the 7 rules and groups: $12.00; $0.60 per million requests, 52.56 million (20 a second)
 * $31.54. Some 1,200 of the 1,500 capacity units that are in the price. Logs $0.50 per GB, 2 KB for each refused request.
 */
export class Firewall extends Construct {
  readonly arn: string;
  /** What CloudWatch calls it. */
  readonly metricName: string;

  constructor(scope: Construct, id: string, props: FirewallProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    this.metricName = stackName;
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      rules: firewallRules(props.requestsPerSecond),
      dataProtectionConfig: {
        dataProtections: [{ action: 'SUBSTITUTION', field: { fieldType: 'SINGLE_HEADER', fieldKeys: personal } }],
      },
      visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: this.metricName, sampledRequestsEnabled: true },
    });
    this.arn = acl.attrArn;

    const logGroup = new LogGroup(this, 'LogGroup', {
      // The beginning of the name is forced by AWS.
      logGroupName: `aws-waf-logs-${stackName}`,
      retention: props.logRetentionDays,
      removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [
        // Without the star at the end that the group's own ARN has.
        Stack.of(this).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: logGroup.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
      redactedFields: personal.map((Name) => ({ singleHeader: { Name } })),
      // Its type is plain JSON, so CDK does not change the names.
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: ['BLOCK', 'COUNT'].map((Action) => ({ ActionCondition: { Action } })),
          },
        ],
      },
    });
  }
}
