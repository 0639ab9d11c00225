// A small environment for tests of day 2: a queue and its dead letters, a service that scales, a database that is stopped, three secrets.
import { buildGraph } from '../../../assembly/build-graph.ts';
import { environmentGraphOf } from '../../../assembly/environment-graph.ts';
import type { Node, StackSource, TemplateNode } from '../../../assembly/scope.ts';
import type { Clock } from '../../../common/clock.ts';
import { type Answers, type AwsStub, startAwsStub } from '../../aws/testing/aws-stub.ts';
import { type DayTwoClients, type DeployedEnvironment, dayTwoClients, environmentAt } from '../environment.ts';

const region = 'ap-northeast-1';
const edgeRegion = 'us-east-1';
const standbyRegion = 'us-west-2';

const ref = (Ref: string) => ({ Ref });
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const call = (target: string, input: object | TemplateNode): TemplateNode => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: { Target: { Arn: `arn:aws:scheduler:::aws-sdk:${target}`, Input: input as Node } },
});
const joined = (...parts: Node[]): TemplateNode => ({ 'Fn::Join': ['', parts] });
const header = (...secrets: string[]): TemplateNode => ({
  Field: 'http-header',
  HttpHeaderConfig: {
    HttpHeaderName: 'x-origin-token',
    Values: secrets.map((id) => joined('{{resolve:secretsmanager:', ref(id), ':SecretString::', ref('Stage'), '}}')),
  },
});
const random = { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } };
const scaling = (least: number, most: number) =>
  joined(
    '{"ServiceNamespace":"ecs","ResourceId":"service/',
    ref('Cluster'),
    '/',
    { 'Fn::GetAtt': ['Service', 'Name'] },
    `","ScalableDimension":"ecs:service:DesiredCount","MinCapacity":${least},"MaxCapacity":${most}}`,
  );
const tasks = (count: number) =>
  joined(
    '{"Cluster":"',
    ref('Cluster'),
    '","Service":"',
    { 'Fn::GetAtt': ['Service', 'Name'] },
    `","DesiredCount":${count}}`,
  );
const database = joined('{"DbClusterIdentifier":"', ref('Database'), '"}');

const stage = { Stage: { Type: 'String', Default: 'AWSCURRENT', AllowedValues: ['AWSCURRENT', ''] } };

/** One stack stands for all in the primary region; the edge is apart. */
const main: TemplateNode = {
  Parameters: { ...stage, BootstrapVersion: { Type: 'String', Default: '/cdk-bootstrap/version' } },
  Resources: {
    Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { deadLetterTargetArn: arn('Dead') } } },
    Undelivered: { Type: 'AWS::SQS::Queue', Properties: {} },
    Cluster: { Type: 'AWS::ECS::Cluster' },
    Service: { Type: 'AWS::ECS::Service', Properties: { Cluster: ref('Cluster') } },
    Target: { Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { MinCapacity: 1, MaxCapacity: 4 } },
    Database: { Type: 'AWS::RDS::DBCluster' },
    DatabaseSecret: { Type: 'AWS::SecretsManager::Secret', Properties: random },
    Attachment: {
      Type: 'AWS::SecretsManager::SecretTargetAttachment',
      Properties: { SecretId: ref('DatabaseSecret') },
    },
    Rotation: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: ref('Attachment') } },
    Token: { Type: 'AWS::SecretsManager::Secret', Properties: random },
    Cache: {
      Type: 'AWS::ElastiCache::ReplicationGroup',
      Properties: { AuthToken: joined('{{resolve:secretsmanager:', ref('Token'), '}}') },
    },
    Current: { Type: 'AWS::SecretsManager::Secret', Properties: random },
    Next: { Type: 'AWS::SecretsManager::Secret', Properties: random },
    Rule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: { Conditions: [header('Current', 'Next')] },
    },
    Silence: call('cloudwatch:disableAlarmActions', joined('{"AlarmNames":["a","b"]}')),
    Speech: call('cloudwatch:enableAlarmActions', joined('{"AlarmNames":["a","b"]}')),
    StopScaling: call('applicationautoscaling:registerScalableTarget', scaling(0, 0)),
    StartScaling: call('applicationautoscaling:registerScalableTarget', scaling(1, 4)),
    StopTasks: call('ecs:updateService', tasks(0)),
    StartTasks: call('ecs:updateService', tasks(1)),
    StopDatabase: call('rds:stopDBCluster', database),
    StopDatabaseAgain: call('rds:stopDBCluster', database),
    StartDatabase: call('rds:startDBCluster', database),
  },
  Outputs: { CurrentArn: { Value: ref('Current') }, NextArn: { Value: ref('Next') } },
};

