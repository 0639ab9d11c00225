// Templates that meet every criterion, written by hand in another style than our own builder's: policies that serve several things at
// once, booleans where CDK writes words, a daemon where we have a collector, times in UTC. Built on the samples of the statements.

import type { Node, StackSource, TemplateNode } from '../../../assembly/scope.ts';
import { tagPropertyOf } from '../../../aws/taggable-types.ts';
import { monthlyBudget } from '../../../design/budget.ts';
import { perEnvironment, rests } from '../../../design/environments.ts';
import type { Design, Environment } from '../../../design/schema.ts';
import { sampleSources } from './sample-templates.ts';

type Resources = Record<string, TemplateNode>;
type Changes = Readonly<Record<string, TemplateNode>>;
const ref = (Ref: string): TemplateNode => ({ Ref });
const att = (id: string, attribute: string): TemplateNode => ({ 'Fn::GetAtt': [id, attribute] });
const sub = (text: string): TemplateNode => ({ 'Fn::Sub': text });
const resource = (Type: string, Properties: TemplateNode): TemplateNode => ({ Type, Properties });
const account: TemplateNode = ref('AWS::AccountId');

/** The templates of one environment, in two regions. */
export function criterionSources(design: Design, environment: Environment): StackSource[] {
  const prefix = `${environment.charAt(0).toUpperCase()}${environment.slice(1)}`;
  const from = (stack: string, OutputName: string): TemplateNode => ({
    'Fn::GetStackOutput': { StackName: `${prefix}${stack}`, Region: design.region, OutputName },
  });
  const input = { design, environment, from };
  const stacks = new Set<string>(
    [...design.stacks.map(({ name }) => name), 'CopiesStack'].map((name) => `${prefix}${name}`),
  );
  const eight = sampleSources(design, environment).filter(({ id }) => stacks.has(id));
  const own = eight.map((source) => {
    const name = source.id.slice(prefix.length);
    const { changes = {}, added = {}, outputs = {} } = partsOf(name, input);
    return withParts(source, changes, added, outputs);
  });
  const further = (name: string, region: string, Resources: Resources): StackSource => ({
    id: `${prefix}${name}`,
    name: `${prefix}${name}`,
    region,
    templateFile: `${prefix}${name}.template.json`,
    template: { Resources },
    tags: {},
    terminationProtection: true,
    waitsFor: [],
    paths: {},
  });
  const tags = {
    Environment: environment,
    Project: design.inputs.project,
    Owner: design.inputs.owner,
    ManagedBy: 'hand',
  };
  return [
    ...own,
    further('EdgeStack', 'us-east-1', edge(input)),
    further('GovernanceStack', design.region, governance(input)),
  ].map((source) => tagged(source, tags));
}

interface Input {
  readonly design: Design;
  readonly environment: Environment;
  readonly from: (stack: string, output: string) => TemplateNode;
}

interface Parts {
  /** Properties to be laid over those of a resource. */
  readonly changes?: Changes;
  readonly added?: Resources;
  readonly outputs?: Readonly<Record<string, Node>>;
}

/** What the samples of the statements have too, in another way. */
const replaced = ['AWS::CloudTrail::Trail', 'AWS::Budgets::Budget', 'AWS::Scheduler::Schedule'];

function withParts(source: StackSource, changes: Changes, added: Resources, outputs: Parts['outputs']): StackSource {
  const { Resources = {}, Outputs = {} } = source.template as { Resources?: Resources; Outputs?: TemplateNode };
  const changed = Object.fromEntries(
    Object.entries(Resources).flatMap(([id, node]) => {
      if (replaced.includes(String(node.Type))) return [];
      const change = changes[id];
      const properties = { ...(node.Properties as TemplateNode), ...change };
      return [[id, change === undefined ? node : { ...node, Properties: properties }]];
    }),
  );
  return {
    ...source,
    template: { ...source.template, Resources: { ...changed, ...added }, Outputs: { ...Outputs, ...outputs } },
  };
}

/** Every resource of a type that takes tags has them, beside those that it had. */
function tagged(source: StackSource, tags: Readonly<Record<string, string>>): StackSource {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const resources = Object.entries(source.template.Resources as Resources).map(([id, node]) => {
    const property = tagPropertyOf(String(node.Type));
    if (property === undefined) return [id, node] as const;
    const properties = (node.Properties ?? {}) as TemplateNode;
    const before = (properties[property] ?? []) as readonly Node[];
    return [id, { ...node, Properties: { ...properties, [property]: [...before, ...list] } }] as const;
  });
  return { ...source, tags, template: { ...source.template, Resources: Object.fromEntries(resources) } };
}

