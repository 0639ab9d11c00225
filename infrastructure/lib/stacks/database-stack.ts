// The database stack: Aurora PostgreSQL with its credentials and backups, and the table of answers already given (STK-3, BKP-1…3, DR-7).

import { BackupVault, type IBackupVault } from 'aws-cdk-lib/aws-backup';
import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Policy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { CfnGlobalCluster, IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { serverlessClass } from '../../../aws/instance-classes.ts';
import { perEnvironment } from '../../../design/environments.ts';
import type { Design } from '../../../design/schema.ts';
import { AuroraCluster } from '../constructs/aurora/aurora-cluster.ts';
import { maxConnections, memoryGiB, preloadedExtensions } from '../constructs/aurora/aurora-parameters.ts';
import { type ClusterOrigin, globalDatabase } from '../constructs/aurora/cluster-origin.ts';
import { acknowledgeNoRotation, databaseSecret, rotateSecret } from '../constructs/aurora/database-credentials.ts';
import { DatabaseExtensions } from '../constructs/aurora/database-extensions.ts';
import {
  DeletionProtection,
  guardedCluster,
  guardedGlobalCluster,
  guardedTable,
} from '../constructs/aurora/deletion-protection.ts';
import { backupVault } from '../constructs/backup/backup-vault.ts';
import { RestoreTest } from '../constructs/backup/restore-test.ts';
import { WeeklyBackup } from '../constructs/backup/weekly-backup.ts';
import { dataKey } from '../constructs/data-key.ts';
import { replicaArn } from '../constructs/secret-replica.ts';
import { type AnswersTableProps, answersTable, tableNameAnywhere } from '../constructs/table/answers-table.ts';
import { portOf, quietHour, standbyRegion, triesRestores, weeklySnapshotOf } from '../document-values.ts';
import { actionsFor, allow, allowKey } from '../permissions.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';
import type { NetworkStack } from './network-stack.ts';
import type { RecoveryBaseStack } from './recovery-base-stack.ts';
import type { SecurityStack } from './security-stack.ts';

export interface DatabaseStackProps extends PlatformStackProps {
  readonly network: NetworkStack;
  readonly security: SecurityStack;
  /** Keeps copies of what is here; absent when the document wants none. */
  readonly recoveryBase?: RecoveryBaseStack;
  /** What a region that stands by would take over from. */
  readonly primary?: { readonly database: DatabaseStack };
}

const policyIds = { 'task-execution': 'TaskExecution', task: 'Task', lambda: 'Function' } as const;

/** An Aurora capacity unit is 2 GiB of memory with what goes with it. */
const gibPerCapacityUnit = 2;
/** With fewer at most, a cluster may not keep up with what a global database sends it; AWS makes none with more. */
const [leastMaximumCapacity, mostCapacity] = [8, 256];

/**
 * What the orders live in. Every part is encrypted with the stack's one key; what comes from another region, with RecoveryBaseStack's.
 *
 * Where a region stands by, the cluster is the first of a global database and the standby's is its follower: what is written is there
 * within a second. The follower has neither credentials nor rotation of its own, and no weekly snapshots: those of the first region
 * are copied to it. It keeps automatic backups of its own, for the day on which it is the first.
 *
 * @cost one KMS key $1.00 a month, besides cluster, secret, table and backups (see their constructs).
 */
export class DatabaseStack extends PlatformStack {
  readonly cluster: IDatabaseCluster;
  /** User name, password, host, port and database name as JSON; the host is that of the region that the secret was made in. */
  readonly secret: ISecret;
  /** Host name of the writer, wherever it is after a failover within the region. */
  readonly endpoint: string;
  readonly port: number;
  readonly databaseName = 'orders';
  /** What every instance runs on: the document's class, or what a follower is until it takes over. */
  readonly instanceClass: string;
  /** What MON-11's percentages refer to. */
  readonly maxConnections: number;
  readonly logGroup: ILogGroup;
  /** Answers already given, by `Idempotency-Key`; absent when the document has no DynamoDB table. */
  readonly table?: ITable;
  readonly kmsKey: IKey;
  /** The global database that the cluster belongs to; absent where no region stands by. */
  readonly globalCluster?: CfnGlobalCluster;
  /** The step of a deployment that makes the database's extensions; absent where the database follows one that has them. */
  readonly extensionsFunctionArn?: string;
  /** Of secret and table. */
  private readonly readingKey: IKey;
  private readonly credentials: Secret | undefined;

  constructor(scope: Construct, id: string, props: DatabaseStackProps) {
    super(scope, id, props);
    const { design, environment, network, security, recoveryBase, primary } = props;
    const { kept } = this;
    const size = this.sizes.aurora;
    this.instanceClass = primary === undefined ? size.instanceClass : serverlessClass;
    const key = dataKey(this, 'Key', { description: 'Database, its credentials, and answers already given', kept });
    this.kmsKey = key;
    this.readingKey = this.readingKeyOf(props);
    this.port = portOf(design, 'rds');
    this.maxConnections = maxConnections(memoryGiB(size.instanceClass));

    const region = standbyRegion(design, environment);
    const replica =
      region === undefined || recoveryBase === undefined
        ? undefined
        : { region, keyArn: this.readFrom(recoveryBase, 'KeyArn', recoveryBase.kmsKeyArn) };
    this.credentials =
      primary === undefined
        ? databaseSecret(this, 'Secret', { username: 'orders_admin', encryptionKey: key, kept, replica })
        : undefined;
    const aurora = new AuroraCluster(this, 'Aurora', {
      clusterIdentifier: this.stackName.toLowerCase(),
      origin: this.originOf(props),
      port: this.port,
      vpc: network.vpc,
      subnets: network.dataSubnets,
      securityGroup: security.rdsSecurityGroup,
      monitoringRole: security.roles['rds-monitoring'],
      encryptionKey: key,
      instances: size.instances,
      maxConnections: this.maxConnections,
      backup: {
        retentionDays: perEnvironment(design.backup.aurora.retentionDays, environment),
        window: design.backup.aurora.window,
      },
      maintenance: quietHour(design, environment),
      logRetentionDays: perEnvironment(design.logs, environment).application,
      kept,
    });
    const { cluster, secret, logGroup } = aurora;
    this.cluster = cluster;
    this.secret = secret;
    this.logGroup = logGroup;
    this.endpoint = cluster.clusterEndpoint.hostname;
    if (primary?.database.globalCluster !== undefined) this.globalCluster = primary.database.globalCluster;
    if (region !== undefined) this.globalCluster = globalDatabase(this, 'Global', { cluster, kept });
    this.rotate(props);
    const extensions = this.extend(props);
    if (extensions !== undefined) this.extensionsFunctionArn = extensions.function.functionArn;
    const table = this.tableOf(props, replica);
    if (table !== undefined) this.table = table;

    this.backUp(props, aurora);
    if (kept) this.guard();

    this.permit(design, security, 'task-execution');
    this.permit(design, security, 'task');
    this.permit(design, security, 'lambda');
  }

  /** A replica of a table is protected in its own region, and a global database in the first one. */
  private guard(): void {
    const { cluster, table, globalCluster } = this;
    new DeletionProtection(this, 'Protection', {
      guarded: [
        guardedCluster(cluster),
        ...(globalCluster === undefined || this.role === 'standby' ? [] : [guardedGlobalCluster(globalCluster)]),
        ...(table === undefined ? [] : [guardedTable(table)]),
      ],
    });
  }

  /** An empty database with credentials of its own, or what the first region's sends. */
  private originOf({ primary }: DatabaseStackProps): ClusterOrigin {
    const { instanceClass } = this.sizes.aurora;
    const { credentials } = this;
    if (primary === undefined) {
      if (credentials === undefined) throw new Error('A database of its own has credentials of its own');
      return { kind: 'own', databaseName: this.databaseName, secret: credentials, instanceClass };
    }
    const { globalCluster } = primary.database;
    if (globalCluster === undefined) throw new Error('A region stands by, and the first one has no global database');
    return {
      kind: 'follower',
      globalCluster: this.readFrom(primary.database, 'GlobalCluster', globalCluster.ref),
      sourceRegion: primary.database.region,
      secret: Secret.fromSecretCompleteArn(
        this,
        'Secret',
        this.readFrom(primary.database, 'SecretArn', primary.database.secretArnIn(this.region)),
      ),
      maximumCapacity: Math.min(
        Math.max(memoryGiB(instanceClass) / gibPerCapacityUnit, leastMaximumCapacity),
        mostCapacity,
      ),
    };
  }

  /** What secret and table are encrypted with: replicas are under the key that waits for them. */
  private readingKeyOf({ primary, recoveryBase }: DatabaseStackProps): IKey {
    if (primary === undefined) return this.kmsKey;
    if (recoveryBase === undefined)
      throw new Error('A region stands by, and no key waits in it for what is replicated');
    return recoveryBase.kmsKey;
  }

  /** The ARN of the credentials in a region that has them. */
  secretArnIn(region: string): string {
    if (this.credentials === undefined) throw new Error('The credentials are those of another region');
    return replicaArn(this.credentials, region);
  }

  private rotate({ network, security }: DatabaseStackProps): void {
    if (this.credentials === undefined) return;
    if (security.lambdaSecurityGroup === undefined) {
      acknowledgeNoRotation(this.credentials);
      return;
    }
    rotateSecret(this, 'Rotation', {
      secret: this.secret,
      port: this.port,
      vpc: network.vpc,
      subnets: network.privateSubnets,
      securityGroup: security.lambdaSecurityGroup,
    });
  }

  /** A follower takes no writes, and has what the first region's database has. */
  private extend({
    design,
    environment,
    network,
    security,
    primary,
  }: DatabaseStackProps): DatabaseExtensions | undefined {
    if (primary !== undefined) return undefined;
    return new DatabaseExtensions(this, 'Extensions', {
      cluster: this.cluster,
      port: this.port,
      databaseName: this.databaseName,
      extensions: preloadedExtensions,
      secret: this.secret,
      keyArn: this.readingKey.keyArn,
      region: this.region,
      architecture: design.inputs.architecture,
      vpc: network.vpc,
      subnets: network.privateSubnets,
      // A document without a group for functions lets only that of the tasks reach the database.
      securityGroup: security.lambdaSecurityGroup ?? security.ecsSecurityGroup,
      logRetentionDays: perEnvironment(design.logs, environment).application,
      kept: this.kept,
    });
  }

  /** The table, or the other region's replica of it. */
  private tableOf({ design, primary }: DatabaseStackProps, replica: AnswersTableProps['replica']): ITable | undefined {
    if (design.tables.length === 0) return undefined;
    if (primary === undefined) {
      return answersTable(this, 'Answers', { encryptionKey: this.kmsKey, kept: this.kept, replica });
    }
    const { table } = primary.database;
    return (
      table &&
      Table.fromTableName(
        this,
        'Answers',
        this.readFrom(primary.database, 'AnswersTableName', tableNameAnywhere(table)),
      )
    );
  }

  /** Weekly snapshots, their copies, and in production the proof that they can be brought back (BKP-2, BKP-3). */
  private backUp(props: DatabaseStackProps, { cluster, subnetGroupName }: AuroraCluster): void {
    const { design, environment, security, recoveryBase } = props;
    const when = weeklySnapshotOf(design, environment);
    if (when === undefined) return;
    const vault = backupVault(this, 'Backups', { name: this.stackName, encryptionKey: this.kmsKey, kept: this.kept });
    new WeeklyBackup(this, 'WeeklyBackup', {
      vault,
      cluster,
      when,
      copyTo:
        perEnvironment(design.backup.aurora.copyTo, environment) === null ? undefined : this.vaultIn(recoveryBase),
    });
    if (!triesRestores(design, environment)) return;
    new RestoreTest(this, 'RestoreTest', {
      name: this.stackName,
      vault,
      cluster,
      subnetGroupName,
      securityGroup: security.rdsSecurityGroup,
    });
  }

  private vaultIn(base: RecoveryBaseStack | undefined): IBackupVault | undefined {
    if (base === undefined) return undefined;
    const arn = this.readFrom(base, 'BackupVaultArn', base.backupVault.backupVaultArn);
    return BackupVault.fromBackupVaultArn(this, 'CopyVault', arn);
  }

  /** What a role of the document may do with the secret and the table (IAM-1…3). */
  private permit(design: Design, security: SecurityStack, role: 'task-execution' | 'task' | 'lambda'): void {
    const { table } = this;
    const statements = [
      ...allow('ReadDatabaseSecret', actionsFor(design, role, 'secretsmanager'), this.secret.secretArn),
      ...(table === undefined ? [] : allow('KeepAnswers', actionsFor(design, role, 'dynamodb'), table.tableArn)),
    ];
    if (statements.length === 0) return;
    const services = table !== undefined && role === 'task' ? ['secretsmanager', 'dynamodb'] : ['secretsmanager'];
    new Policy(this, `${policyIds[role]}Policy`, {
      // A role's policies of one name overwrite each other, and CDK would give those of two stacks the same.
      policyName: this.stackName,
      roles: [security.roles[role]],
      statements: [
        ...statements,
        ...allowKey('DecryptWithDatabaseKey', ['kms:Decrypt'], this.readingKey.keyArn, this.region, services),
      ],
    });
  }
}
