// A healthy account for tests: answers, in AWS's form, of an account that an environment's templates were deployed to, or not yet. What a
// test spoils of it, it gives as answers of its own.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentGraph } from '../../../assembly/environment-graph.ts';
import type { Assembly, Resource } from '../../../assembly/graph.ts';
import { numberAt, textAt } from '../../../assembly/properties.ts';
import { type Answers, type Question, refusal } from './aws-stub.ts';

export const account = '123456789012';
/** "Now" of every test. */
export const now = new Date('2026-11-25T12:00:00Z');
export const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);

/** The name that a resource goes by in the account. */
export function physicalId(environmentGraph: EnvironmentGraph, resource: Resource): string {
  const region = environmentGraph.regionOf(resource);
  const name = `${resource.stack}-${resource.logicalId}`;
  const arns: Readonly<Record<string, string>> = {
    'AWS::ECS::Service': `arn:aws:ecs:${region}:${account}:service/${name}`,
    'AWS::ElasticLoadBalancingV2::TargetGroup': `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/1`,
    'AWS::ElasticLoadBalancingV2::LoadBalancer': `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/${name}/1`,
    'AWS::SQS::Queue': `https://sqs.${region}.amazonaws.com/${account}/${name}`,
  };
  return arns[resource.type] ?? name;
}

