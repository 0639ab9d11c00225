// Where backups lie that AWS Backup makes (BKP-2, BKP-3).
import { RemovalPolicy } from 'aws-cdk-lib';
import { BackupVault } from 'aws-cdk-lib/aws-backup';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { replaceableName } from '../../replaceable-name.ts';

export interface BackupVaultProps {
  /** What the physical name, which AWS forces, begins with: the stack's, which the rule for failed backups listens to. */
  readonly name: string;
  readonly encryptionKey: IKey;
  /** Whether the vault outlives its stack, and nobody may delete a backup before its time. */
  readonly kept: boolean;
}

/**
 * Nobody may delete a backup by hand where data is kept: it goes when its time is over. That is a policy and not a vault lock, since a
 * lock, once it holds, cannot be taken back by anybody, and keeps a mistake in the document for as long.
 *
 * Day 2: `aws backup list-recovery-points-by-backup-vault --backup-vault-name <name>` shows what there is. A vault with backups in it
 * does not go with its stack, not even in development: `hashira destroy development` deletes them first.
 *
 * @cost Aurora snapshots in Tokyo $0.023 per GB and month, in Oregon $0.021: five weeks of 100 GB, each whole, $11.50.
 */
export function backupVault(scope: Construct, id: string, props: BackupVaultProps): BackupVault {
  return new BackupVault(scope, id, {
    // Another key makes another vault, beside the one with the backups under the old key.
    backupVaultName: replaceableName(props.name, { EncryptionKeyArn: props.encryptionKey.keyArn }),
    encryptionKey: props.encryptionKey,
    blockRecoveryPointDeletion: props.kept,
    // A vault with a fixed name that survived a failed creation would stop the next one.
    removalPolicy: props.kept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  });
}
