// Templates that carry out a design of the sample's shape, written by hand in another style than our own builder's: short logical ids,
// inline rules, one policy for each role. What passes here passes for what it is, not for who built it.

import type { Node, StackSource, TemplateNode } from '../../../assembly/scope.ts';
import { monthlyBudget } from '../../../design/budget.ts';
import { isProduction, perEnvironment, rests } from '../../../design/environments.ts';
import type { Design, Environment, SecurityGroupRule, Threshold } from '../../../design/schema.ts';
import { sampleEdge, sampleEdgeRegion } from './sample-edge.ts';

type Resources = Record<string, TemplateNode>;
const ref = (Ref: string): TemplateNode => ({ Ref });
const att = (id: string, attribute: string): TemplateNode => ({ 'Fn::GetAtt': [id, attribute] });
const join = (...parts: readonly Node[]): TemplateNode => ({ 'Fn::Join': ['', parts] });
const resource = (Type: string, Properties: TemplateNode): TemplateNode => ({ Type, Properties });
const named = (Value: string) => [{ Key: 'Name', Value }];

/** The templates of one environment, as an assembly has them. */
export function sampleSources(design: Design, environment: Environment): StackSource[] {
  const prefix = `${environment.charAt(0).toUpperCase()}${environment.slice(1)}`;
  const outputs: Record<string, Record<string, Node>> = {};
  /** A resource of another stack, by a weak reference. */
  const from: From = (stack, id, attribute) => {
    const OutputName = `${id}${attribute ?? ''}`;
    const own = outputs[stack] ?? {};
    own[OutputName] = { Value: attribute === undefined ? ref(id) : att(id, attribute) };
    outputs[stack] = own;
    return { 'Fn::GetStackOutput': { StackName: `${prefix}${stack}`, Region: design.region, OutputName } };
  };
  const copies = perEnvironment(design.backup.s3.replicateTo, environment);
  const input = { design, environment, from };
  const resources = {
    NetworkStack: network(input),
    SecurityStack: security(input),
    DatabaseStack: database(input),
    CacheStack: cache(input),
    StorageStack: storage(input),
    ComputeStack: compute(input),
    MessagingStack: messaging(input),
    MonitoringStack: monitoring(input),
  };
  const byStack: Readonly<Record<string, Resources>> = resources;
  Object.assign(resources.DatabaseStack, backups(input));
  Object.assign(resources.StorageStack, trail(input));
  Object.assign(resources.MonitoringStack, budget(input), clock(input));
  const edge = sampleEdge(design, environment, (attribute) => from('ComputeStack', 'Balancer', attribute));
  const source = (name: string, region: string, template: TemplateNode): StackSource => ({
    id: `${prefix}${name}`,
    name: `${prefix}${name}`,
    region,
    templateFile: `${prefix}${name}.template.json`,
    template,
    tags: { Project: design.inputs.project, Owner: design.inputs.owner, Environment: environment },
    terminationProtection: true,
    waitsFor: [],
    paths: {},
  });
  return [
    ...design.stacks.map(({ name, purpose }) =>
      source(name, design.region, {
        Description: purpose,
        Resources: byStack[name] ?? {},
        Outputs: outputs[name] ?? {},
      }),
    ),
    source('EdgeStack', sampleEdgeRegion, { Resources: edge }),
    ...(copies === null ? [] : [source('CopiesStack', copies, { Resources: copiesOf(), Outputs: copiesOutputs })]),
  ];
}

