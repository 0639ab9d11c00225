// The cache: a Redis (or Valkey) replication group over TLS, with a token kept in Secrets Manager (STK-4, SIZE-3, BKP-6).
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { type DailyWindow, maintenanceWindow, type PreferredHour } from '../schedule/maintenance-window.ts';

/** The engines by the design's name: the version is pinned, patches follow in the maintenance window. */
const engines = {
  redis: { version: '7.1', family: 'redis7' },
  valkey: { version: '8.0', family: 'valkey8' },
} as const;

/** What the cache is told beyond its defaults. */
const parameters = {
  // Every entry can be read again from the database, so a full cache drops what was not used for longest, whether it expires or not.
  'maxmemory-policy': 'allkeys-lru',
} as const;

export interface ReplicationGroupProps {
  readonly description: string;
  readonly engine: keyof typeof engines;
  /** An ElastiCache node type, e.g. `cache.r6g.large`. */
  readonly nodeType: string;
  /** Primary and replicas together. */
  readonly nodes: number;
  readonly port: number;
  readonly subnets: readonly ISubnet[];
  readonly securityGroup: ISecurityGroup;
  readonly encryptionKey: IKey;
  /** `retentionDays: null` switches snapshots off. */
  readonly backup: { readonly retentionDays: number | null; readonly window: DailyWindow };
  readonly maintenance: PreferredHour;
  readonly logRetentionDays: RetentionDays;
  /** Whether a last snapshot is left behind, or the cache goes with its stack. */
  readonly kept: boolean;
}

/**
 * One shard, `nodes - 1` replicas; with a replica, failover is automatic and the nodes stand in different zones. TLS is required, so
 * is the token, which reaches the template only as a reference into Secrets Manager.
 *
 * The cache holds nothing that the database does not: losing it costs speed, so its snapshots only spare a cold start.
 *
 * Day 2: `aws elasticache test-failover` drills the failover. The token is replaced without a gap by `aws elasticache
 * modify-replication-group --auth-token <new> --auth-token-update-strategy ROTATE`, the new secret value, a restart of the tasks,
 * then `SET`.
 *
 * @cost Tokyo, production: 2 × cache.r6g.large × $0.247 × 730 h = $360.62 a month (Valkey $288.50); staging 2 × cache.m6g.large ×
 * $0.179 × 730 h = $261.34; development cache.t4g.medium × $0.098 × 730 h = $71.54. Snapshots beyond the first $0.085 per GB; the
 * token's secret $0.40.
 */
export class ReplicationGroup extends Construct {
  readonly cluster: CfnReplicationGroup;
  /** The AUTH token as plain text. */
  readonly secret: ISecret;

  constructor(scope: Construct, id: string, props: ReplicationGroupProps) {
    super(scope, id);
    const { version, family } = engines[props.engine];
    const several = props.nodes > 1;
    const removalPolicy = props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;

    const token = new Secret(this, 'Token', {
      description: 'AUTH token of the cache',
      encryptionKey: props.encryptionKey,
      removalPolicy,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    Validations.of(token).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Secrets Manager has no rotation for an AUTH token; it is replaced by hand, without a gap (see Day 2).',
    });
    this.secret = token;
    const subnetGroup = new CfnSubnetGroup(this, 'SubnetGroup', {
      description: 'Data subnets of the cache',
      subnetIds: props.subnets.map(({ subnetId }) => subnetId),
    });
    const parameterGroup = new CfnParameterGroup(this, 'ParameterGroup', {
      description: 'A cache that drops what was not used for longest',
      cacheParameterGroupFamily: family,
      properties: { ...parameters },
    });
    const log = (logType: 'slow-log' | 'engine-log', name: string) => ({
      logType,
      logFormat: 'json',
      destinationType: 'cloudwatch-logs',
      destinationDetails: {
        cloudWatchLogsDetails: {
          logGroup: new LogGroup(this, name, {
            retention: props.logRetentionDays,
            removalPolicy,
          }).logGroupName,
        },
      },
    });

    this.cluster = new CfnReplicationGroup(this, 'Cluster', {
      replicationGroupDescription: props.description,
      engine: props.engine,
      engineVersion: version,
      cacheNodeType: props.nodeType,
      numCacheClusters: props.nodes,
      automaticFailoverEnabled: several,
      multiAzEnabled: several,
      port: props.port,
      cacheSubnetGroupName: subnetGroup.ref,
      cacheParameterGroupName: parameterGroup.ref,
      securityGroupIds: [props.securityGroup.securityGroupId],
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      authToken: token.secretValue.unsafeUnwrap(),
      atRestEncryptionEnabled: true,
      kmsKeyId: props.encryptionKey.keyArn,
      snapshotRetentionLimit: props.backup.retentionDays ?? 0,
      ...(props.backup.retentionDays === null
        ? {}
        : { snapshotWindow: `${props.backup.window.start}-${props.backup.window.end}` }),
      preferredMaintenanceWindow: maintenanceWindow(props.maintenance, props.backup.window),
      autoMinorVersionUpgrade: true,
      logDeliveryConfigurations: [log('slow-log', 'SlowLog'), log('engine-log', 'EngineLog')],
    });
    this.cluster.applyRemovalPolicy(props.kept ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY);
    // The rule knows no other engine's default.
    if (props.engine === 'redis' && props.port === 6379) {
      Validations.of(this.cluster).acknowledge({
        id: 'AwsSolutions-AEC5',
        reason:
          "The port is the document's (SG-5); another one would hide nothing from who may reach the cache at all.",
      });
    }
    if (!several) {
      Validations.of(this.cluster).acknowledge({
        id: 'AwsSolutions-AEC4',
        reason: 'The document lets this environment do with one node (SIZE-3).',
      });
    }
  }
}
