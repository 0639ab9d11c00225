import { expect, test } from 'vitest';
import { exampleDesign } from '../fixtures/example-design.ts';
import { readResourceLine, rolesOf, says, tierOf } from './resource-line.ts';

test('every resource line of the form is understood to its last word', () => {
  const lines = exampleDesign.stacks.flatMap(({ resources }) => resources);
  expect(lines.length).toBeGreaterThan(30);
  const unread = lines.filter(
    ({ kind, qualifiers }) => kind === 'unread' || qualifiers.some((qualifier) => qualifier.kind === 'unread'),
  );
  expect(unread.map(({ text }) => text)).toEqual([]);
});

test.each([
  ['VPC (10.0.0.0/16)', 'network', 'VPC', undefined, [{ kind: 'range', cidr: '10.0.0.0/16' }]],
  [
    'Public Subnet x2 (Multi-AZ)',
    'subnet',
    'Public Subnet',
    2,
    [{ kind: 'tier', tier: 'public' }, { kind: 'several-zones' }],
  ],
  ['NAT Gateway ×3', 'nat-gateway', 'NAT Gateway', 3, []],
  ['ALB Security Group', 'security-group', 'ALB Security Group', undefined, []],
  ['SQS Queue x5 (FIFO)', 'queue', 'SQS Queue', 5, [{ kind: 'unread', text: 'FIFO' }]],
  [
    'Aurora MySQL (Multi-AZ, 既存)',
    'aurora',
    'Aurora MySQL',
    undefined,
    [{ kind: 'several-zones' }, { kind: 'unread', text: 'MySQL' }, { kind: 'unread', text: '既存' }],
  ],
  ['VPC (Multi-AZ)', 'network', 'VPC', undefined, [{ kind: 'unread', text: 'Multi-AZ' }]],
  ['SNS Topics (アラート通知)', 'alert-topic', 'SNS Topics', undefined, [{ kind: 'alerts' }]],
  ['SNS Topic', 'topic', 'SNS Topic', undefined, []],
  ['EKS Cluster x2', 'unread', 'EKS Cluster', 2, []],
])('“%s”', (text, kind, name, count, qualifiers) => {
  expect(readResourceLine(text)).toEqual({ text, kind, name, ...(count === undefined ? {} : { count }), qualifiers });
});

test('a line of roles says whose, and means all of them when it does not', () => {
  expect(rolesOf(readResourceLine('IAM Roles (ECS Task, Lambda Execution)'))).toEqual([
    'lambda',
    'task-execution',
    'task',
  ]);
  expect(rolesOf(readResourceLine('IAM Roles (Lambda)'))).toEqual(['lambda']);
  expect(rolesOf(readResourceLine('IAM Roles'))).toHaveLength(4);
  expect(rolesOf(readResourceLine('IAM Roles (Web)'))).toEqual([]);
});

test('a bucket is for logs when its line says so', () => {
  expect(says(readResourceLine('S3 Bucket (ログ保存)'), 'logs')).toBe(true);
  expect(says(readResourceLine('S3 Bucket (access logs)'), 'logs')).toBe(true);
  expect(says(readResourceLine('S3 Bucket (アプリケーションデータ)'), 'logs')).toBe(false);
  expect(tierOf(readResourceLine('S3 Bucket'))).toBeUndefined();
});