/** A plan with a rule of its own beside the document's, by the numbers of days and hours. */
function backups({ design, environment }: Input): Resources {
  const wanted = design.backup.aurora.weeklySnapshot;
  const copyTo = perEnvironment(design.backup.aurora.copyTo, environment);
  if (wanted === undefined) return {};
  const [hour, minute] = wanted.time.split(':').map(Number);
  const weekday = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'].indexOf(wanted.weekday) + 1;
  const copy = { DestinationBackupVaultArn: `arn:aws:backup:${copyTo}:123456789012:backup-vault:copies` };
  const early = rests(design, environment);
  return {
    Vault: resource('AWS::Backup::BackupVault', { BackupVaultName: 'orders' }),
    Plan: resource('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanName: 'orders',
        BackupPlanRule: [
          {
            RuleName: 'weekly',
            TargetBackupVault: ref('Vault'),
            // 17:00 in Japan is 08:00 of the same day.
            ScheduleExpression: early ? 'cron(0 8 ? * 6 *)' : `cron(${minute} ${hour} ? * ${weekday} *)`,
            ...(copyTo === null ? {} : { CopyActions: [copy] }),
          },
          { RuleName: 'monthly', TargetBackupVault: ref('Vault'), ScheduleExpression: 'cron(0 5 1 * ? *)' },
        ],
      },
    }),
    Selection: resource('AWS::Backup::BackupSelection', {
      BackupPlanId: ref('Plan'),
      BackupSelection: {
        SelectionName: 'orders',
        Resources: [join('arn:aws:rds:', ref('AWS::Region'), ':', ref('AWS::AccountId'), ':cluster:', ref('Cluster'))],
      },
    }),
  };
}

/** A trail with classic selectors, which record management events unless they say otherwise. */
function trail({ design, environment }: Input): Resources {
  const management = design.inputs.accounts === 'each' || isProduction(design, environment);
  return {
    TrailGroup: resource('AWS::Logs::LogGroup', {
      RetentionInDays: perEnvironment(design.logs, environment).cloudTrail,
    }),
    Trail: resource('AWS::CloudTrail::Trail', {
      IsLogging: true,
      S3BucketName: ref('Logs'),
      S3KeyPrefix: 'cloudtrail',
      CloudWatchLogsLogGroupArn: att('TrailGroup', 'Arn'),
      EventSelectors: [
        {
          ...(management ? {} : { IncludeManagementEvents: false }),
          DataResources: [{ Type: 'AWS::S3::Object', Values: [join(att('Data', 'Arn'), '/')] }],
        },
      ],
    }),
  };
}

function budget({ design, environment }: Input): Resources {
  return {
    Budget: resource('AWS::Budgets::Budget', {
      Budget: {
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: String(monthlyBudget(design, environment)), Unit: 'USD' },
        CostFilters: { TagKeyValue: [`user:Environment$${environment}`] },
      },
      NotificationsWithSubscribers: [
        {
          Notification: { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 100 },
          Subscribers: [{ SubscriptionType: 'SNS', Address: ref('Topiccritical') }],
        },
      ],
    }),
    Hearing: resource('AWS::SNS::TopicPolicy', {
      Topics: [ref('Topiccritical')],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
            Action: ['sns:Publish'],
            Resource: '*',
          },
        ],
      },
    }),
  };
}

/** Schedules that stop and start development, by the numbers of days, the stop on every day of the week. */
function clock({ design, environment, from }: Input): Resources {
  if (!rests(design, environment)) return {};
  const { start, stop, timeZone } = design.inputs.workingHours;
  const { minimum, maximum } = perEnvironment(design.sizes, environment).task;
  const schedule = (time: string, days: string, operation: string, ...input: readonly Node[]) => {
    const [hour, minute] = time.split(':').map(Number);
    return resource('AWS::Scheduler::Schedule', {
      ScheduleExpression: `cron(${minute} ${hour} ? * ${days} *)`,
      ScheduleExpressionTimezone: timeZone,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: `arn:aws:scheduler:::aws-sdk:${operation}`, Input: join(...input) },
    });
  };
  const cluster = ['{"DbClusterIdentifier":"', from('DatabaseStack', 'Cluster'), '"}'];
  const service = from('ComputeStack', 'Service', 'Name');
  const count = (tasks: number) => ['{"Cluster":"orders","Service":"', service, `","DesiredCount":${tasks}}`];
  const range = (low: number, high: number) => [
    '{"ServiceNamespace":"ecs","ScalableDimension":"ecs:service:DesiredCount","ResourceId":"service/orders/',
    service,
    `","MinCapacity":${low},"MaxCapacity":${high}}`,
  ];
  return {
    EveningDatabase: schedule(stop, '*', 'rds:stopDBCluster', ...cluster),
    EveningRange: schedule(stop, '2-6', 'applicationautoscaling:registerScalableTarget', ...range(0, 0)),
    EveningTasks: schedule(stop, '2-6', 'ecs:updateService', ...count(0)),
    MorningDatabase: schedule(start, '2-6', 'rds:startDBCluster', ...cluster),
    MorningRange: schedule(start, '2-6', 'applicationautoscaling:registerScalableTarget', ...range(minimum, maximum)),
    MorningTasks: schedule(start, '2-6', 'ecs:updateService', ...count(minimum)),
  };
}

