// Reads the security groups (SG-1…5): rules that name address ranges, or other groups of the document by their titles.
import { looksLikeCidr } from '../cidr.ts';
import { neededAlways } from '../implications.ts';
import type { LineLedger } from '../lines.ts';
import type { OutlineNode } from '../outline.ts';
import type { Design, SecurityGroup, SecurityGroupRule } from '../schema.ts';
import type { Section } from '../sections.ts';
import { readBlocks, readRows, refuseTheRest, refuseTwice, sameLabel } from './blocks.ts';
import { offered } from './nearest.ts';
import { isNone, readTitle, setAside, unlessRefused } from './parts.ts';

type Names = Pick<SecurityGroup, 'key' | 'name' | 'title'>;
const directions = { Ingress: 'Source', Egress: 'Destination' } as const;
type Direction = keyof typeof directions;

/** Groups that every platform has; `lambda` and `cache` go with functions and the cache, and a document may add its own. */
const needed = neededAlways('group');

/** The groups; undefined when something was refused. */
export function readSecurityGroups(section: Section, ledger: LineLedger): Design['securityGroups'] | undefined {
  return unlessRefused(ledger, () => {
    const nodes = readBlocks(section, ledger);
    const heads = readHeads(nodes, ledger);
    const groups = heads.map(({ node, names }, index) => {
      const path = `securityGroups.${index}`;
      ledger.state(node.line, 'input', `${path}.name`);
      const rows = readRows(node.children, node.line, ledger, ['Ingress', 'Egress']);
      const known = heads.map((head) => head.names);
      return {
        ...names,
        ingress: readRules(rows.Ingress, 'Ingress', `${path}.ingress`, known, ledger),
        egress: readRules(rows.Egress, 'Egress', `${path}.egress`, known, ledger),
      };
    });
    refuseTheRest(nodes, ledger, sample('Ingress'));
    const missing = needed.filter((key) => !groups.some((group) => group.key === key));
    if (missing.length > 0 && section.blocks.length > 0 && groups.length === nodes.length) {
      ledger.refuse(section.line, 'row-missing', { rows: missing.map((key) => `${key}-sg`).join(', ') });
    }
    return groups;
  });
}

/**
 * The group that words mean: by its title, else by its short name. `Cache Security Group` is the one whose heading reads
 * `ElastiCache Security Group (cache-sg)`.
 */
export function groupCalled<G extends Names>(words: string, groups: readonly G[]): G | undefined {
  const wanted = bare(words);
  return (
    groups.find(({ title }) => sameLabel(title, words)) ??
    groups.find(({ name }) => sameLabel(name, words)) ??
    groups.find(({ key }) => key === wanted) ??
    groups.find(({ title }) => bare(title) === wanted)
  );
}

/** How many groups are compared with a name that is none of theirs. A document can have thousands of both. */
const compared = 50;

/** Short names are compared, since titles have most of their letters in common. */
const nearestTitles = (words: string, groups: readonly Names[]): string[] =>
  offered(
    bare(words),
    groups.slice(0, compared).map(({ key }) => key),
  ).map((key) => groups.find((group) => group.key === key)?.title ?? key);

const bare = (words: string): string =>
  words
    .replaceAll(/\s/g, '')
    .toLowerCase()
    .replace(/(securitygroup|-sg)$/, '');

function readHeads(nodes: readonly OutlineNode[], ledger: LineLedger): { node: OutlineNode; names: Names }[] {
  const heads: { node: OutlineNode; names: Names }[] = [];
  for (const node of nodes) {
    const words = readTitle(node.key);
    const key = /^(?<key>.+)-sg$/i.exec(words?.name ?? '')?.groups?.key?.toLowerCase();
    if (words === undefined || key === undefined || node.value !== '') {
      ledger.unknown(node.line, 'ALB Security Group (alb-sg):');
      setAside(node, ledger);
      continue;
    }
    const earlier = heads.find(({ names }) => names.key === key || sameLabel(names.title, words.title));
    if (earlier === undefined) heads.push({ node, names: { key, ...words } });
    else {
      refuseTwice(ledger, node.key, node.line, earlier.node.line);
      setAside(node, ledger);
    }
  }
  return heads;
}

