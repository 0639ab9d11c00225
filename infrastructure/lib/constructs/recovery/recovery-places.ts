// What the functions of a failover are told about both regions, and the ARNs that their permissions name.
import type { CfnResource } from 'aws-cdk-lib';
import { CfnCluster, CfnService, FargateService } from 'aws-cdk-lib/aws-ecs';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import type { PlatformStack } from '../../platform-stack.ts';
import type { RegionStacks } from '../../region-stacks.ts';
import { dataPrefix } from '../../stacks/storage-stack.ts';

/** The stacks of a region that a failover moves. */
export type MovedStacks = Pick<RegionStacks, 'security' | 'database' | 'compute' | 'messaging' | 'storage'>;

/** A region as another stack names it, whichever region that is in. */
export interface RecoveryPlace {
  readonly region: string;
  /** As the functions read it: `functions/recovery/aws/variables.ts`. */
  readonly values: Readonly<Record<string, string>>;
  readonly serviceArn: string;
  readonly clusterArn: string;
  /** Of all its one-off tasks. */
  readonly tasksArn: string;
  /** Of every revision. */
  readonly taskDefinitionArn: string;
  /** What the tasks take on. */
  readonly taskRoleArns: readonly string[];
  readonly scalableTargetsArn: string;
  readonly databaseArn: string;
  readonly workQueueArn: string;
  readonly workKeyArn: string;
  readonly dataBucketArn: string;
  /** Of all that the workload writes. */
  readonly dataObjectsArn: string;
  readonly dataKeyArn: string;
}

/** Everything by its attributes: CDK lets no other region have a name or ARN from the construct itself. */
export function placeOf(
  stack: PlatformStack,
  { security, database, compute, messaging, storage }: MovedStacks,
): RecoveryPlace {
  const { region, ecsService } = compute;
  if (!(ecsService instanceof FargateService)) throw new Error('The tasks of a region are a Fargate service');
  const ofCompute = (name: string, value: string) => stack.readFrom(compute, name, value);
  const ofMessaging = (name: string, value: string) => stack.readFrom(messaging, name, value);
  const cluster = ofCompute('Cluster', only(ecsService.cluster, CfnCluster.isCfnCluster).ref);
  const service = ofCompute('Service', only(ecsService, CfnService.isCfnService).attrName);
  const targetGroup = ofCompute('TargetGroup', compute.targetGroupFullName);
  const queue = only(messaging.workQueue, CfnQueue.isCfnQueue);
  const bucket = only(storage.dataBucket, CfnBucket.isCfnBucket);
  const bucketArn = stack.readFrom(storage, 'DataBucketArn', bucket.attrArn);
  const dataKey = storage.dataBucket.encryptionKey ?? storage.kmsKey;
  const arn = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, region, resource, resourceName });
  const databaseCluster = stack.readFrom(database, 'Cluster', only(database.cluster, CfnDBCluster.isCfnDBCluster).ref);
  const databaseArn = `arn:${stack.partition}:rds:${region}:${stack.account}:cluster:${databaseCluster}`;
  return {
    region,
    values: {
      region,
      cluster,
      service,
      targetGroup: `arn:${stack.partition}:elasticloadbalancing:${region}:${stack.account}:${targetGroup}`,
      loadBalancer: ofCompute('LoadBalancerName', compute.loadBalancer.loadBalancerDnsName),
      database: databaseArn,
      workQueue: ofMessaging('WorkQueue', queue.ref),
      dataBucket: stack.readFrom(storage, 'DataBucket', bucket.ref),
      dataPrefix,
    },
    serviceArn: arn('ecs', 'service', `${cluster}/${service}`),
    clusterArn: arn('ecs', 'cluster', cluster),
    tasksArn: arn('ecs', 'task', `${cluster}/*`),
    taskDefinitionArn: arn('ecs', 'task-definition', `${ecsService.taskDefinition.family}:*`),
    taskRoleArns: Object.entries({
      TaskRoleArn: security.roles.task,
      TaskExecutionRoleArn: security.roles['task-execution'],
    }).map(([name, role]) => stack.readFrom(security, name, only(role, CfnRole.isCfnRole).attrArn)),
    scalableTargetsArn: arn('application-autoscaling', 'scalable-target', '*'),
    databaseArn,
    workQueueArn: ofMessaging('WorkQueueArn', queue.attrArn),
    workKeyArn: ofMessaging('KeyArn', only(messaging.kmsKey, CfnKey.isCfnKey).attrArn),
    dataBucketArn: bucketArn,
    dataObjectsArn: `${bucketArn}/${dataPrefix}*`,
    dataKeyArn: stack.readFrom(storage, 'DataKeyArn', only(dataKey, CfnKey.isCfnKey).attrArn),
  };
}

/** What the standby's database has at least: at rest as it is deployed, at work as much as it may have at most. */
export function capacityOf({ cluster }: RegionStacks['database']): {
  readonly resting: number;
  readonly working: number;
} {
  const made = only(cluster, CfnDBCluster.isCfnDBCluster);
  const scaling: unknown = made.stack.resolve(made.serverlessV2ScalingConfiguration);
  const [resting, working] = ['minCapacity', 'maxCapacity'].map((name): unknown => Object(scaling)[name]);
  if (typeof resting !== 'number' || typeof working !== 'number')
    throw new Error("A standby's database is serverless, with a least and a most capacity");
  return { resting, working };
}

/** The one resource of a type that a construct is made of: its attributes are for any region. */
export function only<Made extends CfnResource>(
  construct: IConstruct,
  is: (candidate: unknown) => candidate is Made,
): Made {
  const [found, ...others] = construct.node.findAll().flatMap((one) => (is(one) ? [one] : []));
  if (found === undefined || others.length > 0)
    throw new Error(`${construct.node.path} is made of ${others.length + 1} resources of a type, expected one`);
  return found;
}
