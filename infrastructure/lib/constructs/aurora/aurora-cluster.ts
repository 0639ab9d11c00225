// The Aurora PostgreSQL cluster: a writer and its readers across availability zones, encrypted, watched, backed up (STK-3, SIZE-2, BKP-1);
// or, where a region stands by, the follower of another region's (DR-7).
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { InstanceType, type ISecurityGroup, type ISubnet, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  AuroraPostgresEngineVersion,
  CaCertificate,
  ClusterInstance,
  DatabaseCluster,
  DatabaseClusterEngine,
  DatabaseInsightsMode,
  type IClusterInstance,
  ParameterGroup,
  PerformanceInsightRetention,
  SubnetGroup,
} from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { type DailyWindow, maintenanceWindow, type PreferredHour } from '../schedule/maintenance-window.ts';
import { auroraParameters } from './aurora-parameters.ts';
import { beginning, type ClusterOrigin, follow } from './cluster-origin.ts';

/**
 * PostgreSQL 17 is supported until late 2029. Minor versions follow by themselves in the maintenance window, but not where a global
 * database binds two regions to one version.
 */
const engine = DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_7 });

export interface AuroraClusterProps {
  /**
   * The cluster's physical name, in lower case. AWS forces one: the log group's name contains it, and a group that RDS makes by
   * itself would keep logs for ever.
   */
  readonly clusterIdentifier: string;
  readonly origin: ClusterOrigin;
  readonly port: number;
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  readonly securityGroup: ISecurityGroup;
  readonly monitoringRole: IRole;
  readonly encryptionKey: IKey;
  /** Writer and readers together. */
  readonly instances: number;
  readonly maxConnections: number;
  readonly backup: { readonly retentionDays: number; readonly window: DailyWindow };
  readonly maintenance: PreferredHour;
  readonly logRetentionDays: RetentionDays;
  /** Whether the cluster leaves a last snapshot behind, or goes with its stack. Its stack guards it against deletion. */
  readonly kept: boolean;
}

/**
 * One writer and `instances - 1` readers of the same class, each in the next availability zone. The first reader stands at promotion
 * tier 1 beside the writer's 0, so that Aurora promotes a machine that carries the same load, within a minute (AC-REL-4).
 *
 * Encrypted with the stack's own key; TLS demanded; operating system metrics every 60 s (IAM-4); Performance Insights for the free
 * seven days. IAM authentication is on: nobody may use it by default, but an operator gets in without knowing the password.
 *
 * A follower takes writes once its global database names it the writer. Until then its instances are of Serverless v2 and as small as
 * those come; they reach the size of the other region's within a minute or two of being asked to.
 *
 * Day 2: `aws rds failover-db-cluster --db-cluster-identifier <id>` drills AC-REL-4; `aws rds restore-db-cluster-to-point-in-time`
 * brings back a moment within the retention.
 *
 * @cost Tokyo, production: 2 × db.r6g.large × $0.313 × 730 h = $456.98 a month; 100 GB × $0.12 = $12.00; I/O $0.24 per million;
 * backups beyond the cluster's size $0.023 per GB. Staging 2 × db.t4g.large × $0.227 × 730 h = $331.42; development db.t4g.medium
 * × $0.113 × 730 h = $82.49 before its nights off. Logs and enhanced monitoring $0.76 per GB. A follower in Oregon 1 ACU × $0.12 × 730 h
 * = $87.60, since its least of 0.5 is a floor above which performance insights, log export and connections can hold it; 100 GB × $0.10 = $10.00, and $0.20 for each million writes that reach it.
 */
export class AuroraCluster extends Construct {
  readonly cluster: DatabaseCluster;
  /** The secret with host, port and database name in it. */
  readonly secret: ISecret;
  readonly logGroup: LogGroup;
  readonly subnetGroupName: string;

