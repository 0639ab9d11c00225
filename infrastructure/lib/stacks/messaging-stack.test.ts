// Claims about the messaging stack, read from its templates (STK-7, IAM-2, IAM-3).
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { exampleDesign } from '../../../design/fixtures/example-design.ts';
import { type FormEnvironment, formEnvironments } from '../../../design/schema.ts';
import { dataStacks, logicalIds } from '../testing/data-stacks.ts';
import type { MessagingStack } from './messaging-stack.ts';

const stacks: Partial<Record<FormEnvironment, MessagingStack>> = {};

beforeAll(() => {
  for (const environment of formEnvironments) stacks[environment] = dataStacks(exampleDesign, environment).messaging;
});

function stackOf(environment: FormEnvironment): MessagingStack {
  const stack = stacks[environment];
  if (stack === undefined) throw new Error(`${environment} was not built`);
  return stack;
}

const of = (environment: FormEnvironment) => Template.fromStack(stackOf(environment));

interface QueueProperties {
  readonly QueueName?: string;
  readonly VisibilityTimeout?: number;
  readonly RedrivePolicy?: {
    readonly deadLetterTargetArn: { readonly 'Fn::GetAtt': [string, 'Arn'] };
    readonly maxReceiveCount: number;
  };
  readonly RedriveAllowPolicy?: { readonly redrivePermission: string; readonly sourceQueueArns: readonly unknown[] };
}

function queues(environment: FormEnvironment): Record<string, QueueProperties> {
  const found = of(environment).findResources('AWS::SQS::Queue');
  return Object.fromEntries(Object.entries(found).map(([id, { Properties }]) => [id, Properties as QueueProperties]));
}

describe('the queues', () => {
  test.each(formEnvironments)(
    "are encrypted with the stack's key, and keep messages for 14 days, in %s",
    (environment) => {
      const [key] = logicalIds(of(environment), 'AWS::KMS::Key');
      of(environment).resourceCountIs('AWS::SQS::Queue', 5);
      of(environment).allResourcesProperties('AWS::SQS::Queue', {
        KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
        MessageRetentionPeriod: 14 * 24 * 3600,
      });
      of(environment).hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    },
  );

  test('refuse whoever comes without TLS (AC-SEC-3)', () => {
    const refusing = Object.values(of('production').findResources('AWS::SQS::QueuePolicy')).filter(({ Properties }) =>
      Properties.PolicyDocument.Statement.some(
        ({ Effect, Condition }: { Effect: string; Condition?: { Bool?: Record<string, string> } }) =>
          Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
      ),
    );
    expect(refusing).toHaveLength(5);
  });

  test.each(['Work', 'Fulfilment'])(
    '%s sets a message aside after five receptions, in a queue for it alone',
    (name) => {
      const all = queues('production');
      const queue = Object.values(all).find(({ QueueName }) => QueueName === `ProductionMessagingStack-${name}`);
      const [deadLetters = ''] = queue?.RedrivePolicy?.deadLetterTargetArn['Fn::GetAtt'] ?? [];
      expect(queue?.RedrivePolicy?.maxReceiveCount).toBe(5);
      expect(deadLetters).toMatch(new RegExp(`^${name}DeadLetters`));
      expect(all[deadLetters]?.RedriveAllowPolicy?.redrivePermission).toBe('byQueue');
      expect(JSON.stringify(all[deadLetters]?.RedriveAllowPolicy?.sourceQueueArns)).toContain(
        `:ProductionMessagingStack-${name}"`,
      );
    },
  );

  test('give a function six times its timeout', () => {
    const timeout = exampleDesign.sizes.production.functions?.timeoutSeconds ?? 0;
    expect(timeout).toBeGreaterThan(0);
    of('production').hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'ProductionMessagingStack-Fulfilment',
      VisibilityTimeout: 6 * timeout,
    });
  });

  test('are one fewer when the document has no functions', () => {
    const { functions: _, ...production } = exampleDesign.sizes.production;
    const design = { ...exampleDesign, functions: [], sizes: { ...exampleDesign.sizes, production } };
    const { messaging } = dataStacks(design, 'production');
    Template.fromStack(messaging).resourceCountIs('AWS::SQS::Queue', 3);
    expect(messaging.queue).toBe(messaging.workQueue);
    expect(messaging.fulfilmentQueue).toBeUndefined();
  });
});

describe('the topics', () => {
  test('are encrypted, and refuse whoever comes without TLS', () => {
    of('production').resourceCountIs('AWS::SNS::Topic', 2);
    of('production').allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    const denials = JSON.stringify(of('production').findResources('AWS::SNS::TopicPolicy')).match(
      /"aws:SecureTransport":"false"/g,
    );
    expect(denials).toHaveLength(2);
  });

  test('take from alarms of this account and from events, and from nobody else (AC-OPS-2)', () => {
    interface Statement {
      readonly Effect: string;
      readonly Principal: { readonly Service?: string };
      readonly Condition?: unknown;
    }
    const allowed = Object.entries(of('production').findResources('AWS::SNS::TopicPolicy'))
      .filter(([id]) => id.startsWith('Operations'))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[])
      .filter(({ Effect }) => Effect === 'Allow');
    const services = new Set(allowed.map(({ Principal }) => Principal.Service));
    expect(services).toEqual(new Set(['cloudwatch.amazonaws.com', 'events.amazonaws.com']));
    expect(allowed.find(({ Principal }) => Principal.Service === 'cloudwatch.amazonaws.com')?.Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
    });
  });

  test("mail what AWS reports to the document's address", () => {
    of('production').hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: exampleDesign.inputs.alertEmail,
      TopicArn: { Ref: Match.stringLikeRegexp('^Operations') },
    });
  });
});

