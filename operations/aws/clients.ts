// The AWS clients that this room asks, one of a kind for each region. Profiles, regions and `AWS_ENDPOINT_URL` are honoured by the SDK
// itself; what is set here is only that nobody waits for ever.
import { BackupClient } from '@aws-sdk/client-backup';
import { BudgetsClient } from '@aws-sdk/client-budgets';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RDSClient } from '@aws-sdk/client-rds';
import { Route53Client } from '@aws-sdk/client-route-53';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { XRayClient } from '@aws-sdk/client-xray';

/** What tests set: where the clients ask, and as whom. */
export interface ClientSettings {
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts?: number;
}

export type AwsClients = ReturnType<typeof awsClients>;

/** Functions from a region's code to its client; the same one each time. */
export function awsClients(settings: ClientSettings = {}) {
  const base = { maxAttempts: 5, requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 }, ...settings };
  const each = <C>(make: (config: typeof base & { readonly region: string }) => C) => {
    const known = new Map<string, C>();
    return (region: string): C => {
      const client = known.get(region) ?? make({ ...base, region });
      known.set(region, client);
      return client;
    };
  };
  return {
    backup: each((config) => new BackupClient(config)),
    budgets: each((config) => new BudgetsClient(config)),
    cache: each((config) => new ElastiCacheClient(config)),
    cloudFormation: each((config) => new CloudFormationClient(config)),
    cloudWatch: each((config) => new CloudWatchClient(config)),
    containers: each((config) => new ECSClient(config)),
    database: each((config) => new RDSClient(config)),
    dns: each((config) => new Route53Client(config)),
    functions: each((config) => new LambdaClient(config)),
    identity: each((config) => new STSClient(config)),
    images: each((config) => new ECRClient(config)),
    loadBalancing: each((config) => new ElasticLoadBalancingV2Client(config)),
    logs: each((config) => new CloudWatchLogsClient(config)),
    network: each((config) => new EC2Client(config)),
    parameters: each((config) => new SSMClient(config)),
    queues: each((config) => new SQSClient(config)),
    roles: each((config) => new IAMClient(config)),
    quotas: each((config) => new ServiceQuotasClient(config)),
    tables: each((config) => new DynamoDBClient(config)),
    traces: each((config) => new XRayClient(config)),
  };
}

/** Whether AWS answered with this error. */
export const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);
