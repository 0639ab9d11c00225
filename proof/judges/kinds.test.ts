// Templates of others, as people write them: one for each way in which something is easily overlooked, with the verdict that is right.
import { describe, expect, test } from 'vitest';
import { criteriaOn, type Templates } from './testing/criteria-on.ts';

type Right = readonly [what: string, templates: Templates, verdicts: Readonly<Record<string, string>>];

const right = (name: string, rows: readonly Right[]) =>
  describe(name, () => {
    test.each(rows)('%s', async (_, templates, verdicts) => {
      const of = await criteriaOn(templates);
      expect(Object.fromEntries(Object.keys(verdicts).map((id) => [id, of(id)]))).toEqual(verdicts);
    });
  });

const resources = (yaml: string) => `Resources:\n${yaml.replace(/^\n/, '')}`;
const kms =
  '{ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms } }] } }';
const encrypted = `{ Type: AWS::S3::Bucket, Properties: ${kms} }`;
const plain = '{ Type: AWS::S3::Bucket }';

right('nested templates', [
  [
    'are read where the template is not packaged yet, with what they are given',
    {
      'main.yaml': resources(`
  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./parts/inner.yaml, Parameters: { Algorithm: aws:kms } } }`),
      'parts/inner.yaml': `
Parameters: { Algorithm: { Type: String, Default: AES256 } }
Resources:
  Store: { Type: AWS::S3::Bucket, Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: !Ref Algorithm } }] } } }`,
    },
    { 'AC-SEC-1': 'pass' },
  ],
  [
    'are unknown where they lie elsewhere',
    resources(`
  Store: ${encrypted}
  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://example.com/inner.yaml } }`),
    { 'AC-SEC-1': 'unresolved' },
  ],
  [
    'hang on the condition of their stack',
    {
      'main.yaml': `
Parameters: { Extra: { Type: String, AllowedValues: [yes, no] } }
Conditions: { More: !Equals [!Ref Extra, 'true'] }
Resources:
  Store: ${encrypted}
  Inner: { Type: AWS::CloudFormation::Stack, Condition: More, Properties: { TemplateURL: inner.yaml } }`,
      'inner.yaml': resources(`  Store: ${plain}`),
    },
    { 'AC-SEC-1': 'unresolved' },
  ],
  [
    'give their outputs to the template above',
    {
      'main.yaml': resources(`
  Keys: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: keys.yaml } }
  Store: { Type: AWS::S3::Bucket, Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: !GetAtt Keys.Outputs.Algorithm } }] } } }`),
      'keys.yaml': `
Resources: { Key: { Type: AWS::KMS::Key } }
Outputs: { Algorithm: { Value: aws:kms } }`,
    },
    { 'AC-SEC-1': 'pass' },
  ],
]);

right('defaults of parameters', [
  [
    'do not settle a condition, since a deployment may give another',
    `
Parameters: { Stage: { Type: String, Default: dev } }
Conditions: { Live: !Equals [!Ref Stage, live] }
Resources:
  Store: ${encrypted}
  Files: { Type: AWS::S3::Bucket, Condition: Live }`,
    { 'AC-SEC-1': 'unresolved' },
  ],
  [
    'do not either where a template passes them on',
    {
      'main.yaml': `
Parameters: { Stage: { Type: String, Default: dev } }
Resources:
  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: inner.yaml, Parameters: { Env: !Ref Stage } } }`,
      'inner.yaml': `
Parameters: { Env: { Type: String } }
Conditions: { Live: !Not [!Equals [!Ref Env, dev]] }
Resources:
  Store: ${encrypted}
  Files: { Type: AWS::S3::Bucket, Condition: Live }`,
    },
    { 'AC-SEC-1': 'unresolved' },
  ],
]);

test('what the caller gives a parameter settles it', async () => {
  const template = `
Parameters: { Stage: { Type: String, Default: dev } }
Conditions: { Live: !Equals [!Ref Stage, live] }
Resources:
  Store: ${encrypted}
  Files: { Type: AWS::S3::Bucket, Condition: Live }`;
  const given = async (Stage: string) => (await criteriaOn(template, { parameters: { Stage } }))('AC-SEC-1');
  expect([await given('dev'), await given('live')]).toEqual(['pass', 'fail']);
});

right('loops and macros', [
  [
    'a loop makes what it says, under names of its own',
    `
Transform: AWS::LanguageExtensions
Parameters: { Names: { Type: CommaDelimitedList, Default: 'a,b' } }
Resources:
  Fn::ForEach::Stores:
    - Name
    - !Ref Names
    - Store\${Name}: ${encrypted}
  Fn::ForEach::Doors:
    - Port
    - ['80', '22']
    - Door\${Port}:
        Type: AWS::EC2::SecurityGroupIngress
        Properties: { GroupId: sg-1, IpProtocol: tcp, FromPort: !Ref Port, ToPort: !Ref Port, CidrIp: 0.0.0.0/0 }`,
    { 'AC-SEC-1': 'pass', 'AC-SEC-4': 'fail' },
  ],
  [
    'a loop over what only a deployment knows may make anything',
    `
Transform: AWS::LanguageExtensions
Parameters: { Names: { Type: CommaDelimitedList } }
Resources:
  Store: ${encrypted}
  Fn::ForEach::Stores: [Name, !Ref Names, { 'Store\${Name}': ${plain} }]`,
    { 'AC-SEC-1': 'unresolved' },
  ],
  [
    'a macro may make anything',
    `Transform: [OurMacro]\nResources:\n  Store: ${encrypted}`,
    { 'AC-SEC-1': 'unresolved' },
  ],
  [
    'a file that is included may hold anything',
    resources(`
  Store: ${encrypted}
  Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://elsewhere/more.yaml } }`),
    { 'AC-SEC-1': 'unresolved' },
  ],
]);

right('YAML as CloudFormation takes it', [
  [
    'a list in brackets may go on at the column of its key',
    resources(`
  Store:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms } }
        ]
  Files: ${plain}`),
    { 'AC-SEC-1': 'fail' },
  ],
  [
    'yes is true',
    resources(`
  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, StorageEncrypted: yes, ManageMasterUserPassword: on } }`),
    { 'AC-SEC-2': 'pass', 'AC-SEC-6': 'pass' },
  ],
  [
    'other YAML beside templates is passed over, broken or not',
    { 'template.yaml': resources(`  Store: ${plain}`), 'chart.yaml': 'a: {{ .Values.b }}\nc: [1', 'list.yml': '- 1' },
    { 'AC-SEC-1': 'fail' },
  ],
]);

describe('what stands twice is refused', () => {
  test.each([
    [
      'template.json',
      '{"Resources":{"A":{"Type":"AWS::S3::Bucket"},"A":{"Type":"AWS::SQS::Queue"}}}',
      /"A" stands twice/,
    ],
    ['template.yaml', `Resources:\n  A: ${plain}\n  A: ${encrypted}`, /keys must be unique/],
  ])('in %s', async (name, text, reason) => {
    await expect(criteriaOn({ [name]: text })).rejects.toThrow(reason);
  });
});

test('Terraform is refused in one sentence', async () => {
  await expect(criteriaOn({ 'main.tf': 'resource "aws_s3_bucket" "a" {}' })).rejects.toThrow(/Terraform/);
});

right('stacks of no environment beside others', [
  [
    'are wrong where they are wrong',
    { 'ProductionApp.yaml': resources(`  Store: ${encrypted}`), 'common.yaml': resources(`  Store: ${plain}`) },
    { 'AC-SEC-1': 'fail' },
  ],
]);
