// What an Aurora cluster begins with: a database of its own, or what a global database sends it (DR-7). CDK knows no global database.
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnDBCluster, CfnGlobalCluster, Credentials, type DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** What a cluster begins with. */
export type ClusterOrigin = Own | Follower;

interface Own {
  readonly kind: 'own';
  readonly databaseName: string;
  /** User name and password; the cluster attaches itself to it. */
  readonly secret: ISecret;
  /** An RDS class, e.g. `db.r6g.large`. */
  readonly instanceClass: string;
}

interface Follower {
  readonly kind: 'follower';
  /** The global database that it joins: database, user and password come from there. */
  readonly globalCluster: string;
  /** The region that it follows. */
  readonly sourceRegion: string;
  /** A replica of the other region's secret. */
  readonly secret: ISecret;
  /** Aurora capacity units, of 2 GiB each, that an instance may have at most; at least it has `restingCapacity`. */
  readonly maximumCapacity: number;
}

/** Aurora's smallest instance that runs; one that pauses could not follow. */
const restingCapacity = 0.5;

export interface GlobalDatabaseProps {
  /** The first member: it serves on while it becomes one. */
  readonly cluster: DatabaseCluster;
  /** Whether it outlives its stack, which guards it against deletion. */
  readonly kept: boolean;
}

/**
 * A global database, to which clusters of other regions can be added.
 *
 * Day 2: it takes no minor version by itself: `aws rds modify-global-cluster --engine-version` brings all regions to one, after which
 * the template is to say it too (docs/runbooks/engine-upgrade.md); `aws rds describe-global-clusters` tells which region writes.
 *
 * @cost none by itself; each million writes that it sends on costs $0.24 more in Tokyo.
 */
export function globalDatabase(scope: Construct, id: string, { cluster, kept }: GlobalDatabaseProps): CfnGlobalCluster {
  const made = new CfnGlobalCluster(scope, id, {
    sourceDbClusterIdentifier: cluster.clusterArn,
  });
  // A member whose instance does not come up must not be bound by a global database already.
  made.node.addDependency(cluster);
  made.applyRemovalPolicy(kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY);
  return made;
}

/** Where data, user and password come from. */
export function beginning(origin: ClusterOrigin) {
  if (origin.kind === 'own') {
    return { defaultDatabaseName: origin.databaseName, credentials: Credentials.fromSecret(origin.secret) };
  }
  return {
    // CDK knows no global database, and makes a secret for a cluster without credentials: `follow` takes these out again.
    credentials: Credentials.fromPassword('follower', origin.secret.secretValueFromJson('password')),
    serverlessV2MinCapacity: restingCapacity,
    serverlessV2MaxCapacity: origin.maximumCapacity,
  };
}

/** Makes a cluster the follower of another region's. */
export function follow({ node }: DatabaseCluster, { globalCluster, sourceRegion }: Follower): void {
  const cluster = node.defaultChild;
  if (!CfnDBCluster.isCfnDBCluster(cluster)) throw new Error('A cluster of CDK is a cluster of CloudFormation');
  cluster.masterUsername = undefined;
  cluster.masterUserPassword = undefined;
  cluster.globalClusterIdentifier = globalCluster;
  // What is encrypted crosses a border by a signed request, for which CloudFormation must know the other side
  // (aws-cloudformation/cloudformation-coverage-roadmap#719).
  cluster.sourceRegion = sourceRegion;
}
