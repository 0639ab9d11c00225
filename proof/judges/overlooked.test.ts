// Small templates of others, each with what is easily overlooked in it, and the verdicts that are right: two where what is not known may be
// said to be so.
import { expect, test } from 'vitest';
import { criteriaOn } from './testing/criteria-on.ts';

const resources = (yaml: string) => `Resources:\n${yaml}`;
const role = (more: string) => `
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: sts:AssumeRole, Principal: { Service: lambda.amazonaws.com } }] }
${more}`;
const lambda = (props: string) => `
  Fn: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn, Runtime: nodejs22.x, Handler: a.b, Code: { ZipFile: x }${props} } }`;
const rows: [what: string, template: string, id: string, right: string[]][] = [
  [
    'DocumentDB without a parameter group',
    resources(
      `  D: { Type: AWS::DocDB::DBCluster, Properties: { MasterUsername: a } }\n  B: {Type: AWS::SNS::Subscription, Properties: {Protocol: https, Endpoint: 'https://a', TopicArn: x}}`,
    ),
    'AC-SEC-3',
    ['unresolved', 'pass'],
  ],
  [
    'DocumentDB with TLS off',
    resources(
      `  D: { Type: AWS::DocDB::DBCluster, Properties: { DBClusterParameterGroupName: !Ref P } }\n  P: { Type: AWS::DocDB::DBClusterParameterGroup, Properties: { Family: docdb5.0, Description: x, Parameters: { tls: disabled } } }`,
    ),
    'AC-SEC-3',
    ['fail'],
  ],
  [
    'Transfer over FTP',
    resources(`  T: { Type: AWS::Transfer::Server, Properties: { Protocols: [FTP] } }`),
    'AC-SEC-3',
    ['fail'],
  ],
  [
    'Transfer over SFTP alone',
    resources(`  T: { Type: AWS::Transfer::Server, Properties: { Protocols: [SFTP] } }`),
    'AC-SEC-3',
    ['unresolved', 'pass'],
  ],
  [
    'an integration over plain HTTP',
    resources(
      `  I: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: x, IntegrationType: HTTP_PROXY, IntegrationUri: http://example.com/, PayloadFormatVersion: '1.0' } }`,
    ),
    'AC-SEC-3',
    ['fail'],
  ],
  [
    'a method that calls over plain HTTP',
    resources(
      `  I: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: x, ResourceId: y, HttpMethod: GET, Integration: { Type: HTTP, Uri: 'http://example.com' } } }`,
    ),
    'AC-SEC-3',
    ['fail'],
  ],
  [
    'an HTTP API',
    resources(`  I: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: x, ProtocolType: HTTP } }`),
    'AC-SEC-3',
    ['pass', 'unresolved'],
  ],
  [
    'a serverless cache',
    resources(
      `  I: { Type: AWS::ElastiCache::ServerlessCache, Properties: { Engine: redis, ServerlessCacheName: x } }`,
    ),
    'AC-SEC-3',
    ['pass', 'unresolved'],
  ],
  [
    'Neptune',
    resources(
      `  I: { Type: AWS::Neptune::DBCluster, Properties: {} }\n  B: {Type: AWS::SNS::Subscription, Properties: {Protocol: https, Endpoint: 'https://a', TopicArn: x}}`,
    ),
    'AC-SEC-3',
    ['unresolved', 'pass'],
  ],
  [
    'DAX without encryption',
    resources(
      `  I: { Type: AWS::DAX::Cluster, Properties: {IAMRoleARN: x, NodeType: y, ReplicationFactor: 1} }\n  B: {Type: AWS::SNS::Subscription, Properties: {Protocol: https, Endpoint: 'https://a', TopicArn: x}}`,
    ),
    'AC-SEC-3',
    ['fail', 'unresolved'],
  ],
  [
    'a broker of Amazon MQ',
    resources(
      `  I: { Type: AWS::AmazonMQ::Broker, Properties: {} }\n  B: {Type: AWS::SNS::Subscription, Properties: {Protocol: https, Endpoint: 'https://a', TopicArn: x}}`,
    ),
    'AC-SEC-3',
    ['unresolved', 'pass'],
  ],
  [
    'a bucket that is a website',
    resources(`  S: { Type: AWS::S3::Bucket, Properties: { WebsiteConfiguration: { IndexDocument: index.html } } }`),
    'AC-SEC-3',
    ['fail'],
  ],
  [
    'MySQL 8.0 without a parameter group',
    resources(
      `  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: mysql, EngineVersion: '8.0', StorageEncrypted: true } }`,
    ),
    'AC-SEC-3',
    ['fail'],
  ],
  [
    'MySQL 8.4 without a parameter group',
    resources(
      `  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: mysql, EngineVersion: '8.4.3', StorageEncrypted: true } }`,
    ),
    'AC-SEC-3',
    ['pass', 'unresolved'],
  ],
  [
    'PostgreSQL 14 without a parameter group',
    resources(`  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, EngineVersion: '14.9' } }`),
    'AC-SEC-3',
    ['fail'],
  ],
  [
    'PostgreSQL of no version',
    resources(`  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres } }`),
    'AC-SEC-3',
    ['unresolved', 'pass'],
  ],
  [
    'Aurora PostgreSQL 16 without a parameter group',
    resources(`  E: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-postgresql, EngineVersion: '16.4' } }`),
    'AC-SEC-3',
    ['fail', 'unresolved'],
  ],
  [
    'a listener on TCP',
    resources(
      `  L: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { Protocol: TCP, Port: 80, LoadBalancerArn: x, DefaultActions: [{Type: forward, TargetGroupArn: y}] } }`,
    ),
    'AC-SEC-3',
    ['unresolved', 'fail'],
  ],
  [
    'a password of DocumentDB in the template',
    resources(
      `  D: { Type: AWS::DocDB::DBCluster, Properties: { MasterUsername: a, MasterUserPassword: Hunter2Hunter2 } }\n  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, ManageMasterUserPassword: true } }`,
    ),
    'AC-SEC-6',
    ['fail'],
  ],
  [
    'a password of Redshift in the template',
    resources(
      `  D: { Type: AWS::Redshift::Cluster, Properties: { MasterUsername: a, MasterUserPassword: Hunter2Hunter2 } }\n  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, ManageMasterUserPassword: true } }`,
    ),
    'AC-SEC-6',
    ['fail'],
  ],
  [
    'the same with no other database',
    resources(
      `  D: { Type: AWS::DocDB::DBCluster, Properties: { MasterUsername: a, MasterUserPassword: Hunter2Hunter2 } }`,
    ),
    'AC-SEC-6',
    ['fail'],
  ],
  [
    'an address with a password in a parameter',
    resources(
      `  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, ManageMasterUserPassword: true } }\n  P: { Type: AWS::SSM::Parameter, Properties: { Type: String, Value: 'postgres://app:hunter2@db/x' } }`,
    ),
    'AC-SEC-6',
    ['fail', 'unresolved'],
  ],
  [
    'a password called PW',
    resources(
      `  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, ManageMasterUserPassword: true } }${role('')}${lambda(', Environment: { Variables: { DATABASE_PW: hunter2 } }')}`,
    ),
    'AC-SEC-6',
    ['fail'],
  ],
  [
    'a password in a DSN',
    resources(
      `  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, ManageMasterUserPassword: true } }${role('')}${lambda(", Environment: { Variables: { DSN: 'app:hunter2@tcp(db:3306)/x' } }")}`,
    ),
    'AC-SEC-6',
    ['fail', 'unresolved'],
  ],
  [
    'a password in the query of a JDBC address',
    resources(
      `  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, ManageMasterUserPassword: true } }${role('')}${lambda(", Environment: { Variables: { URL: 'jdbc:postgresql://db/x?user=a&password=hunter2' } }")}`,
    ),
    'AC-SEC-6',
    ['fail'],
  ],
  [
    'a password in a connection string',
    resources(
      `  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, ManageMasterUserPassword: true } }${role('')}${lambda(", Environment: { Variables: { CONN: 'Server=db;User Id=a;Password=hunter2;' } }")}`,
    ),
    'AC-SEC-6',
    ['fail'],
  ],
  [
    'a secret within an address',
    resources(
      `  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, ManageMasterUserPassword: true } }${role('')}${lambda(", Environment: { Variables: { DATABASE_URL: !Sub 'postgres://app:{{resolve:secretsmanager:x}}@db/x' } }")}`,
    ),
    'AC-SEC-6',
    ['fail'],
  ],
  [
    'an address with a password in a command',
    resources(
      `  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, ManageMasterUserPassword: true } }\n  T: { Type: AWS::ECS::TaskDefinition, Properties: { ContainerDefinitions: [{ Name: a, Image: b, Command: ['psql', 'postgres://app:hunter2@db/x'] }] } }`,
    ),
    'AC-SEC-6',
    ['fail'],
  ],
  [
    'a password in the script of an instance',
    resources(
      `  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, ManageMasterUserPassword: true } }\n  T: { Type: AWS::EC2::Instance, Properties: { UserData: !Base64 'export DB_PASSWORD=hunter2' } }`,
    ),
    'AC-SEC-6',
    ['fail', 'unresolved'],
  ],
  [
    'a password that is the default of a parameter',
    `Parameters: { Pw: { Type: String, NoEcho: true, Default: hunter2hunter2 } }\nResources:\n  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, MasterUserPassword: !Ref Pw } }`,
    'AC-SEC-6',
    ['fail'],
  ],
  [
    'a password by parameter',
    `Parameters: { Pw: { Type: String, NoEcho: true } }\nResources:\n  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, MasterUserPassword: !Ref Pw } }`,
    'AC-SEC-6',
    ['fail', 'unresolved'],
  ],
  [
    'trust in tokens without a subject',
    resources(
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: sts:AssumeRoleWithWebIdentity, Principal: { Federated: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com' }, Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': sts.amazonaws.com } } }] } } }`,
    ),
    'AC-SEC-5',
    ['fail'],
  ],
  [
    'trust in tokens of any repository',
    resources(
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: sts:AssumeRoleWithWebIdentity, Principal: { Federated: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com' }, Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } } }] } } }`,
    ),
    'AC-SEC-5',
    ['fail'],
  ],
  [
    'trust in tokens of one branch',
    resources(
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: sts:AssumeRoleWithWebIdentity, Principal: { Federated: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com' }, Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:a/b:ref:refs/heads/main' } } }] } } }`,
    ),
    'AC-SEC-5',
    ['pass', 'unresolved'],
  ],
  [
    'trust in everybody whose organisation is not said',
    resources(
      `  R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: sts:AssumeRole, Principal: '*', Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': o-1 } } }] } } }`,
    ),
    'AC-SEC-5',
    ['fail', 'unresolved'],
  ],
  [
    'mail to what is no address',
    resources(
      `  T: { Type: AWS::SNS::Topic, Properties: { Subscription: [{ Protocol: email, Endpoint: none }] } }\n  A: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmActions: [!Ref T], MetricName: x, Namespace: y, ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, Threshold: 1, Period: 60, Statistic: Sum } }`,
    ),
    'AC-OPS-2',
    ['fail'],
  ],
  [
    'mail to an address by parameter',
    `Parameters: { Mail: { Type: String } }\nResources:\n  T: { Type: AWS::SNS::Topic, Properties: { Subscription: [{ Protocol: email, Endpoint: !Ref Mail }] } }\n  A: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmActions: [!Ref T], MetricName: x, Namespace: y, ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, Threshold: 1, Period: 60, Statistic: Sum } }`,
    'AC-OPS-2',
    ['pass', 'unresolved'],
  ],
  [
    'mail behind a filter',
    resources(
      `  T: { Type: AWS::SNS::Topic }\n  S: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref T, Protocol: email, Endpoint: a@example.com, FilterPolicy: { x: [y] } } }\n  A: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmActions: [!Ref T], MetricName: x, Namespace: y, ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, Threshold: 1, Period: 60, Statistic: Sum } }`,
    ),
    'AC-OPS-2',
    ['fail', 'unresolved'],
  ],
  [
    'a grant on the log group of another function',
    resources(
      `${role("      Policies: [{ PolicyName: a, PolicyDocument: { Statement: [{ Effect: Allow, Action: ['logs:*'], Resource: 'arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/other:*' }] } }]")}${lambda(', FunctionName: mine')}`,
    ),
    'AC-OPS-1',
    ['fail'],
  ],
  [
    'a grant on the log groups of all functions',
    resources(
      `${role("      Policies: [{ PolicyName: a, PolicyDocument: { Statement: [{ Effect: Allow, Action: ['logs:*'], Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda/*' }] } }]")}${lambda(', FunctionName: mine')}`,
    ),
    'AC-OPS-1',
    ['pass'],
  ],
  [
    "a grant on the function's own log group",
    resources(
      `${role("      Policies: [{ PolicyName: a, PolicyDocument: { Statement: [{ Effect: Allow, Action: ['logs:CreateLogStream','logs:PutLogEvents'], Resource: !GetAtt G.Arn }] } }]")}\n  G: { Type: AWS::Logs::LogGroup }${lambda(', LoggingConfig: { LogGroup: !Ref G }')}`,
    ),
    'AC-OPS-1',
    ['pass'],
  ],
  [
    'a grant on another log group of the template',
    resources(
      `${role("      Policies: [{ PolicyName: a, PolicyDocument: { Statement: [{ Effect: Allow, Action: ['logs:CreateLogStream','logs:PutLogEvents'], Resource: !GetAtt H.Arn }] } }]")}\n  G: { Type: AWS::Logs::LogGroup }\n  H: { Type: AWS::Logs::LogGroup }${lambda(', LoggingConfig: { LogGroup: !Ref G }')}`,
    ),
    'AC-OPS-1',
    ['fail'],
  ],
  [
    'a grant on a log group by a name that is generated',
    resources(
      `${role(`      Policies: [{ PolicyName: a, PolicyDocument: { Statement: [{ Effect: Allow, Action: ['logs:CreateLogStream','logs:PutLogEvents'], Resource: !Sub 'arn:aws:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/\${Fn}:*' }] } }]`)}${lambda('')}`,
    ),
    'AC-OPS-1',
    ['pass', 'unresolved'],
  ],
  [
    'a grant that is denied again',
    resources(
      `${role("      Policies: [{ PolicyName: a, PolicyDocument: { Statement: [{ Effect: Allow, Action: ['logs:*'], Resource: '*' }, { Effect: Deny, Action: ['logs:PutLogEvents'], Resource: '*' }] } }]")}${lambda(', FunctionName: mine')}`,
    ),
    'AC-OPS-1',
    ['fail'],
  ],
  [
    'an instance from a snapshot',
    resources(`  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, DBSnapshotIdentifier: s } }`),
    'AC-SEC-2',
    ['unresolved'],
  ],
  [
    'a cluster from a snapshot',
    resources(`  E: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-postgresql, SnapshotIdentifier: s } }`),
    'AC-SEC-2',
    ['unresolved'],
  ],
  [
    'a replica',
    resources(`  E: { Type: AWS::RDS::DBInstance, Properties: { SourceDBInstanceIdentifier: s } }`),
    'AC-SEC-2',
    ['unresolved'],
  ],
  [
    'an instance that says nothing of backups',
    resources(`  E: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres } }`),
    'AC-REL-5',
    ['fail'],
  ],
  [
    'a trail of one region',
    `${resources(`  T: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: true, S3BucketName: x } }`)}`,
    'AC-SEC-7',
    ['unresolved', 'fail'],
  ],
  [
    'a trail that is off',
    `${resources(`  T: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: false, S3BucketName: x, IsMultiRegionTrail: true } }`)}`,
    'AC-SEC-7',
    ['fail'],
  ],
  [
    'a trail of writes alone',
    `${resources(`  T: { Type: AWS::CloudTrail::Trail, Properties: { IsLogging: true, S3BucketName: x, IsMultiRegionTrail: true, EventSelectors: [{ ReadWriteType: WriteOnly }] } }`)}`,
    'AC-SEC-7',
    ['fail'],
  ],
  [
    'transitions of old versions alone',
    resources(
      `  S: { Type: AWS::S3::Bucket, Properties: { LifecycleConfiguration: { Rules: [{ Status: Enabled, NoncurrentVersionTransitions: [{ StorageClass: GLACIER, TransitionInDays: 90 }] }] } } }`,
    ),
    'AC-COST-3',
    ['fail'],
  ],
  [
    'transitions of a folder alone',
    resources(
      `  S: { Type: AWS::S3::Bucket, Properties: { LifecycleConfiguration: { Rules: [{ Status: Enabled, Prefix: logs/, Transitions: [{ StorageClass: GLACIER, TransitionInDays: 90 }] }] } } }`,
    ),
    'AC-COST-3',
    ['fail'],
  ],
  [
    'SSH from everywhere by IPv6',
    resources(
      `  S: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: d, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIpv6: '::/0' }] } }`,
    ),
    'AC-SEC-4',
    ['fail'],
  ],
  [
    'the usual egress',
    resources(
      `  S: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: d, SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] } }`,
    ),
    'AC-SEC-4',
    ['fail', 'pass', 'unresolved'],
  ],
  [
    'no egress written',
    resources(
      `  S: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: d, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 }] } }`,
    ),
    'AC-SEC-4',
    ['fail', 'unresolved'],
  ],
];
const scaling = (id: string) => `  C: { Type: AWS::ECS::Cluster, Properties: { ClusterName: main } }
  T: { Type: AWS::ECS::TaskDefinition, Properties: { RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{ Name: a, Image: b }] } }
  S: { Type: AWS::ECS::Service, Properties: { Cluster: !Ref C, LaunchType: FARGATE, TaskDefinition: !Ref T, ServiceName: web, DesiredCount: 2 } }
  Target: { Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: { MinCapacity: 2, MaxCapacity: 10, ResourceId: ${id}, ScalableDimension: 'ecs:service:DesiredCount', ServiceNamespace: ecs } }`;
