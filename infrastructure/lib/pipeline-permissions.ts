// What a deployment from a pipeline may do: take on the roles of the CDK bootstrap, look, and the little that goes past CloudFormation.

import { DefaultStackSynthesizer, type Stack, Token } from 'aws-cdk-lib';
import type { PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { rolesToMakeFirst } from '../../aws/service-linked-roles.ts';
import type { Environment } from '../../design/schema.ts';
import { stackId } from '../../design/stack-names.ts';

export interface DeployStatement {
  readonly statement: PolicyStatementProps;
  /** Wildcards in it as cdk-nag names them (`Resource::…`, `Action::…`), each with why it cannot be narrower. */
  readonly wildcards: readonly { readonly name: string; readonly reason: string }[];
}

/** Roles of the bootstrap that a deployment takes on. CloudFormation's own execution role is not one: only CloudFormation may. */
const bootstrapRoles = ['deploy', 'file-publishing', 'image-publishing', 'lookup'] as const;

/**
 * Questions of preflight, deploy, smoke and drift that tell of settings, never of what customers stored: no object, no item, no
 * message, no secret. Most of them know no resource.
 */
export const looks: readonly string[] = [
  'application-autoscaling:Describe*',
  'backup:Describe*',
  'backup:List*',
  'budgets:ViewBudget',
  'cloudformation:Describe*',
  'cloudformation:DetectStack*',
  'cloudformation:Get*',
  'cloudformation:List*',
  'cloudwatch:Describe*',
  'cloudwatch:GetMetric*',
  'dynamodb:Describe*',
  'ec2:Describe*',
  'ecr:Describe*',
  'ecs:Describe*',
  'ecs:List*',
  'elasticache:Describe*',
  'elasticloadbalancing:Describe*',
  'lambda:GetAccountSettings',
  'lambda:GetFunctionConfiguration',
  'logs:DescribeLogGroups',
  'rds:Describe*',
  'route53:GetHealthCheck',
  'route53:GetHostedZone',
  'route53:List*',
  'servicequotas:Get*',
  'sqs:GetQueueAttributes',
  'xray:BatchGetTraces',
  'xray:GetTraceSummaries',
];

export function deployStatements(
  stack: Stack,
  environment: Environment,
  home: string,
  regions: readonly string[],
  /** The region that takes over, where there is one. */
  recovery: string | undefined,
): readonly DeployStatement[] {
  const account = stack.account;
  const arn = (service: string, region: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  // cdk-nag writes what is known at deployment only in brackets.
  const shown = (resource: string) =>
    resource.replaceAll(account, Token.isUnresolved(account) ? '<AWS::AccountId>' : account);
  const named = (resources: readonly string[], reason: string) =>
    resources.map((resource) => ({ name: `Resource::${shown(resource)}`, reason }));

  const qualifier = DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  const bootstrap = regions.flatMap((region) =>
    bootstrapRoles.map((role) => `arn:aws:iam::${account}:role/cdk-${qualifier}-${role}-role-${account}-${region}`),
  );
  const versions = regions.map((region) => arn('ssm', region, `parameter/cdk-bootstrap/${qualifier}/version`));
  const linked = rolesToMakeFirst.map(
    ({ service, name }) => `arn:aws:iam::${account}:role/aws-service-role/${service}/${name}`,
  );
  const logs = [arn('logs', home, `log-group:${stackId(environment, 'ComputeStack')}-*`)];
  const tasks = [arn('ecs', home, `task-definition/${stackId(environment, 'ComputeStack')}*:*`)];
  const roles = [`arn:aws:iam::${account}:role/${stackId(environment, 'SecurityStack')}-*`];
  const bucket = `arn:aws:s3:::${stackId(environment, 'StorageStack').toLowerCase()}-logs*`;
  const records = [`${bucket}/deployments/*`];
  const keys = [arn('kms', home, 'key/*')];
  const generated =
    'CloudFormation ends every name with letters of its own; the stack that it begins with is the environment’s.';

  return [
    { statement: { sid: 'Bootstrap', actions: ['sts:AssumeRole'], resources: bootstrap }, wildcards: [] },
    {
      statement: { sid: 'Look', actions: [...looks], resources: ['*'] },
      wildcards: [
        ...named(
          ['*'],
          'Most questions about settings know no resource, and none of these tells what customers stored.',
        ),
        ...looks
          .filter((action) => action.endsWith('*'))
          .map((action) => ({ name: `Action::${action}`, reason: 'Questions of one kind, which change nothing.' })),
      ],
    },
    {
      statement: { sid: 'ReadBootstrapVersion', actions: ['ssm:GetParameter'], resources: versions },
      wildcards: [],
    },
    { statement: { sid: 'SeeLinkedRoles', actions: ['iam:GetRole'], resources: linked }, wildcards: [] },
    {
      statement: { sid: 'ReadLogs', actions: ['logs:FilterLogEvents'], resources: logs },
      wildcards: named(logs, generated),
    },
    {
      statement: { sid: 'Migrate', actions: ['ecs:RunTask', 'ecs:RegisterTaskDefinition'], resources: tasks },
      wildcards: named(tasks, generated),
    },
    {
      statement: {
        sid: 'MigrateAs',
        actions: ['iam:PassRole'],
        resources: roles,
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
      wildcards: named(roles, generated),
    },
    {
      statement: { sid: 'Records', actions: ['s3:GetObject', 's3:PutObject'], resources: records },
      wildcards: named(records, generated),
    },
    {
      statement: {
        sid: 'ListRecords',
        actions: ['s3:ListBucket'],
        resources: [bucket],
        conditions: { StringLike: { 's3:prefix': 'deployments/*' } },
      },
      wildcards: named([bucket], generated),
    },
    {
      statement: {
        sid: 'RecordsKey',
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: keys,
        conditions: {
          StringEquals: { 'kms:ViaService': `s3.${home}.amazonaws.com` },
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': bucket },
        },
      },
      wildcards: named(
        keys,
        'A key has no name to know it by beforehand; the conditions leave the one of the log bucket.',
      ),
    },
    ...(recovery === undefined ? [] : ledgerStatements(environment, recovery, arn, named)),
  ];
}

/** Nothing is deployed while a failover is under way: the ledger says so. */
function ledgerStatements(
  environment: Environment,
  region: string,
  arn: (service: string, region: string, rest: string) => string,
  named: (resources: readonly string[], reason: string) => DeployStatement['wildcards'],
): readonly DeployStatement[] {
  const table = `${stackId(environment, 'RecoveryStack')}-*`;
  const [tables, keys] = [[arn('dynamodb', region, `table/${table}`)], [arn('kms', region, 'key/*')]];
  return [
    {
      statement: { sid: 'ReadLedger', actions: ['dynamodb:GetItem'], resources: tables },
      wildcards: named(
        tables,
        'CloudFormation ends the table’s name with letters of its own; the stack keeps no other.',
      ),
    },
    {
      statement: {
        sid: 'LedgerKey',
        actions: ['kms:Decrypt'],
        resources: keys,
        conditions: {
          StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` },
          StringLike: { 'kms:EncryptionContext:aws:dynamodb:tableName': table },
        },
      },
      wildcards: named(keys, 'A key has no name to know it by beforehand; the conditions leave the one of the ledger.'),
    },
  ];
}
