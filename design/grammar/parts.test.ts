import { describe, expect, test } from 'vitest';
import type { LineLedger } from '../lines.ts';
import type { Section } from '../sections.ts';
import { readArchitecture, readDataFlow } from './diagrams.ts';
import { readEndpoints } from './endpoints.ts';
import { readTitle } from './parts.ts';
import { readRoles } from './roles.ts';
import { readSecurityGroups } from './security-groups.ts';
import { readStacks } from './stacks.ts';
import { readSubnets } from './subnets.ts';
import { sectionOf } from './testing/sections.ts';

test.each([
  ['ALB Security Group (alb-sg)', { title: 'ALB Security Group', name: 'alb-sg' }],
  ['役割(a-1)', { title: '役割', name: 'a-1' }],
  ['ALB Security Group', undefined],
  ['(alb-sg)', undefined],
  ['ALB (alb sg)', undefined],
  ['ALB (x) (alb-sg)', undefined],
])('the title and short name of %j are %o', (words, expected) => {
  expect(readTitle(words)).toEqual(expected);
});

describe('a line as long as a book is refused, and does not hold the reader up', () => {
  const long = 100_000;
  const spaces = ' '.repeat(long);
  const lines = [
    `A["${spaces}B`,
    `A[${spaces}(`,
    `A -->${spaces}|`,
    `A${spaces};B`,
    'A -- '.repeat(long),
    '├'.repeat(long),
    `|${'-'.repeat(long)}`,
    `subgraph${spaces}"`,
    `1.${spaces}NetworkStack`,
    `A (${spaces}`,
    `Public${spaces}Subnet (AZ-a)`,
    `Group (a-sg):\n  Ingress:\n    - Protocol:${spaces}"\n    - Protocol: TCP, Port: 1, Source: ${'.'.repeat(long)}z, Description: x`,
    `Task Role (ecs-task-role):\n  ポリシー:\n    - カスタムポリシー:\n        - S3: Get${spaces}Object (`,
    `Gateway Endpoints:\n  - S3${spaces}X`,
    '('.repeat(long),
  ];
  test.each<[string, (section: Section, ledger: LineLedger) => unknown, string]>([
    ['the architecture', readArchitecture, 'graph TB'],
    ['the data flow', readDataFlow, 'sequenceDiagram'],
    ['the stacks', readStacks, ''],
    ['the subnets', readSubnets, ''],
    ['the security groups', readSecurityGroups, ''],
    ['the endpoints', readEndpoints, ''],
    ['the roles', readRoles, ''],
  ])('in %s', (_, read, first) => {
    for (const line of lines) {
      const { section, ledger } = sectionOf(`${first}\n${line}`, first === '' ? 'yaml' : 'mermaid');
      expect(read(section, ledger)).toBeUndefined();
      expect(ledger.problems).not.toEqual([]);
    }
  });
});
