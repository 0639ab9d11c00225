// What a role's permissions can be bound to: the services that the platform has a resource of, role by role.
import type { RoleKind } from '../schema.ts';

/** IAM prefixes by role. A permission for any other service would speak of something that no stack has. */
export const roleServices: Readonly<Record<RoleKind, readonly string[]>> = {
  'task-execution': ['ecr', 'logs', 'secretsmanager', 'dynamodb', 'kms'],
  task: ['s3', 'dynamodb', 'sqs', 'sns', 'secretsmanager', 'logs', 'kms'],
  lambda: ['s3', 'dynamodb', 'sqs', 'secretsmanager', 'logs', 'kms'],
  'rds-monitoring': [],
};

/** Actions whose services know no resource for them, so that a statement must say `*`. */
export const actionsWithoutResource: readonly string[] = [
  'ecr:GetAuthorizationToken',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'cloudwatch:PutMetricData',
];
