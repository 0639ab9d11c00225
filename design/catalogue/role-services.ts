// What a role's permissions can be bound to: the services that the platform has a resource of, role by role.
import type { RoleKind } from '../schema.ts';

/** IAM prefixes by role. A permission for any other service would speak of something that no stack has. */
export const roleServices: Readonly<Record<RoleKind, readonly string[]>> = {
  'task-execution': ['ecr', 'logs', 'secretsmanager', 'dynamodb', 'kms'],
  task: ['s3', 'dynamodb', 'sqs', 'sns', 'secretsmanager', 'logs', 'kms'],
  lambda: ['s3', 'dynamodb', 'sqs', 'secretsmanager', 'logs', 'kms'],
  'rds-monitoring': [],
};