rows.push([
  'scaling by the text of ResourceId',
  resources(scaling('service/main/web')),
  'AC-REL-6',
  ['pass', 'unresolved'],
]);
const cl = (more: string) =>
  `  D: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-postgresql${more} } }\n  W: { Type: AWS::RDS::DBInstance, Properties: { Engine: aurora-postgresql, DBClusterIdentifier: !Ref D, DBInstanceClass: db.r6g.large, PromotionTier: 1 } }\n  X: { Type: AWS::RDS::DBInstance, Properties: { Engine: aurora-postgresql, DBClusterIdentifier: !Ref D, DBInstanceClass: db.r6g.large, PromotionTier: 5 } }`;
rows.push(['a single reader of tier 5', resources(cl('')), 'AC-REL-4', ['needs-runtime', 'unresolved']]);
rows.push(['a cluster without a subnet group', resources(cl('')), 'AC-REL-1', ['unresolved']]);
rows.push([
  'a cluster in the default subnet group',
  resources(cl(', DBSubnetGroupName: default')),
  'AC-REL-1',
  ['unresolved'],
]);
const database = `  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres } }\n`;
const cache = (
  env: string,
  ing: string,
) => `${database}  V: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  TS: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: t, VpcId: !Ref V } }
  CS: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: c, VpcId: !Ref V, SecurityGroupIngress: [${ing}] } }
  R: { Type: AWS::ElastiCache::ReplicationGroup, Properties: { ReplicationGroupDescription: r, Engine: redis, SecurityGroupIds: [!Ref CS], CacheNodeType: cache.t4g.micro, NumCacheClusters: 2 } }
  C: { Type: AWS::ECS::Cluster }
  T: { Type: AWS::ECS::TaskDefinition, Properties: { RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{ Name: a, Image: b, Environment: [${env}] }] } }
  T2: { Type: AWS::ECS::TaskDefinition, Properties: { RequiresCompatibilities: [FARGATE], ContainerDefinitions: [{ Name: w, Image: b }] } }
  S: { Type: AWS::ECS::Service, Properties: { Cluster: !Ref C, LaunchType: FARGATE, TaskDefinition: !Ref T, NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: [!Ref TS], Subnets: [x] } } } }
  S2: { Type: AWS::ECS::Service, Properties: { Cluster: !Ref C, LaunchType: FARGATE, TaskDefinition: !Ref T2, NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: [!Ref TS], Subnets: [x] } } } }`;