function partsOf(name: string, input: Input): Parts {
  switch (name) {
    case 'DatabaseStack':
      return database(input);
    case 'CacheStack':
      return { changes: { Redis: { TransitEncryptionEnabled: 'true', Port: 6379 } } };
    case 'StorageStack':
      return storage(input);
    case 'CopiesStack':
      return copies(input);
    case 'ComputeStack':
      return compute(input);
    case 'MessagingStack':
      return messaging();
    case 'MonitoringStack':
      return monitoring();
    default:
      return {};
  }
}

function database({ design, environment }: Input): Parts {
  const managed = environment === 'staging';
  return {
    changes: {
      Cluster: {
        StorageEncrypted: 'true',
        ...(managed ? { MasterUserPassword: ref('AWS::NoValue'), ManageMasterUserPassword: true } : {}),
      },
      Password: { GenerateSecretString: { PasswordLength: 30 } },
      Parameters: { Parameters: { max_connections: '1600', 'rds.force_ssl': 1 } },
    },
    outputs: {
      Address: { Value: att('Cluster', 'Endpoint.Address') },
      ...(design.tables.length > 0 ? { TableArn: { Value: att('Answers', 'Arn') } } : {}),
    },
  };
}

/** One statement for a bucket and what is in it. */
const secureOnly = (service: string, ...resources: readonly Node[]): TemplateNode => ({
  Effect: 'Deny',
  Principal: '*',
  Action: `${service}:*`,
  Resource: resources,
  Condition: { Bool: { 'aws:SecureTransport': false } },
});

function storage({ design }: Input): Parts {
  const [first = { storageClass: 'GLACIER', afterDays: 90 }, ...others] = design.backup.s3.transitions;
  const move = ({ storageClass, afterDays }: typeof first) => ({
    StorageClass: storageClass,
    TransitionInDays: afterDays,
  });
  return {
    changes: {
      Data: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' } }],
        },
        LifecycleConfiguration: {
          Rules: [
            {
              Status: 'Enabled',
              ObjectSizeGreaterThan: '131072',
              Transition: move(first),
              Transitions: others.map(move),
            },
          ],
        },
      },
      Key: {
        KeyPolicy: {
          Statement: {
            Effect: 'Allow',
            Principal: { Service: ['cloudtrail.amazonaws.com'] },
            Action: ['kms:GenerateDataKey*', 'kms:DescribeKey', 'kms:Decrypt'],
            Resource: '*',
            Condition: { StringLike: { 'AWS:SourceArn': sub(`arn:aws:cloudtrail:*:\${AWS::AccountId}:trail/*`) } },
          },
        },
      },
      Logs: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: 'true',
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: ref('Key') },
            },
          ],
        },
      },
      LogsPolicy: {
        PolicyDocument: {
          Statement: [
            secureOnly('s3', att('Logs', 'Arn'), sub(`\${Logs.Arn}/*`)),
            {
              Effect: 'Allow',
              Principal: { Service: ['delivery.logs.amazonaws.com', 'cloudtrail.amazonaws.com'] },
              Action: 's3:PutObject',
              Resource: sub(`\${Logs.Arn}/*`),
            },
          ],
        },
      },
    },
    added: {
      DataPolicy: resource('AWS::S3::BucketPolicy', {
        Bucket: ref('Data'),
        PolicyDocument: { Statement: secureOnly('s3', sub(`arn:aws:s3:::\${Data}`), sub(`arn:aws:s3:::\${Data}/*`)) },
      }),
    },
    outputs: {
      LogsName: { Value: ref('Logs') },
      KeyArn: { Value: att('Key', 'Arn') },
      LogsBucketArn: { Value: att('Logs', 'Arn') },
      DataBucketArn: { Value: att('Data', 'Arn') },
    },
  };
}

/** Where objects lie a second time. */
function copies({ design }: Input): Parts {
  const statement = secureOnly('s3', att('Copies', 'Arn'), sub(`\${Copies.Arn}/*`));
  const moves = design.backup.s3.transitions.map(({ storageClass, afterDays }) => ({
    StorageClass: storageClass,
    TransitionInDays: afterDays,
  }));
  return {
    changes: { Copies: { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Transitions: moves }] } } },
    added: {
      CopiesPolicy: resource('AWS::S3::BucketPolicy', {
        Bucket: ref('Copies'),
        PolicyDocument: { Statement: statement },
      }),
    },
  };
}

