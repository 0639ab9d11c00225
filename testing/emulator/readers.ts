// How each kind of resource is asked for, once it is there: one call or two of its own service, in the shape of its template.
import { DescribeBackupVaultCommand, GetBackupPlanCommand } from '@aws-sdk/client-backup';
import { DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { DescribeClustersCommand, DescribeServicesCommand, DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DescribeCacheClustersCommand,
  DescribeCacheParameterGroupsCommand,
  DescribeCacheParametersCommand,
  DescribeCacheSubnetGroupsCommand,
  DescribeReplicationGroupsCommand,
} from '@aws-sdk/client-elasticache';
import {
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
} from '@aws-sdk/client-lambda';
import {
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterParametersCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBSubnetGroupsCommand,
} from '@aws-sdk/client-rds';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
} from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import type { Clients } from './clients.ts';

/**
 * What the service says of the resource with this physical id.
 * @param related physical ids of what the template names beside it: a policy's queues, a service's cluster
 */
export type Reader = (clients: Clients, id: string, related: Related) => Promise<unknown>;

/** The physical ids in a property of the resource's template. */
type Related = (property: string) => readonly string[];

/** By resource type. */
export const readers: Readonly<Record<string, Reader>> = {
  'AWS::Backup::BackupPlan': async ({ backup }, id) => {
    const { BackupPlan } = await backup.send(new GetBackupPlanCommand({ BackupPlanId: id }));
    const rules = BackupPlan?.Rules?.map((rule) => ({ ...rule, TargetBackupVault: rule.TargetBackupVaultName }));
    return { BackupPlan: { ...BackupPlan, BackupPlanRule: rules } };
  },
  'AWS::Backup::BackupVault': async ({ backup }, id) =>
    backup.send(new DescribeBackupVaultCommand({ BackupVaultName: id })),
  'AWS::CloudWatch::Alarm': async ({ cloudWatch }, id) => {
    const { MetricAlarms = [] } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [id] }));
    return MetricAlarms[0];
  },
  'AWS::CloudWatch::Dashboard': async ({ cloudWatch }, id) =>
    cloudWatch.send(new GetDashboardCommand({ DashboardName: id })),
  'AWS::DynamoDB::GlobalTable': async ({ tables }, id) => {
    const { Table } = await tables.send(new DescribeTableCommand({ TableName: id }));
    const backups = await tables.send(new DescribeContinuousBackupsCommand({ TableName: id }));
    const ttl = await tables.send(new DescribeTimeToLiveCommand({ TableName: id }));
    const { PointInTimeRecoveryDescription } = backups.ContinuousBackupsDescription ?? {};
    const { SSEDescription } = Table ?? {};
    return {
      ...Table,
      BillingMode: Table?.BillingModeSummary?.BillingMode,
      SSESpecification: { SSEEnabled: SSEDescription?.Status === 'ENABLED', SSEType: SSEDescription?.SSEType },
      // A table of one region is its own only replica.
      Replicas: [
        {
          Region: Table?.TableArn?.split(':')[3],
          DeletionProtectionEnabled: Table?.DeletionProtectionEnabled,
          PointInTimeRecoverySpecification: {
            PointInTimeRecoveryEnabled: PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED',
          },
          SSESpecification: { KMSMasterKeyId: SSEDescription?.KMSMasterKeyArn },
          Tags: (await tables.send(new ListTagsOfResourceCommand({ ResourceArn: Table?.TableArn }))).Tags,
        },
      ],
      TimeToLiveSpecification: {
        AttributeName: ttl.TimeToLiveDescription?.AttributeName,
        Enabled: ttl.TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED',
      },
    };
  },
  'AWS::EC2::VPCGatewayAttachment': async ({ network }, _, related) => {
    const { InternetGateways = [] } = await network.send(
      new DescribeInternetGatewaysCommand({ InternetGatewayIds: [...related('InternetGatewayId')] }),
    );
    const [gateway] = InternetGateways;
    return { InternetGatewayId: gateway?.InternetGatewayId, VpcId: gateway?.Attachments?.[0]?.VpcId };
  },
  'AWS::EC2::Route': async ({ network }, _, related) => {
    const { RouteTables = [] } = await network.send(
      new DescribeRouteTablesCommand({ RouteTableIds: [...related('RouteTableId')] }),
    );
    const [table] = RouteTables;
    const route = table?.Routes?.find((each) => each.DestinationCidrBlock === '0.0.0.0/0');
    return { ...route, RouteTableId: table?.RouteTableId };
  },
  'AWS::EC2::RouteTable': async ({ network }, id) =>
    (await network.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }))).RouteTables?.[0],
  'AWS::EC2::SubnetRouteTableAssociation': async ({ network }, id, related) => {
    const { RouteTables = [] } = await network.send(
      new DescribeRouteTablesCommand({ RouteTableIds: [...related('RouteTableId')] }),
    );
    return RouteTables[0]?.Associations?.find((each) => each.RouteTableAssociationId === id);
  },
  'AWS::EC2::SecurityGroup': async ({ network }, id) => {
    const { SecurityGroups = [] } = await network.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
    const [group] = SecurityGroups;
    return {
      GroupDescription: group?.Description,
      VpcId: group?.VpcId,
      SecurityGroupIngress: group?.IpPermissions?.flatMap(rulesOf),
      SecurityGroupEgress: group?.IpPermissionsEgress?.flatMap(rulesOf),
    };
  },
  'AWS::EC2::Subnet': async ({ network }, id) =>
    (await network.send(new DescribeSubnetsCommand({ SubnetIds: [id] }))).Subnets?.[0],
  'AWS::EC2::VPC': async ({ network }, id) => {
    const attribute = (Attribute: 'enableDnsHostnames' | 'enableDnsSupport') =>
      network.send(new DescribeVpcAttributeCommand({ VpcId: id, Attribute }));
    return {
      ...(await network.send(new DescribeVpcsCommand({ VpcIds: [id] }))).Vpcs?.[0],
      EnableDnsHostnames: (await attribute('enableDnsHostnames')).EnableDnsHostnames?.Value,
      EnableDnsSupport: (await attribute('enableDnsSupport')).EnableDnsSupport?.Value,
    };
  },
  'AWS::EC2::VPCEndpoint': async ({ network }, id) =>
    (await network.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }))).VpcEndpoints?.[0],
  'AWS::ECS::Cluster': async ({ containers }, id) => {
    const { clusters = [] } = await containers.send(
      new DescribeClustersCommand({ clusters: [id], include: ['SETTINGS'] }),
    );
    return { ...clusters[0], ClusterSettings: clusters[0]?.settings };
  },
  'AWS::ECS::Service': async ({ containers }, id, related) => {
    const { services = [] } = await containers.send(
      new DescribeServicesCommand({ cluster: related('Cluster')[0], services: [id] }),
    );
    return { ...services[0], Cluster: services[0]?.clusterArn };
  },
  'AWS::ECS::TaskDefinition': async ({ containers }, id) =>
    (await containers.send(new DescribeTaskDefinitionCommand({ taskDefinition: id }))).taskDefinition,
  'AWS::ElastiCache::ParameterGroup': async ({ cache }, id) => {
    const { CacheParameterGroups = [] } = await cache.send(
      new DescribeCacheParameterGroupsCommand({ CacheParameterGroupName: id }),
    );
    const { Parameters = [] } = await cache.send(
      new DescribeCacheParametersCommand({ CacheParameterGroupName: id, Source: 'user' }),
    );
    return { ...CacheParameterGroups[0], Properties: valuesOf(Parameters) };
  },
  'AWS::ElastiCache::ReplicationGroup': async ({ cache }, id) => {
    const { ReplicationGroups = [] } = await cache.send(
      new DescribeReplicationGroupsCommand({ ReplicationGroupId: id }),
    );
    const [group] = ReplicationGroups;
    const { CacheClusters = [] } = await cache.send(
      new DescribeCacheClustersCommand({ CacheClusterId: group?.MemberClusters?.[0] }),
    );
    const [node] = CacheClusters;
    return {
      ...node,
      ...group,
      ReplicationGroupDescription: group?.Description,
      AutomaticFailoverEnabled: group?.AutomaticFailover === 'enabled',
      MultiAZEnabled: group?.MultiAZ === 'enabled',
      NumCacheClusters: group?.MemberClusters?.length,
      Port: group?.NodeGroups?.[0]?.PrimaryEndpoint?.Port,
      SecurityGroupIds: node?.SecurityGroups?.map(({ SecurityGroupId }) => SecurityGroupId),
      CacheParameterGroupName: node?.CacheParameterGroup?.CacheParameterGroupName,
    };
  },
  'AWS::ElastiCache::SubnetGroup': async ({ cache }, id) => {
    const { CacheSubnetGroups = [] } = await cache.send(
      new DescribeCacheSubnetGroupsCommand({ CacheSubnetGroupName: id }),
    );
    const [group] = CacheSubnetGroups;
    return {
      Description: group?.CacheSubnetGroupDescription,
      SubnetIds: group?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier),
    };
  },
  'AWS::ElasticLoadBalancingV2::Listener': async ({ loadBalancing }, id) =>
    (await loadBalancing.send(new DescribeListenersCommand({ ListenerArns: [id] }))).Listeners?.[0],
  'AWS::ElasticLoadBalancingV2::ListenerRule': async ({ loadBalancing }, id, related) => {
    const { Rules = [] } = await loadBalancing.send(new DescribeRulesCommand({ RuleArns: [id] }));
    return { ...Rules[0], ListenerArn: related('ListenerArn')[0] };
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': async ({ loadBalancing }, id) => {
    const { LoadBalancers = [] } = await loadBalancing.send(
      new DescribeLoadBalancersCommand({ LoadBalancerArns: [id] }),
    );
    const { Attributes } = await loadBalancing.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: id }));
    const [balancer] = LoadBalancers;
    return {
      ...balancer,
      Subnets: balancer?.AvailabilityZones?.map(({ SubnetId }) => SubnetId),
      LoadBalancerAttributes: Attributes,
    };
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': async ({ loadBalancing }, id) => {
    const { TargetGroups = [] } = await loadBalancing.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [id] }));
    const { Attributes } = await loadBalancing.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: id }));
    return { ...TargetGroups[0], TargetGroupAttributes: Attributes };
  },
  'AWS::Lambda::EventInvokeConfig': async ({ functions }, _, related) => {
    const [name] = related('FunctionName');
    const said = await functions.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: name }));
    const [, , , , , , FunctionName, Qualifier] = said.FunctionArn?.split(':') ?? [];
    return { ...said, FunctionName, Qualifier };
  },
  'AWS::Lambda::EventSourceMapping': async ({ functions }, id) => {
    const said = await functions.send(new GetEventSourceMappingCommand({ UUID: id }));
    return { ...said, FunctionName: said.FunctionArn };
  },
  'AWS::Lambda::Function': async ({ functions }, id) =>
    (await functions.send(new GetFunctionCommand({ FunctionName: id }))).Configuration,
  'AWS::Lambda::Permission': async ({ functions }, _, related) => {
    const [name] = related('FunctionName');
    const { Policy = '{}' } = await functions.send(new GetPolicyCommand({ FunctionName: name }));
    const { Statement = [] } = JSON.parse(Policy) as { Statement?: readonly PolicyStatement[] };
    const [service] = related('Principal');
    const statement = Statement.find(
      ({ Principal }) => service === undefined || Object.values(Principal).includes(service),
    );
    return {
      Action: statement?.Action,
      FunctionName: name,
      Principal: Object.values(statement?.Principal ?? {})[0],
      SourceArn: Object.values(statement?.Condition ?? {}).flatMap((each) => Object.values(each))[0],
    };
  },
  'AWS::Logs::LogGroup': async ({ logs }, id) => {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: id }));
    return logGroups.find(({ logGroupName }) => logGroupName === id);
  },
  'AWS::RDS::DBCluster': async ({ database }, id) => {
    const { DBClusters = [] } = await database.send(new DescribeDBClustersCommand({ DBClusterIdentifier: id }));
    const [cluster] = DBClusters;
    return {
      ...cluster,
      DBClusterParameterGroupName: cluster?.DBClusterParameterGroup,
      DBSubnetGroupName: cluster?.DBSubnetGroup,
      EnableCloudwatchLogsExports: cluster?.EnabledCloudwatchLogsExports,
      EnableIAMDatabaseAuthentication: cluster?.IAMDatabaseAuthenticationEnabled,
      VpcSecurityGroupIds: cluster?.VpcSecurityGroups?.map(({ VpcSecurityGroupId }) => VpcSecurityGroupId),
    };
  },
  'AWS::RDS::DBClusterParameterGroup': async ({ database }, id) => {
    const { Parameters = [] } = await database.send(
      new DescribeDBClusterParametersCommand({ DBClusterParameterGroupName: id, Source: 'user' }),
    );
    const { DBClusterParameterGroups = [] } = await database.send(
      new DescribeDBClusterParameterGroupsCommand({ DBClusterParameterGroupName: id }),
    );
    const [group] = DBClusterParameterGroups;
    return { ...group, Family: group?.DBParameterGroupFamily, Parameters: valuesOf(Parameters) };
  },
  'AWS::RDS::DBInstance': async ({ database }, id) => {
    const { DBInstances = [] } = await database.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }));
    const [instance] = DBInstances;
    return { ...instance, EnablePerformanceInsights: instance?.PerformanceInsightsEnabled };
  },
  'AWS::RDS::DBSubnetGroup': async ({ database }, id) => {
    const { DBSubnetGroups = [] } = await database.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: id }));
    const [group] = DBSubnetGroups;
    return { ...group, SubnetIds: group?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier) };
  },
  'AWS::S3::Bucket': async ({ buckets }, id) => {
    const Bucket = id;
    const { ServerSideEncryptionConfiguration } = await buckets.send(new GetBucketEncryptionCommand({ Bucket }));
    const lifecycle = await buckets.send(new GetBucketLifecycleConfigurationCommand({ Bucket })).catch(unlessNone);
    const ownership = await buckets.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    return {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: ServerSideEncryptionConfiguration?.Rules?.map((rule) => ({
          ...rule,
          ServerSideEncryptionByDefault: rule.ApplyServerSideEncryptionByDefault,
        })),
      },
      LifecycleConfiguration: lifecycle,
      OwnershipControls: ownership.OwnershipControls,
      ...(await buckets.send(new GetPublicAccessBlockCommand({ Bucket }))),
      VersioningConfiguration: await buckets.send(new GetBucketVersioningCommand({ Bucket })),
    };
  },
  'AWS::S3::BucketPolicy': async ({ buckets }, _, related) => {
    const [Bucket] = related('Bucket');
    const { Policy = '{}' } = await buckets.send(new GetBucketPolicyCommand({ Bucket }));
    return { Bucket, PolicyDocument: JSON.parse(Policy) };
  },
  'AWS::SecretsManager::Secret': async ({ secrets }, id) => {
    const said = await secrets.send(new DescribeSecretCommand({ SecretId: id }));
    return { ...said, ReplicaRegions: said.ReplicationStatus };
  },
  'AWS::SNS::Subscription': async ({ topics }, id, related) => {
    const { Attributes } = await topics.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: id }));
    const { Subscriptions = [] } = await topics.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: related('TopicArn')[0] }),
    );
    return { ...parsed(Attributes), ...Subscriptions.find(({ SubscriptionArn }) => SubscriptionArn === id) };
  },
  'AWS::SNS::Topic': async ({ topics }, id) =>
    parsed((await topics.send(new GetTopicAttributesCommand({ TopicArn: id }))).Attributes),
  'AWS::SNS::TopicPolicy': async ({ topics }, _, related) => {
    const Topics = related('Topics');
    const { Attributes } = await topics.send(new GetTopicAttributesCommand({ TopicArn: Topics[0] }));
    return { Topics, PolicyDocument: parsed(Attributes).Policy };
  },
  'AWS::SQS::Queue': async ({ queues }, id) => {
    const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ['All'] }));
    return { ...parsed(Attributes), QueueName: id.split('/').at(-1) };
  },
  'AWS::SQS::QueuePolicy': async ({ queues }, _, related) => {
    const Queues = related('Queues');
    const { Attributes } = await queues.send(
      new GetQueueAttributesCommand({ QueueUrl: Queues[0], AttributeNames: ['Policy'] }),
    );
    return { Queues, PolicyDocument: parsed(Attributes).Policy };
  },
  'AWS::SSM::Parameter': async ({ parameters }, id) =>
    (await parameters.send(new GetParameterCommand({ Name: id }))).Parameter,
};

interface PolicyStatement {
  readonly Action: string;
  readonly Principal: Readonly<Record<string, string>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Attributes come as text, some of it JSON. */
function parsed(attributes: Readonly<Record<string, string>> | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(attributes ?? {}).map(([name, text]) => [name, text.startsWith('{') ? JSON.parse(text) : text]),
  );
}

/** A bucket without rules is no error. */
function unlessNone(error: unknown): undefined {
  if (error instanceof Error && error.name === 'NoSuchLifecycleConfiguration') return;
  throw error;
}

interface Parameter {
  readonly ParameterName?: string | undefined;
  readonly ParameterValue?: string | undefined;
}

function valuesOf(parameters: readonly Parameter[]) {
  return Object.fromEntries(parameters.map(({ ParameterName, ParameterValue }) => [ParameterName, ParameterValue]));
}

/** A permission of EC2 holds several sources; a template's rule holds one. */
function rulesOf({ IpProtocol, FromPort, ToPort, IpRanges = [] }: IpPermission) {
  return IpRanges.map(({ CidrIp, Description }) => ({ IpProtocol, FromPort, ToPort, CidrIp, Description }));
}
