// What must be made ready before CloudFormation can delete it: buckets and vaults that are not empty, databases that are stopped or
// protected. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html (deletion protection, stopped clusters),
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html, https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DeleteBackupVault.html

/** Types that hold something of people's, or that stand in the way of a deletion. */
export const storeTypes = [
  'AWS::S3::Bucket',
  'AWS::Backup::BackupVault',
  'AWS::RDS::DBCluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::SQS::Queue',
] as const;

export type StoreType = (typeof storeTypes)[number];

export interface Store {
  readonly region: string;
  readonly logicalId: string;
  readonly type: StoreType;
  /** As AWS knows it: a bucket's name, a cluster's identifier, a queue's URL. */
  readonly physicalId: string;
}

/** What is in a store now. */
export interface Contents {
  /** Versions of objects, recovery points, items, messages; absent where AWS counts none. */
  readonly count?: number;
  /** Whether there is more than was counted. */
  readonly more?: true;
  readonly isProtected?: true;
  readonly isStopped?: true;
}

/** Every method throws AwsFault. */
export interface Stores {
  /** `undefined` when it is gone. */
  look(store: Store): Promise<Contents | undefined>;
  /** Empties it, starts it, takes its protection off: afterwards CloudFormation can delete it. One that is gone is no error. */
  makeReady(store: Store, signal: AbortSignal): Promise<void>;
}
