import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildGraph } from './build-graph.ts';
import { isSettled, referencesIn, resourceOf, textOf } from './graph.ts';
import type { Node, StackSource, TemplateNode } from './scope.ts';

function source(id: string, template: TemplateNode, region = 'ap-northeast-1'): StackSource {
  return { id, name: id, region, templateFile: `${id}.template.json`, template, tags: {}, waitsFor: [], paths: {} };
}

const thing = (Properties: TemplateNode): TemplateNode => ({ Type: 'Test::Thing', Properties });

/** What a value becomes in a stack `Main` that has a bucket, a parameter, conditions and a mapping, beside a stack of another region. */
function resolved(value: Node) {
  const main = source('Main', {
    Parameters: {
      Size: { Type: 'Number', Default: 5 },
      Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
      Bare: { Type: 'String' },
      FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' },
    },
    Mappings: { Map: { 'ap-northeast-1': { image: 'ami-1' } } },
    Conditions: {
      Yes: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'ap-northeast-1'] },
      No: { 'Fn::Not': [{ Condition: 'Yes' }] },
      Unknown: { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '1'] },
      Neither: { 'Fn::And': [{ Condition: 'Unknown' }, { Condition: 'No' }] },
      Either: { 'Fn::Or': [{ Condition: 'Unknown' }, { Condition: 'Yes' }] },
      Circle: { 'Fn::Not': [{ Condition: 'Circle' }] },
    },
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket' },
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Hidden: { Type: 'AWS::S3::Bucket', Condition: 'No' },
      Thing: thing({ value }),
    },
  });
  const far = source(
    'Far',
    {
      Resources: { Key: { Type: 'AWS::KMS::Key' } },
      Outputs: {
        Arn: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'far-arn' } },
        Loop: { Value: { 'Fn::GetStackOutput': { StackName: 'Far', OutputName: 'Loop' } } },
      },
    },
    'us-west-2',
  );
  const near = source('Near', {
    Resources: {},
    Outputs: { Name: { Value: 'n', Export: { Name: { 'Fn::Join': ['-', ['a', 'b']] } } } },
  });
  const { resources } = buildGraph([main, far, near]);
  return resources.find(({ key }) => key === 'Main/Thing')?.properties.value;
}

const unknown = expect.objectContaining({ $unresolved: expect.objectContaining({ $said: expect.any(String) }) });

