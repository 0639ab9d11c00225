// What the functions of a failover are told about both regions, and the ARNs that their permissions name.
import type { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnCluster, CfnService, FargateService } from 'aws-cdk-lib/aws-ecs';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import type { RegionStacks } from '../region-stacks.ts';
import { dataPrefix } from '../stacks/storage-stack.ts';

/** The stacks of a region that a failover moves. */
export type MovedStacks = Pick<RegionStacks, 'security' | 'database' | 'compute' | 'messaging' | 'storage'>;

/** A region as another stack names it, whichever region that is in. */
export interface RecoveryPlace {
  readonly region: string;
  /** As the functions read it: `services/recovery/aws/places.ts`. */
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
export function placeOf(stack: Stack, { security, database, compute, messaging, storage }: MovedStacks): RecoveryPlace {
  const { region, ecsService } = compute;
  if (!(ecsService instanceof FargateService)) throw new Error('The tasks of a region are a Fargate service');
  const cluster = only(ecsService.cluster, CfnCluster.isCfnCluster).ref;
  const service = only(ecsService, CfnService.isCfnService).attrName;
  const queue = only(messaging.workQueue, CfnQueue.isCfnQueue);
  const bucket = only(storage.dataBucket, CfnBucket.isCfnBucket);
  const dataKey = storage.dataBucket.encryptionKey ?? storage.kmsKey;
  const arn = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, region, resource, resourceName });
  const databaseArn = `arn:${stack.partition}:rds:${region}:${stack.account}:cluster:${only(database.cluster, CfnDBCluster.isCfnDBCluster).ref}`;
  return {
    region,
    values: {
      region,
      cluster,
      service,
      targetGroup: `arn:${stack.partition}:elasticloadbalancing:${region}:${stack.account}:${compute.targetGroupFullName}`,
      loadBalancer: compute.loadBalancer.loadBalancerDnsName,
      database: databaseArn,
      workQueue: queue.ref,
      dataBucket: bucket.ref,
      dataPrefix,
    },
    serviceArn: arn('ecs', 'service', `${cluster}/${service}`),
    clusterArn: arn('ecs', 'cluster', cluster),
    tasksArn: arn('ecs', 'task', `${cluster}/*`),
    taskDefinitionArn: arn('ecs', 'task-definition', `${ecsService.taskDefinition.family}:*`),
    taskRoleArns: [security.roles.task, security.roles['task-execution']].map(
      (role) => only(role, CfnRole.isCfnRole).attrArn,
    ),
    scalableTargetsArn: arn('application-autoscaling', 'scalable-target', '*'),
    databaseArn,
    workQueueArn: queue.attrArn,
    workKeyArn: only(messaging.kmsKey, CfnKey.isCfnKey).attrArn,
    dataBucketArn: bucket.attrArn,
    dataObjectsArn: `${bucket.attrArn}/${dataPrefix}*`,
    dataKeyArn: only(dataKey, CfnKey.isCfnKey).attrArn,
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