function readRules(
  row: OutlineNode | undefined,
  direction: Direction,
  path: string,
  groups: readonly Names[],
  ledger: LineLedger,
): SecurityGroupRule[] {
  if (row === undefined) return [];
  if (isNone(row.value) && row.children.length === 0) ledger.state(row.line, 'input', path);
  else if (row.value !== '' || row.children.length === 0) {
    ledger.unknown(row.line, `${direction}: なし, ${direction}: ${sample(direction)}`);
  } else ledger.mark(row.line, 'heading');
  return row.children.flatMap((node, index) => {
    const rule = readRule(node, direction, groups, ledger);
    if (rule !== undefined) ledger.state(node.line, 'input', `${path}.${index}`);
    return rule ?? [];
  });
}

const sample = (direction: Direction): string =>
  `- Protocol: TCP, Port: 443, ${directions[direction]}: 0.0.0.0/0, Description: "…"`;

/** `Protocol: TCP, Port: 443, Source: …, Description: "…"`, its fields in any order. */
function readRule(
  { line, text }: OutlineNode,
  direction: Direction,
  groups: readonly Names[],
  ledger: LineLedger,
): SecurityGroupRule | undefined {
  const fields = readFields(text);
  const protocol = ({ tcp: 'tcp', udp: 'udp' } as const)[fields?.get('protocol')?.toLowerCase() ?? ''];
  const ports = readPorts(fields?.get('port') ?? '');
  const other = fields?.get(directions[direction].toLowerCase());
  const description = fields?.get('description');
  if (fields?.size !== 4 || !protocol || !ports || !other || !description) {
    ledger.unknown(line, sample(direction));
    return undefined;
  }
  const { fromPort, toPort } = ports;
  if (fromPort > toPort || toPort > 65_535) {
    ledger.refuse(line, 'out-of-range', { what: 'Port', found: fields.get('port') ?? '', expected: '0–65535' });
  }
  if (!/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/.test(description)) {
    ledger.refuse(line, 'rule-description', { found: description });
  }
  const peer = readPeer(other, groups);
  if (peer !== undefined) return { protocol, fromPort, toPort, peer, description };
  // What is no IPv4 range but made like an address is no name of a group either.
  if (/^[\da-f.:/]+$/i.test(other) && /[.:/]/.test(other)) ledger.unknown(line, sample(direction));
  else {
    ledger.mark(line, 'unknown');
    ledger.refuse(line, 'unknown-name', { found: other, nearest: nearestTitles(other, groups) });
  }
  return undefined;
}

/** The fields by their names in lower case; undefined when a part is no `Name: value` or a name comes twice. */
function readFields(text: string): Map<string, string> | undefined {
  const field =
    /\s*(?<name>[A-Za-z]+)\s*:\s*(?:"(?<quoted>[^"]*)"\s*|“(?<curly>[^”]*)”\s*|(?<bare>[^",、\s][^",、]*)?)(?:[,、]|$)/y;
  const fields = new Map<string, string>();
  while (field.lastIndex < text.length) {
    const match = field.exec(text)?.groups;
    const name = match?.name?.toLowerCase();
    if (match === undefined || name === undefined || fields.has(name)) return undefined;
    fields.set(name, (match.quoted ?? match.curly ?? match.bare ?? '').trim());
  }
  return fields;
}

/** `443`, or a range `8000-8080`. */
function readPorts(words: string): Pick<SecurityGroupRule, 'fromPort' | 'toPort'> | undefined {
  const match = /^(?<from>\d{1,9})(?:\s*[-–~〜]\s*(?<to>\d{1,9}))?$/.exec(words)?.groups;
  if (match?.from === undefined) return undefined;
  return { fromPort: Number(match.from), toPort: Number(match.to ?? match.from) };
}

function readPeer(words: string, groups: readonly Names[]): SecurityGroupRule['peer'] | undefined {
  if (looksLikeCidr(words)) return { kind: 'cidr', cidr: words };
  const group = groupCalled(words, groups);
  return group === undefined ? undefined : { kind: 'group', group: group.key };
}
