// Mutants of roles (IAM-1…5).
import { grantsOf, roleNamed } from '../../../../../assembly/questions/permissions.ts';
import { policiesOf } from '../../../../../assembly/questions/policies.ts';
import { ofType } from '../../../../../assembly/relations.ts';
import type { Design, RoleKind } from '../../../../../design/schema.ts';
import { type Json, type Mutant, only, type Platform } from '../mutant.ts';
import { resourcePath, rolePath } from './paths.ts';

const role = ({ graph, design }: Platform, kind: RoleKind) =>
  only([roleNamed(graph, design.roles.find((candidate) => candidate.kind === kind)?.name ?? '')]);

const trust = ['AssumeRolePolicyDocument', 'Statement', 0] as const;

/** Every statement about a role. */
function wholeRole(design: Design, kind: RoleKind): readonly string[] {
  const { managedPolicies = [], statements = [] } = design.roles.find((candidate) => candidate.kind === kind) ?? {};
  const path = rolePath(design, kind);
  return [
    ...['name', 'purpose', 'principal'].map((aspect) => `${path}.${aspect}`),
    ...managedPolicies.map((_, index) => `${path}.managedPolicies.${index}`),
    ...statements.map((_, index) => `${path}.statements.${index}`),
  ];
}

/** Widens the first statement that allows an action of a service to a role. */
function widen(platform: Platform, kind: RoleKind, prefix: string, name: 'Action' | 'Resource', value: string): void {
  const grant = grantsOf(platform.graph, role(platform, kind)).find(({ actions }) =>
    actions.some((action) => action.startsWith(`${prefix}:`)),
  );
  if (grant === undefined) throw new Error(`${kind} may do nothing with ${prefix}`);
  platform.set(grant.resource, [...grant.path, name], value);
}

const statementPath = (design: Design, kind: RoleKind, prefix: string) => {
  const statements = design.roles.find((candidate) => candidate.kind === kind)?.statements ?? [];
  return `${rolePath(design, kind)}.statements.${statements.findIndex((statement) => statement.prefix === prefix)}`;
};

/** Paths of a role's statements, without those of a service. */
function everyStatement(design: Design, kind: RoleKind, but = ''): readonly string[] {
  const statements = design.roles.find((candidate) => candidate.kind === kind)?.statements ?? [];
  return statements.flatMap(({ prefix }, index) =>
    prefix === but ? [] : [`${rolePath(design, kind)}.statements.${index}`],
  );
}

const specific = 'arn:aws:s3:::orders/orders/*';

/** Puts a policy of one statement on a role. */
function grant(platform: Platform, kind: RoleKind, statement: { [key: string]: Json }): void {
  const own = role(platform, kind);
  platform.add(own, 'AWS::IAM::Policy', {
    PolicyName: 'intruder',
    Roles: [platform.here(own)],
    PolicyDocument: { Statement: [statement] },
  });
}

