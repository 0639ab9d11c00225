import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../fixtures/example-design.ts';
import { readScope } from '../words/scope.ts';
import { readLeastPrivilege, readRoles } from './roles.ts';
import { account, complaints, form, sectionOf, sectionTitled } from './testing/sections.ts';

const block = `Start Task Execution Role (web-task-execution-role):
  目的: begin
  信頼関係: ecs-tasks.amazonaws.com
  ポリシー:
    - AmazonECSTaskExecutionRolePolicy (AWS管理ポリシー)

Task Role (web-task-role):
  目的: work
  信頼関係: ecs-tasks.amazonaws.com
  ポリシー:
    - カスタムポリシー:
        - X-Ray: PutTraceSegments
        - S3: GetObject, PutObject (one bucket)

Monitoring (db-monitoring-role):
  目的: watch
  信頼関係: monitoring.rds.amazonaws.com
  ポリシー:
    - AmazonRDSEnhancedMonitoringRole (AWS管理ポリシー)`;
const read = (text: string) => {
  const part = sectionOf(text);
  return { roles: readRoles(part.section, part.ledger), ...part };
};

test('IAM: roles are read, each line for its own path', () => {
  const part = read(block);
  expect(complaints(part.ledger)).toEqual([]);
  expect(part.roles?.[1]).toEqual({
    kind: 'task',
    name: 'web-task-role',
    title: 'Task Role',
    purpose: 'work',
    principal: 'ecs-tasks.amazonaws.com',
    managedPolicies: [],
    statements: [
      { service: 'X-Ray', prefix: 'xray', actions: ['PutTraceSegments'] },
      { service: 'S3', prefix: 's3', actions: ['GetObject', 'PutObject'], scope: readScope('one bucket') },
    ],
  });
  expect(account(part).slice(0, 12)).toEqual([
    'input roles.0.name',
    'claim roles.0.purpose',
    'input roles.0.principal',
    'heading',
    'input roles.0.managedPolicies.0',
    'input roles.1.name',
    'claim roles.1.purpose',
    'input roles.1.principal',
    'heading',
    'heading',
    'input roles.1.statements.0',
    'input roles.1.statements.1',
  ]);
});

describe('a document is refused at the line', () => {
  test.each<[string, string, string, string[]]>([
    [
      'of the section when a role is missing that every platform has',
      block.slice(block.indexOf('Monitoring (')),
      '',
      ['1 row-missing'],
    ],
    ['of an unknown service', 'X-Ray:', 'X-Rey:', ['15 unknown-name']],
    ['of an action with a wildcard (IAM-5)', 'GetObject', 'Get*', ['16 wildcard']],
    ['of all actions (IAM-5)', 'PutTraceSegments', 's3:*', ['15 wildcard']],
    ['of all resources (IAM-5)', '(one bucket)', '(*)', ['16 wildcard']],
    ['of an action that is none', 'PutObject', 'put object', ['16 unknown-line']],
    ['of a service without actions', 'X-Ray: PutTraceSegments', 'X-Ray', ['15 unknown-line']],
    ['of a trust in another service', 'monitoring.rds', 'ec2', ['20 role-principal']],
    ['of a role for nothing in the platform', 'Task Role (web-task-role)', 'Web Role (web-role)', ['10 unknown-name']],
    ['of a second role of the same kind', 'Monitoring (db-monitoring-role)', 'Task (my-task-role)', ['18 row-twice']],
    ['of a heading without a short name', 'Task Role (web-task-role)', 'Task Role', ['10 unknown-line']],
    [
      'of a policy that nobody is said to manage',
      'AmazonECSTaskExecutionRolePolicy (AWS管理ポリシー)',
      'MyPolicy',
      ['8 unknown-line'],
    ],
    ['of an unknown group of policies', 'カスタムポリシー', 'その他', ['14 unknown-line']],
    ['of a role without policies', '    - AmazonRDSEnhancedMonitoringRole (AWS管理ポリシー)', '', ['21 unknown-line']],
  ])('%s', (_, from, to, expected) => {
    const { roles, ledger } = read(block.replace(from, to));
    expect(complaints(ledger)).toEqual(expected);
    expect(roles).toBeUndefined();
  });
});

test('IAM-5: examples of least privilege state nothing of the platform', () => {
  const part = sectionOf('{ "Action": "s3:*" }\n\n// anything', 'typescript');
  readLeastPrivilege(part.section, part.ledger);
  expect(account(part)).toEqual(['prose', 'prose']);
  expect(complaints(part.ledger)).toEqual([]);
});

test.skipIf(form === undefined)('IAM-1…4: the form is read whole, exactly but for its purposes', () => {
  const part = sectionTitled('IAMロール・ポリシー設計', form ?? '');
  const roles = readRoles(part.section, part.ledger);
  expect(complaints(part.ledger)).toEqual([]);
  const bare = (list: typeof roles) => list?.map((role) => ({ ...role, purpose: '' }));
  expect(bare(roles)).toEqual(bare(exampleDesign.roles));
  expect(account(part).every((entry) => /^(input |claim |heading$)/.test(entry))).toBe(true);
});
