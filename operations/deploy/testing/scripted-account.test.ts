// What the scripted account refuses, on templates of a few lines.
import { describe, expect, test } from 'vitest';
import type { TemplateNode } from '../../../assembly/scope.ts';
import { ScriptedAccount } from './scripted-account.ts';

const of = 'ap-northeast-1/Stack';
const template = (Resources: TemplateNode): TemplateNode => ({ Resources });
const last = { Last: { Type: 'AWS::SNS::Topic', DependsOn: ['Store'] } };

/** What is refused when a creation fails after the store is made, and what is still there then. */
function takenBack(store: TemplateNode, contents = 0) {
  const account = new ScriptedAccount();
  account.create(of, template({ Store: store, ...last }), 'Last');
  account.fill(of, contents);
  const refused = account.remove(of, 'rollback').map(({ logicalId }) => logicalId);
  return { refused, standing: account.standing(), account };
}

describe('taking a creation back', () => {
  test.each([
    ['a protected cluster', { Type: 'AWS::RDS::DBCluster', Properties: { DeletionProtection: true } }],
    ['a protected global cluster', { Type: 'AWS::RDS::GlobalCluster', Properties: { DeletionProtection: true } }],
    ['a protected table', { Type: 'AWS::DynamoDB::Table', Properties: { DeletionProtectionEnabled: true } }],
    [
      'a table with a protected replica',
      { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [{ DeletionProtectionEnabled: true }] } },
    ],
    [
      'a protected load balancer',
      {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] },
      },
    ],
    ['a protected user pool', { Type: 'AWS::Cognito::UserPool', Properties: { DeletionProtection: 'ACTIVE' } }],
  ])('is refused by %s', (_, store) => {
    expect(takenBack(store)).toMatchObject({ refused: ['Store'], standing: [`${of}/Store`] });
  });

  test.each(['AWS::S3::Bucket', 'AWS::Backup::BackupVault'])('is refused by %s with something in it', (Type) => {
    expect(takenBack({ Type }, 1).refused).toEqual(['Store']);
    expect(takenBack({ Type }, 0).refused).toEqual([]);
  });

  test.each([
    ['Retain', true],
    ['RetainExceptOnCreate', false],
    ['Snapshot', false],
    ['Delete', false],
  ])('leaves a log group of a fixed name behind by %s: %s, and the name is taken then', (DeletionPolicy, stays) => {
    const store = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'fixed' }, DeletionPolicy };
    const { refused, standing, account } = takenBack(store);
    expect({ refused, standing }).toEqual({ refused: [], standing: stays ? [`${of}/Store`] : [] });
    const again = account.create(of, template({ Store: store }));
    expect(again).toEqual(
      stays
        ? { logicalId: 'Store', type: 'AWS::Logs::LogGroup', reason: expect.stringContaining('"fixed" already exists') }
        : undefined,
    );
  });
});

test('a deletion leaves what is only taken back while it is being made, and what waits for something refused stays', () => {
  const account = new ScriptedAccount();
  account.create(
    of,
    template({
      Key: { Type: 'AWS::KMS::Key', DeletionPolicy: 'RetainExceptOnCreate' },
      Network: { Type: 'AWS::EC2::VPC' },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { Vpc: { Ref: 'Network' } } },
    }),
  );
  account.fill(of, 3);
  expect(account.remove(of, 'deletion')).toEqual([
    { logicalId: 'Bucket', type: 'AWS::S3::Bucket', reason: 'Cannot be deleted as it is not empty' },
  ]);
  account.fill(of, 0);
  expect(account.remove(of, 'deletion')).toEqual([]);
  expect(account.standing()).toEqual([`${of}/Key`]);
});

test('a global cluster goes before its first member, and not while it has another one', () => {
  const follower = 'us-west-2/Follower';
  const account = new ScriptedAccount();
  const cluster = { Type: 'AWS::RDS::DBCluster' };
  const global = (DeletionPolicy: string) => ({
    Type: 'AWS::RDS::GlobalCluster',
    Properties: { SourceDBClusterIdentifier: { 'Fn::GetAtt': ['Cluster', 'DBClusterArn'] } },
    DeletionPolicy,
  });
  account.create(of, {
    Resources: { Cluster: cluster, Global: global('Delete') },
    Outputs: { Global: { Value: { Ref: 'Global' } } },
  });
  const read = { 'Fn::GetStackOutput': { StackName: 'Stack', Region: 'ap-northeast-1', OutputName: 'Global' } };
  account.create(follower, template({ Member: { ...cluster, Properties: { GlobalClusterIdentifier: read } } }));
  expect(account.remove(of, 'deletion').map(({ logicalId }) => logicalId)).toEqual(['Global']);
  expect(account.remove(follower, 'deletion')).toEqual([]);
  expect(account.remove(of, 'deletion')).toEqual([]);

  account.create(of, template({ Cluster: cluster, Global: global('Retain') }));
  expect(account.remove(of, 'deletion')).toMatchObject([
    { logicalId: 'Cluster', reason: expect.stringContaining('member') },
  ]);
});

test('a schedule protects what it names as soon as its role may, and not before', () => {
  const policy = { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }] } };
  const store = { Type: 'AWS::RDS::DBCluster' };
  const schedule = {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      Target: {
        RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Input: { 'Fn::Join': ['', ['{"DbClusterIdentifier":"', { Ref: 'Store' }, '","DeletionProtection":true}']] },
      },
    },
  };
  const account = new ScriptedAccount();
  const resources = { Role: { Type: 'AWS::IAM::Role' }, Store: store, Schedule: schedule, Policy: policy };
  account.create(of, template(resources), 'Policy');
  expect(account.find(of, 'Store')?.isProtected).toBe(false);
  expect(account.remove(of, 'rollback')).toEqual([]);
  account.create(of, template(resources));
  expect(account.find(of, 'Store')?.isProtected).toBe(true);
});