/** `assembly` is the directory of the templates, `url` what the distribution's stack gives out. */
export function healthyAccount(
  {
    graph,
    environmentGraph,
    assembly,
  }: { readonly graph: Assembly; readonly environmentGraph: EnvironmentGraph; readonly assembly: string },
  { deployed = true, url = 'https://shop.example.com' } = {},
): Answers {
  const stackOf = ({ input }: Question) =>
    deployed ? environmentGraph.stacks.find(({ name }) => name === input.StackName) : undefined;
  const absent = ({ input }: Question) => refusal('ValidationError', `Stack with id ${input.StackName} does not exist`);
  const edge = environmentGraph.all('AWS::CloudFront::Distribution')[0]?.stack;
  const tasks = [1, 2].map((number) => ({
    taskArn: `arn:aws:ecs:${environmentGraph.home}:${account}:task/${number}`,
    attachments: [{ details: [{ name: 'privateIPv4Address', value: `10.0.10.${number}` }] }],
  }));
  return {
    'sts.GetCallerIdentity': { Account: account, Arn: `arn:aws:sts::${account}:assumed-role/Deploy/anne` },
    'cloudformation.DescribeStacks': (question) => {
      const stack = stackOf(question);
      if (stack === undefined) return absent(question);
      const output = { OutputKey: 'Address', OutputValue: url };
      return {
        Stacks: {
          member: {
            StackName: stack.name,
            StackStatus: 'UPDATE_COMPLETE',
            CreationTime: now.toISOString(),
            Outputs: stack.id === edge ? { member: output } : {},
            Tags: { member: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })) },
          },
        },
      };
    },
    'cloudformation.ListStackResources': (question) => {
      const stack = stackOf(question);
      if (stack === undefined) return absent(question);
      const own = graph.resources.filter((each) => each.stack === stack.id);
      return {
        StackResourceSummaries: {
          member: own.map((each) => ({
            LogicalResourceId: each.logicalId,
            PhysicalResourceId: physicalId(environmentGraph, each),
            ResourceType: each.type,
            ResourceStatus: 'CREATE_COMPLETE',
            LastUpdatedTimestamp: now.toISOString(),
            DriftInformation: { StackResourceDriftStatus: 'IN_SYNC' },
          })),
        },
      };
    },
    'cloudformation.GetTemplate': (question) => {
      const stack = stackOf(question);
      // CloudFormation knows ASCII only.
      return stack === undefined
        ? absent(question)
        : {
            TemplateBody: readFileSync(join(assembly, stack.templateFile), 'utf8').replace(
              /[\u{80}-\u{10ffff}]/gu,
              '?',
            ),
          };
    },
    'cloudformation.DetectStackDrift': { StackDriftDetectionId: 'detection' },
    'cloudformation.DescribeStackDriftDetectionStatus': {
      StackId: 'stack',
      StackDriftDetectionId: 'detection',
      DetectionStatus: 'DETECTION_COMPLETE',
      StackDriftStatus: 'IN_SYNC',
      Timestamp: now.toISOString(),
    },
    'cloudformation.DescribeStackResourceDrifts': { StackResourceDrifts: {} },
    'iam.GetRole': ({ input }) => ({
      Role: {
        RoleName: input.RoleName,
        Path: '/',
        RoleId: 'r',
        Arn: `arn:aws:iam::${account}:role/${input.RoleName}`,
        CreateDate: now.toISOString(),
      },
    }),
    'ssm.GetParameter': { Parameter: { Value: '21' } },
    'servicequotas.GetServiceQuota': ({ input }) => ({
      Quota: {
        Value: input.QuotaCode === 'L-3032A538' ? 40 : input.QuotaCode === 'L-DF5E4CA3' ? 5000 : 5,
        UsageMetric: {
          MetricNamespace: 'AWS/Usage',
          MetricName: 'ResourceCount',
          MetricDimensions: { Resource: 'vCPU' },
        },
      },
    }),
    'monitoring.GetMetricStatistics': { Datapoints: [] },
    'ec2.DescribeVpcs': { vpcSet: {} },
    'ec2.DescribeInternetGateways': { internetGatewaySet: {} },
    'ec2.DescribeAddresses': { addressesSet: {} },
    'ec2.DescribeSubnets': { subnetSet: {} },
    'ec2.DescribeNatGateways': { natGatewaySet: {} },
    'ec2.DescribeNetworkInterfaces': { networkInterfaceSet: {} },
    'elasticloadbalancing.DescribeLoadBalancers': { LoadBalancers: {} },
    'elasticloadbalancing.DescribeTargetHealth': {
      TargetHealthDescriptions: {
        member: [1, 2].map((number) => ({
          Target: { Id: `10.0.10.${number}` },
          TargetHealth: { State: 'healthy' },
        })),
      },
    },
    'elasticache.DescribeCacheClusters': { CacheClusters: {} },
    'elasticache.DescribeReplicationGroups': {
      ReplicationGroups: { ReplicationGroup: { Status: 'available' } },
    },
    'rds.DescribeAccountAttributes': {
      AccountQuotas: {
        AccountQuota: ['DBClusters', 'DBInstances'].map((name) => ({ AccountQuotaName: name, Used: 0, Max: 40 })),
      },
    },
    'rds.DescribeDBClusters': ({ input }) => ({
      DBClusters: {
        DBCluster: {
          Status: 'available',
          DeletionProtection: true,
          DBClusterArn: `arn:aws:rds:${environmentGraph.home}:${account}:cluster:c`,
          LatestRestorableTime: hoursAgo(0.1).toISOString(),
          EngineVersion: engineVersionOf(environmentGraph, input.DBClusterIdentifier),
        },
      },
    }),
    'rds.DescribeGlobalClusters': { GlobalClusters: { GlobalClusterMember: { DeletionProtection: true } } },
    'rds.DescribeDBClusterSnapshots': { DBClusterSnapshots: {} },
    'rds.DescribeDBInstances': {
      DBInstances: {
        DBInstance: ['writer', 'reader'].map((name) => ({ DBInstanceIdentifier: name, DBInstanceStatus: 'available' })),
      },
    },
    'rds.FailoverDBCluster': {},
    'lambda.GET /2016-08-19/account-settings': {
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 },
    },
    'ecs.DescribeServices': { services: [{ runningCount: 2 }] },
    'ecs.ListTasks': { taskArns: tasks.map(({ taskArn }) => taskArn) },
    'ecs.DescribeTasks': { tasks },
    'ecs.StopTask': {},
    'route53.GET /2013-04-01/healthcheck/': {
      GetHealthCheckResponse: { HealthCheck: { Id: 'check', HealthCheckConfig: { Type: 'HTTPS' } } },
    },
    'route53.GET /2013-04-01/hostedzone/': {
      GetHostedZoneResponse: {
        HostedZone: { Id: '/hostedzone/Z1', Name: 'example.com.', CallerReference: '1' },
        DelegationSet: { NameServers: { NameServer: ['ns-1.awsdns.com', 'ns-2.awsdns.org'] } },
      },
    },
    'route53.GET /2013-04-01/hostedzone': {
      ListHostedZonesResponse: {
        HostedZones: {
          HostedZone: [
            { Id: '/hostedzone/Z0', Name: 'example.com.', CallerReference: '0', Config: { PrivateZone: 'true' } },
            { Id: '/hostedzone/Z1', Name: 'example.com.', CallerReference: '1', Config: { PrivateZone: 'false' } },
            { Id: '/hostedzone/Z2', Name: 'ple.com.', CallerReference: '2', Config: { PrivateZone: 'false' } },
          ],
        },
        IsTruncated: false,
        MaxItems: 100,
      },
    },
    'ecr.DescribeImages': refusal('ImageNotFoundException'),
    'dynamodb.DescribeContinuousBackups': {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { LatestRestorableDateTime: hoursAgo(0.1).getTime() / 1000 },
      },
    },
    'dynamodb.DescribeTable': {
      Table: { TableArn: 'arn:aws:dynamodb:::table/t', DeletionProtectionEnabled: true },
    },
    'backup.GET /resources/': { RecoveryPoints: [] },
    'backup.GET /account-settings': { ResourceTypeOptInPreference: { Aurora: true, DynamoDB: true, S3: true } },
    'budgets.DescribeBudget': {
      Budget: {
        BudgetName: 'b',
        TimeUnit: 'MONTHLY',
        BudgetType: 'COST',
        BudgetLimit: { Amount: '1500', Unit: 'USD' },
        CalculatedSpend: {
          ActualSpend: { Amount: '400.5', Unit: 'USD' },
          ForecastedSpend: { Amount: '1300', Unit: 'USD' },
        },
      },
    },
    'sqs.GetQueueAttributes': { Attributes: { ApproximateNumberOfMessages: '0' } },
    // The client holds the digest against what it sent.
    'sqs.SendMessage': ({ input }) => ({
      MessageId: '1',
      MD5OfMessageBody: createHash('md5').update(String(input.MessageBody)).digest('hex'),
    }),
    'monitoring.DescribeAlarms': ({ region }) => ({
      MetricAlarms: environmentGraph
        .all('AWS::CloudWatch::Alarm', region)
        .map((each) => ({ AlarmName: physicalId(environmentGraph, each), StateValue: 'OK' })),
    }),
    'logs.DescribeLogGroups': () => ({
      logGroups: environmentGraph.all('AWS::Logs::LogGroup').map((each) => ({
        logGroupName: physicalId(environmentGraph, each),
        ...(textAt(each, ['RetentionInDays']) === undefined
          ? {}
          : { retentionInDays: numberAt(each, ['RetentionInDays'], 0) }),
      })),
    }),
    'logs.FilterLogEvents': { events: [{ message: '{}' }] },
    'xray.POST /Traces': { Traces: [{ Segments: [{ Document: '{"name":"api"}' }] }] },
  };
}

/** What a cluster runs: what its template says. */
const engineVersionOf = (environmentGraph: EnvironmentGraph, name: unknown): string | undefined => {
  const cluster = environmentGraph
    .all('AWS::RDS::DBCluster')
    .find((each) => physicalId(environmentGraph, each) === name);
  return cluster && textAt(cluster, ['EngineVersion']);
};
