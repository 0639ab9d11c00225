// Which service of AWS uses a key under its own name, and must therefore be let in by the key's policy: what AWS documents, page by page.
// Everything else that is encrypted with a key is used under the name of whoever calls, whose own policy decides where the key's lets the
// account's policies count.

export interface KeyUse {
  /** What the service does with the key, in a sentence. */
  readonly en: string;
  readonly ja: string;
  /** The service, as a policy names it. */
  readonly service: string;
  readonly actions: readonly string[];
  /** Keys of conditions that AWS's page lets the statement have, in lower case; by any other the service would be shut out. */
  readonly conditions: readonly string[];
  /** Below https://docs.aws.amazon.com/. */
  readonly page: string;
}

const ofSource = ['aws:sourceaccount', 'aws:sourcearn'] as const;
const message = ['kms:Decrypt', 'kms:GenerateDataKey*'] as const;
const trails = 'awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html';
const topics = 'sns/latest/dg/sns-key-management.html';

export const keyUses = {
  alarmToTopic: {
    en: 'an alarm tells a topic',
    ja: 'アラームによるトピックへの通知',
    service: 'cloudwatch.amazonaws.com',
    actions: message,
    conditions: ofSource,
    page: topics,
  },
  // Of every other source the page wants the source's conditions; of EventBridge it says that they are not supported for a topic, and a
  // message would be lost (awslabs/landing-zone-accelerator-on-aws#407). So the policies of topics and queues say which rules may send.
  ruleToTopicOrQueue: {
    en: 'a rule tells a topic or queue',
    ja: 'ルールによるトピックかキューへの送信',
    service: 'events.amazonaws.com',
    actions: message,
    conditions: [],
    page: topics,
  },
  // The page's statement has no conditions, and those of the source narrow it to topics of the account.
  topicToQueue: {
    en: 'a topic tells a queue',
    ja: 'トピックによるキューへの送信',
    service: 'sns.amazonaws.com',
    actions: message,
    conditions: ofSource,
    page: 'sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html',
  },
  // The page's statement has no conditions; the page on topics lets every source but EventBridge have them.
  budgetToTopic: {
    en: 'a budget tells a topic',
    ja: '予算によるトピックへの通知',
    service: 'budgets.amazonaws.com',
    actions: message,
    conditions: ofSource,
    page: 'cost-management/latest/userguide/budgets-sns-policy.html',
  },
  // As with budgets; the page has `GenerateDataKey` without the star, which stands for keys without plain text.
  bucketToTopicOrQueue: {
    en: 'a bucket tells a topic or queue',
    ja: 'バケットによるトピックかキューへの通知',
    service: 's3.amazonaws.com',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    conditions: ofSource,
    page: 'AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html',
  },
  trailEncryptsFiles: {
    en: 'a trail encrypts files',
    ja: '証跡のファイルの暗号化',
    service: 'cloudtrail.amazonaws.com',
    actions: ['kms:GenerateDataKey*'],
    conditions: [...ofSource, 'kms:encryptioncontext:aws:cloudtrail:arn'],
    page: trails,
  },
  trailLooksAtKey: {
    en: 'a trail looks at its key',
    ja: '証跡のキーの確認',
    service: 'cloudtrail.amazonaws.com',
    actions: ['kms:DescribeKey'],
    conditions: ofSource,
    page: trails,
  },
  // Asked for when a trail is made or changed: S3 uses the bucket key in a context of the bucket's, not the trail's.
  trailToBucketWithKey: {
    en: 'a trail writes to a bucket with a bucket key',
    ja: 'バケットキーのあるバケットへの書き込み',
    service: 'cloudtrail.amazonaws.com',
    actions: ['kms:Decrypt'],
    conditions: ofSource,
    page: trails,
  },
  logsToBucket: {
    en: 'logs are delivered to a bucket',
    ja: 'ログのバケットへの配信',
    service: 'delivery.logs.amazonaws.com',
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    conditions: ofSource,
    page: 'AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html',
  },
  // The page has encryption too, for who uploads through CloudFront; nobody does here.
  distributionReadsBucket: {
    en: 'a distribution reads a bucket',
    ja: 'ディストリビューションによるバケットの読み取り',
    service: 'cloudfront.amazonaws.com',
    actions: ['kms:Decrypt'],
    conditions: ofSource,
    page: 'AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
  },
  logGroupEncrypted: {
    en: 'a log group is encrypted',
    ja: 'ロググループの暗号化',
    service: 'logs.<region>.amazonaws.com',
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    conditions: ['kms:encryptioncontext:aws:logs:arn'],
    page: 'AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
  },
} as const satisfies Readonly<Record<string, KeyUse>>;

export type KeyUseName = keyof typeof keyUses;

/** Where a resource is given a key, by type and property, lists as `[]`: who uses it then, and AWS's page. */
export const keyPlaces: Readonly<Record<string, { readonly usedBy: 'caller' | 'service'; readonly page: string }>> = {
  'AWS::Backup::BackupVault.EncryptionKeyArn': caller('aws-backup/latest/devguide/encryption.html'),
  'AWS::CloudTrail::Trail.KMSKeyId': { usedBy: 'service', page: trails },
  'AWS::DynamoDB::GlobalTable.Replicas[].SSESpecification.KMSMasterKeyId': caller(
    'amazondynamodb/latest/developerguide/encryption.usagenotes.html',
  ),
  'AWS::DynamoDB::Table.SSESpecification.KMSMasterKeyId': caller(
    'amazondynamodb/latest/developerguide/encryption.usagenotes.html',
  ),
  'AWS::ElastiCache::ReplicationGroup.KmsKeyId': caller('AmazonElastiCache/latest/dg/at-rest-encryption.html'),
  'AWS::Lambda::Function.KmsKeyArn': caller('lambda/latest/dg/configuration-envvars-encryption.html'),
  'AWS::ECR::Repository.EncryptionConfiguration.KmsKey': caller('AmazonECR/latest/userguide/encryption-at-rest.html'),
  'AWS::Logs::LogGroup.KmsKeyId': {
    usedBy: 'service',
    page: 'AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
  },
  'AWS::RDS::DBCluster.KmsKeyId': caller('AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html'),
  'AWS::RDS::DBInstance.KmsKeyId': caller('AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html'),
  'AWS::RDS::DBInstance.PerformanceInsightsKMSKeyId': caller(
    'AmazonRDS/latest/AuroraUserGuide/USER_PerfInsights.access-control.cmk-policy.html',
  ),
  'AWS::S3::Bucket.BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.KMSMasterKeyID':
    caller('AmazonS3/latest/userguide/UsingKMSEncryption.html'),
  // S3 takes the role that the rule names.
  'AWS::S3::Bucket.ReplicationConfiguration.Rules[].Destination.EncryptionConfiguration.ReplicaKmsKeyID': caller(
    'AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
  ),
  'AWS::SNS::Topic.KmsMasterKeyId': caller(topics),
  'AWS::SQS::Queue.KmsMasterKeyId': caller('AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html'),
  'AWS::SecretsManager::Secret.KmsKeyId': caller('secretsmanager/latest/userguide/security-encryption.html'),
  'AWS::SecretsManager::Secret.ReplicaRegions[].KmsKeyId': caller(
    'secretsmanager/latest/userguide/security-encryption.html',
  ),
  // The rotation's function, which comes as an application, reads the secret under its own role.
  'AWS::Serverless::Application.Parameters.kmsKeyArn': caller(
    'secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html',
  ),
};

function caller(page: string) {
  return { usedBy: 'caller', page } as const;
}