describe('the rules', () => {
  test('report a task that died, and none that a deployment or scaling stopped', () => {
    of('production').hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ecs'],
        detail: Match.objectLike({
          lastStatus: ['STOPPED'],
          $or: [
            { stopCode: ['EssentialContainerExited', 'TaskFailedToStart'] },
            { stoppedReason: [{ prefix: 'Task failed' }] },
          ],
        }),
      },
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^Operations') } })],
    });
  });

  test('report a backup or copy that failed', () => {
    of('production').hasResourceProperties('AWS::Events::Rule', {
      EventPattern: Match.objectLike({
        source: ['aws.backup'],
        'detail-type': ['Backup Job State Change', 'Copy Job State Change'],
        detail: Match.objectLike({ state: Match.arrayWith(['FAILED', 'ABORTED', 'EXPIRED']) }),
      }),
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^Operations') } })],
    });
  });

  test('report in production, where backups are brought back by way of trial, that one was not', () => {
    of('production').hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.backup'],
        'detail-type': ['Restore Job State Change'],
        detail: {
          status: ['FAILED', 'ABORTED'],
          iamRoleArn: [{ prefix: { 'Fn::Join': ['', Match.arrayWith([':role/ProductionDatabaseStack-'])] } }],
        },
      },
      Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^Operations') } })],
    });
    expect(JSON.stringify(of('staging').findResources('AWS::Events::Rule'))).not.toContain('Restore');
  });

  test('hear of their own environment only', () => {
    const patterns = JSON.stringify(of('staging').findResources('AWS::Events::Rule'));
    expect(patterns).toContain(':cluster/StagingComputeStack-');
    expect(patterns).toContain('{"prefix":"StagingDatabaseStack"}');
    expect(patterns).not.toContain('Production');
  });

  test('ask for the export at 04:00 in Japan, on the work queue', () => {
    of('production').hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(0 19 * * ? *)',
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WorkQueue'), 'Arn'] },
          InputTransformer: Match.objectLike({ InputTemplate: '{"type":"export","time":<time>}' }),
        }),
      ],
    });
  });

  test('keep what their target did not take', () => {
    const targets = Object.values(of('production').findResources('AWS::Events::Rule')).flatMap(
      ({ Properties }) => Properties.Targets as { DeadLetterConfig?: unknown }[],
    );
    expect(targets).toHaveLength(4);
    expect(targets.filter(({ DeadLetterConfig }) => DeadLetterConfig === undefined)).toEqual([]);
  });

  test('may use the key, and so may notifications and alarms of this account', () => {
    of('production').hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: ['cloudwatch.amazonaws.com', 'sns.amazonaws.com'] },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
          Match.objectLike({
            Principal: { Service: 'events.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          }),
        ]),
      }),
    });
  });
});

describe('permissions', () => {
  test.each([
    [
      'task',
      {
        'sqs:SendMessage': 'fulfilmentQueue',
        'sqs:ReceiveMessage': 'workQueue',
        'sqs:DeleteMessage': 'workQueue',
        'sqs:ChangeMessageVisibility': 'workQueue',
        'sns:Publish': 'topic',
        'kms:Decrypt': 'kmsKey',
        'kms:GenerateDataKey': 'kmsKey',
      },
    ],
    [
      'lambda',
      {
        'sqs:ReceiveMessage': 'fulfilmentQueue',
        'sqs:DeleteMessage': 'fulfilmentQueue',
        'sqs:GetQueueAttributes': 'fulfilmentQueue',
        'sqs:SendMessage': 'workQueue',
        'kms:Decrypt': 'kmsKey',
        'kms:GenerateDataKey': 'kmsKey',
      },
    ],
  ] as const)('of the role %s name one resource for each action (IAM-2, IAM-3, IAM-5)', (role, expected) => {
    const stack = stackOf('production');
    const names = new Map([
      [stack.fulfilmentQueue?.queueArn, 'fulfilmentQueue'],
      [stack.workQueue.queueArn, 'workQueue'],
      [stack.topic.topicArn, 'topic'],
      [stack.kmsKey.keyArn, 'kmsKey'],
    ]);
    const held = stack.statements[role].flatMap(({ actions, resources }) =>
      actions.map((action) => [action, resources.map((resource) => names.get(resource)).join()] as const),
    );
    expect(Object.fromEntries(held)).toEqual(expected);
    expect(held).toHaveLength(Object.keys(expected).length);
  });
});

describe('what holds data', () => {
  test('outlives its stack in production and staging, and goes with it in development', () => {
    const policies = (environment: FormEnvironment) =>
      new Set(
        ['AWS::SQS::Queue', 'AWS::KMS::Key'].flatMap((type) =>
          Object.values(of(environment).findResources(type)).map(({ UpdateReplacePolicy }) => UpdateReplacePolicy),
        ),
      );
    expect(policies('production')).toEqual(new Set(['Retain']));
    expect(policies('staging')).toEqual(new Set(['Retain']));
    expect(policies('development')).toEqual(new Set(['Delete']));
  });

  test.each(formEnvironments)('keeps its logical ids in %s', (environment) => {
    expect(logicalIds(of(environment), 'AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::KMS::Key')).toEqual([
      'FulfilmentDeadLettersF030118E',
      'FulfilmentQueue26A1FA60',
      'Key961B73FD',
      'Operations993AC38D',
      'OrderEvents91E7078A',
      'UndeliveredF3CF66A9',
      'WorkDeadLetters7D6F983C',
      'WorkQueue1CAC4D2F',
    ]);
  });
});

test('the stack takes nothing from another, as the document says', () => {
  expect(JSON.stringify(of('production').toJSON())).not.toMatch(/Fn::GetStackOutput|Fn::ImportValue/);
});