function compute({ design, environment, from }: Input): Parts {
  const { task } = perEnvironment(design.sizes, environment);
  const isResting = rests(design, environment);
  const action = (ScheduledActionName: string, Schedule: string, MinCapacity: number, MaxCapacity: number) => ({
    ScheduledActionName,
    Schedule,
    Timezone: 'Asia/Tokyo',
    ScalableTargetAction: { MinCapacity, MaxCapacity },
  });
  const container = (Name: string, Image: string, Environment: readonly Node[]): TemplateNode => ({
    Name,
    Image,
    Environment,
    LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': ref('Tasks') } },
  });
  return {
    changes: {
      Task: {
        ContainerDefinitions: [
          container('api', 'public.ecr.aws/example/api:1', [
            { Name: 'CACHE', Value: from('CacheStack', 'RedisPrimaryEndPoint.Address') },
            { Name: 'DATABASE', Value: from('DatabaseStack', 'Address') },
            { Name: 'AWS_XRAY_DAEMON_ADDRESS', Value: 'localhost:2000' },
          ]),
          container('traces', 'public.ecr.aws/xray/aws-xray-daemon:3', []),
        ],
      },
      Service: { PropagateTags: 'TASK_DEFINITION' },
      Members: { TargetType: 'ip', Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS' },
      Https: { SslPolicy: 'ELBSecurityPolicy-FS-1-2-Res-2020-10' },
      Orders: { TracingConfig: { Mode: 'Active' } },
      ...(isResting
        ? {
            Target: {
              ScheduledActions: [
                action('sleep', 'cron(0 19 ? * 2-6 *)', 0, 0),
                action('wake', 'cron(0 9 ? * MON,TUE,WED,THU,FRI *)', task.minimum, task.maximum),
              ],
            },
          }
        : {}),
    },
    added: {
      Tracing: resource('AWS::IAM::ManagedPolicy', {
        Roles: [from('SecurityStack', 'Roletask'), from('SecurityStack', 'Rolelambda')],
        PolicyDocument: {
          Statement: { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' },
        },
      }),
    },
    outputs: { OrdersFunction: { Value: att('Orders', 'Arn') } },
  };
}

function messaging(): Parts {
  return {
    added: {
      Transport: resource('AWS::SQS::QueuePolicy', {
        Queues: [ref('Queue'), ref('Dead')],
        PolicyDocument: { Statement: [secureOnly('sqs', '*')] },
      }),
      TopicTransport: resource('AWS::SNS::TopicPolicy', {
        Topics: [ref('Events'), ref('Operations')],
        PolicyDocument: { Statement: [secureOnly('sns', '*')] },
      }),
    },
  };
}

/** What reaches topics: alarms of the account, and budgets. */
const listening = (...topics: readonly string[]): TemplateNode =>
  resource('AWS::SNS::TopicPolicy', {
    Topics: topics.map(ref),
    PolicyDocument: {
      Statement: [
        secureOnly('sns', '*'),
        {
          Effect: 'Allow',
          Principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
          Action: ['sns:Publish'],
          Resource: '*',
          Condition: { StringEquals: { 'aws:SourceAccount': account } },
        },
      ],
    },
  });

const monitoring = (): Parts => ({
  added: { Hearing: listening('Topicwarning', 'Topiccritical') },
  outputs: { Spending: { Value: ref('Topiccritical') } },
});

/** CloudFront in front of the load balancer, static files in a bucket of its own. */
function edge({ design, from }: Input): Resources {
  const { domain, alertEmail } = design.inputs;
  return {
    Files: resource('AWS::S3::Bucket', {
      BucketName: `${design.inputs.project}-files`,
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
      LifecycleConfiguration: {
        Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 } }],
      },
    }),
    FilesPolicy: resource('AWS::S3::BucketPolicy', {
      Bucket: ref('Files'),
      PolicyDocument: {
        Statement: [
          secureOnly(
            's3',
            `arn:aws:s3:::${design.inputs.project}-files`,
            `arn:aws:s3:::${design.inputs.project}-files/*`,
          ),
        ],
      },
    }),
    Site: resource('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Enabled: 'true',
        Origins: [
          { Id: 'files', DomainName: att('Files', 'RegionalDomainName'), S3OriginConfig: {} },
          {
            Id: 'api',
            DomainName: `origin.${domain}`,
            CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
          },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'files',
          ViewerProtocolPolicy: 'https-only',
          CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        },
        CacheBehaviors: [
          {
            PathPattern: '/orders*',
            TargetOriginId: 'api',
            ViewerProtocolPolicy: 'redirect-to-https',
            CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          },
        ],
        ViewerCertificate: {
          AcmCertificateArn: 'arn:aws:acm:us-east-1:1:certificate/site',
          SslSupportMethod: 'sni-only',
          MinimumProtocolVersion: 'TLSv1.2_2021',
        },
      },
    }),
    Alerts: resource('AWS::SNS::Topic', { Subscription: [{ Protocol: 'email-json', Endpoint: alertEmail }] }),
    Hearing: listening('Alerts'),
    Errors: resource('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/CloudFront',
      MetricName: '5xxErrorRate',
      Dimensions: [{ Name: 'DistributionId', Value: ref('Site') }],
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 5,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [ref('Alerts')],
    }),
    Alive: resource('AWS::Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'HTTPS',
        FullyQualifiedDomainName: from('ComputeStack', 'BalancerLoadBalancerFullName'),
      },
    }),
  };
}