const output = (OutputName: string) => ({
  'Fn::GetStackOutput': { StackName: 'DevelopmentMainStack', Region: region, OutputName },
});

/** Another region's load balancer, which knows CloudFront by the same two values. */
const standby: TemplateNode = {
  Parameters: stage,
  Resources: {
    StandbyRule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        Conditions: [
          {
            HttpHeaderConfig: {
              Values: ['CurrentArn', 'NextArn'].map((name) => joined('{{resolve:secretsmanager:', output(name), '}}')),
            },
          },
        ],
      },
    },
  },
};

const edge: TemplateNode = {
  Parameters: stage,
  Resources: {
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Origins: [
            {
              OriginCustomHeaders: [
                {
                  HeaderName: 'x-origin-token',
                  HeaderValue: joined('{{resolve:secretsmanager:', output('CurrentArn')),
                },
              ],
            },
          ],
        },
      },
    },
  },
};

function source(
  id: string,
  where: string,
  template: TemplateNode,
  paths: Readonly<Record<string, string>>,
): StackSource {
  return { id, name: id, region: where, templateFile: `${id}.json`, template, tags: {}, waitsFor: [], paths };
}

const sample = buildGraph([
  source('DevelopmentMainStack', region, main, {
    Dead: 'DevelopmentMainStack/Fulfilment/DeadLetters/Resource',
    Queue: 'DevelopmentMainStack/Fulfilment/Queue/Resource',
    Undelivered: 'DevelopmentMainStack/Undelivered/Resource',
  }),
  source('DevelopmentEdgeStack', edgeRegion, edge, {}),
  source('DevelopmentStandbyStack', standbyRegion, standby, {}),
]);

const secretArn = (name: string) => `arn:aws:secretsmanager:${region}:111122223333:secret:${name}`;
/** What things are called in the account, by logical id. */
export const names: Readonly<Record<string, string>> = {
  Service: `arn:aws:ecs:${region}:111122223333:service/the-cluster/the-service`,
  Cluster: 'the-cluster',
  Database: 'the-database',
  Cache: 'the-cache',
  DatabaseSecret: secretArn('database'),
  Token: secretArn('token'),
  Current: secretArn('current'),
  Next: secretArn('next'),
  Rule: 'the-rule',
};

/** That environment, with these clients; `names` may be others. */
export function environmentWith(
  clients: DayTwoClients,
  others: Readonly<Record<string, string>> = {},
): DeployedEnvironment {
  const known = { ...names, ...others };
  const environmentGraph = environmentGraphOf(sample, 'development', region);
  const deployed = {
    stack: () => undefined,
    physical: ({ key }: { readonly key: string }) => known[key.split('/')[1] ?? ''],
    changedAt: () => undefined,
  };
  return environmentAt({ clients, environmentGraph, deployed, region, clock: quickClock() });
}

export interface ScriptedEnvironment {
  readonly place: DeployedEnvironment;
  /** `<operation> <what it was about>` of everything that changes something, in order. */
  changes(): readonly string[];
  readonly stub: AwsStub;
}

/** That environment, with an AWS that answers what the test says. */
export async function play(
  answers: Answers,
  others: Readonly<Record<string, string>> = {},
): Promise<ScriptedEnvironment> {
  const stub = await startAwsStub(answers);
  const { protocol, hostname, port = '' } = (await stub.clients.queues(region).config.endpoint?.()) ?? {};
  const clients = dayTwoClients({
    endpoint: `${protocol}//${hostname}:${port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const changes = () =>
    stub.asked
      .filter(({ operation }) => !/^(Describe|List|Get)/.test(operation))
      .map(({ operation, input }) => `${operation} ${JSON.stringify(input)}`);
  return { place: environmentWith(clients, others), changes, stub };
}

/** Time passes when somebody waits. */
function quickClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
  };
}
