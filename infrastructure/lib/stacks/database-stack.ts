// The database stack: Aurora PostgreSQL with its credentials and backups, and the table of answers already given (STK-3, BKP-1…3).
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Policy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Design } from '../../../design/schema.ts';
import { answersTable } from '../constructs/answers-table.ts';
import { AuroraCluster } from '../constructs/aurora-cluster.ts';
import { maxConnections, memoryGiB } from '../constructs/aurora-parameters.ts';
import { backupVault } from '../constructs/backup-vault.ts';
import { dataKey } from '../constructs/data-key.ts';
import { acknowledgeNoRotation, databaseSecret, rotateSecret } from '../constructs/database-credentials.ts';
import { RestoreTest } from '../constructs/restore-test.ts';
import { WeeklyBackup } from '../constructs/weekly-backup.ts';
import { portOf, quietHour, triesRestores, weeklySnapshotOf } from '../document-values.ts';
import { actionsFor, allow, allowKey } from '../permissions.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';
import type { NetworkStack } from './network-stack.ts';
import type { RecoveryBaseStack } from './recovery-base-stack.ts';
import type { SecurityStack } from './security-stack.ts';

export interface DatabaseStackProps extends PlatformStackProps {
  readonly network: NetworkStack;
  readonly security: SecurityStack;
  /** Keeps copies of the backups; absent when the document wants none. */
  readonly recoveryBase?: RecoveryBaseStack;
}

const policyIds = { 'task-execution': 'TaskExecution', task: 'Task', lambda: 'Function' } as const;

/**
 * What the orders live in. Every part is encrypted with the stack's one key.
 *
 * @cost one KMS key $1.00 a month, besides cluster, secret, table and backups (see their constructs).
 */
export class DatabaseStack extends PlatformStack {
  readonly cluster: IDatabaseCluster;
  /** User name, password, host, port and database name as JSON. */
  readonly secret: ISecret;
  /** Host name of the writer, wherever it is after a failover. */
  readonly endpoint: string;
  readonly port: number;
  readonly databaseName = 'orders';
  /** What MON-11's percentages refer to. */
  readonly maxConnections: number;
  readonly logGroup: ILogGroup;
  /** Answers already given, by `Idempotency-Key`; absent when the document has no DynamoDB table. */
  readonly table?: ITable;
  readonly kmsKey: IKey;

  constructor(scope: Construct, id: string, props: DatabaseStackProps) {
    super(scope, id, props);
    const { design, environment, network, security } = props;
    const { kept } = this;
    const size = this.sizes.aurora;
    const key = dataKey(this, 'Key', { description: 'Database, its credentials, and answers already given', kept });
    this.kmsKey = key;
    this.port = portOf(design, 'rds');
    this.maxConnections = maxConnections(memoryGiB(size.instanceClass));

    const credentials = databaseSecret(this, 'Secret', { username: 'orders_admin', encryptionKey: key, kept });
    const aurora = new AuroraCluster(this, 'Aurora', {
      clusterIdentifier: this.stackName.toLowerCase(),
      databaseName: this.databaseName,
      port: this.port,
      vpc: network.vpc,
      subnets: network.dataSubnets,
      securityGroup: security.rdsSecurityGroup,
      monitoringRole: security.roles['rds-monitoring'],
      encryptionKey: key,
      secret: credentials,
      instanceClass: size.instanceClass,
      instances: size.instances,
      maxConnections: this.maxConnections,
      backup: {
        retentionDays: design.backup.aurora.retentionDays[environment],
        window: design.backup.aurora.window,
      },
      maintenance: quietHour(design, environment),
      logRetentionDays: design.logs[environment].application,
      kept,
    });
    const { cluster, secret, logGroup } = aurora;
    this.cluster = cluster;
    this.secret = secret;
    this.logGroup = logGroup;
    this.endpoint = cluster.clusterEndpoint.hostname;
    if (security.lambdaSecurityGroup === undefined) {
      acknowledgeNoRotation(credentials);
    } else {
      rotateSecret(this, 'Rotation', {
        secret,
        port: this.port,
        vpc: network.vpc,
        subnets: network.privateSubnets,
        securityGroup: security.lambdaSecurityGroup,
      });
    }
    if (design.table) this.table = answersTable(this, 'Answers', { encryptionKey: key, kept });

    this.backUp(props, aurora);

    this.permit(design, security, 'task-execution');
    this.permit(design, security, 'task');
    this.permit(design, security, 'lambda');
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
      copyTo: design.backup.aurora.copyTo[environment] === null ? undefined : recoveryBase?.backupVault,
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
        ...allowKey('DecryptWithDatabaseKey', ['kms:Decrypt'], this.kmsKey.keyArn, this.region, services),
      ],
    });
  }
}