type From = (stack: string, id: string, attribute?: string) => TemplateNode;
interface Input {
  readonly design: Design;
  readonly environment: Environment;
  readonly from: From;
}

const subnetId = (tier: string, zone: string) => `${tier.charAt(0).toUpperCase()}${tier.slice(1)}${zone.toUpperCase()}`;

function network({ design, environment }: Input): Resources {
  const zones = [...new Set(design.network.subnets.map(({ zone }) => zone))];
  const nats = zones.slice(0, perEnvironment(design.sizes, environment).natGateways);
  const days = perEnvironment(design.logs, environment).vpcFlow;
  const made: Resources = {
    Vpc: resource('AWS::EC2::VPC', { CidrBlock: design.network.cidr }),
    Internet: resource('AWS::EC2::InternetGateway', {}),
    Attachment: resource('AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Internet') }),
  };
  for (const { tier, zone, cidr, defaultRoute } of design.network.subnets) {
    const id = subnetId(tier, zone);
    made[id] = resource('AWS::EC2::Subnet', {
      VpcId: ref('Vpc'),
      CidrBlock: cidr,
      AvailabilityZone: join(ref('AWS::Region'), zone),
    });
    made[`${id}Table`] = resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') });
    made[`${id}Association`] = resource('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: ref(id),
      RouteTableId: ref(`${id}Table`),
    });
    if (defaultRoute === 'none') continue;
    const way: TemplateNode =
      defaultRoute === 'internet-gateway'
        ? { GatewayId: ref('Internet') }
        : { NatGatewayId: ref(`Nat${(nats.includes(zone) ? zone : (nats[0] ?? '')).toUpperCase()}`) };
    made[`${id}Route`] = resource('AWS::EC2::Route', {
      RouteTableId: ref(`${id}Table`),
      DestinationCidrBlock: '0.0.0.0/0',
      ...way,
    });
  }
  for (const zone of nats) {
    const id = `Nat${zone.toUpperCase()}`;
    made[`${id}Address`] = resource('AWS::EC2::EIP', { Domain: 'vpc' });
    made[id] = resource('AWS::EC2::NatGateway', {
      SubnetId: ref(subnetId('public', zone)),
      AllocationId: att(`${id}Address`, 'AllocationId'),
    });
  }
  for (const service of design.network.gatewayEndpoints) {
    made[`Endpoint${service}`] = resource('AWS::EC2::VPCEndpoint', {
      VpcId: ref('Vpc'),
      ServiceName: join('com.amazonaws.', ref('AWS::Region'), `.${service}`),
      RouteTableIds: zones.map((zone) => ref(`${subnetId('private', zone)}Table`)),
    });
  }
  if (days === null) return made;
  made.FlowGroup = resource('AWS::Logs::LogGroup', { RetentionInDays: days });
  made.Flow = resource('AWS::EC2::FlowLog', {
    ResourceId: ref('Vpc'),
    ResourceType: 'VPC',
    TrafficType: 'ALL',
    LogGroupName: ref('FlowGroup'),
  });
  return made;
}

