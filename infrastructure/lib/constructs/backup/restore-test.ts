// A snapshot is a backup only when it can be brought back: once a month one is, by itself, and thrown away again.

import { Stack } from 'aws-cdk-lib';
import { CfnRestoreTestingPlan, CfnRestoreTestingSelection, type IBackupVault } from 'aws-cdk-lib/aws-backup';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { backupRole } from './weekly-backup.ts';

/** As AWS Backup calls what is restored. */
const protectedType = 'Aurora';

export interface RestoreTestProps {
  /** AWS forces a physical name, of letters, digits and underscores. */
  readonly name: string;
  readonly vault: IBackupVault;
  readonly cluster: IDatabaseCluster;
  /** Where the restored cluster stands: without them AWS Backup looks for a default VPC, which an account need not have. */
  readonly subnetGroupName: string;
  readonly securityGroup: ISecurityGroup;
}

/**
 * On the first of a month the newest snapshot of the last five weeks becomes a cluster, without instances, that nobody can reach, and
 * goes again. What fails is mailed like a failed backup.
 *
 * Day 2: `aws backup list-restore-jobs --by-restore-testing-plan-arn <plan>` is the proof for an auditor.
 *
 * @cost $1.50 for each test, and the storage of the restored cluster for an hour or two: 100 GB × $0.12 / 730 h × 2 h = $0.03.
 */
export class RestoreTest extends Construct {
  constructor(scope: Construct, id: string, props: RestoreTestProps) {
    super(scope, id);
    const plan = new CfnRestoreTestingPlan(this, 'Plan', {
      restoreTestingPlanName: props.name,
      scheduleExpression: 'cron(0 5 1 * ? *)',
      startWindowHours: 1,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [props.vault.backupVaultArn],
        recoveryPointTypes: ['SNAPSHOT'],
        selectionWindowDays: 35,
      },
    });
    const role = backupRole(this, 'Role', 'Lets AWS Backup try a restore', 'AWSBackupServiceRolePolicyForRestores');
    new CfnRestoreTestingSelection(this, 'Selection', {
      restoreTestingPlanName: plan.ref,
      // One name for both: another type makes another selection.
      restoreTestingSelectionName: protectedType,
      protectedResourceType: protectedType,
      protectedResourceArns: [props.cluster.clusterArn],
      iamRoleArn: role.roleArn,
      restoreMetadataOverrides: {
        dbSubnetGroupName: props.subnetGroupName,
        vpcSecurityGroupIds: Stack.of(this).toJsonString([props.securityGroup.securityGroupId]),
      },
      validationWindowHours: 1,
    });
  }
}
