import { expect, test } from 'vitest';
import { readSubnetUse } from './subnet-use.ts';

test.each([
  ['ALB', ['load-balancer']],
  ['NAT Gateway', ['nat-gateway']],
  ['ECS Fargate', ['service']],
  ['ECS/Lambda', ['service', 'function']],
  ['RDS Aurora', ['aurora']],
  ['Valkey', ['cache']],
  ['踏み台', []],
])('“%s” names %j', (text, parts) => {
  expect(readSubnetUse(text)).toEqual({ text, parts });
});
