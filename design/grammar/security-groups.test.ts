import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../fixtures/example-design.ts';
import { readSecurityGroups } from './security-groups.ts';
import { account, complaints, form, sectionOf, sectionTitled } from './testing/sections.ts';

const block = `ALB Security Group (alb-sg):
  Ingress:
    - Protocol: TCP, Port: 443, Source: 0.0.0.0/0, Description: "Web, from anywhere"
  Egress:
    - Protocol: TCP, Port: 8000-8080, Destination: ECS Security Group, Description: "To tasks"

ECS Security Group (ecs-sg):
  Ingress:
    - Protocol: TCP, Port: 8000-8080, Source: alb-sg, Description: "From ALB"
  Egress:
    - Protocol: UDP, Port: 53, Destination: 10.1.0.2/32, Description: "DNS"
    - Protocol: TCP, Port: 6379, Destination: Cache Security Group, Description: "To cache"

RDS Security Group (rds-sg):
  Ingress: なし
  Egress: なし

Valkey Security Group (cache-sg):
  Ingress:
    - Protocol: TCP, Port: 6379, Source: ECS Security Group, Description: "From ECS"
  Egress: なし`;
const read = (text: string) => {
  const part = sectionOf(text);
  return { groups: readSecurityGroups(part.section, part.ledger), ...part };
};

test('SG: groups are read with their rules, each line for its own path', () => {
  const part = read(block);
  expect(complaints(part.ledger)).toEqual([]);
  expect(part.groups?.[0]).toEqual({
    key: 'alb',
    name: 'alb-sg',
    title: 'ALB Security Group',
    ingress: [
      {
        protocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        peer: { kind: 'cidr', cidr: '0.0.0.0/0' },
        description: 'Web, from anywhere',
      },
    ],
    egress: [
      { protocol: 'tcp', fromPort: 8000, toPort: 8080, peer: { kind: 'group', group: 'ecs' }, description: 'To tasks' },
    ],
  });
  expect(account(part).slice(0, 13)).toEqual([
    'input securityGroups.0.name',
    'heading',
    'input securityGroups.0.ingress.0',
    'heading',
    'input securityGroups.0.egress.0',
    'input securityGroups.1.name',
    'heading',
    'input securityGroups.1.ingress.0',
    'heading',
    'input securityGroups.1.egress.0',
    'input securityGroups.1.egress.1',
    'input securityGroups.2.name',
    'input securityGroups.2.ingress',
  ]);
});

describe('a group is meant by', () => {
  test.each(['Cache Security Group', 'Valkey Security Group', 'cache-sg', 'Valkey', 'cache', 'cache security group'])(
    '%s',
    (words) => {
      const { groups } = read(block.replace('Cache Security Group', words));
      expect(groups?.[1]?.egress[1]?.peer).toEqual({ kind: 'group', group: 'cache' });
    },
  );
});

describe('a rule may be written', () => {
  const rule = 'Protocol: TCP, Port: 443, Source: 0.0.0.0/0, Description: "Web, from anywhere"';
  test.each([
    'Description: "Web, from anywhere", Source: 0.0.0.0/0, Port: 443, Protocol: tcp',
    'Protocol：TCP、Port：４４３、Source：0.0.0.0/0、Description：“Web, from anywhere”',
    'protocol: TCP,port: 443-443,  source: 0.0.0.0/0 ,description: "Web, from anywhere" ',
  ])('%s', (words) => {
    expect(read(block.replace(rule, words)).groups).toEqual(read(block).groups);
  });
});

test("a document may have a group of its own, and do without the cache's and the functions'", () => {
  const { groups, ledger } = read(
    `${block.slice(0, block.indexOf('Valkey'))}Bastion (bastion-sg):\n  Ingress: なし\n  Egress: なし`.replace(
      'Cache Security Group',
      'Bastion',
    ),
  );
  expect(complaints(ledger)).toEqual([]);
  expect(groups?.map(({ key }) => key)).toEqual(['alb', 'ecs', 'rds', 'bastion']);
});

describe('a document is refused at the line', () => {
  test.each<[string, string, string, string[]]>([
    ['of a group that there is not', 'Source: alb-sg', 'Source: Proxy Security Group', ['12 unknown-name']],
    ['of a heading without a short name', 'RDS Security Group (rds-sg):', 'RDS Security Group:', ['17 unknown-line']],
    ['of a heading with a short name of another kind', '(rds-sg)', '(rds)', ['17 unknown-line']],
    [
      'of a group stated twice',
      'Valkey Security Group (cache-sg)',
      'Valkey Security Group (alb-sg)',
      ['21 row-twice', '15 unknown-name'],
    ],
    ['of a protocol that has no ports', 'Protocol: UDP', 'Protocol: ICMP', ['14 unknown-line']],
    ['of a port beyond the last', 'Port: 53', 'Port: 65536', ['14 out-of-range']],
    ['of a range that runs backwards', 'Port: 53', 'Port: 54-53', ['14 out-of-range']],
    ['of two ports in one rule', 'Port: 53', 'Port: 53, 54', ['14 unknown-line']],
    ['of a source where a destination belongs', 'Destination: 10.1.0.2/32', 'Source: 10.1.0.2/32', ['14 unknown-line']],
    ['of a field stated twice', 'Port: 53', 'Port: 53, Port: 54', ['14 unknown-line']],
    ['of a rule without a description', ', Description: "DNS"', '', ['14 unknown-line']],
    ['of a description that is never closed', '"DNS"', '"DNS', ['14 unknown-line']],
    ['of a description that EC2 does not take', '"DNS"', '"名前解決"', ['14 rule-description']],
    ['of an IPv6 range', '10.1.0.2/32', '::/0', ['14 unknown-line']],
    ['of an address without a prefix', '10.1.0.2/32', '10.1.0.2', ['14 unknown-line']],
    ['of a direction that says nothing', 'Ingress: なし', 'Ingress:', ['18 unknown-line']],
    ['of the section when a group is missing that every platform has', '(rds-sg)', '(db-sg)', ['1 row-missing']],
    ['of a group without a direction', '  Ingress: なし\n', '', ['17 row-missing']],
  ])('%s', (_, from, to, expected) => {
    const { groups, ledger } = read(block.replace(from, to));
    expect(complaints(ledger).toSorted()).toEqual(expected.toSorted());
    expect(groups).toBeUndefined();
  });
});

test('the groups nearest to an unknown one are offered', () => {
  const { ledger } = read(block.replace('Destination: Cache Security Group', 'Destination: Cach Security Group'));
  expect(ledger.problems[0]?.message.en).toContain('such as Valkey Security Group;');
});

test.skipIf(form === undefined)('SG-1…5: the form is read whole, exactly', () => {
  const part = sectionTitled('Security Group設計', form ?? '');
  expect(readSecurityGroups(part.section, part.ledger)).toEqual(exampleDesign.securityGroups);
  expect(complaints(part.ledger)).toEqual([]);
  expect(account(part).every((entry) => /^(input |heading$)/.test(entry))).toBe(true);
});