function security({ design, from }: Input): Resources {
  const made: Resources = {};
  const rule = (
    { protocol, fromPort, toPort, peer, description }: SecurityGroupRule,
    side: 'Source' | 'Destination',
  ) => ({
    IpProtocol: protocol,
    FromPort: fromPort,
    ToPort: String(toPort),
    Description: description,
    ...(peer.kind === 'cidr'
      ? { CidrIp: peer.cidr }
      : { [`${side}SecurityGroupId`]: att(`Group${peer.group}`, 'GroupId') }),
  });
  for (const { key, name, ingress, egress } of design.securityGroups) {
    made[`Group${key}`] = resource('AWS::EC2::SecurityGroup', {
      GroupDescription: name,
      VpcId: from('NetworkStack', 'Vpc'),
      Tags: named(name),
      SecurityGroupIngress: ingress.filter(({ peer }) => peer.kind === 'cidr').map((line) => rule(line, 'Source')),
      // Without any rule of its own EC2 would open the group.
      SecurityGroupEgress: [
        { IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32', Description: 'none' },
        ...egress.filter(({ peer }) => peer.kind === 'cidr').map((line) => rule(line, 'Destination')),
      ],
    });
    // Groups that name each other need rules of their own.
    for (const [index, line] of ingress.entries()) {
      if (line.peer.kind === 'cidr') continue;
      const own = { GroupId: att(`Group${key}`, 'GroupId'), ...rule(line, 'Source') };
      made[`In${key}${index}`] = resource('AWS::EC2::SecurityGroupIngress', own);
    }
    for (const [index, line] of egress.entries()) {
      if (line.peer.kind === 'cidr') continue;
      const own = { GroupId: att(`Group${key}`, 'GroupId'), ...rule(line, 'Destination') };
      made[`Out${key}${index}`] = resource('AWS::EC2::SecurityGroupEgress', own);
    }
  }
  for (const { kind, name, principal, managedPolicies } of design.roles) {
    made[roleId(kind)] = resource('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' }],
      },
      ManagedPolicyArns: managedPolicies.map((policy) => `arn:aws:iam::aws:policy/service-role/${policy}`),
      Tags: named(name),
    });
  }
  return made;
}

const roleId = (kind: string) => `Role${kind.replace('-', '')}`;

function database({ design, environment, from }: Input): Resources {
  const { aurora } = perEnvironment(design.sizes, environment);
  const { retentionDays, window } = design.backup.aurora;
  const zones = [...new Set(design.network.subnets.map(({ zone }) => zone))];
  const made: Resources = {
    Password: resource('AWS::SecretsManager::Secret', {}),
    Group: resource('AWS::RDS::DBSubnetGroup', {
      SubnetIds: zones.map((zone) => from('NetworkStack', subnetId('data', zone))),
    }),
    Parameters: resource('AWS::RDS::DBClusterParameterGroup', { Parameters: { max_connections: '1600' } }),
    Cluster: resource('AWS::RDS::DBCluster', {
      Engine: 'aurora-postgresql',
      BackupRetentionPeriod: perEnvironment(retentionDays, environment),
      PreferredBackupWindow: `${window.start}-${window.end}`,
      DBClusterParameterGroupName: ref('Parameters'),
      DBSubnetGroupName: ref('Group'),
      VpcSecurityGroupIds: [from('SecurityStack', 'Grouprds', 'GroupId')],
      MasterUserPassword: join('{{resolve:secretsmanager:', ref('Password'), ':SecretString:password::}}'),
    }),
    Answers: resource('AWS::DynamoDB::Table', {}),
  };
  for (let number = 1; number <= aurora.instances; number++) {
    made[`Instance${number}`] = resource('AWS::RDS::DBInstance', {
      DBClusterIdentifier: ref('Cluster'),
      DBInstanceClass: aurora.instanceClass,
      MonitoringInterval: 60,
      MonitoringRoleArn: from('SecurityStack', roleId('rds-monitoring'), 'Arn'),
    });
  }
  return made;
}

function cache({ design, environment, from }: Input): Resources {
  const size = perEnvironment(design.sizes, environment).cache;
  const backup = design.backup.cache;
  const days = backup === undefined ? null : perEnvironment(backup.retentionDays, environment);
  const several = (size?.nodes ?? 1) > 1;
  const zones = [...new Set(design.network.subnets.map(({ zone }) => zone))];
  return {
    Group: resource('AWS::ElastiCache::SubnetGroup', {
      SubnetIds: zones.map((zone) => from('NetworkStack', subnetId('data', zone))),
    }),
    Parameters: resource('AWS::ElastiCache::ParameterGroup', {}),
    Redis: resource('AWS::ElastiCache::ReplicationGroup', {
      Engine: design.inputs.cacheEngine,
      CacheSubnetGroupName: ref('Group'),
      CacheParameterGroupName: ref('Parameters'),
      CacheNodeType: size?.nodeType ?? '',
      NumCacheClusters: size?.nodes ?? 1,
      MultiAZEnabled: several,
      AutomaticFailoverEnabled: several,
      SecurityGroupIds: [from('SecurityStack', 'Groupcache', 'GroupId')],
      ...(days === null
        ? {}
        : { SnapshotRetentionLimit: days, SnapshotWindow: `${backup?.window.start}-${backup?.window.end}` }),
    }),
  };
}

