// What keeps and carries data, as the templates have it: database, cache, queues, topics, buckets, tables, secrets, and events.
import { at, isProperties, literal, type Properties, type Resource, type Value } from '../../assembly/graph.ts';
import { listAt, numberAt, textAt } from '../../assembly/properties.ts';
import { instancesOf } from '../../assembly/questions/compute.ts';
import { deadLetterOf } from '../../assembly/questions/queues.ts';
import { type LocalGraph, physicalName } from './local-graph.ts';

export interface DatabasePlan {
  readonly key: string;
  readonly port: number;
  readonly name: string;
  readonly username: Value | undefined;
  readonly password: Value | undefined;
  /** One of them writes, the others stand by. */
  readonly instances: number;
  /** The cluster's parameters, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Those that a step of the deployment makes, and nobody here. */
  readonly extensions: readonly string[];
}

export interface CachePlan {
  readonly key: string;
  readonly port: number;
  readonly token: Value | undefined;
  readonly encrypted: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface QueuePlan {
  readonly key: string;
  readonly name: string;
  /** Seconds. */
  readonly visibilityTimeout: number;
  readonly waitTime: number;
  readonly retention: number;
  readonly delay: number;
  readonly deadLetters: { readonly queue: string; readonly maxReceiveCount: number } | undefined;
}

export interface NamedPlan {
  readonly key: string;
  readonly name: string;
}

export interface TablePlan extends NamedPlan {
  /** What DynamoDB's CreateTable takes of it. */
  readonly definition: Properties;
}

export interface SecretPlan extends NamedPlan {
  /** The keys of resources that stand for the same secret. */
  readonly attachments: readonly string[];
  readonly length: number;
  readonly exclude: string;
  readonly excludePunctuation: boolean;
  /** JSON that the made text is put into, and under which name; absent: the made text alone. */
  readonly template: string | undefined;
  readonly field: string | undefined;
  /** The whole value, where the template has it. */
  readonly value: string | undefined;
  /** Codes of the regions that have it too. */
  readonly replicas: readonly string[];
}

export interface EventRulePlan {
  readonly key: string;
  readonly schedule: string | undefined;
  readonly pattern: Value | undefined;
  readonly targets: readonly EventTargetPlan[];
}

export interface EventTargetPlan {
  readonly arn: Value | undefined;
  readonly input: string | undefined;
  readonly paths: Readonly<Record<string, string>>;
  readonly template: string | undefined;
}

export function readDatabase(graph: LocalGraph): DatabasePlan {
  const cluster = graph.one('AWS::RDS::DBCluster');
  const group = graph.find(at(cluster.properties, 'DBClusterParameterGroupName'));
  return {
    key: cluster.key,
    port: numberAt(cluster, ['Port'], 5432),
    name: textAt(cluster, ['DatabaseName']) ?? 'postgres',
    username: at(cluster.properties, 'MasterUsername'),
    password: at(cluster.properties, 'MasterUserPassword'),
    instances: instancesOf(graph, cluster).length,
    parameters: texts(at(group?.properties, 'Parameters')),
    extensions: graph
      .all('Custom::DatabaseExtensions')
      .flatMap((step) => listAt(step, ['Extensions']).map((name) => String(literal(name) ?? ''))),
  };
}

export function readCache(graph: LocalGraph): CachePlan | undefined {
  const [group] = graph.all('AWS::ElastiCache::ReplicationGroup');
  if (group === undefined) return undefined;
  return {
    key: group.key,
    port: numberAt(group, ['Port'], 6379),
    token: at(group.properties, 'AuthToken'),
    encrypted: textAt(group, ['TransitEncryptionEnabled']) === 'true',
    parameters: texts(at(graph.find(at(group.properties, 'CacheParameterGroupName'))?.properties, 'Properties')),
  };
}

export function readQueues(graph: LocalGraph): readonly QueuePlan[] {
  return graph.all('AWS::SQS::Queue').map((queue) => {
    const dead = deadLetterOf(graph, queue);
    return {
      key: queue.key,
      name: physicalName(queue, 'QueueName'),
      visibilityTimeout: numberAt(queue, ['VisibilityTimeout'], 30),
      waitTime: numberAt(queue, ['ReceiveMessageWaitTimeSeconds'], 0),
      retention: numberAt(queue, ['MessageRetentionPeriod'], 345_600),
      delay: numberAt(queue, ['DelaySeconds'], 0),
      deadLetters:
        dead === undefined
          ? undefined
          : { queue: dead.key, maxReceiveCount: numberAt(queue, ['RedrivePolicy', 'maxReceiveCount'], 10) },
    };
  });
}

export const readTopics = (graph: LocalGraph): readonly NamedPlan[] =>
  graph.all('AWS::SNS::Topic').map((topic) => ({ key: topic.key, name: physicalName(topic, 'TopicName') }));

/** The name of a bucket has no capitals. */
export const readBuckets = (graph: LocalGraph): readonly NamedPlan[] =>
  graph.all('AWS::S3::Bucket').map((bucket) => ({
    key: bucket.key,
    name: physicalName(bucket, 'BucketName').toLowerCase().slice(0, 63),
  }));

export function readTables(graph: LocalGraph): readonly TablePlan[] {
  const taken = ['AttributeDefinitions', 'KeySchema', 'BillingMode', 'ProvisionedThroughput', 'GlobalSecondaryIndexes'];
  const isHere = (table: Resource) =>
    listAt(table, ['Replicas']).some((replica) => literal(at(replica, 'Region')) === graph.home);
  return [...graph.all('AWS::DynamoDB::Table'), ...graph.everywhere('AWS::DynamoDB::GlobalTable').filter(isHere)].map(
    (table) => ({
      key: table.key,
      name: physicalName(table, 'TableName'),
      definition: Object.fromEntries(Object.entries(table.properties).filter(([name]) => taken.includes(name))),
    }),
  );
}

export function readSecrets(graph: LocalGraph): readonly SecretPlan[] {
  const attachments = graph.all('AWS::SecretsManager::SecretTargetAttachment');
  return graph.all('AWS::SecretsManager::Secret').map((secret) => ({
    key: secret.key,
    name: physicalName(secret, 'Name'),
    attachments: attachments
      .filter((each) => graph.find(at(each.properties, 'SecretId'))?.key === secret.key)
      .map(({ key }) => key),
    length: numberAt(secret, ['GenerateSecretString', 'PasswordLength'], 32),
    exclude: textAt(secret, ['GenerateSecretString', 'ExcludeCharacters']) ?? '',
    excludePunctuation: textAt(secret, ['GenerateSecretString', 'ExcludePunctuation']) === 'true',
    template: textAt(secret, ['GenerateSecretString', 'SecretStringTemplate']),
    field: textAt(secret, ['GenerateSecretString', 'GenerateStringKey']),
    value: textAt(secret, ['SecretString']),
    replicas: listAt(secret, ['ReplicaRegions']).map((replica) => String(literal(at(replica, 'Region')) ?? '')),
  }));
}

export function readEventRules(graph: LocalGraph): readonly EventRulePlan[] {
  return graph
    .all('AWS::Events::Rule')
    .filter((rule) => textAt(rule, ['State']) !== 'DISABLED')
    .map((rule) => ({
      key: rule.key,
      schedule: textAt(rule, ['ScheduleExpression']),
      pattern: rule.properties.EventPattern,
      targets: listAt(rule, ['Targets']).map((target) => ({
        arn: at(target, 'Arn'),
        input: optionalText(at(target, 'Input')),
        paths: texts(at(target, 'InputTransformer', 'InputPathsMap')),
        template: optionalText(at(target, 'InputTransformer', 'InputTemplate')),
      })),
    }));
}

const optionalText = (value: Value | undefined): string | undefined => {
  const text = literal(value);
  return text === undefined ? undefined : String(text);
};

/** The members of a value that are text, number or truth, as text. */
function texts(value: Value | undefined): Record<string, string> {
  if (!isProperties(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const text = literal(inner);
      return text === undefined ? [] : [[name, String(text)]];
    }),
  );
}
