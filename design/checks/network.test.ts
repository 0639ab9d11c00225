import { describe, expect, test } from 'vitest';
import { exampleDesign } from '../fixtures/example-design.ts';
import { readArchitecture } from '../grammar/diagrams.ts';
import { readSecurityGroups } from '../grammar/security-groups.ts';
import { readStacks } from '../grammar/stacks.ts';
import { readSubnets } from '../grammar/subnets.ts';
import { complaints, form } from '../grammar/testing/sections.ts';
import { LineLedger } from '../lines.ts';
import type { Design } from '../schema.ts';
import { readSections } from '../sections.ts';
import { checkNetwork } from './network.ts';

const stack = (order: number, name: string, resources: readonly string[]) =>
  [
    `  ${order}. ${name}:`,
    '    目的: a part',
    '    リソース:',
    ...resources.map((resource) => `      - ${resource}`),
    '    出力: なし',
    '    依存: なし',
    '    ファイル: lib/a.ts',
  ].join('\n');

const document = `# A small design
standby_cidr 172.21.0.0/16
NAT Gateway: 2
## 図
\`\`\`mermaid
flowchart LR
  subgraph Net ["VPC 172.20.0.0/16"]
    A["Public Subnet 172.20.0.0/24"]
  end
\`\`\`
## スタック
\`\`\`yaml
スタック構成:
${stack(1, 'NetworkStack', ['VPC (172.20.0.0/16)', 'Public Subnet x2', 'Internet Gateway', 'NAT Gateway x2'])}
${stack(2, 'SecurityStack', ['ALB Security Group', 'Cache Security Group (Valkey)'])}
${['Database', 'Storage', 'Compute', 'Messaging', 'Monitoring'].map((name, index) => stack(index + 3, `${name}Stack`, ['It'])).join('\n')}
\`\`\`
## 網
\`\`\`yaml
VPC: 172.20.0.0/16
  Public Subnet (AZ-a): 172.20.0.0/24
    用途: ALB
    インターネットゲートウェイ: 有効
  Public Subnet (AZ-b): 172.20.1.0/24
    用途: ALB
    インターネットゲートウェイ: 有効
  Private Subnet (AZ-a): 172.20.16.0/20
    用途: ECS
    NAT Gateway: 使用
  Private Subnet (AZ-b): 172.20.32.0/20
    用途: ECS
    NAT Gateway: 使用
  Data Subnet (AZ-a): 172.20.2.0/28
    用途: Aurora
    インターネットアクセス: なし
  Data Subnet (AZ-b): 172.20.2.16/28
    用途: Aurora
    インターネットアクセス: なし
\`\`\`
## 門
\`\`\`yaml
ALB Security Group (alb-sg):
  Ingress:
    - Protocol: TCP, Port: 443, Source: 0.0.0.0/0, Description: "Web"
  Egress:
    - Protocol: TCP, Port: 8000-8080, Destination: ECS Security Group, Description: "To tasks"
ECS Security Group (ecs-sg):
  Ingress:
    - Protocol: TCP, Port: 8000-8039, Source: ALB Security Group, Description: "Lower half"
    - Protocol: TCP, Port: 8040-8080, Source: ALB Security Group, Description: "Upper half"
  Egress:
    - Protocol: TCP, Port: 5432, Destination: RDS Security Group, Description: "To Aurora"
    - Protocol: TCP, Port: 443, Destination: 0.0.0.0/0, Description: "To AWS"
RDS Security Group (rds-sg):
  Ingress:
    - Protocol: TCP, Port: 5432, Source: ECS Security Group, Description: "From tasks"
  Egress: なし
Valkey Security Group (cache-sg):
  Ingress: なし
  Egress: なし
Endpoints (endpoint-sg):
  Ingress:
    - Protocol: TCP, Port: 443, Source: ECS Security Group, Description: "From tasks"
  Egress: なし
\`\`\`
`;

