// A snapshot of the database every week, and its copy in another region (BKP-2, BKP-3).
import { Duration, TimeZone, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupSelection, type IBackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';

/** Days that a snapshot is kept; the document is silent. Five weeks: there is always one from before the last month's end. */
const keptFor = Duration.days(35);

export interface WeeklyTime {
  readonly weekday: 'SUN' | 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT';
  /** `HH:MM`. */
  readonly time: string;
  /** Name in the IANA database; absent: UTC. */
  readonly timeZone?: string;
}

export interface WeeklyBackupProps {
  readonly vault: IBackupVault;
  readonly cluster: IDatabaseCluster;
  readonly when: WeeklyTime;
  /** The vault in another region that copies go to; absent: there are none. */
  readonly copyTo: IBackupVault | undefined;
}

/**
 * Aurora's own backups reach back as many days as the document says and live with the cluster; these outlive it. The table is not among
 * them: its answers are of use for a day, and it can be restored to any second of 35.
 *
 * The role holds AWS's policy for backups, since what a snapshot of an encrypted cluster and its copy need is AWS Backup's to know and
 * to change; only AWS Backup can take it on, and the plan selects one cluster.
 *
 * Day 2: `aws backup start-backup-job` takes one now, as before a risky change; `aws backup start-restore-job` brings one back beside
 * the cluster, without instances: `aws rds create-db-instance` adds one.
 *
 * @cost see `backupVault`; copies $0.09 per GB sent to Oregon, 100 GB a week $39 a month.
 */
export class WeeklyBackup extends Construct {
  constructor(scope: Construct, id: string, { vault, cluster, when, copyTo }: WeeklyBackupProps) {
    super(scope, id);
    const [hour, minute] = when.time.split(':').map((part) => String(Number(part)));
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: vault.backupVaultName,
      backupVault: vault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'Weekly',
          scheduleExpression: Schedule.cron({
            weekDay: when.weekday,
            hour,
            minute,
          }),
          ...(when.timeZone === undefined ? {} : { scheduleExpressionTimezone: TimeZone.of(when.timeZone) }),
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(8),
          deleteAfter: keptFor,
          ...(copyTo === undefined ? {} : { copyActions: [{ destinationBackupVault: copyTo, deleteAfter: keptFor }] }),
        }),
      ],
    });
    new BackupSelection(this, 'Selection', {
      backupPlan: plan,
      resources: [BackupResource.fromArn(cluster.clusterArn)],
      role: backupRole(this, 'Role', 'Lets AWS Backup take and copy snapshots', 'AWSBackupServiceRolePolicyForBackup'),
      disableDefaultBackupPolicy: true,
    });
  }
}

/** A role of AWS Backup with one of AWS's own policies for it. */
export function backupRole(scope: Construct, id: string, description: string, policy: string): Role {
  const role = new Role(scope, id, {
    description,
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(`service-role/${policy}`)],
  });
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/${policy}]`,
    reason: 'What AWS Backup needs for a service is its own to know and to change; nobody else can take the role on.',
  });
  return role;
}
