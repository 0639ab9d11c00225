// The AWS services that a document may name: in a role's permissions by their IAM prefix, in the network by their endpoint.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
// https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
import type { Design } from '../schema.ts';

type GatewayService = Design['network']['gatewayEndpoints'][number];
type InterfaceService = Design['network']['interfaceEndpoints']['services'][number];

/** The document's name of a service → its IAM prefix. */
export const iamPrefixes: Readonly<Record<string, string>> = {
  AppConfig: 'appconfig',
  Bedrock: 'bedrock',
  CloudFront: 'cloudfront',
  CloudWatch: 'cloudwatch',
  'CloudWatch Logs': 'logs',
  Cognito: 'cognito-idp',
  DynamoDB: 'dynamodb',
  ECR: 'ecr',
  ECS: 'ecs',
  ElastiCache: 'elasticache',
  EventBridge: 'events',
  'EventBridge Scheduler': 'scheduler',
  Firehose: 'firehose',
  Kinesis: 'kinesis',
  KMS: 'kms',
  Lambda: 'lambda',
  'Parameter Store': 'ssm',
  RDS: 'rds',
  S3: 's3',
  'Secrets Manager': 'secretsmanager',
  SES: 'ses',
  SNS: 'sns',
  SQS: 'sqs',
  'Step Functions': 'states',
  STS: 'sts',
  'Systems Manager': 'ssm',
  'X-Ray': 'xray',
};

/** The document's name of a gateway endpoint → the last part of its service name. */
export const gatewayServices: Readonly<Record<string, GatewayService>> = { S3: 's3', DynamoDB: 'dynamodb' };

/** The document's name of an interface endpoint → the last part of its service name. */
export const interfaceServices: Readonly<Record<string, InterfaceService>> = {
  'Secrets Manager': 'secretsmanager',
  'ECR API': 'ecr.api',
  'ECR DKR': 'ecr.dkr',
  'CloudWatch Logs': 'logs',
  SQS: 'sqs',
  SNS: 'sns',
  KMS: 'kms',
  'X-Ray': 'xray',
};

/** A service's entry by its name, with or without `Amazon` or `AWS` before it; case and spaces aside. */
export function serviceIn<T>(table: Readonly<Record<string, T>>, words: string): T | undefined {
  const wanted = bare(words);
  return Object.entries(table).find(([name]) => bare(name) === wanted)?.[1];
}

const bare = (words: string): string =>
  words
    .replace(/^(Amazon|AWS)\s+/i, '')
    .replaceAll(/\s/g, '')
    .toLowerCase();