/** Line number of the first line that holds the words. */
const lineOf = (text: string, words: string) => text.split('\n').findIndex((line) => line.includes(words)) + 1;

function check(text: string, titles: readonly string[], more: Partial<Design> = {}): LineLedger {
  const ledger = new LineLedger(text);
  const section = (title: string) => {
    const found = readSections(ledger, 1).find((candidate) => candidate.title.startsWith(title));
    if (found === undefined) throw new Error(`There is no section ${title}`);
    return found;
  };
  const [diagram = '', stacks = '', network = '', groups = ''] = titles;
  readArchitecture(section(diagram), ledger);
  const parts = {
    stacks: readStacks(section(stacks), ledger),
    network: readSubnets(section(network), ledger),
    securityGroups: readSecurityGroups(section(groups), ledger),
  };
  expect(complaints(ledger)).toEqual([]);
  if (parts.stacks === undefined || parts.network === undefined || parts.securityGroups === undefined)
    throw new Error();
  ledger.state(2, 'input', 'inputs.standbyCidr');
  ledger.state(3, 'input', 'sizes.production.natGateways', 'production');
  const { stacks: read, network: net, securityGroups } = parts;
  checkNetwork(
    { ...exampleDesign, ...more, stacks: read, network: { ...exampleDesign.network, ...net }, securityGroups },
    ledger,
  );
  return ledger;
}

const small = (text: string, more: Partial<Design> = {}) => check(text, ['図', 'スタック', '網', '門'], more);

test('a sound network has nothing to complain of', () => {
  expect(complaints(small(document))).toEqual([]);
});

