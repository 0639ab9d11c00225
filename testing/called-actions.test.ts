import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { permissionsOfEntry } from './called-actions.ts';

describe('the derivation', () => {
  const folder = join(import.meta.dirname, 'called-actions-of-a-test');
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const derive = (files: Record<string, string>) => {
    mkdirSync(folder, { recursive: true });
    for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
    expect(existsSync(folder)).toBe(true);
    return permissionsOfEntry('testing/called-actions-of-a-test/a.ts').map(({ action }) => action);
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