describe('intrinsic functions', () => {
  test.each<[string, Node, unknown]>([
    ['a parameter gives its default', { Ref: 'Size' }, 5],
    ['a list parameter gives a list', { 'Fn::Select': [1, { Ref: 'Zones' }] }, 'b'],
    ['a parameter without default is unresolved', { Ref: 'Bare' }, unknown],
    ['a parameter from SSM is unresolved', { Ref: 'FromSsm' }, unknown],
    ['the region is the stack’s', { Ref: 'AWS::Region' }, 'ap-northeast-1'],
    ['the partition is aws', { Ref: 'AWS::Partition' }, 'aws'],
    ['the URL suffix is AWS’s', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['the account number is unresolved', { Ref: 'AWS::AccountId' }, unknown],
    ['a resource is a reference', { Ref: 'Bucket' }, { $ref: 'Main/Bucket' }],
    ['an attribute is a reference', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, { $ref: 'Main/Bucket', attribute: 'Arn' }],
    ['an attribute may be one text', { 'Fn::GetAtt': 'Bucket.Arn' }, { $ref: 'Main/Bucket', attribute: 'Arn' }],
    ['an attribute that echoes a property is that property', { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, '10.0.0.0/16'],
    ['a reference to nothing is unresolved', { Ref: 'Nobody' }, unknown],
    ['a reference to what a condition leaves out is unresolved', { Ref: 'Hidden' }, unknown],
    ['a join of texts is a text', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 1]] }, 'a-ap-northeast-1-1'],
    [
      'a join keeps references',
      { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/', '*']] },
      { $join: [{ $ref: 'Main/Bucket', attribute: 'Arn' }, '/*'] },
    ],
    ['a sub fills in', { 'Fn::Sub': `x-\${Size}-\${AWS::Region}-\${!Raw}` }, `x-5-ap-northeast-1-\${Raw}`],
    [
      'a sub reads its own variables first',
      { 'Fn::Sub': [`\${Size}/\${Bucket.Arn}`, { Size: 'own' }] },
      { $join: ['own/', { $ref: 'Main/Bucket', attribute: 'Arn' }] },
    ],
    ['a split text can be selected from', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    ['a true condition chooses its side', { 'Fn::If': ['Yes', 1, 2] }, 1],
    ['a false condition chooses the other', { 'Fn::If': ['No', 1, 2] }, 2],
    ['one false part makes a conjunction false', { 'Fn::If': ['Neither', 1, 2] }, 2],
    ['one true part makes a disjunction true', { 'Fn::If': ['Either', 1, 2] }, 1],
    ['an unknown condition leaves the value unresolved', { 'Fn::If': ['Unknown', 1, 2] }, unknown],
    ['a condition that refers to itself is unknown', { 'Fn::If': ['Circle', 1, 2] }, unknown],
    ['no value leaves its list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['no value leaves its object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['a mapping is looked up', { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'image'] }, 'ami-1'],
    ['a mapping without the key is unresolved', { 'Fn::FindInMap': ['Map', 'x', 'image'] }, unknown],
    ['a mapping without the key gives its default', { 'Fn::FindInMap': ['Map', 'x', 'y', { DefaultValue: 'z' }] }, 'z'],
    ['Base64 of a text is worked out', { 'Fn::Base64': 'hi' }, 'aGk='],
    [
      'another region’s output is followed',
      { 'Fn::GetStackOutput': { StackName: 'Far', Region: 'us-west-2', OutputName: 'Arn' } },
      { $ref: 'Far/Key', attribute: 'Arn' },
    ],
    [
      'an output of a stack that is not here is unresolved',
      { 'Fn::GetStackOutput': { StackName: 'Far', OutputName: 'Arn' } },
      unknown,
    ],
    [
      'an output that reads itself is unresolved',
      { 'Fn::GetStackOutput': { StackName: 'Far', Region: 'us-west-2', OutputName: 'Loop' } },
      unknown,
    ],
    ['an import finds its export', { 'Fn::ImportValue': 'a-b' }, 'n'],
    ['an import does not cross regions', { 'Fn::ImportValue': 'far-arn' }, unknown],
    ['an unknown function is unresolved', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, unknown],
    ['data that looks like a reference is none', { $ref: 'Main/Bucket' }, { $$ref: 'Main/Bucket' }],
  ])('%s', (_, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  test('what is made from one unknown part of a resource still names the resource', () => {
    const name = resolved({ 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Bucket', 'Arn'] }] }] });
    expect(name).toEqual(unknown);
    expect(resourceOf(name)).toBe('Main/Bucket');
  });

  test('a text with references can be read as JSON', () => {
    const body = resolved({
      'Fn::Join': ['', ['{"a":"', { Ref: 'Bucket' }, '","b":"', { Ref: 'AWS::AccountId' }, '"}']],
    });
    expect(JSON.parse(textOf(body))).toEqual({ a: `\${Main/Bucket}`, b: `\${?}` });
  });

  const node: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Node>(
        'a',
        1,
        true,
        null,
        'Bucket',
        'Unknown',
        { Ref: 'Bucket' },
        { Ref: 'AWS::NoValue' },
        { Ref: 'Size' },
      ),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.record({ key: tie('node') }),
      fc
        .tuple(
          fc.constantFrom(
            'Ref',
            'Fn::Join',
            'Fn::Sub',
            'Fn::Select',
            'Fn::Split',
            'Fn::If',
            'Fn::GetAtt',
            'Fn::FindInMap',
            'Fn::GetStackOutput',
            'Fn::ImportValue',
          ),
          tie('node'),
        )
        .map(([name, argument]) => ({ [name]: argument })),
    ),
  })).node;

  test('no template makes the resolver throw, and nothing of a function is left in what it gives', () => {
    fc.assert(
      fc.property(node, (value) => {
        const result = resolved(value);
        expect(JSON.stringify(result) ?? '').not.toMatch(/"(Fn::\w+|Ref)":/);
        isSettled(result);
        for (const { $ref } of referencesIn(result)) expect($ref).toBe('Main/Bucket');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('conditions on resources', () => {
  const graph = buildGraph([
    source('S', {
      Conditions: { No: { 'Fn::Equals': ['a', 'b'] }, Unknown: { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '1'] } },
      Resources: {
        Gone: { Type: 'Test::Thing', Condition: 'No' },
        Maybe: { Type: 'Test::Thing', Condition: 'Unknown' },
        Misnamed: { Type: 'Test::Thing', Condition: 'Nobody' },
        Sure: { Type: 'Test::Thing', DependsOn: 'Maybe', DeletionPolicy: 'Retain' },
      },
    }),
  ]);

  test('what a false condition hides is not in the graph; what an unknown one may hide says so', () => {
    expect(graph.resources.map(({ logicalId, condition }) => [logicalId, condition])).toEqual([
      ['Maybe', 'Unknown'],
      ['Misnamed', 'Nobody'],
      ['Sure', undefined],
    ]);
  });

  test('a resource carries its place, policy and order', () => {
    expect(graph.resources.at(-1)).toMatchObject({
      key: 'S/Sure',
      path: 'S/Sure',
      pointer: '/Resources/Sure/Properties',
      deletionPolicy: 'Retain',
      dependsOn: ['S/Maybe'],
    });
  });
});
