// What the emulator cannot make, or makes otherwise than AWS: the lists that the test prints, and that fail it when they are too short or
// too long.

export interface LeftOut {
  readonly type: string;
  /** Only resources that have this property. */
  readonly having?: string;
  /** Properties of other resources that speak of one left out, `<type> <path>`: they hold a made-up text instead. */
  readonly readBy?: readonly string[];
  /** What the emulator would need beside itself to make it: no probe can ask for that. */
  readonly needs?: string;
}

/**
 * What MiniStack 1.5.33 answers with "Unrecognized resource types", or "is not supported" of a property, and what `needs` more than it is.
 * What all this does in the account is unproven here (see `docs/unproven.md`); what the templates say of it is judged like everything else.
 */
export const leftOut: readonly LeftOut[] = [
  { type: 'AWS::ApplicationAutoScaling::ScalableTarget' },
  { type: 'AWS::ApplicationAutoScaling::ScalingPolicy' },
  { type: 'AWS::Backup::BackupSelection' },
  { type: 'AWS::Budgets::Budget' },
  { type: 'AWS::CloudTrail::Trail' },
  { type: 'AWS::CloudWatch::Alarm', having: 'Metrics' },
  { type: 'AWS::EC2::EIP' },
  { type: 'AWS::EC2::NatGateway', readBy: ['AWS::EC2::Route NatGatewayId'] },
  { type: 'AWS::EC2::SecurityGroupEgress' },
  { type: 'AWS::EC2::SecurityGroupIngress' },
  { type: 'AWS::Logs::Delivery' },
  { type: 'AWS::Logs::DeliveryDestination' },
  { type: 'AWS::Logs::DeliverySource' },
  { type: 'AWS::SecretsManager::ResourcePolicy' },
  { type: 'AWS::SecretsManager::RotationSchedule' },
  { type: 'AWS::Serverless::Application' },
  { type: 'AWS::WAFv2::LoggingConfiguration' },
  { type: 'AWS::XRay::Group' },
  { type: 'Custom::DatabaseExtensions', needs: 'a database that answers the function' },
];

/** Attribute that has what AWS gives for `Ref`, by type, where the emulator gives something else (here: the name, not the ARN). */
export const refAttributes: Readonly<Record<string, string>> = { 'AWS::SecretsManager::Secret': 'Id' };

/** Types that are created but not asked for again: no client of their services is installed. */
export const unread: readonly string[] = [
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::EC2::InternetGateway',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Route53::RecordSet',
  'AWS::Scheduler::Schedule',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SecretsManager::SecretTargetAttachment',
  'AWS::WAFv2::WebACL',
];

/** What AWS keeps to itself too, by type: nobody can ask for it. Each name stands for all beneath it. */
export const neverTold: Readonly<Record<string, readonly string[]>> = {
  'AWS::Backup::BackupPlan': ['BackupPlanTags'],
  'AWS::Backup::BackupVault': ['BackupVaultTags'],
  'AWS::ElastiCache::ReplicationGroup': ['AuthToken'],
  'AWS::Lambda::Function': ['Code'],
  'AWS::RDS::DBCluster': ['DeleteAutomatedBackups', 'MasterUserPassword'],
  'AWS::SecretsManager::Secret': ['GenerateSecretString'],
};

/** What the emulator loses on the way or has otherwise, by type. Each name stands for all beneath it. */
export const notKept: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::GlobalTable': [
    'Replicas.PointInTimeRecoverySpecification',
    'Replicas.SSESpecification',
    'Replicas.Tags',
    'SSESpecification',
    'TimeToLiveSpecification',
  ],
  'AWS::ECS::Service': [
    'AvailabilityZoneRebalancing',
    'EnableECSManagedTags',
    'HealthCheckGracePeriodSeconds',
    'PlatformVersion',
    'PropagateTags',
  ],
  'AWS::ECS::TaskDefinition': [
    'ContainerDefinitions.HealthCheck',
    'ContainerDefinitions.LinuxParameters',
    'ContainerDefinitions.RestartPolicy',
    'ContainerDefinitions.Secrets',
    'RuntimePlatform',
  ],
  'AWS::ElastiCache::ReplicationGroup': ['KmsKeyId'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['ProtocolVersion', 'Targets'],
  'AWS::Lambda::EventInvokeConfig': [
    'DestinationConfig',
    'FunctionName',
    'MaximumEventAgeInSeconds',
    'MaximumRetryAttempts',
    'Qualifier',
  ],
  'AWS::Lambda::Function': ['VpcConfig'],
  'AWS::RDS::DBCluster': [
    'DBClusterParameterGroupName',
    'DatabaseInsightsMode',
    'EnableCloudwatchLogsExports',
    'KmsKeyId',
  ],
  'AWS::RDS::DBInstance': ['PerformanceInsightsKMSKeyId'],
  'AWS::S3::Bucket': ['BucketEncryption', 'LifecycleConfiguration'],
  'AWS::SNS::Topic': ['KmsMasterKeyId'],
};
