// Claims about CloudFormation behind the deployer's port: what it is asked, what becomes of its answers, and of its refusals.
import { afterEach, describe, expect, test } from 'vitest';
import { type Answers, type AwsStub, type Question, refusal, startAwsStub } from '../aws/testing/aws-stub.ts';
import { awsCloudFormation } from './aws-cloudformation.ts';
import type { StackReference } from './cloudformation.ts';

let stub: AwsStub | undefined;
afterEach(async () => {
  await stub?.stop();
  stub = undefined;
});

const place: StackReference = { name: 'ShopStack', region: 'eu-west-1' };

async function portWith(answers: Answers) {
  stub = await startAwsStub(answers);
  const { url, asked } = stub;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return { port: awsCloudFormation({ endpoint: url, credentials, maxAttempts: 1 }), asked };
}

const asksFor = (operation: string, answer: Answers[string]): Answers => ({ [`cloudformation.${operation}`]: answer });
const gone = refusal('ValidationError', 'Stack with id ShopStack does not exist');

describe('a stack', () => {
  test('comes with its outputs, parameters, tags and the time of its last change', async () => {
    const { port } = await portWith(
      asksFor('DescribeStacks', {
        Stacks: {
          member: {
            StackName: 'ShopStack',
            StackId: 'arn:stack',
            StackStatus: 'UPDATE_COMPLETE',
            CreationTime: '2026-01-01T00:00:00Z',
            LastUpdatedTime: '2026-01-02T00:00:00Z',
            EnableTerminationProtection: true,
            Outputs: { member: { OutputKey: 'Url', OutputValue: 'https://x' } },
            Parameters: { member: { ParameterKey: 'Stage', ParameterValue: 'two' } },
            Tags: { member: { Key: 'team', Value: 'shop' } },
          },
        },
      }),
    );
    expect(await port.describe(place)).toEqual({
      id: 'arn:stack',
      status: 'UPDATE_COMPLETE',
      outputs: { Url: 'https://x' },
      parameters: { Stage: 'two' },
      tags: { team: 'shop' },
      updated: Date.parse('2026-01-02T00:00:00Z'),
      terminationProtection: true,
    });
  });

  test('that is not there is no error, nor are its events and its change sets', async () => {
    const { port } = await portWith({
      ...asksFor('DescribeStacks', gone),
      ...asksFor('DescribeStackEvents', gone),
      ...asksFor('DeleteChangeSet', refusal('ChangeSetNotFound', 'ChangeSet [x] does not exist')),
    });
    expect(await port.describe(place)).toBeUndefined();
    expect(await port.events(place)).toEqual([]);
    await expect(port.discard(place, 'x')).resolves.toBeUndefined();
  });

  test('is asked for as the role of the bootstrap, which is taken on once', async () => {
    const { port, asked } = await portWith({
      ...asksFor('DescribeStacks', gone),
      'sts.AssumeRole': {
        Credentials: {
          AccessKeyId: 'other',
          SecretAccessKey: 'other',
          SessionToken: 'token',
          Expiration: '2099-01-01T00:00:00Z',
        },
      },
    });
    const role = 'arn:aws:iam::123456789012:role/deploy';
    await port.describe({ ...place, role });
    await port.describe({ ...place, role });
    expect(asked.map(({ service }) => service)).toEqual(['sts', 'cloudformation', 'cloudformation']);
    expect(asked[0]?.input).toMatchObject({ RoleArn: role });
  });
});

describe.each([
  ['Throttling', 'throttled', 'Throttling'],
  ['ExpiredToken', 'expired', 'ExpiredToken'],
  ['ServiceUnavailable', 'lost', 'ServiceUnavailable'],
  ['ValidationError', 'refused', 'ValidationError'],
  ['AccessDenied', 'refused', 'AccessDenied'],
  ['InvalidChangeSetStatus', 'refused', 'InvalidChangeSetStatusException'],
])('%s from CloudFormation', (code, kind, name) => {
  test(`is a fault that is ${kind}`, async () => {
    const { port } = await portWith(asksFor('ExecuteChangeSet', refusal(code, 'because')));
    await expect(port.execute(place, 'changes', 'token')).rejects.toMatchObject({
      kind,
      code: name,
      message: 'because',
    });
  });
});

test('a connection that nobody answers is a fault that is lost', async () => {
  const { port } = await portWith({});
  await stub?.stop();
  stub = undefined;
  await expect(port.describe(place)).rejects.toMatchObject({ kind: 'lost' });
});

test('a role that may not be taken on is a fault that names it', async () => {
  const { port } = await portWith({ 'sts.AssumeRole': refusal('AccessDenied', 'not for you') });
  await expect(port.describe({ ...place, role: 'arn:role' })).rejects.toMatchObject({
    kind: 'refused',
    message: 'not for you',
  });
});

