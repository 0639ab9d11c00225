import { afterEach, describe, expect, test } from 'vitest';
import { buildGraph } from '../../assembly/build-graph.ts';
import { deployedSources } from './deployed-sources.ts';
import { type Answers, type AwsStub, startAwsStub } from './testing/aws-stub.ts';

let stub: AwsStub;
afterEach(() => stub.stop());

const region = 'ap-northeast-1';
const idOf = (name: string, where = region) => `arn:aws:cloudformation:${where}:111122223333:stack/${name}/1`;
const stack = (name: string, more: object = {}, where = region) => ({
  StackName: name,
  StackId: idOf(name, where),
  StackStatus: 'UPDATE_COMPLETE',
  CreationTime: '2026-11-30T00:00:00Z',
  ...more,
});
const member = (items: readonly object[]) => ({ member: items });

const templates: Readonly<Record<string, object>> = {
  'prd-web': {
    Parameters: {
      Days: { Type: 'Number', Default: 1 },
      Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image' },
      Password: { Type: 'String', NoEcho: true, Default: 'open' },
    },
    Resources: {
      Database: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          BackupRetentionPeriod: { Ref: 'Days' },
          MasterUserPassword: { Ref: 'Password' },
          DBName: { Ref: 'Image' },
          DBSubnetGroupName: { 'Fn::ImportValue': 'groups' },
          DBInstanceIdentifier: { Ref: 'AWS::AccountId' },
        },
      },
      Logs: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { Parameters: { Key: { Ref: 'Password' }, Of: { Ref: 'Database' } } },
      },
    },
  },
  'prd-web-Logs-1': {
    Parameters: { Key: { Type: 'String', NoEcho: true }, Of: { Type: 'String' } },
    Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Of' } } } },
  },
  'stg-web': { Resources: {} },
};

const answers: Answers = {
  'cloudformation.DescribeStacks': ({ region: where }) => ({
    Stacks: member(
      where === region
        ? [
            stack('stg-web'),
            stack('prd-gone', { StackStatus: 'DELETE_COMPLETE' }),
            stack('prd-web', {
              EnableTerminationProtection: true,
              Tags: member([{ Key: 'Owner', Value: 'us' }]),
              Parameters: member([
                { ParameterKey: 'Days', ParameterValue: '7' },
                { ParameterKey: 'Image', ParameterValue: '/image', ResolvedValue: 'orders' },
                { ParameterKey: 'Password', ParameterValue: '****' },
              ]),
            }),
            stack('prd-web-Logs-1', {
              ParentId: idOf('prd-web'),
              RootId: idOf('prd-web'),
              Parameters: member([
                { ParameterKey: 'Key', ParameterValue: '****' },
                { ParameterKey: 'Of', ParameterValue: 'database-1' },
              ]),
            }),
          ]
        : [stack('prd-web', {}, where)],
    ),
  }),
  'cloudformation.GetTemplate': ({ input }) => ({
    TemplateBody: JSON.stringify(templates[String(input.StackName).split('/')[1] ?? '']),
  }),
  'cloudformation.ListStackResources': () => ({
    StackResourceSummaries: member([
      {
        LogicalResourceId: 'Logs',
        PhysicalResourceId: idOf('prd-web-Logs-1'),
        ResourceType: 'AWS::CloudFormation::Stack',
      },
    ]),
  }),
  'cloudformation.ListExports': () => ({ Exports: member([{ Name: 'groups', Value: 'private' }]) }),
};

describe('what is deployed', () => {
  test('is read by its name, with what is nested in it, and with nothing else', async () => {
    stub = await startAwsStub(answers);
    const sources = await deployedSources(stub.clients, { patterns: ['prd-w*b'], regions: [region] });
    expect(sources.map(({ id }) => id)).toEqual(['prd-web', 'prd-web-Logs-1']);
    expect(sources[0]).toMatchObject({
      account: '111122223333',
      region,
      tags: { Owner: 'us' },
      terminationProtection: true,
    });
    expect(new Set(stub.asked.map(({ operation }) => operation))).toEqual(
      new Set(['DescribeStacks', 'GetTemplate', 'ListStackResources', 'ListExports']),
    );
  });

  test('has the values that CloudFormation knows, and what it hides is not known', async () => {
    stub = await startAwsStub(answers);
    const graph = buildGraph(await deployedSources(stub.clients, { patterns: ['prd-web'], regions: [region] }));
    const [database, , bucket] = graph.resources;
    expect(database?.properties).toMatchObject({
      BackupRetentionPeriod: '7',
      MasterUserPassword: { $unresolved: { $said: 'parameterHidden' } },
      DBName: 'orders',
      DBSubnetGroupName: 'private',
      DBInstanceIdentifier: '111122223333',
    });
    // What the stack above hands on stays what it refers to.
    expect(bucket?.properties).toEqual({ BucketName: { $ref: 'prd-web/Database' } });
    expect(graph.stacks.map(({ id }) => id)).toEqual(['prd-web']);
  });

  test('may have one name in two regions', async () => {
    stub = await startAwsStub(answers);
    const sources = await deployedSources(stub.clients, { patterns: ['prd-web'], regions: [region, 'us-east-1'] });
    expect(sources.map(({ id, name }) => [id, name])).toEqual([
      ['prd-web@ap-northeast-1', 'prd-web'],
      ['prd-web-Logs-1', 'prd-web-Logs-1'],
      ['prd-web@us-east-1', 'prd-web'],
    ]);
    expect(sources[1]?.nestedIn).toEqual({
      stack: 'prd-web@ap-northeast-1',
      source: 'prd-web@ap-northeast-1',
      logicalId: 'Logs',
    });
  });

  test('a letter of a pattern is itself, but for the star', async () => {
    stub = await startAwsStub(answers);
    for (const pattern of ['prd.web', 'prd', 'web', 'PRD-WEB'])
      expect(await deployedSources(stub.clients, { patterns: [pattern], regions: [region] })).toEqual([]);
  });
});