describe('a network is refused, at its line and naming the other', () => {
  test.each<[what: string, from: string, to: string, code: string, other?: string]>([
    ['a subnet that overlaps another', '172.20.32.0/20', '172.20.0.0/20', 'subnets-overlap', 'Public Subnet (AZ-a)'],
    ['a subnet outside the VPC', '172.20.32.0/20', '172.21.32.0/20', 'subnet-outside', 'VPC: 172'],
    ['a range that begins within itself', '172.20.32.0/20', '172.20.33.0/20', 'cidr-host-bits'],
    ['a range that is none', '172.20.32.0/20', '172.20.320.0/20', 'cidr-malformed'],
    ['a subnet too small for AWS', '172.20.2.16/28', '172.20.2.16/29', 'cidr-size'],
    ['a public subnet too small for a load balancer', '(AZ-b): 172.20.1.0/24', '(AZ-b): 172.20.1.0/28', 'cidr-size'],
    [
      'zones that differ between tiers',
      'Data Subnet (AZ-b)',
      'Data Subnet (AZ-c)',
      'zones-differ',
      'Public Subnet (AZ-a)',
    ],
    [
      'a public subnet without a way out',
      'インターネットゲートウェイ: 有効',
      'インターネットアクセス: なし',
      'subnet-route',
    ],
    ['a data subnet with a way out', 'インターネットアクセス: なし', 'NAT Gateway: 使用', 'subnet-route'],
    [
      'a private subnet that the internet reaches',
      'NAT Gateway: 使用',
      'インターネットゲートウェイ: 有効',
      'subnet-route',
    ],
    ['AC-SEC-4: another port open to the world', 'Port: 443, Source', 'Port: 22, Source', 'open-to-world'],
    ['AC-SEC-4: a range open to the world', 'Port: 443, Source', 'Port: 80-443, Source', 'open-to-world'],
    ['a rule for addresses that are none', 'Source: 0.0.0.0/0', 'Source: 10.0.0.999/8', 'cidr-malformed'],
    ['a rule for addresses badly written', 'Source: 0.0.0.0/0', 'Source: 10.0.0.1/8', 'cidr-host-bits'],
    ['egress that nobody lets in', '    - Protocol: TCP, Port: 8040', '    - Protocol: UDP, Port: 8040', 'rule-alone'],
    ['a diagram with another range', '"VPC 172.20.0.0/16"', '"VPC 172.21.0.0/16"', 'figures-disagree', 'VPC: 172'],
    [
      'a diagram with a subnet that is none',
      '"Public Subnet 172.20.0.0/24"',
      '"Public Subnet 172.20.9.0/24"',
      'figures-disagree',
      'Public Subnet (AZ-a)',
    ],
    ['a stack line with another range', 'VPC (172.20.0.0/16)', 'VPC (172.20.0.0/17)', 'figures-disagree', 'VPC: 172'],
    [
      'a stack line with another number of subnets',
      'Public Subnet x2',
      'Public Subnet x3',
      'figures-disagree',
      'Public Subnet (AZ-a)',
    ],
    [
      'a stack line with another number of NAT gateways',
      '- NAT Gateway x2',
      '- NAT Gateway ×3',
      'figures-disagree',
      'NAT Gateway: 2',
    ],
    [
      'a stack line with two internet gateways',
      '- Internet Gateway',
      '- Internet Gateway x2',
      'figures-disagree',
      'Public Subnet (AZ-a)',
    ],
    ['a group that is listed and not designed', 'ALB Security Group', 'Proxy Security Group', 'group-undesigned'],
  ])('%s', (_, from, to, code, other) => {
    const text = document.replace(from, to);
    const { problems } = small(text);
    const problem = problems.find((candidate) => candidate.code === code && candidate.text.includes(to.trim()));
    expect(problem).toBeDefined();
    if (other !== undefined) {
      const line = lineOf(text, other);
      expect(problem?.message.en).toContain(`line ${line}`);
      expect(problem?.message.ja).toContain(`${line} 行目`);
    }
  });

  test('a VPC larger than AWS makes', () => {
    const text = document.replaceAll('172.20.0.0/16', '172.16.0.0/12');
    expect(complaints(small(text))).toEqual([`${lineOf(text, 'VPC: 172')} cidr-size`]);
  });

  test('a tier in one zone, and one in none', () => {
    const text = document
      .replace(/ {2}Public Subnet \(AZ-b\)(.*\n){3}/, '')
      .replaceAll(/ {2}Data Subnet(.*\n){3}/g, '');
    const found = small(text.replace('Public Subnet x2', 'Public Subnet'), { sizes: oneNat }).problems;
    expect(found.map(({ line, code }) => `${line} ${code}`)).toEqual([
      `${lineOf(text, 'Public Subnet (AZ-a)')} zones-few`,
      `${lineOf(text, 'VPC: 172')} zones-few`,
      `${lineOf(text, '- NAT Gateway x2')} figures-disagree`,
    ]);
    expect(found.map(({ message }) => message.en).join()).toMatch(/AZ-a alone.*no zone/);
  });

  test('more NAT gateways than public subnets', () => {
    const { production } = exampleDesign.sizes;
    const sizes = { ...exampleDesign.sizes, production: { ...production, natGateways: 3 } };
    const text = document.replace('NAT Gateway x2', 'NAT Gateway x3');
    expect(complaints(small(text, { sizes }))).toEqual(['3 nat-gateways-many']);
  });

  test('a rule stated twice, whatever its description', () => {
    const rule = '    - Protocol: TCP, Port: 443, Source: 0.0.0.0/0, Description: "Web"';
    const text = document.replace(rule, `${rule}\n${rule.replace('Web', 'Once more')}`);
    expect(complaints(small(text))).toEqual([`${lineOf(text, 'Once more')} row-twice`]);
  });

  test.each([
    [
      'ingress',
      /.*"From tasks"\n/,
      'Port: 5432, Destination',
      'RDS Security Group Ingress: Protocol: TCP, Port: 5432, Source: ECS',
    ],
    [
      'egress',
      /.*"To Aurora"\n/,
      'Port: 5432, Source',
      'ECS Security Group Egress: Protocol: TCP, Port: 5432, Destination: RDS',
    ],
  ])('a rule that lacks its %s, which is spelt out', (_, gone, left, wanted) => {
    const text = document.replace(gone, '').replace('Ingress:\n  Egress: なし', 'Ingress: なし\n  Egress: なし');
    const { problems } = small(text);
    expect(problems.map(({ code, line }) => [code, line])).toEqual([['rule-alone', lineOf(text, left)]]);
    expect(problems[0]?.message.en).toContain(wanted);
  });
});

