import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { entryPoints, permissionsOf, permissionsOfEntry, type Role } from './permissions.ts';

const actions = (role: Role) => [...new Set(permissionsOf(role).map(({ action }) => action))];

describe('what the code calls', () => {
  test("IAM-2: the task's role needs every action of the document, and three more", () => {
    const document = [
      's3:GetObject',
      's3:PutObject',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'sqs:SendMessage',
      'sqs:ReceiveMessage',
      'sns:Publish',
    ];
    const beyond = ['secretsmanager:GetSecretValue', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'];
    expect(actions('task').toSorted()).toEqual([...document, ...beyond].toSorted());
  });

  test("IAM-3: the functions' role needs every action of the document, and two more", () => {
    const document = [
      'secretsmanager:GetSecretValue',
      's3:GetObject',
      's3:PutObject',
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
    ];
    const beyond = ['sqs:GetQueueAttributes', 'sqs:SendMessage'];
    expect(actions('lambda').toSorted()).toEqual([...document, ...beyond].toSorted());
  });

  test.each([
    ['functions/fulfil-order.ts', ['secretsmanager:GetSecretValue', 'sqs:SendMessage']],
    ['functions/write-receipt.ts', ['s3:GetObject', 's3:PutObject']],
    ['functions/import-orders.ts', ['s3:GetObject', 's3:PutObject', 'sqs:SendMessage']],
    ['api/migrate.ts', ['secretsmanager:GetSecretValue']],
    ['api/resume-orders.ts', ['secretsmanager:GetSecretValue']],
  ])('%s makes clients of nothing else', (entry, expected) => {
    expect([...new Set(permissionsOfEntry(entry).map(({ action }) => action))].toSorted()).toEqual(expected);
  });

  test('every file of functions/ is an entry point, so that none is forgotten', () => {
    const files = readdirSync(join(import.meta.dirname, 'functions')).filter((name) => !name.endsWith('.test.ts'));
    expect(files.map((name) => `functions/${name}`).toSorted()).toEqual([...entryPoints.lambda].toSorted());
  });
});

describe('the derivation', () => {
  const folder = join(import.meta.dirname, 'permissions-of-a-test');
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const derive = (files: Record<string, string>) => {
    mkdirSync(folder, { recursive: true });
    for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
    expect(existsSync(folder)).toBe(true);
    return permissionsOfEntry('permissions-of-a-test/a.ts').map(({ action }) => action);
  };

  test.each<[string, Record<string, string>, string[]]>([
    [
      'follows imports',
      {
        'a.ts': "import { b } from './b.ts';",
        'b.ts': "import { GetObjectCommand } from '@aws-sdk/client-s3';\nnew GetObjectCommand(x);",
      },
      ['s3:GetObject'],
    ],
    [
      'not those of types',
      {
        'a.ts': "import type { B } from './b.ts';",
        'b.ts': "import { GetObjectCommand } from '@aws-sdk/client-s3';\nnew GetObjectCommand(x);",
      },
      [],
    ],
    [
      'ends in a circle',
      {
        'a.ts': "import './b.ts';",
        'b.ts':
          "import { a } from './a.ts';\nimport { PublishCommand } from '@aws-sdk/client-sns';\nnew PublishCommand(x);",
      },
      ['sns:Publish'],
    ],
    [
      'reads lists over several lines',
      {
        'a.ts':
          "import {\n  GetItemCommand,\n  type DynamoDBClient,\n} from '@aws-sdk/client-dynamodb';\nnew GetItemCommand(x);",
      },
      ['dynamodb:GetItem'],
    ],
    ['does not read comments', { 'a.ts': "// import { GetItemCommand } from '@aws-sdk/client-dynamodb';" }, []],
    [
      'counts a batch as its single operation',
      { 'a.ts': "import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';\nnew SendMessageBatchCommand(x);" },
      ['sqs:SendMessage'],
    ],
  ])('%s', (_, files, expected) => {
    expect(derive(files)).toEqual(expected);
  });

  test('refuses a command that is imported and never made', () => {
    expect(() => derive({ 'a.ts': "import { GetObjectCommand } from '@aws-sdk/client-s3';" })).toThrow(
      'never makes one',
    );
  });
});