const told = `{ Name: REDIS_URL, Value: !Sub 'rediss://\${R.PrimaryEndPoint.Address}:6379' }`;
const ing = '{ IpProtocol: tcp, FromPort: 6379, ToPort: 6379, SourceSecurityGroupId: !Ref TS }';
rows.push([
  'a cache in a URL of one of two services',
  resources(cache(told, ing)),
  'AC-PERF-5',
  ['pass', 'unresolved', 'needs-runtime'],
]);
rows.push(['a cache that is closed to who is told of it', resources(cache(told, '')), 'AC-PERF-5', ['fail']]);
rows.push([
  'a cache whose own group is closed, and that wears a group of no template beside it',
  resources(cache(told, '').replace('SecurityGroupIds: [!Ref CS]', 'SecurityGroupIds: [!Ref CS, sg-12345678]')),
  'AC-PERF-5',
  ['unresolved'],
]);
rows.push([
  'a cache whose group is open to another protocol',
  resources(cache(told, ing.replace('tcp', 'udp'))),
  'AC-PERF-5',
  ['fail'],
]);
rows.push([
  'a cache whose group is open on a port that only a deployment knows',
  resources(cache(told, ing.replaceAll('6379', '!GetAtt R.PrimaryEndPoint.Port'))),
  'AC-PERF-5',
  ['unresolved'],
]);
rows.push(['a cache of which nobody is told', resources(cache('', ing)), 'AC-PERF-5', ['fail']]);
rows.push([
  'a cache of which a function is told',
  resources(`${database}  V: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  TS: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: t, VpcId: !Ref V } }
  CS: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: c, VpcId: !Ref V, SecurityGroupIngress: [${ing}] } }
  R: { Type: AWS::ElastiCache::ReplicationGroup, Properties: { ReplicationGroupDescription: r, Engine: redis, SecurityGroupIds: [!Ref CS], CacheNodeType: cache.t4g.micro, NumCacheClusters: 2 } }${role('')}${lambda(', VpcConfig: { SecurityGroupIds: [!Ref TS], SubnetIds: [x] }, Environment: { Variables: { CACHE: !GetAtt R.PrimaryEndPoint.Address } }')}`),
  'AC-PERF-5',
  ['pass', 'unresolved', 'needs-runtime'],
]);
const alarm = (
  m: string,
  dims: string,
  stat = 'ExtendedStatistic: p95',
) => `  LB: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Type: application } }
  TG: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { Protocol: HTTP, Port: 80 } }
  T: { Type: AWS::SNS::Topic, Properties: { Subscription: [{ Protocol: email, Endpoint: a@example.com }] } }
  A: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmActions: [!Ref T], Namespace: AWS/ApplicationELB, MetricName: ${m}, Dimensions: [${dims}], ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, Threshold: 1, Period: 60, ${stat} } }`;
