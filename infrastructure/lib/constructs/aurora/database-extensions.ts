// The extensions of a database, which no parameter makes: a step of its stack's deployment (ADR-052).
import { CustomResource, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Inputs } from '../../../../design/schema.ts';
import { allow, allowKey } from '../../permissions.ts';
import { functionCode } from '../function/workload-code.ts';

export interface DatabaseExtensionsProps {
  readonly cluster: IDatabaseCluster;
  readonly port: number;
  readonly databaseName: string;
  /** In the order in which they are made. */
  readonly extensions: readonly string[];
  /** The master user's, as the cluster attached it. */
  readonly secret: ISecret;
  /** ARN of the key that the secret is encrypted with. */
  readonly keyArn: string;
  readonly region: string;
  readonly architecture: Inputs['architecture'];
  readonly vpc: IVpc;
  /** Where the function reaches the database and, through NAT or endpoints, Secrets Manager and S3. */
  readonly subnets: readonly ISubnet[];
  /** A group that may reach the database already, so that no rule is added (SG-3). */
  readonly securityGroup: ISecurityGroup;
  readonly logRetentionDays: RetentionDays;
  /** Whether logs outlive the stack. */
  readonly kept: boolean;
}

/** Lambda needs it to put a function into a VPC; the network interfaces that it makes have no name beforehand. */
const networkPolicy = 'service-role/AWSLambdaVPCAccessExecutionRole';
/** The function gives up before CloudFormation does, so that its reason is heard. */
const [functionTimeout, stepTimeout] = [Duration.seconds(180), Duration.seconds(240)];

/**
 * A custom resource calls a function once the cluster's instances stand, and again when the list of extensions or the cluster is another
 * one; a failure is the deployment's, with PostgreSQL's own words. Whatever is deployed later finds the extensions there.
 *
 * `Retain` keeps CloudFormation from calling the function when the step or its stack goes: there would be nothing to do, and a rollback
 * must not wait for a network that may be what failed.
 *
 * Day 2: `SELECT extname FROM pg_extension` shows what is there; the reason of a failure is in the stack's events and in the log group
 * that `aws lambda get-function-configuration --query LoggingConfig.LogGroup` gives.
 *
 * @cost one call of a few seconds when a stack is made: below $0.01.
 */
export class DatabaseExtensions extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: DatabaseExtensionsProps) {
    super(scope, id);
    const { cluster, secret, keyArn, region, kept } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      removalPolicy: kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      description: 'Makes the extensions of the database',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(networkPolicy)],
    });
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [
        ...allow('ReadDatabaseSecret', ['secretsmanager:GetSecretValue'], secret.secretArn),
        ...allowKey('DecryptWithDatabaseKey', ['kms:Decrypt'], keyArn, region, ['secretsmanager']),
        new PolicyStatement({
          sid: 'Trace',
          actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
          resources: ['*'],
        }),
      ],
    });
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${networkPolicy}]`,
      reason:
        'Lambda puts a function into a VPC with these permissions, and network interfaces have no name beforehand.',
    });
    Validations.of(policy).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'Traces can be bound to no resource.',
    });
    this.function = new LambdaFunction(this, 'Function', {
      description: 'Makes the extensions of the database while its stack is deployed',
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code: functionCode('database-create-extensions'),
      memorySize: 256,
      timeout: functionTimeout,
      // What CDK would add to the role by itself is in the policies above.
      role: role.withoutPolicyUpdates(),
      vpc: props.vpc,
      vpcSubnets: { subnets: [...props.subnets] },
      securityGroups: [props.securityGroup],
      environment: {
        DATABASE_HOST: cluster.clusterEndpoint.hostname,
        DATABASE_PORT: String(props.port),
        DATABASE_NAME: props.databaseName,
        DATABASE_SECRET: secret.secretArn,
      },
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
    });
    this.function.node.addDependency(policy);
    const step = new CustomResource(this, 'Step', {
      resourceType: 'Custom::DatabaseExtensions',
      serviceToken: this.function.functionArn,
      serviceTimeout: stepTimeout,
      removalPolicy: RemovalPolicy.RETAIN,
      // Another cluster has none of them: its endpoint is a property, so that a replacement is a change.
      properties: { Extensions: [...props.extensions], Endpoint: cluster.clusterEndpoint.hostname },
    });
    // The endpoint leads nowhere before an instance stands behind it.
    step.node.addDependency(cluster);
  }
}
