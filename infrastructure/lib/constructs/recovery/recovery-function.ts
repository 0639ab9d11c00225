// A function of a failover, with a role that may do what its step calls and nothing else.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Inputs } from '../../../../design/schema.ts';
import { functionCode } from '../function/workload-code.ts';

export interface RecoveryFunctionProps {
  /** The name of its source in `functions/recovery/handlers`. */
  readonly source: string;
  readonly description: string;
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
  readonly architecture: Inputs['architecture'];
  readonly logRetentionDays: RetentionDays;
  /** Whether logs outlive the stack. */
  readonly kept: boolean;
}

/** Seconds: the longest step copies some thousands of files, and is asked again for the rest. */
const timeoutSeconds = 300;

/**
 * Outside of the VPC, since it speaks to AWS's own interfaces and to load balancers that anybody may ask: what it needs must not depend on
 * a network that is part of what failed.
 *
 * Day 2: its log group has the name that `aws lambda get-function-configuration --query LoggingConfig.LogGroup` gives.
 *
 * @cost nothing while it rests; a failover calls all of them some hundreds of times, less than $0.01.
 */
export class RecoveryFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly policy: Policy;

  constructor(scope: Construct, id: string, props: RecoveryFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      description: props.description,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    this.policy = new Policy(this, 'Policy', {
      roles: [this.role],
      statements: [
        ...props.statements,
        new PolicyStatement({
          sid: 'WriteLog',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
        new PolicyStatement({
          sid: 'Trace',
          actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
          resources: ['*'],
        }),
      ],
    });
    Validations.of(this.policy).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Traces, metrics and the health of targets can be bound to no resource.',
    });
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code: functionCode(`recovery-${props.source}`),
      memorySize: 512,
      timeout: Duration.seconds(timeoutSeconds),
      // What CDK would add to the role by itself is in the policy above.
      role: this.role.withoutPolicyUpdates(),
      environment: { ...props.environment },
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
    });
    this.function.node.addDependency(this.policy);
  }
}
