// The recovery base: what must stand in the other region before the first one can point at it (BKP-3, DR-6). Were it part of the stacks
// that come up there, these would wait for the first region's, and the first region's for them.
import type { IBackupVault } from 'aws-cdk-lib/aws-backup';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { backupVault } from '../constructs/backup-vault.ts';
import { dataKey } from '../constructs/data-key.ts';
import { PlatformStack, type PlatformStackProps } from '../platform-stack.ts';

export interface RecoveryBaseStackProps extends PlatformStackProps {
  readonly region: string;
}

/**
 * Copies of backups, encrypted with a key of their own region, since a key does not leave its.
 *
 * @cost one KMS key $1.00 a month, besides what the vault holds (see `backupVault`).
 */
export class RecoveryBaseStack extends PlatformStack {
  readonly backupVault: IBackupVault;
  readonly kmsKey: IKey;

  constructor(scope: Construct, id: string, props: RecoveryBaseStackProps) {
    super(scope, id, props);
    const { kept } = this;
    const encryptionKey = dataKey(this, 'Key', { description: 'Copies of data from the other region', kept });
    this.kmsKey = encryptionKey;
    this.backupVault = backupVault(this, 'Backups', { name: this.stackName, encryptionKey, kept });
  }
}