/** Where objects of the data bucket lie a second time. */
function copiesOf(): Resources {
  return {
    Key: resource('AWS::KMS::Key', {}),
    Copies: resource('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: att('Key', 'Arn') } },
        ],
      },
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  };
}

const copiesOutputs = { Copies: { Value: att('Copies', 'Arn') } };

const copyOf = (environment: Environment, Region: string): Node => ({
  'Fn::GetStackOutput': {
    StackName: `${environment.charAt(0).toUpperCase()}${environment.slice(1)}CopiesStack`,
    Region,
    OutputName: 'Copies',
  },
});

function storage({ design, environment }: Input): Resources {
  const { albAccess, cloudTrail, cloudTrailForever } = perEnvironment(design.logs, environment);
  const copies = perEnvironment(design.backup.s3.replicateTo, environment);
  const moves = design.backup.s3.transitions.map(({ storageClass, afterDays }) => ({
    StorageClass: storageClass,
    TransitionInDays: afterDays,
  }));
  const encrypted = {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: att('Key', 'Arn') } },
      ],
    },
    VersioningConfiguration: { Status: design.backup.s3.versioning ? 'Enabled' : 'Suspended' },
  };
  return {
    Key: resource('AWS::KMS::Key', {}),
    Data: resource('AWS::S3::Bucket', {
      ...encrypted,
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Transitions: moves }] },
      ...(copies === null
        ? {}
        : {
            ReplicationConfiguration: {
              Role: 'arn:aws:iam::123456789012:role/replication',
              Rules: [{ Status: 'Enabled', Prefix: '', Destination: { Bucket: copyOf(environment, copies) } }],
            },
          }),
    }),
    Logs: resource('AWS::S3::Bucket', {
      ...encrypted,
      LifecycleConfiguration: {
        Rules: [
          { Status: 'Enabled', Prefix: 'alb/', ExpirationInDays: albAccess },
          {
            Status: 'Enabled',
            Prefix: 'cloudtrail/',
            ...(cloudTrailForever ? { Transitions: moves } : { ExpirationInDays: cloudTrail }),
          },
        ],
      },
    }),
    LogsPolicy: resource('AWS::S3::BucketPolicy', {
      Bucket: ref('Logs'),
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'delivery.logs.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: join(att('Logs', 'Arn'), '/alb/*'),
          },
        ],
      },
    }),
  };
}

function compute({ design, environment, from }: Input): Resources {
  const { task, functions } = perEnvironment(design.sizes, environment);
  const zones = [...new Set(design.network.subnets.map(({ zone }) => zone))];
  const homes = (tier: string) => zones.map((zone) => from('NetworkStack', subnetId(tier, zone)));
  const role = (kind: string) => from('SecurityStack', roleId(kind), 'Arn');
  const groupId = (key: string) => from('SecurityStack', `Group${key}`, 'GroupId');
  const targets: Readonly<Record<string, Node>> = {
    secretsmanager: from('DatabaseStack', 'Password'),
    dynamodb: from('DatabaseStack', 'Answers', 'Arn'),
    s3: join(from('StorageStack', 'Data', 'Arn'), '/orders/*'),
    sqs: from('MessagingStack', 'Queue', 'Arn'),
    sns: from('MessagingStack', 'Events'),
    logs: join('arn:aws:logs:', ref('AWS::Region'), ':', ref('AWS::AccountId'), ':log-group:app:*'),
  };
  const made: Resources = {
    Cluster: resource('AWS::ECS::Cluster', {
      ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }],
    }),
    ...loadBalancerOf(design),
    Tasks: resource('AWS::Logs::LogGroup', { RetentionInDays: perEnvironment(design.logs, environment).application }),
    Task: resource('AWS::ECS::TaskDefinition', {
      Cpu: String(task.cpu),
      Memory: String(task.memoryMiB),
      RequiresCompatibilities: ['FARGATE'],
      RuntimePlatform: { CpuArchitecture: design.inputs.architecture.toUpperCase() },
      ExecutionRoleArn: role('task-execution'),
      TaskRoleArn: role('task'),
      ContainerDefinitions: [
        {
          Name: 'api',
          Environment: [{ Name: 'CACHE', Value: from('CacheStack', 'Redis', 'PrimaryEndPoint.Address') }],
          LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': ref('Tasks') } },
        },
      ],
    }),
    Service: resource('AWS::ECS::Service', {
      Cluster: ref('Cluster'),
      LaunchType: 'FARGATE',
      TaskDefinition: ref('Task'),
      LoadBalancers: [{ ContainerName: 'api', ContainerPort: 8080, TargetGroupArn: ref('Members') }],
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: homes('private'), SecurityGroups: [groupId('ecs')] } },
    }),
    Target: resource('AWS::ApplicationAutoScaling::ScalableTarget', {
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: join('service/', ref('Cluster'), '/', att('Service', 'Name')),
      MinCapacity: task.minimum,
      MaxCapacity: task.maximum,
    }),
    Scaling: resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
      ScalingTargetId: ref('Target'),
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: (design.requestsPerSecond * 60) / task.minimum,
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: join(att('Balancer', 'LoadBalancerFullName'), '/', att('Members', 'TargetGroupFullName')),
        },
      },
    }),
    Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Subnets: homes('public'),
      SecurityGroups: [groupId('alb')],
    }),
    Members: resource('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'ip' }),
    Source: resource('AWS::Logs::DeliverySource', {
      Name: 'alb',
      LogType: 'ALB_ACCESS_LOGS',
      ResourceArn: ref('Balancer'),
    }),
    Destination: resource('AWS::Logs::DeliveryDestination', {
      DestinationResourceArn: join(from('StorageStack', 'Logs', 'Arn'), '/alb'),
    }),
    Delivery: resource('AWS::Logs::Delivery', {
      DeliverySourceName: ref('Source'),
      DeliveryDestinationArn: att('Destination', 'Arn'),
    }),
    Orders: resource('AWS::Lambda::Function', {
      Role: role('lambda'),
      MemorySize: functions?.memoryMiB ?? 128,
      Timeout: functions?.timeoutSeconds ?? 3,
      Architectures: [design.inputs.architecture],
      VpcConfig: { SubnetIds: homes('private'), SecurityGroupIds: [groupId('lambda')] },
      LoggingConfig: { LogGroup: ref('OrdersLog') },
    }),
    OrdersLog: resource('AWS::Logs::LogGroup', {
      RetentionInDays: perEnvironment(design.logs, environment).application,
    }),
  };
  for (const { kind, statements } of design.roles) {
    if (statements.length === 0) continue;
    made[`Policy${kind.replace('-', '')}`] = resource('AWS::IAM::Policy', {
      PolicyName: kind,
      Roles: [from('SecurityStack', roleId(kind))],
      PolicyDocument: {
        Statement: statements.flatMap(({ prefix, actions }) =>
          actions.map((action) => ({
            Effect: 'Allow',
            Action: `${prefix}:${action}`,
            Resource:
              action === 'GetAuthorizationToken'
                ? '*'
                : (targets[prefix] ?? 'arn:aws:ecr:ap-northeast-1:1:repository/app'),
          })),
        ),
      },
    });
  }
  return made;
}

/** HTTPS with a certificate for the design's domain; HTTP alone for a design without one. */
function loadBalancerOf({ inputs }: Design): Resources {
  const { domain, hostedZoneId, certificates } = inputs;
  const serve = [{ Type: 'forward', TargetGroupArn: ref('Members') }];
  const listener = (properties: TemplateNode) =>
    resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Balancer'),
      DefaultActions: serve,
      ...properties,
    });
  if (domain === 'none') return { Http: listener({ Port: 80, Protocol: 'HTTP' }) };
  const own = certificates?.origin;
  return {
    Https: listener({ Port: 443, Protocol: 'HTTPS', Certificates: [{ CertificateArn: own ?? ref('Certificate') }] }),
    ...(own === undefined
      ? {
          Certificate: resource('AWS::CertificateManager::Certificate', {
            DomainName: `api.${domain}`,
            SubjectAlternativeNames: [domain],
            ...(hostedZoneId === undefined
              ? {}
              : { DomainValidationOptions: [{ DomainName: domain, HostedZoneId: hostedZoneId }] }),
          }),
        }
      : {}),
  };
}

