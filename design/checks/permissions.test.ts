import { expect, test } from 'vitest';
import { exampleDesign } from '../fixtures/example-design.ts';
import { LineLedger } from '../lines.ts';
import type { Design, Role, RoleKind } from '../schema.ts';
import { checkPermissions } from './permissions.ts';

function problems(role: RoleKind, statement: Role['statements'][number], change: Partial<Design> = {}): string[] {
  const roles = exampleDesign.roles.map((one) =>
    one.kind === role ? { ...one, statements: [...one.statements, statement] } : one,
  );
  const ledger = new LineLedger('');
  checkPermissions({ ...exampleDesign, ...change, roles }, ledger);
  return ledger.problems.map(({ message }) => message.en);
}

test.each([
  ['task', { service: 'Kinesis', prefix: 'kinesis', actions: ['PutRecord'] }, /ecs-task-role.*Kinesis/],
  ['lambda', { service: 'SNS', prefix: 'sns', actions: ['Publish'] }, /lambda-execution-role.*SNS/],
  ['rds-monitoring', { service: 'S3', prefix: 's3', actions: ['GetObject'] }, /rds-monitoring-role.*S3/],
] as const)('%s may not use what no stack has anything of (IAM-5)', (role, { actions, ...statement }, expected) => {
  expect(problems(role, { ...statement, actions: [...actions] })).toEqual([expect.stringMatching(expected)]);
});

test('a permission without a resource of its own needs none', () => {
  const statement = { service: 'X-Ray', prefix: 'xray', actions: ['PutTraceSegments'] };
  expect(problems('task', statement)).toEqual([]);
});

test('a design without a table has none to read', () => {
  const statement = { service: 'DynamoDB', prefix: 'dynamodb', actions: ['Query'] };
  expect(problems('lambda', statement)).toEqual([]);
  expect(problems('lambda', statement, { tables: [] }).length).toBeGreaterThan(0);
});
