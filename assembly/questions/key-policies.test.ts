import { describe, expect, test } from 'vitest';
import { buildGraph } from '../build-graph.ts';
import type { Node, TemplateNode } from '../scope.ts';
import { keyComplaints } from './key-policies.ts';

const account: TemplateNode = { Ref: 'AWS::AccountId' };
const whole = {
  Effect: 'Allow',
  Principal: { AWS: { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:root` } },
  Action: 'kms:*',
};

/** What is wrong with a key with these statements, that these resources use. */
const complaints = (resources: Readonly<Record<string, Node>>, ...statements: readonly Node[]) =>
  complaintsIn(undefined, resources, ...statements);

/** The same where CloudFormation has told the account's number. */
function complaintsIn(
  number: string | undefined,
  resources: Readonly<Record<string, Node>>,
  ...statements: readonly Node[]
): readonly string[] {
  const Key = { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [whole, ...statements] } } };
  const source = {
    id: 'Any',
    name: 'Any',
    region: 'eu-west-1',
    account: number,
    templateFile: 'Any.template.json',
    template: { Resources: { Key, ...resources } },
    tags: {},
    terminationProtection: true,
    waitsFor: [],
    paths: {},
  };
  return keyComplaints(buildGraph([source]));
}

const lets = (service: string, Action: Node, Condition?: Node): Node => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action,
  ...(Condition === undefined ? {} : { Condition }),
});
const message = ['kms:Decrypt', 'kms:GenerateDataKey*'];
const ours = { StringEquals: { 'aws:SourceAccount': account } };
const key = { 'Fn::GetAtt': ['Key', 'Arn'] };

const topic = { Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { Ref: 'Key' } } } };
const alarm = { ...topic, Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Topic' }] } } };
const rule = { ...topic, Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: { Ref: 'Topic' } }] } } };
const bucket = {
  Type: 'AWS::S3::Bucket',
  Properties: {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } },
      ],
    },
  },
};
const delivery = {
  Bucket: bucket,
  Destination: {
    Type: 'AWS::Logs::DeliveryDestination',
    Properties: { DestinationResourceArn: { 'Fn::GetAtt': ['Bucket', 'Arn'] } },
  },
};
const delivered = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const from = (region: string) => ({
  ArnLike: { 'aws:SourceArn': { 'Fn::Sub': `arn:aws:logs:${region}:\${AWS::AccountId}:delivery-source:*` } },
});

describe('a key that a service uses', () => {
  test.each([
    ['an alarm', alarm, lets('cloudwatch.amazonaws.com', message, ours)],
    ['an alarm, by a wider action', alarm, lets('cloudwatch.amazonaws.com', message)],
    ['a rule', rule, lets('events.amazonaws.com', message)],
    ['a delivery', delivery, lets('delivery.logs.amazonaws.com', delivered, from('eu-west-1'))],
  ])('and lets it is no complaint: %s', (_, resources, statement) => {
    expect(complaints(resources, statement)).toEqual([]);
  });

  test.each([
    ['an alarm, at all', alarm, undefined, 2],
    ['an alarm, to decrypt', alarm, lets('cloudwatch.amazonaws.com', 'kms:GenerateDataKey*'), 1],
    [
      'an alarm, but another service of the account',
      alarm,
      lets('cloudwatch.amazonaws.com', message, { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } }),
      2,
    ],
    ['a rule, without a condition, which EventBridge needs', rule, lets('events.amazonaws.com', message, ours), 2],
    ['a delivery, from its region', delivery, lets('delivery.logs.amazonaws.com', delivered, from('eu-north-1')), 5],
    [
      'a delivery, by a condition that AWS does not document',
      delivery,
      lets('delivery.logs.amazonaws.com', delivered, {
        StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      }),
      5,
    ],
  ])('and does not let it is found: %s', (_, resources, statement, count) => {
    expect(complaints(resources, ...(statement === undefined ? [] : [statement]))).toHaveLength(count);
  });

  test.each([
    ['a text that may be the account', { StringEquals: { 'aws:SourceAccount': '123456789012' } }],
    [
      'an ARN whose name is not told',
      { ArnEquals: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:x' } },
    ],
  ])('and perhaps lets it is said to be unsure: %s', (_, condition) => {
    const found = complaints(alarm, lets('cloudwatch.amazonaws.com', message, condition));
    expect(found).toHaveLength(2);
    for (const one of found) expect(one).toMatch(/perhaps may not/);
  });

  test('is asked for its account where that is known', () => {
    const asked = (condition: Node) =>
      complaintsIn('111122223333', alarm, lets('cloudwatch.amazonaws.com', message, condition));
    expect(asked(ours)).toEqual([]);
    expect(asked({ StringEquals: { 'aws:SourceAccount': '111122223333' } })).toEqual([]);
    expect(asked({ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*' } })).toEqual([]);
    for (const one of asked({ StringEquals: { 'aws:SourceAccount': '123456789012' } }))
      expect(one).toMatch(/: .* and may not /);
    expect(asked({ StringEquals: { 'aws:SourceAccount': '123456789012' } })).toHaveLength(2);
  });

  test('and lets others too is found', () => {
    const [found, ...more] = complaints(
      alarm,
      lets('cloudwatch.amazonaws.com', message, ours),
      lets('budgets.amazonaws.com', 'kms:Decrypt'),
    );
    expect(found).toMatch(/budgets\.amazonaws\.com may kms:Decrypt, which nothing here needs/);
    expect(more).toEqual([]);
  });
});

test('a key in a place that the table does not know is found', () => {
  const stream = { Stream: { Type: 'AWS::Kinesis::Stream', Properties: { StreamEncryption: { KeyId: key } } } };
  expect(complaints(stream)).toEqual(['Any/Stream: nobody knows who uses the key in StreamEncryption.KeyId']);
});
