// A Lambda function of the workload with its log, in the private subnets (STK-6, SIZE-5).
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Inputs } from '../../../../design/schema.ts';
import { functionCode } from './workload-code.ts';

export interface WorkloadFunctionProps {
  /** The name of its source in `services/functions`. */
  readonly source: string;
  readonly description: string;
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly architecture: Inputs['architecture'];
  readonly role: IRole;
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  /** Only named here: what it lets through is the document's. */
  readonly securityGroup: ISecurityGroup;
  /** Names and places, never a secret. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetentionDays: RetentionDays;
  /** Whether logs outlive the stack for as long as they are to be kept. */
  readonly kept: boolean;
}

/**
 * Its log group is made here: one that Lambda makes by itself would keep logs for ever. Lambda traces the
 * first call of a second and 5 % of the others, or as whoever called it decided (AC-OPS-3).
 *
 * Day 2: `aws lambda put-function-concurrency --reserved-concurrent-executions 0` stops a function that does harm; its messages wait.
 *
 * @cost Tokyo, arm64, 512 MB: a million calls of 0.2 s are 1,000,000 × 0.2 s × 0.5 GB × $0.0000133334 = $1.33, and $0.20 for the calls.
 */
export function workloadFunction(scope: Construct, id: string, props: WorkloadFunctionProps): LambdaFunction {
  return new LambdaFunction(scope, id, {
    description: props.description,
    runtime: Runtime.NODEJS_24_X,
    architecture: props.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
    handler: 'index.handler',
    code: functionCode(props.source),
    memorySize: props.memoryMiB,
    timeout: Duration.seconds(props.timeoutSeconds),
    role: props.role,
    vpc: props.vpc,
    vpcSubnets: { subnets: [...props.subnets] },
    securityGroups: [props.securityGroup],
    environment: { ...props.environment },
    tracing: Tracing.ACTIVE,
    loggingFormat: LoggingFormat.JSON,
    logGroup: new LogGroup(scope, `${id}Log`, {
      retention: props.logRetentionDays,
      removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    }),
  });
}