function messaging({ design }: Input): Resources {
  return {
    Queue: resource('AWS::SQS::Queue', {
      RedrivePolicy: { deadLetterTargetArn: att('Dead', 'Arn'), maxReceiveCount: 3 },
    }),
    Dead: resource('AWS::SQS::Queue', {}),
    Events: resource('AWS::SNS::Topic', {}),
    Rule: resource('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 day)',
      Targets: [{ Id: 'queue', Arn: att('Queue', 'Arn') }],
    }),
    Stopped: resource('AWS::Events::Rule', {
      EventPattern: { source: ['aws.ecs'] },
      Targets: [{ Id: 'topic', Arn: ref('Operations') }],
    }),
    Operations: resource('AWS::SNS::Topic', {}),
    OperationsMail: resource('AWS::SNS::Subscription', {
      TopicArn: ref('Operations'),
      Protocol: 'email',
      Endpoint: design.inputs.alertEmail,
    }),
  };
}

const cloudWatchNames: Readonly<Record<string, string>> = {
  FreeStorageSpace: 'FreeLocalStorage',
  ReplicaLag: 'AuroraReplicaLag',
};
/** Instances of these classes have no room for the document's thresholds: half and a quarter of what they have, in GiB. */
const small: Readonly<Record<string, { warning: number; critical: number }>> = {
  'db.t4g.medium': { warning: 4, critical: 2 },
  'db.t4g.large': { warning: 8, critical: 4 },
};
const factors: Readonly<Record<string, number>> = { GB: 2 ** 30, '% of max': 16 };
const operators = { '>': 'GreaterThanThreshold', '<': 'LessThanThreshold', '>=': '', '<=': '' } as const;