/** A trail with selectors of the older kind, a budget with an absolute threshold, a database that is stopped by UTC. */
function governance({ design, environment, from }: Input): Resources {
  const amount = environment === 'production' ? 1500 : monthlyBudget(design, environment);
  const isResting = rests(design, environment);
  const turn = (operation: string, ScheduleExpression: string): TemplateNode =>
    resource('AWS::Scheduler::Schedule', {
      ScheduleExpression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: `arn:aws:scheduler:::aws-sdk:rds:${operation}`,
        RoleArn: att('Sleeper', 'Arn'),
        Input: { 'Fn::Join': ['', ['{"DbClusterIdentifier":"', from('DatabaseStack', 'Cluster'), '"}']] },
      },
    });
  return {
    Trail: resource('AWS::CloudTrail::Trail', {
      IsLogging: true,
      IsMultiRegionTrail: true,
      S3BucketName: from('StorageStack', 'LogsName'),
      KMSKeyId: from('StorageStack', 'KeyArn'),
      EventSelectors: [
        {
          ReadWriteType: 'All',
          IncludeManagementEvents: true,
          DataResources: [
            { Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] },
            { Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] },
            ...(design.tables.length > 0
              ? [{ Type: 'AWS::DynamoDB::Table', Values: [from('DatabaseStack', 'TableArn')] }]
              : []),
          ],
        },
      ],
    }),
    Spending: resource('AWS::Budgets::Budget', {
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: String(amount), Unit: 'USD' } },
      NotificationsWithSubscribers: [
        {
          Notification: {
            NotificationType: 'ACTUAL',
            ComparisonOperator: 'GREATER_THAN',
            Threshold: amount,
            ThresholdType: 'ABSOLUTE_VALUE',
          },
          Subscribers: [{ SubscriptionType: 'SNS', Address: from('MonitoringStack', 'Spending') }],
        },
      ],
    }),
    ...(isResting
      ? {
          Sleeper: resource('AWS::IAM::Role', {
            AssumeRolePolicyDocument: {
              Statement: {
                Effect: 'Allow',
                Principal: { Service: 'scheduler.amazonaws.com' },
                Action: 'sts:AssumeRole',
              },
            },
            Policies: [
              {
                PolicyName: 'sleep',
                PolicyDocument: {
                  Statement: {
                    Effect: 'Allow',
                    Action: ['rds:StartDBCluster', 'rds:StopDBCluster'],
                    Resource: {
                      'Fn::Join': [
                        '',
                        [
                          'arn:aws:rds:',
                          ref('AWS::Region'),
                          ':',
                          account,
                          ':cluster:',
                          from('DatabaseStack', 'Cluster'),
                        ],
                      ],
                    },
                  },
                },
              },
            ],
          }),
          Sleep: turn('stopDBCluster', 'cron(0 10 ? * MON-FRI *)'),
          Wake: turn('startDBCluster', 'cron(0 0 ? * MON-FRI *)'),
        }
      : {}),
  };
}
