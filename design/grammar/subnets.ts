// Reads the tree of the network (NET-1…4): the VPC's address range, its subnets with their zones, what each is for, and where
// its traffic to the internet goes.
import { looksLikeCidr } from '../cidr.ts';
import type { LineLedger, SourceLine } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import { routes } from '../parts/network.ts';
import { chosen } from '../parts/term.ts';
import { type Design, type Subnet, tiers } from '../schema.ts';
import type { Section } from '../sections.ts';
import { readSubnetUse } from '../words/subnet-use.ts';
import { readBlocks, readRows, refuseMistyped, refuseTheRest, refuseTwice } from './blocks.ts';
import { readList, setAside, unlessRefused } from './parts.ts';

/** The VPC's range and subnets; undefined when something was refused. */
export function readSubnets(
  section: Section,
  ledger: LineLedger,
): Pick<Design['network'], 'cidr' | 'subnets'> | undefined {
  return unlessRefused(ledger, () => {
    const nodes = readBlocks({ ...section, blocks: section.blocks.map(plantTree) }, ledger);
    const [vpc, second] = nodes.filter(({ key }) => /^VPC(?: ?CIDR)?$/i.test(key));
    if (vpc === undefined && section.blocks.length > 0 && !refuseMistyped(['VPC'], nodes, ledger)) {
      ledger.refuse(section.line, 'row-missing', { rows: 'VPC' });
    }
    if (vpc !== undefined && second !== undefined) {
      refuseTwice(ledger, 'VPC', second.line, vpc.line);
      setAside(second, ledger);
    }
    if (vpc !== undefined && looksLikeCidr(vpc.value)) ledger.state(vpc.line, 'input', 'network.cidr');
    else if (vpc !== undefined) ledger.unknown(vpc.line, 'VPC: 10.0.0.0/16');
    const subnets = readEachSubnet(
      nodes.flatMap((node) => (node === vpc ? node.children : node === second ? [] : [node])),
      ledger,
    );
    refuseTheRest(nodes, ledger, 'Public Subnet (AZ-a): 10.0.0.0/24; 用途: …; NAT Gateway: 使用');
    return { cidr: vpc?.value ?? '', subnets };
  });
}

/** Trees are drawn in many ways (`├──`, `┣━`, `|--`, `+--`, a bullet); the outline knows one. */
function plantTree(block: Section['blocks'][number]): Section['blocks'][number] {
  const lines = block.lines.map((line): SourceLine => {
    const plain = line.plain.replace(
      /^([\s│|┃║]*?)(?:[├└┣┗╠╚╰+`|\\][─━═-]+|[├└┣┗╠╚╰*-])\s*(?=[^\s─━═-])/u,
      (_, indent: string) => `${indent.replaceAll(/[┃║]/g, '│')}├ `,
    );
    return { ...line, plain };
  });
  return { ...block, lines };
}

const head = /^(?<tier>Public|Private|Data)\s*Subnet\s*\(\s*AZ[-\s]?(?<zone>[a-f])\s*\)$/i;

function readEachSubnet(nodes: readonly OutlineNode[], ledger: LineLedger): Subnet[] {
  const lines = new Map<string, number>();
  return nodes.flatMap((node, index) => {
    const match = head.exec(node.key)?.groups;
    const tier = tiers.find((known) => known === match?.tier?.toLowerCase());
    const zone = match?.zone?.toLowerCase();
    if (tier === undefined || zone === undefined || !looksLikeCidr(node.value)) {
      ledger.unknown(node.line, 'Public | Private | Data Subnet (AZ-a…f): 10.0.0.0/24');
      setAside(node, ledger);
      return [];
    }
    // A load balancer takes one subnet of a zone, and a zone's private subnet one NAT gateway.
    const earlier = lines.get(`${tier} ${zone}`);
    if (earlier !== undefined) {
      refuseTwice(ledger, node.key, node.line, earlier);
      setAside(node, ledger);
      return [];
    }
    lines.set(`${tier} ${zone}`, node.line);
    const path = `network.subnets.${index}`;
    for (const part of ['cidr', 'zone', 'tier']) ledger.state(node.line, 'input', `${path}.${part}`);
    return [{ tier, zone, cidr: node.value, ...readRowsOf(node, path, ledger) }];
  });
}

const routeRows = routes.map(([{ ja }]) => ja);

function readRowsOf(node: OutlineNode, path: string, ledger: LineLedger): Pick<Subnet, 'uses' | 'defaultRoute'> {
  const rows = readRows(node.children, node.line, ledger, ['用途'], routeRows);
  const uses = readList(rows.用途?.value ?? '');
  if (rows.用途 !== undefined) {
    if (uses.includes('')) ledger.unknown(rows.用途.line, '用途: ALB, NAT Gateway');
    else ledger.state(rows.用途.line, 'claim', `${path}.uses`);
  }
  const [first, second] = routes.flatMap(([{ ja }, values]) => {
    const row = rows[ja];
    return row === undefined ? [] : [{ row, route: chosen<Subnet['defaultRoute']>(row.value, values) }];
  });
  const isMistyped = node.children.some(({ line }) => ledger.isUnknown(line));
  if (first === undefined && !isMistyped) ledger.refuse(node.line, 'row-missing', { rows: routeRows.join(' | ') });
  else if (first !== undefined && second !== undefined)
    refuseTwice(ledger, second.row.key, second.row.line, first.row.line);
  if (first?.route !== undefined) ledger.state(first.row.line, 'input', `${path}.defaultRoute`);
  else if (first !== undefined) {
    ledger.unknown(
      first.row.line,
      'インターネットゲートウェイ: 有効 | NAT Gateway: 使用 | インターネットアクセス: なし',
    );
  }
  return { uses: uses.map(readSubnetUse), defaultRoute: first?.route ?? 'none' };
}