function monitoring({ design, environment, from }: Input): Resources {
  const { aurora, cache: size } = perEnvironment(design.sizes, environment);
  const instances = Array.from({ length: aurora.instances }, (_, index) =>
    from('DatabaseStack', `Instance${index + 1}`),
  );
  const redis = from('CacheStack', 'Redis');
  const balancer = { LoadBalancer: from('ComputeStack', 'Balancer', 'LoadBalancerFullName') };
  const tasks = {
    ...balancer,
    TargetGroup: from('ComputeStack', 'Members', 'TargetGroupFullName'),
  };
  const members: Readonly<Record<string, readonly TemplateNode[]>> = {
    alb: [tasks],
    balancer: [balancer],
    ecs: [{ ClusterName: from('ComputeStack', 'Cluster'), ServiceName: from('ComputeStack', 'Service', 'Name') }],
    lambda: [{ FunctionName: from('ComputeStack', 'Orders') }],
    rds: instances.map((DBInstanceIdentifier) => ({ DBInstanceIdentifier })),
    cache: Array.from({ length: size?.nodes ?? 1 }, (_, index) => ({
      CacheClusterId: join(redis, `-00${index + 1}`),
    })),
  };
  const namespaces = {
    alb: 'AWS/ApplicationELB',
    ecs: 'AWS/ECS',
    lambda: 'AWS/Lambda',
    rds: 'AWS/RDS',
    cache: 'AWS/ElastiCache',
  };
  const made: Resources = {
    Topicwarning: resource('AWS::SNS::Topic', {
      Subscription: [{ Protocol: 'email', Endpoint: design.inputs.alertEmail }],
    }),
    Topiccritical: resource('AWS::SNS::Topic', {
      Subscription: [{ Protocol: 'email', Endpoint: design.inputs.alertEmail }],
    }),
  };
  const value = ({ value: written, unit }: Threshold, service: string) =>
    unit === 's' && service === 'lambda' ? written * 1000 : written * (factors[unit] ?? 1);
  for (const row of design.alarms) {
    if (row.metric === 'ReplicaLag' && aurora.instances === 1) continue;
    for (const [index, member] of (members[row.service] ?? []).entries()) {
      for (const severity of ['warning', 'critical'] as const) {
        const threshold = row[severity];
        if (threshold === undefined) continue;
        made[`Alarm${row.service}${row.metric.replaceAll('_', '')}${index + 1}${severity}`] = resource(
          'AWS::CloudWatch::Alarm',
          {
            Namespace: row.metric === 'RunningTaskCount' ? 'ECS/ContainerInsights' : namespaces[row.service],
            MetricName: cloudWatchNames[row.metric] ?? row.metric,
            Dimensions: Object.entries(member).map(([Name, Value]) => ({ Name, Value })),
            Statistic: row.metric === 'DatabaseConnections' ? 'Maximum' : threshold.statistic,
            ComparisonOperator: operators[threshold.comparison],
            Threshold: value(
              {
                ...threshold,
                ...(threshold.unit === 'GB'
                  ? { value: small[aurora.instanceClass]?.[severity] ?? threshold.value }
                  : {}),
              },
              row.service,
            ),
            Period: row.periodSeconds,
            EvaluationPeriods: row.evaluationPeriods,
            TreatMissingData: 'breaching',
            AlarmActions: [ref(`Topic${severity}`)],
          },
        );
      }
    }
  }
  for (const [name, widgets] of Object.entries(dashboards)) {
    made[`Dashboard${name}`] = resource('AWS::CloudWatch::Dashboard', {
      DashboardName: `${environment}-${name}`,
      DashboardBody: join(
        '{"widgets":[',
        ...between(
          ',',
          widgets.map((widget) => bodyOf(widget, members)),
        ),
        ']}',
      ),
    });
  }
  return made;
}

