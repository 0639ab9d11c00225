import { describe, expect, test } from 'vitest';
import { readSubnetUse } from '../words/subnet-use.ts';
import { readSubnets } from './subnets.ts';
import { account, complaints, form, sectionOf, sectionTitled } from './testing/sections.ts';

const tree = `VPC: 172.20.0.0/20
├── Public Subnet (AZ-b): 172.20.0.0/26
│   ├── 用途: ALB
│   └── インターネットゲートウェイ: 有効
├── Private Subnet (AZ-b): 172.20.1.0/24
│   ├── 用途: ECS Fargate, Lambda
│   └── NAT Gateway: 使用（Public Subnet経由）
└── Data Subnet (AZ-d): 172.20.2.0/24
    ├── 用途: RDS Aurora、ElastiCache
    └── インターネットアクセス: なし`;
const read = (block: string) => {
  const part = sectionOf(block);
  return { network: readSubnets(part.section, part.ledger), ...part };
};

test('NET-1…4: the tree is read, each line for its own paths', () => {
  const part = read(tree);
  expect(complaints(part.ledger)).toEqual([]);
  expect(part.network).toEqual({
    cidr: '172.20.0.0/20',
    subnets: [
      {
        tier: 'public',
        zone: 'b',
        cidr: '172.20.0.0/26',
        uses: [readSubnetUse('ALB')],
        defaultRoute: 'internet-gateway',
      },
      {
        tier: 'private',
        zone: 'b',
        cidr: '172.20.1.0/24',
        uses: ['ECS Fargate', 'Lambda'].map(readSubnetUse),
        defaultRoute: 'nat-gateway',
      },
      {
        tier: 'data',
        zone: 'd',
        cidr: '172.20.2.0/24',
        uses: ['RDS Aurora', 'ElastiCache'].map(readSubnetUse),
        defaultRoute: 'none',
      },
    ],
  });
  expect(account(part).slice(0, 4)).toEqual([
    'input network.cidr',
    'input network.subnets.0.cidr, network.subnets.0.zone, network.subnets.0.tier',
    'claim network.subnets.0.uses',
    'input network.subnets.0.defaultRoute',
  ]);
});

describe('the same tree is read when it is drawn', () => {
  test.each<[string, string]>([
    ['with heavy lines', tree.replaceAll('│', '┃').replaceAll('├──', '┣━━').replaceAll('└──', '┗━━')],
    ['in ASCII', tree.replaceAll('│', '|').replaceAll('├──', '|--').replaceAll('└──', '`--')],
    ['in ASCII with pluses', tree.replaceAll('│', '|').replaceAll('├──', '+--').replaceAll('└──', '\\--')],
    ['with short branches', tree.replaceAll('├──', '├─').replaceAll('└──', '└')],
    ['by indentation', tree.replaceAll(/[│├└]/g, ' ').replaceAll('──', '  ')],
    ['with bullets', tree.replaceAll('│', ' ').replaceAll(/[├└]──/g, '-')],
    ['with tabs', tree.replaceAll('│   ', '│\t').replaceAll('    ├', '\t├').replaceAll('    └', '\t└')],
    [
      'in full width',
      tree.replaceAll(': ', '：').replaceAll('(', '（').replaceAll(')', '）').replaceAll('172', '１７２'),
    ],
    ['with empty branches between', tree.replaceAll('\n├', '\n│\n├')],
  ])('%s', (_, block) => {
    const { network, ledger } = read(block);
    expect(complaints(ledger)).toEqual([]);
    expect(network).toEqual(read(tree).network);
  });
});

describe('a document is refused at the line', () => {
  test.each<[string, string, string, string[]]>([
    ['of a VPC without a range', 'VPC: 172.20.0.0/20', 'VPC: 172.20.0/20', ['4 unknown-line']],
    ['of a tier that there is not', 'Private Subnet', 'Middle Subnet', ['8 unknown-line']],
    ['of a subnet without a zone', 'Data Subnet (AZ-d)', 'Data Subnet', ['11 unknown-line']],
    ['of a subnet without a range', ': 172.20.1.0/24', ':', ['8 unknown-line']],
    ['of a zone that a tier has twice', 'Private Subnet (AZ-b)', 'Public Subnet (AZ-b)', ['8 row-twice']],
    [
      'of a route that cannot be read',
      'インターネットアクセス: なし',
      'インターネットアクセス: たぶん',
      ['13 unknown-line'],
    ],
    [
      'of a NAT gateway in a place that cannot be',
      '使用（Public Subnet経由）',
      '使用（Data Subnet経由）',
      ['10 unknown-line'],
    ],
    ['of a second route', '用途: ALB', 'インターネットアクセス: なし', ['5 row-missing', '6 row-twice']],
    ['of a subnet that says no route', 'インターネットアクセス: なし', '', ['11 row-missing']],
    ['of an empty use', 'ECS Fargate, Lambda', 'ECS Fargate,', ['9 unknown-line']],
    ['of a line that nobody asked for', '用途: ALB', '用途: ALB\n│   ├── 予備: 3', ['7 unknown-line']],
  ])('%s', (_, from, to, expected) => {
    const { network, ledger } = read(tree.replace(from, to));
    expect(complaints(ledger)).toEqual(expected);
    expect(network).toBeUndefined();
  });

  test('of the section when no VPC is there', () => {
    expect(complaints(read('').ledger)).toEqual(['1 row-missing']);
  });
});

test('NAT Gateway: 使用しない is no use of one', () => {
  expect(read(tree.replace('使用（Public Subnet経由）', '使用しない')).network?.subnets[1]?.defaultRoute).toBe('none');
});

test.skipIf(form === undefined)('NET-1…4: the form is read whole', () => {
  const part = sectionTitled('VPC設計', form ?? '');
  const network = readSubnets(part.section, part.ledger);
  expect(complaints(part.ledger)).toEqual([]);
  expect(network?.subnets.map(({ tier, zone, cidr, defaultRoute }) => [tier, zone, cidr, defaultRoute])).toEqual([
    ['public', 'a', '10.0.0.0/24', 'internet-gateway'],
    ['public', 'c', '10.0.1.0/24', 'internet-gateway'],
    ['private', 'a', '10.0.10.0/24', 'nat-gateway'],
    ['private', 'c', '10.0.11.0/24', 'nat-gateway'],
    ['data', 'a', '10.0.20.0/24', 'none'],
    ['data', 'c', '10.0.21.0/24', 'none'],
  ]);
  expect(account(part).every((entry) => /^(input|claim) /.test(entry))).toBe(true);
});