  constructor(scope: Construct, id: string, props: AuroraClusterProps) {
    super(scope, id);
    const { kept } = props;
    const maintenance = maintenanceWindow(props.maintenance, props.backup.window);

    this.logGroup = new LogGroup(this, 'LogGroup', {
      logGroupName: `/aws/rds/cluster/${props.clusterIdentifier}/postgresql`,
      retention: props.logRetentionDays,
      // A group with a fixed name that survived a failed creation would stop the next one.
      removalPolicy: kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    const subnetGroup = new SubnetGroup(this, 'SubnetGroup', {
      description: 'Data subnets of the database',
      vpc: props.vpc,
      vpcSubnets: { subnets: [...props.subnets] },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.subnetGroupName = subnetGroup.subnetGroupName;
    const parameterGroup = new ParameterGroup(this, 'ParameterGroup', {
      engine,
      description: 'TLS only, bounded statements, logs without values',
      parameters: { ...auroraParameters(props.maxConnections) },
      removalPolicy: RemovalPolicy.DESTROY,
    });

    const [writer, ...readers] = instances(props, maintenance);
    if (writer === undefined) throw new Error('An Aurora cluster needs at least one instance');
    this.cluster = new DatabaseCluster(this, 'Cluster', {
      engine,
      clusterIdentifier: props.clusterIdentifier,
      ...beginning(props.origin),
      port: props.port,
      iamAuthentication: true,
      writer,
      readers,
      vpc: props.vpc,
      vpcSubnets: { subnets: [...props.subnets] },
      subnetGroup,
      securityGroups: [props.securityGroup],
      parameterGroup,
      storageEncrypted: true,
      storageEncryptionKey: props.encryptionKey,
      monitoringInterval: Duration.seconds(60),
      monitoringRole: props.monitoringRole,
      databaseInsightsMode: DatabaseInsightsMode.STANDARD,
      cloudwatchLogsExports: ['postgresql'],
      backup: {
        retention: Duration.days(props.backup.retentionDays),
        preferredWindow: `${props.backup.window.start}-${props.backup.window.end}`,
      },
      preferredMaintenanceWindow: maintenance,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: !kept,
      // Instances hold nothing: with this policy CDK lets them go, so that fewer readers means fewer bills.
      removalPolicy: kept ? RemovalPolicy.SNAPSHOT : RemovalPolicy.DESTROY,
    });
    if (props.origin.kind === 'follower') follow(this.cluster, props.origin);
    // RDS makes the group itself, with no retention, if it comes first.
    this.cluster.node.addDependency(this.logGroup);
    this.secret = this.cluster.secret ?? props.origin.secret;
    Validations.of(this.cluster).acknowledge({
      id: 'CloudFormation-Validate::W3010',
      reason:
        "Instances stand in the document's zones, each in the next, so that one lost zone leaves another instance.",
    });
    Validations.of(this.cluster).acknowledge({
      id: 'AwsSolutions-RDS10',
      reason: kept
        ? 'Protected once its stack stands (see DeletionProtection), so that a creation that fails can be taken back.'
        : 'A development database goes with its stack.',
    });
  }
}

/** Writer first. Names are `Writer`, `Reader1`, `Reader2` …: part of the logical ids, so they must not change. */
function instances(props: AuroraClusterProps, maintenance: string): IClusterInstance[] {
  const { origin } = props;
  const zones = props.subnets.map(({ availabilityZone }) => availabilityZone);
  return Array.from({ length: props.instances }, (_, index) => {
    const zone = zones[index % zones.length];
    const name = index === 0 ? 'Writer' : `Reader${index}`;
    const common = {
      availabilityZone: zone,
      caCertificate: CaCertificate.RDS_CA_RSA2048_G1,
      autoMinorVersionUpgrade: true,
      publiclyAccessible: false,
      preferredMaintenanceWindow: maintenance,
      enablePerformanceInsights: true,
      performanceInsightRetention: PerformanceInsightRetention.DEFAULT,
      performanceInsightEncryptionKey: props.encryptionKey,
    };
    if (origin.kind === 'follower') return ClusterInstance.serverlessV2(name, common);
    return ClusterInstance.provisioned(name, {
      ...common,
      instanceType: new InstanceType(origin.instanceClass.replace(/^db\./, '')),
      ...(index === 0 ? {} : { promotionTier: Math.min(index, 15) }),
    });
  });
}
