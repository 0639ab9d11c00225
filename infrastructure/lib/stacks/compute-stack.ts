// The compute stack: the tasks and functions that do the work, and the load balancer in front of them (STK-6).

import type { IFargateService } from 'aws-cdk-lib/aws-ecs';
import type { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, type IFunction, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { perEnvironment } from '../../../design/environments.ts';
import type { Design } from '../../../design/schema.ts';
import { DeploymentAlarms } from '../constructs/alarm/deployment-alarms.ts';
import { siteCertificate } from '../constructs/edge/site-certificates.ts';
import { OrderFunctions } from '../constructs/function/order-functions.ts';
import { apiImage, collectorImage } from '../constructs/function/workload-code.ts';
import { originHeaderReader } from '../constructs/load-balancer/origin-header.ts';
import { PublicLoadBalancer } from '../constructs/load-balancer/public-load-balancer.ts';
import { AccessLogs } from '../constructs/log/access-logs.ts';
import { logPrefixes } from '../constructs/log/log-bucket.ts';
import { workloadPolicy } from '../constructs/role/workload-policies.ts';
import { ApiService } from '../constructs/service/api-service.ts';
import { FailingTraces, tracedShare } from '../constructs/service/failing-traces.ts';
import { scaleByRequests } from '../constructs/service/request-scaling.ts';
import { portOf } from '../document-values.ts';
import { importPath } from '../edge.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';
import { secretsOf, type WorkloadVariables, workloadVariables } from '../workload-environment.ts';
import type { CacheStack } from './cache-stack.ts';
import type { DatabaseStack } from './database-stack.ts';
import type { MessagingStack } from './messaging-stack.ts';
import type { NetworkStack } from './network-stack.ts';
import type { SecurityStack } from './security-stack.ts';
import { dataPrefix, type StorageStack } from './storage-stack.ts';

export interface ComputeStackProps extends PlatformStackProps {
  readonly network: NetworkStack;
  readonly security: SecurityStack;
  readonly database: DatabaseStack;
  /** Absent when the document has no CacheStack. */
  readonly cache: CacheStack | undefined;
  readonly storage: StorageStack;
  readonly messaging: MessagingStack;
}

/**
 * Nothing here holds data, so nothing here is guarded against deletion: the document's way back destroys this stack and deploys the
 * version before (RBK-2).
 *
 * @cost see `ApiService`, `PublicLoadBalancer`, `OrderFunctions`, `DeploymentAlarms` and `FailingTraces`.
 */
export class ComputeStack extends PlatformStack {
  readonly ecsService: IFargateService;
  readonly loadBalancer: IApplicationLoadBalancer;
  /** All functions of the workload; none when the document has none. */
  readonly apiFunctions: IFunction[];
  /** Of the same, by their construct's ids, for other regions. */
  readonly functionArns: Readonly<Record<string, string>>;
  readonly clusterName: string;
  /** What CloudWatch calls the load balancer: `app/<name>/<id>`. */
  readonly loadBalancerFullName: string;
  /** What CloudWatch calls the target group of the tasks: `targetgroup/<name>/<id>`. */
  readonly targetGroupFullName: string;
  /** The same for everything that answers people, by its name. */
  readonly servingGroups: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    this.terminationProtection = false;
    const { design, environment, network, security, storage } = props;
    const { application: logRetentionDays } = perEnvironment(design.logs, environment);
    const { architecture } = design.inputs;
    const { kept } = this;
    const idle = this.role === 'standby';
    const { vpc, privateSubnets: subnets } = network;
    const port = portOf(design, 'ecs');
    const { current, next } = security.originHeaderArns;
    const headerValue = originHeaderReader(this);
    const image = apiImage(this, 'Image', architecture);
    const variables = workloadVariables(props);

    const api = new ApiService(this, 'Api', {
      vpc,
      subnets,
      securityGroup: security.ecsSecurityGroup,
      image,
      collectorImage: collectorImage(this, 'CollectorImage', architecture),
      tracing: { name: `${this.stackName}-api`, share: tracedShare(design, environment) },
      architecture,
      size: this.sizes.task,
      port,
      executionRole: this.fixed('ExecutionRole', security.roles['task-execution']),
      taskRole: this.fixed('TaskRole', security.roles.task),
      environment: {
        PORT: String(port),
        ...variables.database,
        ...variables.storage,
        ...variables.work,
        ...variables.identity,
        ...variables.tasks,
      },
      secrets: secretsOf(this, props),
      logRetentionDays,
      kept,
      idle,
    });
    const publicLoadBalancer = new PublicLoadBalancer(this, 'FrontDoor', {
      vpc,
      subnets: network.publicSubnets,
      securityGroup: security.albSecurityGroup,
      certificate: siteCertificate(this, 'Certificate', { design, environment, place: 'origin' }),
      plainPort: opens(design, 'alb', 80),
      taskPort: port,
      callers: [current, next].map(headerValue),
    });
    for (const group of [publicLoadBalancer.targetGroup, publicLoadBalancer.readinessGroup])
      api.service.attachToApplicationTargetGroup(group);
    new DeploymentAlarms(this, 'DeploymentAlarms', {
      service: api.service,
      dimensions: {
        LoadBalancer: publicLoadBalancer.loadBalancer.loadBalancerFullName,
        TargetGroup: publicLoadBalancer.targetGroup.targetGroupFullName,
      },
      topic: props.messaging.operationsTopic,
      rows: design.alarms,
    });
    new FailingTraces(this, 'Tracing', { groupName: this.stackName, api: `${this.stackName}-api` });
    scaleByRequests(api.service, publicLoadBalancer.targetGroup, design.requestsPerSecond, this.sizes.task, { idle });
    new AccessLogs(this, 'AccessLogs', {
      loadBalancer: publicLoadBalancer.loadBalancer,
      bucket: storage.logBucket,
      prefix: logPrefixes.alb,
    });

    const functions = this.functions(props, variables);
    if (functions !== undefined) publicLoadBalancer.addFunction(importPath, functions.importOrders);

    this.permit(props, api, functions, image.repository.repositoryArn);

    this.ecsService = api.service;
    this.clusterName = api.service.cluster.clusterName;
    this.loadBalancer = publicLoadBalancer.loadBalancer;
    this.apiFunctions = [...(functions?.all ?? [])];
    this.functionArns = Object.fromEntries((functions?.all ?? []).map((one) => [one.node.id, arnAnywhere(one)]));
    this.loadBalancerFullName = publicLoadBalancer.loadBalancer.loadBalancerFullName;
    this.targetGroupFullName = publicLoadBalancer.targetGroup.targetGroupFullName;
    this.servingGroups = new Map(
      [...publicLoadBalancer.serving].map(([name, group]) => [name, group.targetGroupFullName]),
    );
  }

  private functions(props: ComputeStackProps, variables: WorkloadVariables): OrderFunctions | undefined {
    const { design, environment, network, security, messaging } = props;
    const { fulfilmentQueue } = messaging;
    const { lambdaSecurityGroup } = security;
    const size = this.sizes.functions;
    if (size === undefined || fulfilmentQueue === undefined || lambdaSecurityGroup === undefined) {
      if (design.functions.length === 0) return undefined;
      throw new Error(
        'The document has a role for functions, and no cost line with their memory or no security group for them; the reader refuses that',
      );
    }
    return new OrderFunctions(this, 'Functions', {
      size,
      architecture: design.inputs.architecture,
      role: this.fixed('FunctionRole', security.roles.lambda),
      vpc: network.vpc,
      subnets: network.privateSubnets,
      securityGroup: lambdaSecurityGroup,
      places: variables,
      fulfilmentQueue,
      topic: messaging.topic,
      undeliveredQueue: messaging.undeliveredQueue,
      logRetentionDays: perEnvironment(design.logs, environment).application,
      kept: this.kept,
    });
  }

  /** What tasks and functions may do (IAM-1…3). */
  private permit(
    { design, security, storage, messaging }: ComputeStackProps,
    { service, logGroup }: ApiService,
    functions: OrderFunctions | undefined,
    imageRepositoryArn: string,
  ): void {
    const objectsArn = storage.dataBucket.arnForObjects(`${dataPrefix}*`);
    const execution = workloadPolicy(this, {
      design,
      key: 'task-execution',
      role: security.roles['task-execution'],
      logGroups: [logGroup],
      imageRepositoryArn,
    });
    const task = workloadPolicy(this, {
      design,
      key: 'task',
      role: security.roles.task,
      logGroups: [logGroup],
      statements: [...storage.statements.task, ...messaging.statements.task],
      objectsArn,
    });
    // A task that starts before it may do its work fails, and with it the first deployment.
    service.node.addDependency(execution, task);
    if (functions === undefined) return;
    const policy = workloadPolicy(this, {
      design,
      key: 'lambda',
      role: security.roles.lambda,
      logGroups: functions.logGroups,
      undeliveredQueue: messaging.undeliveredQueue,
      statements: [...storage.statements.lambda, ...messaging.statements.lambda],
      objectsArn,
    });
    // Lambda does not connect a queue to a function that may not read it.
    for (const one of functions.all) one.node.addDependency(policy);
  }

  /** A role as it stands: what CDK would add to it by itself is in `workloadPolicy`, or has no place in the document. */
  private fixed(id: string, role: IRole): IRole {
    return Role.fromRoleArn(this, id, role.roleArn, { mutable: false });
  }
}

/** A function's ARN for other regions: CDK does not let them have it of the function unless somebody has chosen its name. */
function arnAnywhere({ node }: LambdaFunction): string {
  if (!CfnFunction.isCfnFunction(node.defaultChild)) throw new Error('A function of CDK is one of CloudFormation');
  return node.defaultChild.attrArn;
}

/** Whether the document lets anybody in to a group on a port. */
function opens(design: Design, group: string, port: number): boolean {
  const rules = design.securityGroups.find(({ key }) => key === group)?.ingress ?? [];
  return rules.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort);
}
