import { expect, test } from 'vitest';
import { exampleDesign } from './fixtures/example-design.ts';
import { partsOf } from './parts.ts';

test('parts have the names of their lines', () => {
  expect(partsOf(exampleDesign)).toEqual({
    services: [{ name: 'ECS Fargate Service' }],
    functions: [{ name: 'Lambda Functions' }],
    queues: [{ name: 'SQS Queue (DLQ付き)' }],
    topics: [{ name: 'SNS Topic' }],
    tables: [{ name: 'DynamoDB' }],
    buckets: [{ name: 'S3 Bucket (アプリケーションデータ)' }, { name: 'S3 Bucket (ログ保存)' }],
  });
});

test('without a line what every platform has keeps the name of the form', () => {
  const stacks = exampleDesign.stacks.map((stack) => ({ ...stack, resources: [] }));
  expect(partsOf({ ...exampleDesign, stacks })).toMatchObject({
    services: [{ name: 'ECS Fargate Service' }],
    queues: [{ name: 'SQS Queue' }],
    buckets: [{ name: 'S3 Bucket' }, { name: 'S3 Bucket (logs)' }],
  });
});

test('functions need their role, and a table somebody who may use it', () => {
  const roles = exampleDesign.roles.filter(({ kind }) => kind === 'rds-monitoring');
  expect(partsOf({ ...exampleDesign, roles })).toMatchObject({ functions: [], tables: [] });
});
