// The load balancer that everything comes in by: HTTPS from the internet, HTTPS on to the tasks (STK-6, AC-SEC-3).
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationListener,
  type ApplicationListenerProps,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationProtocolVersion,
  ApplicationTargetGroup,
  DesyncMitigationMode,
  ListenerAction,
  ListenerCondition,
  Protocol,
  SslPolicy,
  TargetGroupLoadBalancingAlgorithmType,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { originHeaderName, readinessPath } from '../../edge.ts';

export interface PublicLoadBalancerProps {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  /** Only named here: what it lets through is the document's. */
  readonly securityGroup: ISecurityGroup;
  /** Absent without a domain: then port 80 serves, since a redirect would lead nowhere. */
  readonly certificate: ICertificate | undefined;
  /** Whether the document's group lets anybody in on port 80. */
  readonly plainPort: boolean;
  /** The port that tasks serve TLS on. */
  readonly taskPort: number;
  /** Values of the secret header, one of which a request must carry to be served. */
  readonly callers: readonly string[];
}

/** Part of the order in which the listener asks: the first rule that fits decides. */
const priorities = { readiness: 1, functions: 10, tasks: 100 } as const;

/**
 * TLS 1.2 or 1.3 from outside and to the tasks, whose certificates are their own; requests with malformed headers are dropped. Tasks
 * are asked for `/health/live`, so that a database that fails over does not take every task out with it.
 *
 * Anybody may connect, since the document's group lets anybody in; who does not send the secret header, and so has not come through
 * CloudFront and its firewall, gets 403. `/health/ready` alone is answered to all: Route 53 asks for it and carries no header (DR-8).
 * While the database takes no writes the answer is 503, and a target group of its own keeps those out of the tasks' alarms: a failover
 * of the database must not take a good deployment back.
 *
 * There is no deletion protection: the document's way back is to destroy this stack and deploy it again (RBK-2), and a load balancer
 * holds nothing (ADR-047).
 *
 * Day 2: `aws elbv2 describe-target-health` tells which tasks are out, and why.
 *
 * @cost Tokyo: $0.0243 × 730 h = $17.74 a month and $0.008 per LCU and hour: 10 LCU $58.40.
 */
export class PublicLoadBalancer extends Construct {
  readonly loadBalancer: ApplicationLoadBalancer;
  /** The tasks, for people's requests. */
  readonly targetGroup: ApplicationTargetGroup;
  /** The same tasks, for Route 53's questions alone. */
  readonly readinessGroup: ApplicationTargetGroup;
  /** What answers people: the tasks, and each function by its name. */
  readonly serving: ReadonlyMap<string, ApplicationTargetGroup>;
  private readonly listener: ApplicationListener;
  private readonly fromCloudFront: ListenerCondition;
  private readonly groups = new Map<string, ApplicationTargetGroup>();

  constructor(scope: Construct, id: string, props: PublicLoadBalancerProps) {
    super(scope, id);
    this.loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      vpcSubnets: { subnets: [...props.subnets] },
      internetFacing: true,
      securityGroup: props.securityGroup,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: DesyncMitigationMode.STRICTEST,
    });
    this.targetGroup = this.tasks('Tasks', props);
    this.readinessGroup = this.tasks('Readiness', props);
    this.fromCloudFront = ListenerCondition.httpHeader(originHeaderName, [...props.callers]);
    this.listener = this.open(props);
    this.groups.set('Tasks', this.targetGroup);
    this.serving = this.groups;
    this.listener.addAction('Readiness', {
      priority: priorities.readiness,
      conditions: [ListenerCondition.pathPatterns([readinessPath])],
      action: ListenerAction.forward([this.readinessGroup]),
    });
    this.listener.addAction('Tasks', {
      priority: priorities.tasks,
      conditions: [this.fromCloudFront],
      action: ListenerAction.forward([this.targetGroup]),
    });
  }

  /** A group that the service enters its tasks in. */
  private tasks(id: string, { vpc, taskPort }: PublicLoadBalancerProps): ApplicationTargetGroup {
    return new ApplicationTargetGroup(this, id, {
      vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTPS,
      protocolVersion: ApplicationProtocolVersion.HTTP1,
      port: taskPort,
      deregistrationDelay: Duration.seconds(30),
      // A task that has just started, or is busy with a long request, is asked less.
      loadBalancingAlgorithmType: TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      healthCheck: {
        protocol: Protocol.HTTPS,
        path: '/health/live',
        healthyHttpCodes: '200',
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });
  }

  /** The listener that serves; beside it, where the document opens the port, one that only points from HTTP to HTTPS. */
  private open({ certificate, plainPort }: PublicLoadBalancerProps): ApplicationListener {
    const defaultAction = ListenerAction.fixedResponse(403, {
      contentType: 'application/json',
      messageBody: '{"title":"Forbidden","status":403}',
    });
    if (certificate === undefined) {
      return this.listen('Http', { port: 80, protocol: ApplicationProtocol.HTTP, defaultAction });
    }
    const listener = this.listen('Https', {
      port: 443,
      protocol: ApplicationProtocol.HTTPS,
      certificates: [certificate],
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
      defaultAction,
    });
    if (plainPort) {
      this.listen('Http', {
        port: 80,
        protocol: ApplicationProtocol.HTTP,
        defaultAction: ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
      });
    }
    return listener;
  }

  /** Leads a path to a function instead of the tasks. */
  addFunction(path: string, target: LambdaFunction): void {
    const name = target.node.id;
    target.addPermission('LoadBalancer', {
      principal: new ServicePrincipal('elasticloadbalancing.amazonaws.com'),
      // Its target group cannot be named: AWS refuses to make one before the function lets it in. So: any of this account and region.
      sourceArn: Stack.of(this).formatArn({
        service: 'elasticloadbalancing',
        resource: 'targetgroup',
        resourceName: '*',
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    });
    const targetGroup = new ApplicationTargetGroup(this, name, {
      targetType: TargetType.LAMBDA,
      targets: [
        {
          attachToApplicationTargetGroup: () => ({
            targetType: TargetType.LAMBDA,
            targetJson: { id: target.functionArn },
          }),
        },
      ],
    });
    targetGroup.node.addDependency(target.permissionsNode.findChild('LoadBalancer'));
    this.groups.set(name, targetGroup);
    this.listener.addTargetGroups(name, {
      priority: priorities.functions,
      conditions: [ListenerCondition.pathPatterns([path]), this.fromCloudFront],
      targetGroups: [targetGroup],
    });
  }

  private listen(id: string, props: Omit<ApplicationListenerProps, 'loadBalancer'>): ApplicationListener {
    // `open` would add rules to the group, whose rules are the document's.
    return new ApplicationListener(this, id, { loadBalancer: this.loadBalancer, open: false, ...props });
  }
}