const lbd = '{ Name: LoadBalancer, Value: !GetAtt LB.LoadBalancerFullName }';
rows.push([
  'an alarm on the least response time',
  resources(alarm('TargetResponseTime', lbd, 'Statistic: Minimum')),
  'AC-PERF-1',
  ['fail'],
]);
rows.push(['an alarm by load balancer', resources(alarm('TargetResponseTime', lbd)), 'AC-PERF-1', ['needs-runtime']]);
rows.push([
  'an alarm by load balancer and target group',
  resources(alarm('TargetResponseTime', `${lbd}, { Name: TargetGroup, Value: !GetAtt TG.TargetGroupFullName }`)),
  'AC-PERF-1',
  ['needs-runtime'],
]);
rows.push([
  'an alarm by the ARN of the load balancer',
  resources(alarm('TargetResponseTime', '{ Name: LoadBalancer, Value: !Ref LB }')),
  'AC-PERF-1',
  ['fail'],
]);
rows.push([
  'an alarm on the latency of an API',
  resources(
    `  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }\n  T: { Type: AWS::SNS::Topic, Properties: { Subscription: [{ Protocol: email, Endpoint: a@example.com }] } }\n  A: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmActions: [!Ref T], Namespace: AWS/ApiGateway, MetricName: Latency, Dimensions: [{ Name: ApiName, Value: shop }], ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, Threshold: 1000, Period: 60, ExtendedStatistic: p95 } }`,
  ),
  'AC-PERF-1',
  ['needs-runtime', 'unresolved'],
]);
rows.push([
  'a route table from elsewhere',
  resources(
    `  V: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }\n  S: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref V, CidrBlock: 10.0.1.0/24 } }\n  As: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref S, RouteTableId: rtb-12345678 } }\n  E: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref V, ServiceName: com.amazonaws.ap-northeast-1.s3, RouteTableIds: [rtb-12345678] } }\n  N: { Type: AWS::EC2::Route, Properties: { RouteTableId: rtb-12345678, NatGatewayId: nat-1, DestinationCidrBlock: 0.0.0.0/0 } }\n  E2: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref V, ServiceName: com.amazonaws.ap-northeast-1.dynamodb, RouteTableIds: [rtb-12345678] } }`,
  ),
  'AC-COST-5',
  ['pass', 'unresolved'],
]);
rows.push([
  'a managed policy that traces',
  resources(
    `${role("      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess']")}${lambda(', TracingConfig: { Mode: Active }')}`,
  ),
  'AC-OPS-3',
  ['pass', 'unresolved'],
]);
rows.push([
  'a managed policy that does not trace',
  resources(
    `${role("      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess']")}${lambda(', TracingConfig: { Mode: Active }')}`,
  ),
  'AC-OPS-3',
  ['fail'],
]);
rows.push([
  'the basic policy of Lambda',
  resources(
    `${role("      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']")}${lambda('')}`,
  ),
  'AC-OPS-1',
  ['pass'],
]);
rows.push([
  'an origin group of buckets',
  resources(
    `  B: { Type: AWS::S3::Bucket }\n  D: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Enabled: true, Origins: [{ Id: a, DomainName: !GetAtt B.RegionalDomainName, S3OriginConfig: {} }, { Id: b, DomainName: !GetAtt B.RegionalDomainName, S3OriginConfig: {} }], OriginGroups: { Quantity: 1, Items: [{ Id: g, Members: { Quantity: 2, Items: [{OriginId: a}, {OriginId: b}] }, FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [500] } } }] }, DefaultCacheBehavior: { TargetOriginId: g, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6 } } } }`,
  ),
  'AC-PERF-4',
  ['pass', 'unresolved'],
]);
rows.push([
  'a behaviour to an origin that is not there',
  resources(
    `  B: { Type: AWS::S3::Bucket }\n  D: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Enabled: true, Origins: [{ Id: a, DomainName: api.example.com, CustomOriginConfig: { OriginProtocolPolicy: https-only } }], DefaultCacheBehavior: { TargetOriginId: g, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6 } } } }`,
  ),
  'AC-PERF-4',
  ['fail'],
]);
rows.push([
  'a distribution that is off',
  resources(
    `  B: { Type: AWS::S3::Bucket }\n  D: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Enabled: false, Origins: [{ Id: a, DomainName: !GetAtt B.RegionalDomainName, S3OriginConfig: {} }], DefaultCacheBehavior: { TargetOriginId: a, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6 } } } }`,
  ),
  'AC-PERF-4',
  ['fail'],
]);
test.each(rows)('%s', async (_, template, id, right) => {
  expect(right).toContain((await criteriaOn(template))(id));
});
