// What a change means for people, by what CloudFormation says of it and by the two templates (DEP-4).
import { describe, expect, test } from 'vitest';
import type { Node, TemplateNode } from '../../assembly/scope.ts';
import { classify, creations, inOrder, isWithin, type Risk } from './changes.ts';
import type { ResourceChange } from './cloudformation.ts';

const template = (type: string, properties: TemplateNode, more: TemplateNode = {}): TemplateNode => ({
  Resources: { Thing: { Type: type, Properties: properties, ...more } },
});

const change = (type: string, rest: Partial<ResourceChange> = {}): ResourceChange => ({
  action: 'Modify',
  logicalId: 'Thing',
  type,
  replacement: 'False',
  details: [],
  ...rest,
});

const property = (name: string) => [{ attribute: 'Properties', name, recreation: 'Never' as const }];
const allow = (...actions: string[]): Node => ({
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*', Principal: { Service: 'sqs.amazonaws.com' } }],
});

test.each<[string, ResourceChange, TemplateNode | undefined, TemplateNode | undefined, Risk[]]>([
  [
    'a bucket that is replaced loses data',
    change('AWS::S3::Bucket', { replacement: 'True' }),
    template('AWS::S3::Bucket', {}),
    template('AWS::S3::Bucket', { BucketName: 'other' }),
    ['replaces-data', 'interrupts'],
  ],
  [
    'so does one that may be, since only the execution will tell',
    change('AWS::RDS::DBCluster', { replacement: 'Conditional' }),
    template('AWS::RDS::DBCluster', {}),
    template('AWS::RDS::DBCluster', { Port: 1 }),
    ['replaces-data', 'interrupts'],
  ],
  [
    'and one that goes away',
    change('AWS::SQS::Queue', { action: 'Remove' }),
    template('AWS::SQS::Queue', {}),
    { Resources: {} },
    ['replaces-data', 'interrupts'],
  ],
  [
    'whatever the template wants kept holds data, by any type',
    change('AWS::Any::Thing', { action: 'Remove' }),
    template('AWS::Any::Thing', {}, { DeletionPolicy: 'Retain' }),
    { Resources: {} },
    ['replaces-data', 'interrupts'],
  ],
  [
    'another instance class restarts the database',
    change('AWS::RDS::DBInstance', { details: property('DBInstanceClass') }),
    template('AWS::RDS::DBInstance', { DBInstanceClass: 'a' }),
    template('AWS::RDS::DBInstance', { DBInstanceClass: 'b' }),
    ['interrupts'],
  ],
  [
    'another tag does not',
    change('AWS::RDS::DBInstance', { details: property('Tags') }),
    template('AWS::RDS::DBInstance', {}),
    template('AWS::RDS::DBInstance', { Tags: [] }),
    [],
  ],
  [
    'a new revision of a task definition is nobody’s loss',
    change('AWS::ECS::TaskDefinition', { replacement: 'True' }),
    template('AWS::ECS::TaskDefinition', { Cpu: '256' }),
    template('AWS::ECS::TaskDefinition', { Cpu: '512' }),
    [],
  ],
  [
    'a policy that allows one action more widens access',
    change('AWS::IAM::Policy', { details: property('PolicyDocument') }),
    template('AWS::IAM::Policy', { PolicyDocument: allow('sqs:SendMessage') }),
    template('AWS::IAM::Policy', { PolicyDocument: allow('sqs:SendMessage', 'sqs:ReceiveMessage') }),
    ['widens-access'],
  ],
  [
    'one that allows less does not',
    change('AWS::IAM::Policy', { details: property('PolicyDocument') }),
    template('AWS::IAM::Policy', { PolicyDocument: allow('sqs:SendMessage', 'sqs:ReceiveMessage') }),
    template('AWS::IAM::Policy', { PolicyDocument: allow('sqs:SendMessage') }),
    [],
  ],
  [
    'a rule of a security group opens a port',
    change('AWS::EC2::SecurityGroupIngress', { action: 'Add' }),
    undefined,
    template('AWS::EC2::SecurityGroupIngress', { CidrIp: '0.0.0.0/0', FromPort: 22 }),
    ['widens-access'],
  ],
  [
    'a firewall that goes lets people in, and one that is gone protects nobody',
    change('AWS::CloudFront::Distribution', { details: property('DistributionConfig') }),
    template('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId: 'acl' } }),
    template('AWS::CloudFront::Distribution', { DistributionConfig: {} }),
    ['widens-access'],
  ],
])('%s', (_, given, before, after, risks) => {
  expect(classify(given, before, after).risks).toEqual(risks);
});

test('what is created from nothing loses nothing', () => {
  expect(creations(template('AWS::S3::Bucket', {})).map(({ action, risks }) => [action, risks])).toEqual([['Add', []]]);
});

describe('what was approved', () => {
  const approved = [classify(change('AWS::S3::Bucket', { details: property('Tags') }), undefined, undefined)];

  test.each<[string, Partial<ResourceChange>, boolean]>([
    ['the same', { details: property('Tags') }, true],
    ['less', { details: [] }, true],
    ['another property', { details: property('BucketName') }, false],
    ['a replacement', { replacement: 'True', details: property('Tags') }, false],
    ['another resource', { logicalId: 'Other' }, false],
    ['a removal', { action: 'Remove' }, false],
  ])('covers %s: %j %s', (_, rest, within) => {
    expect(isWithin([classify(change('AWS::S3::Bucket', rest), undefined, undefined)], approved)).toBe(within);
  });
});

test('the gravest comes first', () => {
  const changes = [
    classify(change('AWS::IAM::Role', { logicalId: 'A' }), undefined, undefined),
    {
      ...classify(change('AWS::S3::Bucket', { logicalId: 'B' }), undefined, undefined),
      risks: ['replaces-data' as const],
    },
    {
      ...classify(change('AWS::IAM::Policy', { logicalId: 'C' }), undefined, undefined),
      risks: ['widens-access' as const],
    },
  ];
  expect(inOrder(changes).map(({ logicalId }) => logicalId)).toEqual(['B', 'C', 'A']);
});
