import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Refusal } from '../design/refusal.ts';
import { readAssembly } from './read-assembly.ts';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function directoryOf(files: Readonly<Record<string, unknown>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'hashira-'));
  directories.push(directory);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return directory;
}

const stack = (templateFile: string, more: object = {}, properties: object = {}) => ({
  type: 'aws:cloudformation:stack',
  environment: 'aws://unknown-account/ap-northeast-1',
  properties: { templateFile, ...properties },
  ...more,
});

describe('a cloud assembly', () => {
  const directory = () =>
    directoryOf({
      'manifest.json': {
        artifacts: {
          Assets: { type: 'cdk:asset-manifest' },
          ProductionNetworkStack: stack(
            'network.json',
            { additionalMetadataFile: 'network.metadata.json' },
            { terminationProtection: true, tags: { Environment: 'production' } },
          ),
          ProductionWebStack: stack(
            'web.json',
            { dependencies: ['Assets', 'ProductionNetworkStack'] },
            { stackName: 'web' },
          ),
          Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Stage' } },
        },
      },
      'network.json': {
        Description: 'the ground',
        Resources: {
          Vpc1: { Type: 'AWS::EC2::VPC', Metadata: { 'aws:cdk:path': 'P/Vpc' } },
          Table2: { Type: 'AWS::EC2::RouteTable' },
        },
      },
      'network.metadata.json': { '/P/Table': [{ type: 'aws:cdk:logicalId', data: 'Table2' }] },
      'web.json': { Resources: {} },
      'assembly-Stage/manifest.json': { artifacts: { StageDataStack: stack('data.json') } },
      'assembly-Stage/data.json': { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } },
    });

  test('gives its stacks with region, tags, protection and order, those of stages too', () => {
    expect(readAssembly(directory()).stacks).toMatchObject([
      {
        id: 'ProductionNetworkStack',
        name: 'ProductionNetworkStack',
        region: 'ap-northeast-1',
        description: 'the ground',
        terminationProtection: true,
        tags: { Environment: 'production' },
        dependsOn: [],
      },
      { id: 'ProductionWebStack', name: 'web', dependsOn: ['ProductionNetworkStack'], terminationProtection: false },
      { id: 'StageDataStack', templateFile: 'assembly-Stage/data.json' },
    ]);
  });

  test('gives each resource its construct path, from the template or beside it', () => {
    expect(readAssembly(directory()).resources.map(({ path }) => path)).toEqual([
      'P/Vpc',
      'P/Table',
      'StageDataStack/Bucket',
    ]);
  });
});

describe('a directory of templates', () => {
  test('is read as JSON and as YAML with short tags, across its files', () => {
    const directory = directoryOf({
      'network.yaml': [
        'Resources:',
        '  Vpc:',
        '    Type: AWS::EC2::VPC',
        '    Properties: &properties',
        '      CidrBlock: !Join ["/", [10.0.0.0, !Ref Bits]]',
        `      Name: !Sub "\${AWS::StackName}-vpc"`,
        '      Zone: !Select [0, !Split [",", "a,b"]]',
        '      Arn: !GetAtt Vpc.Arn',
        '      Side: !If [Wide, wide, narrow]',
        '  Again:',
        '    Type: Test::Thing',
        '    Properties: *properties',
        'Parameters: { Bits: { Type: Number, Default: 16 } }',
        'Conditions: { Wide: !Equals [!Ref Bits, 16] }',
        'Outputs: { Id: { Value: !Ref Vpc, Export: { Name: vpc-id } } }',
      ].join('\n'),
      'web.json': {
        Resources: { Thing: { Type: 'Test::Thing', Properties: { VpcId: { 'Fn::ImportValue': 'vpc-id' } } } },
      },
      'package.json': { name: 'not a template' },
    });
    const { stacks, resources } = readAssembly(directory);
    expect(stacks.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['network', []],
      ['web', ['network']],
    ]);
    const expected = {
      CidrBlock: '10.0.0.0/16',
      Name: 'network-vpc',
      Zone: 'a',
      Arn: { $ref: 'network/Vpc', attribute: 'Arn' },
      Side: 'wide',
    };
    expect(resources.map(({ properties }) => properties)).toEqual([
      expected,
      expected,
      { VpcId: { $ref: 'network/Vpc' } },
    ]);
  });

  test('may say its policy version as YAML’s date-like text', () => {
    const directory = directoryOf({
      'a.yml': 'Resources:\n  P:\n    Type: T\n    Properties: { Version: 2012-10-17 }',
    });
    expect(readAssembly(directory).resources[0]?.properties).toEqual({ Version: '2012-10-17' });
  });
});

describe('what cannot be read is named, in both languages', () => {
  const refusalOf = (directory: string): Refusal['said'] => {
    try {
      readAssembly(directory);
    } catch (error) {
      if (error instanceof Refusal) return error.said;
    }
    throw new Error('it was not refused');
  };

  test.each<[string, Readonly<Record<string, unknown>>, RegExp, RegExp]>([
    ['an empty directory', {}, /no CloudFormation template/, /テンプレートがありません/],
    ['broken JSON', { 'a.json': '{"Resources":' }, /a\.json: cannot be parsed at line 1, column 14/, /1 行 14 文字目/],
    ['broken YAML', { 'a.yaml': 'a: [1' }, /a\.yaml: cannot be parsed at line 1, column 6/, /BAD_INDENT/],
    ['an anchor within itself', { 'a.yaml': 'Resources: &a [*a]' }, /a\.yaml: cannot be parsed/, /自分自身/],
    ['a manifest without artifacts', { 'manifest.json': {} }, /manifest\.json: no artifacts/, /artifacts がありません/],
    [
      'a template that is not there',
      { 'manifest.json': { artifacts: { S: stack('s.json') } } },
      /s\.json: cannot be read: no such file/,
      /s\.json を読めません: ファイルまたはディレクトリがありません/,
    ],
    [
      'a resource without type',
      { 'a.json': { Resources: { Thing: {} } } },
      /a\.json: Thing is no resource/,
      /Thing がリソースではありません/,
    ],
  ])('%s', (_, files, en, ja) => {
    const said = refusalOf(directoryOf(files));
    expect(said.en).toMatch(en);
    expect(said.ja).toMatch(ja);
  });

  test('a directory that is not there', () => {
    expect(refusalOf('/nowhere/at/all').en).toContain('/nowhere/at/all: no such directory');
  });
});