export const roleMutants: readonly Mutant[] = [
  {
    id: 'IAM-1',
    name: 'another account may take the execution role too',
    spoil: (platform) => {
      const own = role(platform, 'task-execution');
      const second = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } };
      platform.set(own, ['AssumeRolePolicyDocument', 'Statement', 1], second);
    },
    reddens: (design) => [`${rolePath(design, 'task-execution')}.principal`],
  },
  {
    id: 'IAM-1',
    name: 'the execution role has another name',
    spoil: (platform) => platform.set(role(platform, 'task-execution'), ['Tags'], []),
    reddens: (design) => [...wholeRole(design, 'task-execution'), resourcePath(design, 'SecurityStack', 'role')],
  },
  {
    id: 'IAM-1',
    name: 'starting tasks may read another secret',
    spoil: (platform) =>
      widen(
        platform,
        'task-execution',
        'secretsmanager',
        'Resource',
        'arn:aws:secretsmanager:ap-northeast-1:1:secret:other',
      ),
    reddens: (design) => [statementPath(design, 'task-execution', 'secretsmanager')],
  },
  {
    id: 'IAM-2',
    name: 'the task role is an administrator',
    spoil: (platform) =>
      platform.set(role(platform, 'task'), ['ManagedPolicyArns'], ['arn:aws:iam::aws:policy/AdministratorAccess']),
    reddens: (design) => [`${rolePath(design, 'task')}.name`],
  },
  {
    id: 'IAM-2',
    name: 'the task role may read every bucket',
    spoil: (platform) => widen(platform, 'task', 's3', 'Resource', '*'),
    reddens: (design) => [`${rolePath(design, 'task')}.name`, statementPath(design, 'task', 's3')],
  },
  {
    id: 'IAM-2',
    name: 'the task role may send to a family of queues',
    spoil: (platform) => widen(platform, 'task', 'sqs', 'Resource', 'arn:aws:sqs:ap-northeast-1:1:orders-*'),
    reddens: (design) => [`${rolePath(design, 'task')}.name`, statementPath(design, 'task', 'sqs')],
  },
  {
    id: 'IAM-3',
    name: 'the function role lacks its managed policy',
    spoil: (platform) => platform.set(role(platform, 'lambda'), ['ManagedPolicyArns'], []),
    reddens: (design) => [`${rolePath(design, 'lambda')}.managedPolicies.0`],
  },
  {
    id: 'IAM-3',
    name: 'a policy of an account has the name of the one of AWS',
    spoil: (platform) => {
      const [name = ''] = platform.design.roles.find(({ kind }) => kind === 'lambda')?.managedPolicies ?? [];
      platform.set(role(platform, 'lambda'), ['ManagedPolicyArns'], [`arn:aws:iam::123456789012:policy/${name}`]);
    },
    reddens: (design) => [`${rolePath(design, 'lambda')}.managedPolicies.0`, `${rolePath(design, 'lambda')}.name`],
  },
  {
    id: 'IAM-4',
    name: 'another service may take the monitoring role',
    spoil: (platform) =>
      platform.set(role(platform, 'rds-monitoring'), [...trust, 'Principal'], { Service: 'ec2.amazonaws.com' }),
    reddens: (design) => [`${rolePath(design, 'rds-monitoring')}.principal`],
  },
  {
    id: 'IAM-4',
    name: 'nobody watches the database with the monitoring role',
    spoil: (platform) => {
      for (const instance of ofType(platform.graph, 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster')) {
        platform.set(instance, ['MonitoringRoleArn'], undefined);
      }
    },
    reddens: (design) => [`${rolePath(design, 'rds-monitoring')}.purpose`],
  },
  {
    id: 'IAM-5',
    name: 'the task role may do everything with the topic',
    spoil: (platform) => widen(platform, 'task', 'sns', 'Action', 'sns:*'),
    reddens: (design) => [`${rolePath(design, 'task')}.name`, statementPath(design, 'task', 'sns')],
  },
  {
    id: 'IAM-2',
    name: 'the task role may read every table',
    spoil: (platform) =>
      widen(platform, 'task', 'dynamodb', 'Resource', 'arn:aws:dynamodb:ap-northeast-1:123456789012:table/*'),
    reddens: (design) => [`${rolePath(design, 'task')}.name`, statementPath(design, 'task', 'dynamodb')],
  },
  {
    id: 'IAM-2',
    name: 'the task role may do all but one thing',
    spoil: (platform) => grant(platform, 'task', { Effect: 'Allow', NotAction: 'iam:*', Resource: specific }),
    reddens: (design) => [`${rolePath(design, 'task')}.name`, ...everyStatement(design, 'task')],
  },
  {
    id: 'IAM-2',
    name: 'the task role may read all objects but some',
    spoil: (platform) =>
      grant(platform, 'task', { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::secret/*' }),
    reddens: (design) => [`${rolePath(design, 'task')}.name`, statementPath(design, 'task', 's3')],
  },
  {
    id: 'IAM-2',
    name: 'what the task role is allowed is denied again',
    spoil: (platform) => grant(platform, 'task', { Effect: 'Deny', Action: 's3:Put*', Resource: '*' }),
    reddens: (design) => [statementPath(design, 'task', 's3')],
  },
  {
    id: 'IAM-3',
    name: 'all that the function role is allowed is denied but logs',
    spoil: (platform) => grant(platform, 'lambda', { Effect: 'Deny', NotAction: 'logs:*', Resource: '*' }),
    reddens: (design) => everyStatement(design, 'lambda', 'logs'),
  },
  {
    id: 'IAM-2',
    name: 'a bucket lets the task role delete, by its own policy',
    spoil: (platform) => {
      const own = role(platform, 'task');
      const statement = {
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::GetAtt': [own.logicalId, 'Arn'] } },
        Action: 's3:DeleteObject',
        Resource: 'arn:aws:s3:::elsewhere/*',
      };
      platform.add(own, 'AWS::S3::BucketPolicy', { Bucket: 'elsewhere', PolicyDocument: { Statement: [statement] } });
    },
    reddens: (design) => [`${rolePath(design, 'task')}.name`],
  },
  {
    id: 'IAM-5',
    name: 'a policy finds the task role by its name',
    spoil: (platform) => {
      const own = role(platform, 'task');
      platform.set(own, ['RoleName'], 'tasks');
      const statement = { Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::orders/*' };
      platform.add(own, 'AWS::IAM::Policy', {
        PolicyName: 'by-name',
        Roles: ['tasks'],
        PolicyDocument: { Statement: [statement] },
      });
    },
    reddens: (design) => [`${rolePath(design, 'task')}.name`],
  },
  {
    id: 'IAM-5',
    name: 'two policies of one name are put on the task role',
    spoil: (platform) => {
      const own = role(platform, 'task');
      const [policy] = policiesOf(platform.graph, own);
      platform.add(own, 'AWS::IAM::Policy', {
        PolicyName: platform.get(only([policy]), ['PolicyName']) ?? '',
        Roles: [platform.here(own)],
        PolicyDocument: { Statement: [] },
      });
    },
    reddens: (design) => [`${rolePath(design, 'task')}.name`],
  },
  {
    id: 'IAM-2',
    name: 'tasks run as the role that starts them',
    spoil: (platform) => {
      const task = only(ofType(platform.graph, 'AWS::ECS::TaskDefinition'));
      platform.set(task, ['TaskRoleArn'], platform.get(task, ['ExecutionRoleArn']));
    },
    reddens: (design) => [`${rolePath(design, 'task')}.purpose`],
  },
  {
    id: 'IAM-3',
    name: 'a function runs as another role',
    spoil: (platform) =>
      platform.add(only(ofType(platform.graph, 'AWS::ECS::Service')), 'AWS::Lambda::Function', {
        Role: 'arn:aws:iam::123456789012:role/administrator',
      }),
    reddens: (design) => [resourcePath(design, 'ComputeStack', 'function')],
  },
];
