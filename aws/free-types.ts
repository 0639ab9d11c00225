// Resource types that cost nothing, each with the reason. A type that is neither here nor priced is never taken for free.

type Reason = { readonly en: string; readonly ja: string };

const setting: Reason = {
  en: 'a setting of a resource that is priced itself',
  ja: '別に課金されるリソースの設定',
};
const free: Reason = { en: 'AWS charges nothing for it', ja: 'AWSは課金しない' };
const counted: Reason = {
  en: 'what it causes is counted with what it writes to or calls',
  ja: '書込先や呼出先の費用に含まれる',
};

const network = [
  'VPC',
  'Subnet',
  'RouteTable',
  'Route',
  'SubnetRouteTableAssociation',
  'InternetGateway',
  'VPCGatewayAttachment',
  'EIPAssociation',
  'SecurityGroup',
  'SecurityGroupIngress',
  'SecurityGroupEgress',
  'NetworkAcl',
  'NetworkAclEntry',
  'SubnetNetworkAclAssociation',
  'PrefixList',
  'DHCPOptions',
  'VPCDHCPOptionsAssociation',
  'VPCCidrBlock',
  'SubnetCidrBlock',
  'EgressOnlyInternetGateway',
  'NetworkInterface',
  'NetworkInterfaceAttachment',
  'LaunchTemplate',
  'KeyPair',
];

const reasons: readonly (readonly [reason: Reason, types: readonly string[]])[] = [
  [free, network.map((name) => `AWS::EC2::${name}`)],
  [
    free,
    [
      // https://aws.amazon.com/iam/faqs/: no additional charge.
      ...['Role', 'Policy', 'ManagedPolicy', 'InstanceProfile', 'ServiceLinkedRole', 'User', 'Group', 'AccessKey'].map(
        (name) => `AWS::IAM::${name}`,
      ),
      ...['OIDCProvider', 'SAMLProvider', 'RolePolicy', 'UserPolicy', 'GroupPolicy', 'UserToGroupAddition'].map(
        (name) => `AWS::IAM::${name}`,
      ),
      // What a nested template holds is priced with the rest once it is read.
      'AWS::CloudFormation::Stack',
      'AWS::CertificateManager::Certificate',
      'AWS::Budgets::Budget',
      'AWS::RDS::DBSubnetGroup',
      'AWS::ElastiCache::SubnetGroup',
      'AWS::Scheduler::ScheduleGroup',
      'AWS::XRay::SamplingRule',
      'AWS::XRay::Group',
      'AWS::XRay::ResourcePolicy',
      'AWS::ResourceGroups::Group',
      'AWS::CDK::Metadata',
      'AWS::CloudFormation::WaitConditionHandle',
      'AWS::CloudFormation::WaitCondition',
      // Standard parameters; SSM sells advanced ones.
      'AWS::SSM::Parameter',
      'AWS::SSM::Document',
    ],
  ],
  [
    setting,
    [
      'AWS::ApplicationAutoScaling::ScalableTarget',
      'AWS::Backup::BackupPlan',
      'AWS::Backup::BackupSelection',
      'AWS::Backup::RestoreTestingPlan',
      ...[
        'CachePolicy',
        'OriginRequestPolicy',
        'ResponseHeadersPolicy',
        'OriginAccessControl',
        'PublicKey',
        'KeyGroup',
      ].map((name) => `AWS::CloudFront::${name}`),
      ...['Deployment', 'Method', 'Resource', 'Model', 'Authorizer', 'RequestValidator', 'GatewayResponse'].map(
        (name) => `AWS::ApiGateway::${name}`,
      ),
      ...['UsagePlan', 'UsagePlanKey', 'ApiKey', 'Account', 'BasePathMapping', 'DomainName'].map(
        (name) => `AWS::ApiGateway::${name}`,
      ),
      ...['Integration', 'Route', 'Stage', 'Deployment', 'Authorizer', 'DomainName', 'ApiMapping'].map(
        (name) => `AWS::ApiGatewayV2::${name}`,
      ),
      ...['UserPoolClient', 'UserPoolDomain', 'UserPoolGroup', 'IdentityPool', 'IdentityPoolRoleAttachment'].map(
        (name) => `AWS::Cognito::${name}`,
      ),
      'AWS::EFS::AccessPoint',
      'AWS::EFS::MountTarget',
      'AWS::ECS::CapacityProvider',
      'AWS::ECS::ClusterCapacityProviderAssociations',
      'AWS::ElastiCache::ParameterGroup',
      'AWS::ElastiCache::User',
      'AWS::ElastiCache::UserGroup',
      ...['Listener', 'ListenerRule', 'ListenerCertificate', 'TargetGroup'].map(
        (name) => `AWS::ElasticLoadBalancingV2::${name}`,
      ),
      'AWS::KMS::Alias',
      ...['Url', 'CodeSigningConfig', 'LayerVersionPermission'].map((name) => `AWS::Lambda::${name}`),
      ...['Version', 'Alias', 'Permission', 'EventInvokeConfig', 'EventSourceMapping', 'LayerVersion'].map(
        (name) => `AWS::Lambda::${name}`,
      ),
      'AWS::Logs::DeliveryDestination',
      'AWS::Logs::DeliverySource',
      'AWS::Logs::ResourcePolicy',
      'AWS::Logs::MetricFilter',
      'AWS::Logs::QueryDefinition',
      'AWS::Logs::LogStream',
      'AWS::RDS::DBClusterParameterGroup',
      'AWS::RDS::OptionGroup',
      'AWS::RDS::EventSubscription',
      'AWS::RDS::DBProxyTargetGroup',
      'AWS::RDS::DBParameterGroup',
      'AWS::RDS::GlobalCluster',
      'AWS::Route53::RecordSetGroup',
      'AWS::S3::BucketPolicy',
      'AWS::SNS::TopicPolicy',
      'AWS::SNS::TopicInlinePolicy',
      'AWS::SQS::QueuePolicy',
      'AWS::SQS::QueueInlinePolicy',
      'AWS::SecretsManager::ResourcePolicy',
      'AWS::SecretsManager::SecretTargetAttachment',
      'AWS::WAFv2::IPSet',
      'AWS::WAFv2::RegexPatternSet',
      'AWS::WAFv2::WebACLAssociation',
    ],
  ],
  [
    counted,
    [
      // Events of AWS services and rules on a schedule are free; the targets are priced.
      'AWS::Events::Rule',
      'AWS::Events::EventBusPolicy',
      'AWS::CloudFormation::CustomResource',
      'AWS::SecretsManager::RotationSchedule',
      'AWS::WAFv2::LoggingConfiguration',
    ],
  ],
];

const byType: ReadonlyMap<string, Reason> = new Map(
  reasons.flatMap(([reason, types]) => types.map((type) => [type, reason] as const)),
);

export const freeTypes: readonly string[] = [...byType.keys()];

/** Why a type costs nothing; `undefined` for one that may. Custom resources are calls to functions, which are priced. */
export function whyFree(type: string): Reason | undefined {
  return type.startsWith('Custom::') ? counted : byType.get(type);
}
