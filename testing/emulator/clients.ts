// The clients that ask the emulator what it has.
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Emulator } from './start-emulator.ts';

export type Clients = ReturnType<typeof clientsFor>;

/** One of each for a region. */
export function clientsFor({ url, environment }: Emulator, region: string) {
  const settings = {
    region,
    endpoint: url,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    },
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
  };
  return {
    backup: new BackupClient(settings),
    buckets: new S3Client({ ...settings, forcePathStyle: true }),
    cache: new ElastiCacheClient(settings),
    cloudFormation: new CloudFormationClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    containers: new ECSClient(settings),
    database: new RDSClient(settings),
    functions: new LambdaClient(settings),
    loadBalancing: new ElasticLoadBalancingV2Client(settings),
    logs: new CloudWatchLogsClient(settings),
    network: new EC2Client(settings),
    parameters: new SSMClient(settings),
    queues: new SQSClient(settings),
    secrets: new SecretsManagerClient(settings),
    tables: new DynamoDBClient(settings),
    topics: new SNSClient(settings),
  };
}