describe('a change set', () => {
  test.each([
    ['CREATE_IN_PROGRESS', '', 'UNAVAILABLE', 'pending'],
    ['CREATE_COMPLETE', '', 'AVAILABLE', 'ready'],
    ['CREATE_COMPLETE', '', 'OBSOLETE', 'failed'],
    [
      'FAILED',
      "The submitted information didn't contain changes. Submit different information",
      'UNAVAILABLE',
      'empty',
    ],
    ['FAILED', 'No updates are to be performed.', 'UNAVAILABLE', 'empty'],
    ['FAILED', 'Template error: no such resource', 'UNAVAILABLE', 'failed'],
  ])('%s (%s, %s) is %s', async (Status, StatusReason, ExecutionStatus, state) => {
    const reason = StatusReason === '' ? {} : { StatusReason };
    const { port } = await portWith(asksFor('DescribeChangeSet', { Status, ExecutionStatus, ...reason }));
    expect(await port.describeChangeSet(place, 'changes')).toMatchObject({ state });
  });

  test('is read to its last page', async () => {
    const change = (LogicalResourceId: string, rest: object) => ({
      member: { Type: 'Resource', ResourceChange: { LogicalResourceId, ResourceType: 'AWS::SQS::Queue', ...rest } },
    });
    const target = { Attribute: 'Properties', Name: 'QueueName', RequiresRecreation: 'Always' };
    const pages = (question: Question) => ({
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      ...(question.input.NextToken === undefined
        ? {
            Changes: change('One', { Action: 'Modify', Replacement: 'True', Details: { member: { Target: target } } }),
            NextToken: 'more',
          }
        : {
            Changes: {
              member: [change('Two', { Action: 'Add' }).member, change('Three', { Action: 'Dynamic' }).member],
            },
          }),
    });
    const { port } = await portWith(asksFor('DescribeChangeSet', pages));
    expect(await port.describeChangeSet(place, 'changes')).toMatchObject({
      changes: [
        {
          action: 'Modify',
          logicalId: 'One',
          replacement: 'True',
          details: [{ attribute: 'Properties', name: 'QueueName', recreation: 'Always' }],
        },
        { action: 'Add', logicalId: 'Two', replacement: 'False', details: [] },
        // What CloudFormation itself cannot tell is not safe.
        { action: 'Dynamic', logicalId: 'Three', replacement: 'Conditional', details: [] },
      ],
    });
  });

  test('is asked for with a token, and keeps the parameters that it is told to', async () => {
    const { port, asked } = await portWith(asksFor('CreateChangeSet', { Id: 'arn:set' }));
    await port.createChangeSet({
      place,
      name: 'changes',
      token: 'once',
      kind: 'UPDATE',
      templateUrl: 'https://bucket/template.json',
      tags: { team: 'shop' },
      keep: ['Stage'],
      executionRole: 'arn:exec',
      description: 'hash',
    });
    expect(asked[0]?.input).toMatchObject({
      ClientToken: 'once',
      ChangeSetType: 'UPDATE',
      'Parameters.member.1.ParameterKey': 'Stage',
      'Parameters.member.1.UsePreviousValue': 'true',
      'Tags.member.1.Value': 'shop',
      RoleARN: 'arn:exec',
    });
  });

  test('that an interrupted run left behind makes way for the new one', async () => {
    let left = true;
    const { port, asked } = await portWith({
      ...asksFor('CreateChangeSet', () => (left ? refusal('AlreadyExistsException', 'it exists') : { Id: 'arn:set' })),
      ...asksFor('DeleteChangeSet', () => {
        left = false;
        return {};
      }),
    });
    const rest = { tags: {}, keep: [], description: '', templateUrl: 'https://bucket/template.json' };
    await port.createChangeSet({ place, name: 'changes', token: 'once', kind: 'UPDATE', ...rest });
    expect(asked.map(({ input }) => input.ClientToken)).toEqual(['once', undefined, 'once-again']);
  });

  test('is executed, and a stack deleted, with a token that makes a second question the first one again', async () => {
    const { port, asked } = await portWith({ ...asksFor('ExecuteChangeSet', {}), ...asksFor('DeleteStack', {}) });
    await port.execute(place, 'changes', 'once');
    await port.delete(place, 'twice');
    expect(asked.map(({ input }) => input.ClientRequestToken)).toEqual(['once-ShopStack', 'twice-ShopStack']);
  });
});

test('events are read back to where the operation began, and no page further', async () => {
  const event = (EventId: string, of: 'stack' | 'queue', ResourceStatus: string, ClientRequestToken: string) => ({
    StackId: 'arn:stack',
    StackName: 'ShopStack',
    EventId,
    // A clock that stands still: nothing is told by it.
    Timestamp: '2026-01-01T00:00:00Z',
    LogicalResourceId: of === 'stack' ? 'ShopStack' : 'Queue',
    PhysicalResourceId: of === 'stack' ? 'arn:stack' : 'queue-1',
    ResourceType: of === 'stack' ? 'AWS::CloudFormation::Stack' : 'AWS::SQS::Queue',
    ResourceStatus,
    ResourceStatusReason: 'why',
    ClientRequestToken,
  });
  const [own, other] = ['once-ShopStack', 'before-ShopStack'];
  const pages: Readonly<Record<string, object>> = {
    '': {
      StackEvents: {
        member: [
          event('5', 'stack', 'UPDATE_ROLLBACK_IN_PROGRESS', own),
          event('4', 'queue', 'UPDATE_FAILED', own),
          event('3', 'queue', 'UPDATE_IN_PROGRESS', own),
        ],
      },
      NextToken: 'second',
    },
    second: {
      StackEvents: {
        member: [event('2', 'stack', 'UPDATE_IN_PROGRESS', own), event('1', 'queue', 'UPDATE_FAILED', other)],
      },
      NextToken: 'third',
    },
  };
  const { port, asked } = await portWith(
    asksFor('DescribeStackEvents', ({ input }) => pages[String(input.NextToken ?? '')] ?? refusal('TooFar')),
  );
  for (const token of [undefined, 'once']) {
    const events = await port.events(place, token);
    expect(events.map(({ id }) => id)).toEqual(['5', '4', '3', '2']);
    expect(events[1]).toMatchObject({ logicalId: 'Queue', status: 'UPDATE_FAILED', reason: 'why', token: own });
  }
  expect(asked).toHaveLength(4);
  // An operation that was just asked for, and does not show yet: what failed in the one before is not its affair.
  expect(await port.events(place, 'next')).toEqual([]);
});
