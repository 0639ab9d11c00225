import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { permissionsOfEntry } from '../../testing/called-actions.ts';
import { entryPoints, permissionsOf, type Role } from './permissions.ts';

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
    ['services/functions/fulfil-order.ts', ['secretsmanager:GetSecretValue', 'sqs:SendMessage']],
    ['services/functions/write-receipt.ts', ['s3:GetObject', 's3:PutObject']],
    ['services/functions/import-orders.ts', ['s3:GetObject', 's3:PutObject', 'sqs:SendMessage']],
    ['services/api/migrate.ts', ['secretsmanager:GetSecretValue']],
    ['services/api/resume-orders.ts', ['secretsmanager:GetSecretValue']],
  ])('%s makes clients of nothing else', (entry, expected) => {
    expect([...new Set(permissionsOfEntry(entry).map(({ action }) => action))].toSorted()).toEqual(expected);
  });

  test('every file of services/functions/ is an entry point, so that none is forgotten', () => {
    const files = readdirSync(join(import.meta.dirname, '..', 'functions')).filter(
      (name) => !name.endsWith('.test.ts'),
    );
    expect(files.map((name) => `services/functions/${name}`).toSorted()).toEqual([...entryPoints.lambda].toSorted());
  });
});