const between = (separator: string, nodes: readonly Node[]): readonly Node[] =>
  nodes.flatMap((node, index) => (index === 0 ? [node] : [separator, node]));

type Service = 'alb' | 'balancer' | 'ecs' | 'lambda' | 'rds' | 'cache';
interface WidgetSketch {
  readonly view: string;
  /** Each is drawn for every member of its service. */
  readonly metrics: readonly (readonly [service: Service, namespace: string, name: string])[];
}

const widget = (view: string, ...metrics: WidgetSketch['metrics']): WidgetSketch => ({ view, metrics });

/** JSON in pieces, since what a dimension is worth only AWS knows. */
function bodyOf({ view, metrics }: WidgetSketch, members: Readonly<Record<string, readonly TemplateNode[]>>): Node {
  const series = metrics.flatMap(([service, namespace, name]) =>
    (members[service] ?? []).map((member) =>
      join(
        `["${namespace}","${name}"`,
        ...Object.entries(member).flatMap(([dimension, value]) => [`,"${dimension}","`, value, '"']),
        ']',
      ),
    ),
  );
  return join(`{"type":"metric","properties":{"view":"${view}","metrics":[`, ...between(',', series), ']}}');
}

const dashboards = {
  Overview: [
    widget('timeSeries', ['alb', 'AWS/ApplicationELB', 'TargetResponseTime']),
    widget('timeSeries', ['ecs', 'AWS/ECS', 'CPUUtilization']),
    widget('timeSeries', ['rds', 'AWS/RDS', 'CPUUtilization']),
    widget('bar', ['lambda', 'AWS/Lambda', 'Errors']),
    widget('singleValue', ['balancer', 'AWS/ApplicationELB', 'RequestCount']),
  ],
  ECS: [
    widget('timeSeries', ['ecs', 'ECS/ContainerInsights', 'RunningTaskCount']),
    widget(
      'timeSeries',
      ['ecs', 'ECS/ContainerInsights', 'NetworkRxBytes'],
      ['ecs', 'ECS/ContainerInsights', 'NetworkTxBytes'],
    ),
  ],
  RDS: [
    widget('timeSeries', ['rds', 'AWS/RDS', 'ReadLatency'], ['rds', 'AWS/RDS', 'WriteLatency']),
    widget('timeSeries', ['rds', 'AWS/RDS', 'FreeLocalStorage']),
  ],
};
