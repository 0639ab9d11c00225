// The Fargate service that answers requests: the API and a collector of its traces in a task, as many tasks as the load asks for (STK-6,
// SIZE-1).
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import {
  AvailabilityZoneRebalancing,
  Capability,
  Cluster,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  FargatePlatformVersion,
  FargateService,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
  PropagatedTagSource,
  Protocol,
  type Secret,
} from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Inputs, Sizes } from '../../../../design/schema.ts';
import { collectorCpu, TraceCollector, tracingEnvironment } from './trace-collector.ts';

export interface ApiServiceProps {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  /** Only named here: what it lets through is the document's. */
  readonly securityGroup: ISecurityGroup;
  readonly image: DockerImageAsset;
  /** The collector of traces, which runs beside the API in every task. */
  readonly collectorImage: DockerImageAsset;
  /** What the API is called in X-Ray, and which share of its requests is traced. */
  readonly tracing: { readonly name: string; readonly share: number };
  readonly architecture: Inputs['architecture'];
  readonly size: Sizes['task'];
  /** The port that the container serves TLS on. */
  readonly port: number;
  readonly executionRole: IRole;
  readonly taskRole: IRole;
  /** Names and places, never a secret. */
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, Secret>>;
  readonly logRetentionDays: RetentionDays;
  /** Whether logs outlive the stack for as long as they are to be kept. */
  readonly kept: boolean;
  /** Whether the service is there and runs no task, until another region's work comes to it. */
  readonly idle: boolean;
}

/**
 * A cluster of its own, with Container Insights for the count of running tasks (MON-6), and one service spread over the zones of its
 * subnets. The container cannot write to its file system, is nobody on its machine, and holds no capability of the kernel.
 *
 * A deployment starts the new tasks before it stops the old ones, and goes back by itself when the new ones do not get healthy
 * (RBK-1). A task that stops is replaced (AC-REL-3).
 *
 * Day 2: `aws ecs update-service --force-new-deployment` restarts all tasks one after another, as after a new cache token.
 *
 * @cost Tokyo, arm64, a task in production: 2 vCPU × $0.04045 × 730 h + 4 GB × $0.00442 × 730 h = $71.97 a month, two of them $143.93;
 * x86_64 costs a quarter more. Logs $0.76 per GB; Container Insights some $0.30 for each of about 20 metrics, $6.
 */
export class ApiService extends Construct {
  readonly service: FargateService;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ApiServiceProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, 'LogGroup', {
      retention: props.logRetentionDays,
      removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    const cluster = new Cluster(this, 'Cluster', { vpc: props.vpc, containerInsightsV2: ContainerInsights.ENABLED });
    this.service = new FargateService(this, 'Service', {
      cluster: cluster,
      taskDefinition: this.taskDefinition(props),
      vpcSubnets: { subnets: [...props.subnets] },
      securityGroups: [props.securityGroup],
      assignPublicIp: false,
      platformVersion: FargatePlatformVersion.VERSION1_4,
      // No desired count where people are served: a deployment must not undo what scaling did, and the scalable target's minimum holds from
      // the first minute. Without one ECS starts a task, which an idle service has no use for; while it works nothing is deployed to it.
      ...(props.idle ? { desiredCount: 0 } : {}),
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      availabilityZoneRebalancing: AvailabilityZoneRebalancing.ENABLED,
      circuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriod: Duration.seconds(60),
      enableECSManagedTags: true,
      propagateTags: PropagatedTagSource.SERVICE,
    });
  }

  private taskDefinition(props: ApiServiceProps): FargateTaskDefinition {
    const task = new FargateTaskDefinition(this, 'Task', {
      cpu: props.size.cpu,
      memoryLimitMiB: props.size.memoryMiB,
      runtimePlatform: {
        operatingSystemFamily: OperatingSystemFamily.LINUX,
        cpuArchitecture: props.architecture === 'arm64' ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64,
      },
      executionRole: props.executionRole,
      taskRole: props.taskRole,
    });
    const linuxParameters = new LinuxParameters(this, 'Linux', { initProcessEnabled: true });
    linuxParameters.dropCapabilities(Capability.ALL);
    task.addContainer('api', {
      image: ContainerImage.fromDockerImageAsset(props.image),
      // A container without a share of its own gets next to none beside one that has.
      cpu: props.size.cpu - collectorCpu,
      portMappings: [{ containerPort: props.port, protocol: Protocol.TCP }],
      environment: { ...props.environment, ...tracingEnvironment(props.tracing.name, props.tracing.share) },
      secrets: { ...props.secrets },
      readonlyRootFilesystem: true,
      user: '1000:1000',
      linuxParameters,
      // As long as the slowest statement that the database lets through.
      stopTimeout: Duration.seconds(30),
      logging: LogDrivers.awsLogs({ logGroup: this.logGroup, streamPrefix: 'api' }),
    });
    new TraceCollector(this, 'Collector', {
      task,
      image: props.collectorImage,
      region: Stack.of(this).region,
      logGroup: this.logGroup,
    });
    Validations.of(task).acknowledge({
      id: 'AwsSolutions-ECS2',
      reason: 'Names and places only; what is secret comes from Secrets Manager when a task starts.',
    });
    return task;
  }
}