describe('DR: the range of the standby region is refused', () => {
  const recovery: NonNullable<Design['recovery']> = {
    strategy: 'Pilot Light',
    rpoSeconds: 3600,
    rtoSeconds: 14_400,
    region: 'us-west-2',
    primary: [],
    standby: [],
    steps: [],
  };
  test.each([
    ['when it overlaps the VPC', '172.20.128.0/17', ['2 standby-overlap']],
    ['when it has no room for the subnets', '172.21.0.0/20', ['2 standby-size']],
    ['when AWS would not make it', '172.21.0.0/29', ['2 cidr-size']],
    ['but not when it lies apart', '172.21.0.0/16', []],
  ])('%s', (_, standbyCidr, expected) => {
    const inputs = { ...exampleDesign.inputs, standbyCidr };
    expect(complaints(small(document, { inputs, recovery }))).toEqual(expected);
    expect(complaints(small(document, { inputs }))).toEqual([]);
  });

  test('when it is larger than the VPC', () => {
    const narrow = document.replaceAll('172.20.0.0/16', '172.20.0.0/17');
    const inputs = { ...exampleDesign.inputs, standbyCidr: '172.21.0.0/16' };
    expect(complaints(small(narrow, { inputs, recovery }))).toEqual(['2 standby-size']);
  });
});

test('DR: a region with fewer zones than the subnets lie in is refused', () => {
  expect(problemsOfZones(['a', 'c', 'd'], 'us-west-1')).toEqual(['recovery.region standby-zones']);
  expect(problemsOfZones(['c', 'd'], 'us-west-1')).toEqual([]);
});

/** What is said of a network with a subnet of each tier in each of these zones, where a region takes over. */
function problemsOfZones(zones: readonly string[], region: string): string[] {
  const [paths, ledger] = [['recovery.region', 'network.subnets.0.cidr'], new LineLedger('\n\n')];
  for (const [index, path] of paths.entries()) ledger.state(index + 1, 'input', path);
  const [model] = exampleDesign.network.subnets;
  if (model === undefined) throw new Error('The example has subnets');
  const subnets = zones.flatMap((zone, column) =>
    (['public', 'private', 'data'] as const).map((tier, row) => ({
      ...model,
      ...{ tier, zone, cidr: `10.0.${10 * row + column}.0/24` },
      defaultRoute: ({ public: 'internet-gateway', private: 'nat-gateway', data: 'none' } as const)[tier],
    })),
  );
  const recovery = {
    strategy: 'Pilot Light' as const,
    rpoSeconds: 1,
    rtoSeconds: 1,
    region,
    primary: [],
    standby: [],
    steps: [],
  };
  checkNetwork({ ...exampleDesign, stacks: [], network: { ...exampleDesign.network, subnets }, recovery }, ledger);
  return ledger.problems.map(({ line, code }) => `${paths[line - 1]} ${code}`);
}

const oneNat: Design['sizes'] = {
  ...exampleDesign.sizes,
  production: { ...exampleDesign.sizes.production, natGateways: 1 },
};

test.skipIf(form === undefined)('the form has nothing to complain of', () => {
  const ledger = check(form ?? '', ['アーキテクチャ図', 'CDKスタック構成', 'VPC設計', 'Security Group設計']);
  expect(complaints(ledger)).toEqual([]);
});
