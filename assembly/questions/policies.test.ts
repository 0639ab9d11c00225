import { describe, expect, test } from 'vitest';
import type { Node } from '../scope.ts';
import { resource, tokyo } from '../testing/graphs.ts';
import { denialsOf, foreignPoliciesOf, grantsOf, grantsOfAction } from './permissions.ts';
import { identityStatements, statementsOn } from './policies.ts';

const may = (Action: Node, more: Node = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: 'arn:aws:s3:::data/*',
  ...(more as object),
});
const document = (...statements: readonly Node[]): Node => ({ Statement: [...statements] });

describe('what a role may', () => {
  const graph = tokyo({
    Role: resource('AWS::IAM::Role', {
      RoleName: 'task',
      Policies: [{ PolicyDocument: { Statement: may('s3:GetObject') } }],
      ManagedPolicyArns: [
        { Ref: 'Managed' },
        'arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy',
        'arn:aws:iam::123456789012:policy/theirs',
      ],
    }),
    ByReference: resource('AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }], PolicyDocument: document(may('s3:Put*')) }),
    ByName: resource('AWS::IAM::RolePolicy', { RoleName: 'task', PolicyDocument: document(may('sqs:SendMessage')) }),
    Managed: resource('AWS::IAM::ManagedPolicy', {
      PolicyDocument: document(may('sns:Publish'), may('s3:PutObjectAcl', { Effect: 'Deny' })),
    }),
    Elsewhere: resource('AWS::IAM::Policy', { Roles: ['other'], PolicyDocument: document(may('kms:Decrypt')) }),
  });
  const [role] = graph.resources;
  if (role === undefined) throw new Error('there is no role');

  test('is within it, attached by reference or by name, and in managed policies of the templates', () => {
    const actions = grantsOf(graph, role).flatMap((grant) => grant.actions);
    expect(new Set(actions)).toEqual(new Set(['s3:GetObject', 's3:Put*', 'sns:Publish', 'sqs:SendMessage']));
  });

  test('covers an action by a pattern, and is taken away by a denial', () => {
    expect(grantsOfAction(graph, role, 's3:PutObject').map(({ resource: { logicalId } }) => logicalId)).toEqual([
      'ByReference',
    ]);
    expect(denialsOf(graph, role, 's3:PutObjectAcl', 'arn:aws:s3:::data/x')).toHaveLength(1);
    expect(denialsOf(graph, role, 's3:PutObject', 'arn:aws:s3:::data/x')).toEqual([]);
  });

  test('is besides what policies allow that the templates do not hold', () => {
    expect(foreignPoliciesOf(graph, role)).toMatchObject([
      { index: 1, name: 'AmazonECSTaskExecutionRolePolicy', isAws: true, isForService: true },
      { index: 2, name: 'arn:aws:iam::123456789012:policy/theirs', isAws: false, isForService: false },
    ]);
  });

  test('is found of every role at once', () => {
    expect(identityStatements(graph)).toHaveLength(6);
  });
});

test('a policy that is no list has its statement at no index, and one on a queue is found by reference', () => {
  const graph = tokyo({
    Queue: resource('AWS::SQS::Queue'),
    Policy: resource('AWS::SQS::QueuePolicy', {
      Queues: [{ Ref: 'Queue' }],
      PolicyDocument: { Statement: may('sqs:SendMessage') },
    }),
  });
  const [queue] = graph.resources;
  if (queue === undefined) throw new Error('there is no queue');
  expect(statementsOn(graph, queue).map(({ path }) => path)).toEqual([['PolicyDocument', 'Statement']]);
});
