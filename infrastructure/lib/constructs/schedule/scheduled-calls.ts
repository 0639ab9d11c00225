// Calls of AWS's own operations at times of the day or at a rate, with a role that may make just these.
import { Stack } from 'aws-cdk-lib';
import { Policy, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';

export interface ScheduledCallsProps {
  /** What the role is for. */
  readonly purpose: string;
  /** Name in the IANA database, e.g. `Asia/Tokyo`: cron expressions are read there; absent where there are only rates. */
  readonly timeZone?: string;
  /** What the calls need. */
  readonly statements: readonly PolicyStatement[];
  /** Whether the schedules are made before their role may do anything; otherwise no call comes before it may be made. */
  readonly permittedLast?: boolean;
}

/** A call of an operation, with the names that the AWS SDK for Java has for services and parameters, as EventBridge Scheduler wants them. */
export interface OperationCall {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Schedules of EventBridge Scheduler with universal targets: no function, nothing to patch. Only schedules of this group may take on the
 * role. A call that fails is made again for an hour: a database that is just being backed up cannot be stopped at once.
 *
 * Day 2: `aws scheduler list-schedules --group-name <group>` shows what will happen; `aws scheduler update-schedule --state DISABLED`
 * lets a night pass.
 *
 * @cost $1.25 per million calls in Tokyo after the first 14 million: nothing.
 */
export class ScheduledCalls extends Construct {
  /** What the role may do, for acknowledgements. */
  readonly policy: Policy;
  private readonly group: CfnScheduleGroup;
  private readonly role: Role;
  private readonly props: ScheduledCallsProps;

  constructor(scope: Construct, id: string, props: ScheduledCallsProps) {
    super(scope, id);
    this.props = props;
    this.group = new CfnScheduleGroup(this, 'Group');
    this.role = new Role(this, 'Role', {
      description: props.purpose,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': this.group.attrArn },
        },
      }),
    });
    this.policy = new Policy(this, 'Policy', { roles: [this.role], statements: [...props.statements] });
  }

  /** Makes a call whenever the cron or rate expression says so. */
  at(id: string, expression: string, description: string, { service, operation, input }: OperationCall): void {
    const { timeZone, permittedLast = false } = this.props;
    const schedule = new CfnSchedule(this, id, {
      description,
      groupName: this.group.ref,
      scheduleExpression: expression,
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: `arn:${Stack.of(this).partition}:scheduler:::aws-sdk:${service}:${operation}`,
        roleArn: this.role.roleArn,
        input: Stack.of(this).toJsonString(input),
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 30 },
      },
    });
    if (!permittedLast) schedule.node.addDependency(this.policy);
  }
}
